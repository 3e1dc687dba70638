"""A backup: everything in the database as it stood at one moment, in one file that both databases can take back.

A zip of one file per table, a row a line, and a manifest with the counts and digests. What is personal is in it as it is
in the database: encrypted. The master key is not in it.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Final

import orjson
from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    Column,
    Connection,
    Date,
    Inspector,
    LargeBinary,
    MetaData,
    Table,
    delete,
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import StatementError
from sqlalchemy.types import TypeEngine

from engine.errors import DataError
from engine.store.columns import Instant
from engine.store.connect import connect
from engine.store.migrate import revisions, upgrade
from engine.store.presence import Presence, presence
from engine.store.store import Store
from engine.store.tables import METADATA, house, search_text
from engine.text import Text

FORMAT: Final = "petition-archive-1"
MANIFEST: Final = "manifest.json"
ROWS_AT_ONCE: Final = 500
_MOST_MANIFEST: Final = 1024 * 1024

Told = Callable[[int, int], None]
"""Is told how many tables of how many are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """What an archive holds: rows per table, the version of the tables, the fingerprint of the key it belongs to.

    ``columns`` names what stands in a row of each table; the first archives did not say, and had them in the order of the
    database.
    """

    revision: str
    key_fingerprint: str
    rows: dict[str, int]
    columns: dict[str, list[str]]

    @property
    def petitions(self) -> int:
        """How many files, supervision included."""
        return self.rows.get("petition", 0)


