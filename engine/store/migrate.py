"""Bringing a database to this version: Alembic, configured here and not in a file."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from engine.errors import DataError
from engine.store.connect import connect
from engine.text import Text

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at *url* to *revision*; an empty one is set up. All of it, or nothing."""
    engine = connect(url)
    try:
        with engine.begin() as connection:
            command.upgrade(configuration(connection), revision)
    finally:
        engine.dispose()


def revisions() -> frozenset[str]:
    """The versions of the database that this program knows the way from."""
    steps = ScriptDirectory.from_config(configuration(None)).walk_revisions()
    return frozenset(step.revision for step in steps)


def require_present_version(url: str) -> None:
    """Raise DataError unless the database at *url* is at this version, saying what to do."""
    engine = connect(url)
    try:
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()
    wanted = ScriptDirectory.from_config(configuration(None)).get_current_head()
    if found is None:
        raise DataError(
            Text(
                "数据库尚未初始化,请运行 petition init", "the database is empty: run petition init"
            )
        )
    if found != wanted:
        raise DataError(
            Text(
                "数据库版本为{found},程序需要{wanted},请运行 petition upgrade",
                "the database is at version {found}, this program needs {wanted}: run petition upgrade",
            ).filled(found=found, wanted=wanted)
        )


def configuration(connection: Connection | None) -> Config:
    """Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
