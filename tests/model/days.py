"""Counting days a second time, from other people's calendars, so that the engine's own counting has something to agree with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache

import chinese_calendar  # type: ignore[import-untyped]
import holidays

Pause = tuple[date, date | None]
"""Days that do not count, both ends included; no end while it lasts."""

DAY = timedelta(days=1)
SHANGHAI = timezone(timedelta(hours=8))
LAST_PUBLISHED = 2026
"""The last year whose holidays the State Council has announced."""


@cache
def works(day: date) -> bool:
    """Whether people work on *day*; where no calendar is published yet, on weekdays but for the statutory holidays."""
    if day.year <= LAST_PUBLISHED:
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and day not in _statutory(day.year)


@cache
def _statutory(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("CN", years=year, observed=False))


def last_day(
    length: int, *, after: date, working: bool = False, pauses: Sequence[Pause] = ()
) -> date | None:
    """The last of *length* days that follow *after*; None while a pause keeps it from coming."""
    day, left = after, length
    while left:
        day += DAY
        pause = next(
            (one for one in pauses if one[0] <= day and (not one[1] or day <= one[1])), None
        )
        if pause and pause[1] is None:
            return None
        if not pause and (works(day) or not working):
            left -= 1
    return day


def moved(day: date) -> date:
    """*day*, or the next one on which people work."""
    while not works(day):
        day += DAY
    return day


def midnight_after(day: date) -> datetime:
    """The instant at which *day* ends in China."""
    return datetime.combine(day + DAY, time(), SHANGHAI).astimezone(UTC)


def day_of(instant: datetime) -> date:
    """The day that *instant* belongs to in China."""
    return instant.astimezone(SHANGHAI).date()
