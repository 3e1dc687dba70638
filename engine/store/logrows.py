"""The log and the record row by row, judged by nobody: for those who check them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from engine.store.loading import Loading
from engine.store.tables import entry, log_leaf, log_node, log_pending

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class LogRow:
    """A leaf, and the bytes of the entry that it stands for; None where there is no such entry."""

    place: int
    petition: str
    seq: int
    hash: bytes
    content: bytes | None


def log_rows(desk: Loading) -> Iterator[LogRow]:
    """All leaves in their order."""
    found = desk.connection.execution_options(yield_per=ROWS_AT_ONCE).execute(_LEAVES)
    for row in found:
        content = None if row.content is None else bytes(row.content)
        yield LogRow(row.place, row.petition, row.seq, bytes(row.hash), content)


def kept_nodes(desk: Loading) -> dict[tuple[int, int], bytes]:
    """The kept levels of the tree, by level and place."""
    return {
        (row.level, row.place): bytes(row.hash) for row in desk.connection.execute(select(log_node))
    }


def entries_without_leaf(desk: Loading) -> Sequence[Any]:
    """The entries that are neither a leaf nor wait to become one, by petition and number."""
    found: Sequence[Any] = desk.connection.execute(_UNLOGGED).all()
    return found


def entry_rows(desk: Loading) -> Iterator[Any]:
    """All entries with the columns beside them, chain by chain."""
    query = select(entry).order_by(entry.c.petition, entry.c.seq)
    yield from desk.connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query)


_LEAVES: Select[Any] = (
    select(log_leaf, entry.c.content)
    .outerjoin(entry, (entry.c.petition == log_leaf.c.petition) & (entry.c.seq == log_leaf.c.seq))
    .order_by(log_leaf.c.place)
)
_UNLOGGED: Select[Any] = (
    select(entry.c.petition, entry.c.seq)
    .outerjoin(
        log_leaf, (log_leaf.c.petition == entry.c.petition) & (log_leaf.c.seq == entry.c.seq)
    )
    .outerjoin(
        log_pending,
        (log_pending.c.petition == entry.c.petition) & (log_pending.c.seq == entry.c.seq),
    )
    .where(log_leaf.c.place.is_(None), log_pending.c.seq.is_(None))
    .order_by(entry.c.petition, entry.c.seq)
)
