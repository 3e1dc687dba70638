"""Checkpoints that an authority has stamped, or was asked to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from engine.record.checkpoint import Checkpoint, read_checkpoint
from engine.store.loading import Loading
from engine.store.tables import log_checkpoint, stamp, stamp_request


@dataclass(frozen=True, slots=True, kw_only=True)
class StampRow:
    """A request over a checkpoint; without a ``reply`` it has not been answered yet."""

    checkpoint: Checkpoint
    nonce: int
    asked_at: datetime
    reply: bytes | None
    stamped_at: datetime | None
    authority: str | None


def stamps(desk: Loading) -> tuple[StampRow, ...]:
    """Every request, the newest first."""
    return tuple(_row(one) for one in desk.connection.execute(_NEWEST_FIRST))


def first_stamp_over(desk: Loading, place: int, epoch: int) -> StampRow | None:
    """The stamp over the smallest head of *epoch* that covers the leaf at *place*; the earliest of several."""
    found = desk.connection.execute(_OVER, {"place": place, "epoch": epoch}).first()
    return None if found is None else _row(found)


def _row(row: Any) -> StampRow:
    return StampRow(
        checkpoint=read_checkpoint(row.note),
        nonce=int(row.nonce, 16),
        asked_at=row.asked_at,
        reply=None if row.reply is None else bytes(row.reply),
        stamped_at=row.stamped_at,
        authority=row.authority,
    )


_ALL = (
    select(stamp_request, stamp.c.reply, stamp.c.stamped_at, stamp.c.authority, log_checkpoint.c.note)
    .join(
        log_checkpoint,
        (log_checkpoint.c.epoch == stamp_request.c.epoch)
        & (log_checkpoint.c.size == stamp_request.c.size),
    )
    .outerjoin(stamp, stamp.c.nonce == stamp_request.c.nonce)
)  # fmt: skip
_NEWEST_FIRST: Select[Any] = _ALL.order_by(
    stamp_request.c.asked_at.desc(), stamp_request.c.size.desc(), stamp_request.c.nonce
)
_OVER: Select[Any] = (
    _ALL.where(
        stamp_request.c.epoch == bindparam("epoch"),
        stamp_request.c.size > bindparam("place"),
        stamp.c.reply.is_not(None),
    )
    .order_by(stamp_request.c.size, stamp.c.stamped_at)
    .limit(1)
)
