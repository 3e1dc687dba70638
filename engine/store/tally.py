"""Counting what the record holds, for measurements: which clocks have fired at an instant, and how often."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, bindparam, func, select

from engine.petition.entries import EntryKind
from engine.store.tables import entry

_FIRED = (
    select(entry.c.petition, func.count())
    .where(entry.c.kind == EntryKind.FIRING.value, entry.c.effective_at == bindparam("at"))
    .group_by(entry.c.petition)
)


def firings_at(engine: Engine, at: datetime) -> dict[str, int]:
    """For each petition the number of its clocks that fired with the legal instant *at*."""
    with engine.connect() as connection:
        return {row[0]: row[1] for row in connection.execute(_FIRED, {"at": at})}
