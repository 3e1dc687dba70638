"""Connecting to the database: engines, pragmas, and how transactions begin."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.pool import StaticPool

from engine.errors import PetitionError, Stale
from engine.text import Text

IN_MEMORY = "sqlite://"
BUSY_MILLISECONDS = 30_000
POOL_SIZE = 8
READ_ONLY = "reading"
_CONTENTION = frozenset({"40001", "40P01", "55P03"})
"""PostgreSQL's serialization failure, deadlock and lock not available."""


def connect(url: str) -> Engine:
    """An engine for *url*: SQLite or PostgreSQL, the same to everybody above."""
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        return _sqlite(url)
    return create_engine(
        target.set(drivername="postgresql+psycopg"),
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        pool_pre_ping=False,
        insertmanyvalues_page_size=500,
        connect_args={"options": "-c timezone=UTC -c idle_in_transaction_session_timeout=60000"},
    )


def _sqlite(url: str) -> Engine:
    # What lies in memory lies in one connection.
    pool: dict[str, Any] = {"pool_size": POOL_SIZE, "max_overflow": POOL_SIZE}
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_MILLISECONDS / 1000, "check_same_thread": False},
        **({"poolclass": StaticPool} if url == IN_MEMORY else pool),
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, record: Any) -> None:
    """Durable by default: FULL, since NORMAL loses acknowledged work when the power fails."""
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """Writers take the write lock at once, so that none discovers after its work that somebody else was first."""
    reading = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def let_go(engine: Engine) -> None:
    """Keep no old pages of what was erased: SQLite's log is written into its file, where ``secure_delete`` overwrites.

    PostgreSQL's dead rows are swept out in the night after (:mod:`engine.store.erasures`).
    """
    if is_sqlite(engine):
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        finally:
            connection.close()


def is_sqlite(engine: Engine) -> bool:
    """Whether *engine* is the embedded database."""
    return engine.dialect.name == "sqlite"


def contention(error: DBAPIError) -> PetitionError | None:
    """What a database error means to the one who asked: somebody else was faster; None for any other error."""
    state = getattr(error.orig, "sqlstate", None)
    if isinstance(error, IntegrityError) and "key" in _broken_constraint(error):
        return Stale(_REPEATED)
    locked = isinstance(error, OperationalError) and "locked" in str(error.orig)
    return Stale(_BUSY) if state in _CONTENTION or locked else None


def _broken_constraint(error: IntegrityError) -> str:
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return {"uq_entry_key": "key"}.get(str(diagnosis.constraint_name), "")
    return "key" if "entry.key" in str(error.orig) else ""


_REPEATED = Text(
    "同一操作刚刚已由另一请求完成,请查看结果",
    "another request has just carried out the same command; look at the result",
)
_BUSY = Text(
    "该事项正由他人办理,请稍后再试", "somebody else is working on this at this moment; try again"
)

__all__ = ["IN_MEMORY", "READ_ONLY", "connect", "contention", "is_sqlite", "let_go"]