def write_archive(store: Store, path: Path, *, told: Told | None = None) -> Archived:
    """Write everything in *store* to the new file *path*, while the office goes on working."""
    tables = METADATA.sorted_tables
    rows: dict[str, int] = {}
    digests: dict[str, str] = {}
    draft = path.with_name(path.name + ".part")
    with store.reading() as desk, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        for done, table in enumerate(tables, start=1):
            name = str(table.name)
            rows[name], digests[name] = _write_table(archive, table, desk.connection)
            if told is not None:
                told(done, len(tables))
        written = Archived(
            revision=MigrationContext.configure(desk.connection).get_current_revision() or "",
            key_fingerprint=desk.connection.scalar(select(house.c.key_fingerprint)) or "",
            rows=rows,
            columns={
                str(table.name): [str(one.name) for one in _columns(table)] for table in tables
            },
        )
        manifest = {
            "format": FORMAT,
            "revision": written.revision,
            "key_fingerprint": written.key_fingerprint,
            "rows": rows,
            "columns": written.columns,
            "digests": digests,
        }
        archive.writestr(MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
    draft.replace(path)
    return written


def read_manifest(path: Path) -> Archived:
    """What the archive *path* says that it holds. Raises DataError where it is none."""
    with _opened(path) as archive:
        return _manifest(archive)[0]


def restore_archive(path: Path, url: str, *, told: Told | None = None) -> Archived:
    """Fill the database at *url*, which must hold no office yet, from the archive *path*: all of it, or nothing.

    An archive of an earlier version is laid down as that version had it, and then brought to this one. Raises DataError
    where the archive is damaged or of a later version, or the database is in use.
    """
    if presence(url) is Presence.OFFICE:
        raise DataError(
            Text(
                "目标数据库中已有机关,不能覆盖",
                "the database holds an office already; it is not overwritten",
            )
        )
    with _opened(path) as archive:
        promised, digests = _manifest(archive)
        if promised.revision not in revisions():
            raise _of_another_version(promised)
        upgrade(url, promised.revision)
        engine = connect(url)
        try:
            with engine.connect() as connection, connection.begin():
                tables = _tables_of(connection, promised.columns)
                for done, (table, columns) in enumerate(tables, start=1):
                    # What setting up, or a trigger, has put there already.
                    connection.execute(delete(table))
                    _read_table(archive, table, columns, connection, promised.rows, digests)
                    if told is not None:
                        told(done, len(tables))
        finally:
            engine.dispose()
        upgrade(url)
    return promised


# ---------------------------------------------------------------------------------- tables


def _columns(table: Table) -> list[Column[Any]]:
    """The columns that are kept. The number of a row of search words means nothing outside its database."""
    return [column for column in table.columns if not _is_counted(column)]


def _is_counted(column: Column[Any]) -> bool:
    return (column.table.name, column.name) == (search_text.name, "id")


def _tables_of(
    connection: Connection, columns: Mapping[str, Sequence[str]]
) -> list[tuple[Table, list[Column[Any]]]]:
    """The tables that there are in this database, which may be of an earlier version, each with what its rows hold."""
    there = inspect(connection)
    names = set(there.get_table_names())
    found = []
    for table in METADATA.sorted_tables:
        if table.name in names:
            then = Table(table.name, MetaData(), *_columns_then(table, there))
            kept = [one for one in then.columns if not _is_counted(one)]
            named = columns.get(table.name, [one.name for one in kept])
            found.append((then, [then.c[name] for name in named]))
    return found


def _columns_then(table: Table, there: Inspector) -> Iterator[Column[Any]]:
    """The columns of *table* as this database has them. What they hold is read as today, if they are still there."""
    for one in there.get_columns(table.name):
        today = table.columns.get(one["name"])
        yield Column(one["name"], one["type"] if today is None else today.type)


def _write_table(archive: zipfile.ZipFile, table: Table, connection: Connection) -> tuple[int, str]:
    columns = _columns(table)
    # Whatever a row of the same table refers to comes before it.
    own = [
        column
        for column in columns
        if any(key.column.table is table for key in column.foreign_keys)
    ]
    order = [*(column.is_not(None) for column in own), *table.primary_key.columns]
    found = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(
        select(*columns).order_by(*order)
    )
    count, digest = 0, hashlib.sha256()
    with archive.open(_member(table), "w", force_zip64=True) as member:
        for row in found:
            line = orjson.dumps(list(row), default=_as_text, option=orjson.OPT_APPEND_NEWLINE)
            member.write(line)
            digest.update(line)
            count += 1
    return count, digest.hexdigest()


def _read_table(
    archive: zipfile.ZipFile,
    table: Table,
    columns: Sequence[Column[Any]],
    connection: Connection,
    promised: Mapping[str, int],
    digests: Mapping[str, str],
) -> None:
    count, digest = 0, hashlib.sha256()
    try:
        with archive.open(_member(table)) as member:
            for lines in _batches(member):
                for line in lines:
                    digest.update(line)
                count += len(lines)
                connection.execute(insert(table), [_row(columns, line) for line in lines])
    except (KeyError, TypeError, ValueError, StatementError, zipfile.BadZipFile) as fault:
        raise _damaged(table.name) from fault
    if count != promised.get(table.name) or digest.hexdigest() != digests.get(table.name):
        raise _damaged(table.name)


def _batches(member: IO[bytes]) -> Iterator[list[bytes]]:
    while lines := list(itertools.islice(member, ROWS_AT_ONCE)):
        yield lines


def _row(columns: Sequence[Column[Any]], line: bytes) -> dict[str, Any]:
    values = orjson.loads(line)
    if not isinstance(values, list) or len(values) != len(columns):
        raise ValueError("a row of another width")
    return {
        column.name: None if value is None else _from_text(column.type, value)
        for column, value in zip(columns, values, strict=True)
    }


def _as_text(value: object) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(type(value).__name__)


def _from_text(kind: TypeEngine[Any], value: Any) -> Any:
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value, validate=True)
    if isinstance(kind, Instant):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return value


def _member(table: Table) -> str:
    return f"{table.name}.jsonl"


# ------------------------------------------------------------------------------- the manifest


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except zipfile.BadZipFile as fault:
        raise DataError(
            Text("{path}不是本系统的备份", "{path} is no backup of this system").filled(path=path)
        ) from fault


def _manifest(archive: zipfile.ZipFile) -> tuple[Archived, dict[str, str]]:
    try:
        with archive.open(MANIFEST) as member:
            table = orjson.loads(member.read(_MOST_MANIFEST))
        if table["format"] != FORMAT:
            raise ValueError(table["format"])
        archived = Archived(
            revision=table["revision"],
            key_fingerprint=table["key_fingerprint"],
            rows=dict(table["rows"]),
            columns=dict(table.get("columns", {})),
        )
        return archived, dict(table["digests"])
    except (KeyError, TypeError, ValueError) as fault:
        raise _damaged(MANIFEST) from fault


def _of_another_version(promised: Archived) -> DataError:
    return DataError(
        Text(
            "备份的版本为{found},比本程序新;请用相应版本的程序恢复",
            "the backup is of version {found}, which is later than this program: restore it with the program of its version",
        ).filled(found=promised.revision)
    )


def _damaged(what: str) -> DataError:
    return DataError(
        Text(
            "备份已损坏:{what};没有恢复任何内容",
            "the backup is damaged at {what}; nothing was restored",
        ).filled(what=what)
    )
