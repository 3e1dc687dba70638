"""Whether there is an office in a database: asked before anything is opened, so that asking makes none."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from sqlalchemy import func, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from engine.errors import DataError
from engine.store.connect import connect
from engine.store.tables import house, organ
from engine.text import Text


class Presence(StrEnum):
    """What a database holds."""

    ABSENT = "absent"
    """No database, or one without any table."""
    EMPTY = "empty"
    """The tables, and nobody in them yet."""
    OFFICE = "office"
    """An office."""


def presence(url: str) -> Presence:
    """What the database at *url* holds. Raises DataError where it cannot be reached or *url* is none."""
    try:
        target = make_url(url)
        if target.get_backend_name() == "sqlite" and not Path(target.database or "").is_file():
            return Presence.ABSENT
        engine = connect(url)
    except (ArgumentError, NoSuchModuleError) as fault:
        raise DataError(
            Text(
                "PETITION_DATABASE_URL 应为 postgresql://… 或 sqlite:///…",
                "PETITION_DATABASE_URL has to be postgresql://… or sqlite:///…",
            )
        ) from fault
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table(house.name):
                return Presence.ABSENT
            anybody = connection.scalar(select(func.count()).select_from(organ))
            return Presence.OFFICE if anybody else Presence.EMPTY
    except DBAPIError as fault:
        reason = str(fault.orig).strip().splitlines()[0] if str(fault.orig).strip() else ""
        raise DataError(
            Text("无法连接数据库:{reason}", "the database cannot be reached: {reason}").filled(
                reason=reason
            )
        ) from fault
    finally:
        engine.dispose()
