"""The tools that tests stand on do what their names say."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from werkzeug.wrappers import Request, Response

from tests import missing as missing_module
from tests.postgres_server import NoPostgresError, PostgresServer, find_binaries

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]


def libpq(url: str) -> str:
    """The URL as psycopg itself takes it."""
    return url.replace("postgresql+psycopg://", "postgresql://")


def test_a_test_database_is_new_and_speaks_chinese(postgres_url: str) -> None:
    with psycopg.connect(libpq(postgres_url)) as connection:
        tables = connection.execute("select count(*) from pg_tables where schemaname = 'public'")
        assert tables.fetchone() == (0,)
        assert connection.execute("select length('信访')").fetchone() == (2,)


def test_a_database_copied_from_a_template_holds_what_the_template_holds(
    postgres_server: PostgresServer,
) -> None:
    template = postgres_server.new_database()
    with psycopg.connect(libpq(template)) as connection:
        connection.execute("create table matter as select 7 as number")
    copy = postgres_server.new_database(template=template)

    with psycopg.connect(libpq(copy)) as connection:
        assert connection.execute("select number from matter").fetchone() == (7,)


def test_a_test_that_leaves_a_client_connected_does_not_stop_the_next(
    postgres_server: PostgresServer,
) -> None:
    url = postgres_server.new_database()
    with psycopg.connect(libpq(url)) as forgotten:
        postgres_server.drop_database(url)
        with pytest.raises(psycopg.OperationalError):
            forgotten.execute("select 1")


def test_a_server_ends_with_the_process_that_started_it(postgres_server: PostgresServer) -> None:
    script = (
        "from tests.postgres_server import PostgresServer\n"
        "server = PostgresServer(); server.start()\n"
        "print(server._process.pid, flush=True); input()\n"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with starter:
        assert starter.stdout is not None
        server = int(starter.stdout.readline())
        gone = os.pidfd_open(server)
        starter.send_signal(signal.SIGKILL)
        starter.wait()

    assert ended(gone, seconds=30)


def ended(pidfd: int, *, seconds: int) -> bool:
    try:
        return bool(select.select([pidfd], [], [], seconds)[0])
    finally:
        os.close(pidfd)


def test_a_named_place_without_postgresql_is_not_replaced_by_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TEST_PG_BIN", str(tmp_path))

    with pytest.raises(NoPostgresError, match=str(tmp_path)):
        find_binaries()


@pytest.mark.parametrize(
    ("everything_must_run", "outcome"),
    [(False, pytest.skip.Exception), (True, pytest.fail.Exception)],
)
def test_a_missing_tool_skips_here_and_fails_under_ci(
    monkeypatch: pytest.MonkeyPatch, everything_must_run: bool, outcome: type[BaseException]
) -> None:
    monkeypatch.setattr(missing_module, "EVERYTHING_MUST_RUN", everything_must_run)

    with pytest.raises(outcome, match="a lathe is missing"):
        missing_module.missing("a lathe", tried="/usr/bin/lathe")


def test_the_browser_shows_a_served_page_and_takes_its_picture(
    page: Page,
    picture: Callable[[str], Path],
    serve: Callable[..., str],
) -> None:
    @Request.application
    def application(request: Request) -> Response:
        return Response(f"<h1>信访 {request.path}</h1>", mimetype="text/html")

    page.goto(serve(application) + "/desk")

    assert page.text_content("h1") == "信访 /desk"
    assert picture("desk").stat().st_size > 1000
