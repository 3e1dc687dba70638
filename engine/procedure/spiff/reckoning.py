"""Instants as whole microseconds, and the due days of internal limits.

The days are counted by the ledger, which counts as the statute does; nothing here knows a calendar.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from engine.clock import SHANGHAI, legal_date
from engine.procedure.ledger import Ledger

if TYPE_CHECKING:
    from engine.procedure.spiff.listening import Limit

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)


def ticks(instant: datetime) -> int:
    """Whole microseconds since 1970 of an aware *instant*."""
    return (instant - _EPOCH) // _TICK


def instant_of(number: int) -> datetime:
    """The aware UTC instant of *number* microseconds since 1970."""
    return _EPOCH + number * _TICK


def armed(limit: Limit, now: int, ledger: Ledger) -> int:
    """The end (24:00 in Shanghai) of the last day of *limit*, begun *now*, in microseconds."""
    last = ledger.reckon_internal(limit.amount, limit.unit, legal_date(instant_of(now)))
    return end_of_day(last)


def end_of_day(day: date) -> int:
    """24:00 in Shanghai of *day*, in microseconds."""
    return ticks(datetime.combine(day + timedelta(days=1), time(), SHANGHAI))


def cut(limit: Limit, own: int, since: int, ledger: Ledger) -> datetime:
    """The due instant of *limit*, whose own end is *own*: no later than the law's earliest that lay ahead at *since*.

    A deadline that had already passed when the limit began cannot be kept any more, so it does not cut: otherwise a loop
    around an overdue duty would never come to rest.
    """
    law = ledger.due(limit.within) if limit.within is not None else ledger.earliest_duty()
    if law is None or ticks(law) <= since:
        return instant_of(own)
    return min(instant_of(own), law.astimezone(UTC))
