"""Counting days: the only date arithmetic of the law.

The texts on petitions do not say how days are counted; by analogy with the Civil Code (民法典 Arts. 201, 203) the first
day is not counted, 日 are natural days, and a last day on which nobody works moves to the next working day. Legal time
is a date in Asia/Shanghai that ends at 24:00.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.errors import BadInput
from engine.statute.calendar import WORKING, Calendar, DayKind
from engine.statute.provisions import Limit, Unit
from engine.text import Text

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a reckoning: what it is, and whether it counts towards the limit."""

    date: date
    kind: DayKind
    counted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Days that do not count, from ``start`` to ``end`` inclusive; no end while it lasts."""

    start: date
    end: date | None
    reason: str

    def covers(self, day: date) -> bool:
        """Whether *day* lies inside."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """Why a deadline falls when it falls.

    ``days`` runs from the first day (never counted) to the legal day. ``nominal_due`` is the last day of the bare
    count, ``legal_due`` that day moved to a working day; both are None while the clock stands still. ``provisional``
    says that a year decided whose calendar is not published.
    """

    limit_id: str
    version: str
    start: date
    nominal_due: date | None
    legal_due: date | None
    provisional: bool
    days: tuple[Day, ...]
    calendar_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """The day from which handling is counted, and whether it is presumed for want of a notice in time."""

    on: date
    presumed: bool


def reckon(
    limit: Limit,
    start: date,
    calendar: Calendar,
    *,
    extension_days: int = 0,
    suspensions: Sequence[Interval] = (),
) -> Reckoning:
    """When *limit*, started by an event on *start*, falls due.

    ``extension_days`` are added to the count itself (from the nominal day), so that the end is moved only once.
    Days inside *suspensions* are not counted. Raises ValueError for a limit without a number, a negative extension, or
    a suspension of a limit that nothing suspends (Art. 36(2) suspends the re-review alone).
    """
    if limit.length is None:
        raise ValueError(f"{limit.id} has no number of days to count")
    if extension_days < 0:
        raise ValueError(f"an extension of {extension_days} days")
    if suspensions and not limit.suspended_by:
        raise ValueError(f"nothing suspends {limit.id}")
    days = _counted(limit.unit, start, calendar, limit.length + extension_days, suspensions)
    nominal = days[-1].date if days[-1].counted else None
    if nominal is not None:
        days.extend(_rolled(nominal, days[-1].kind, calendar))
    legal = days[-1].date if nominal is not None else None
    return Reckoning(
        limit_id=limit.id,
        version=limit.version,
        start=start,
        nominal_due=nominal,
        legal_due=legal,
        provisional=legal is not None
        and _depends_on_unpublished(limit, start, nominal or start, legal, calendar),
        days=tuple(days),
        calendar_version=calendar.version,
    )


def count_days(amount: int, unit: str, start: date, calendar: Calendar) -> date:
    """The last of *amount* days or working days (*unit* as in :class:`Unit`) after *start*, not moved.

    For limits that an office sets itself. Raises ValueError for another unit or fewer than one day.
    """
    if amount < 1 or unit not in {Unit.DAYS, Unit.WORKING_DAYS}:
        raise ValueError(f"{amount} {unit} cannot be counted")
    return _counted(Unit(unit), start, calendar, amount, ())[-1].date


def due_instant(day: date) -> datetime:
    """The end of the legal day *day*, 24:00 in Asia/Shanghai, as an aware UTC instant (民法典 Art. 203)."""
    return datetime.combine(day + ONE_DAY, time(), SHANGHAI).astimezone(UTC)


def legal_day(instant: datetime) -> date:
    """The legal day of an aware *instant*: its date in Asia/Shanghai. Midnight belongs to the day that begins."""
    return instant.astimezone(SHANGHAI).date()


def filed_on(posted_on: date | None, received_on: date) -> date:
    """The day on which a petitioner's own filing counts: the postmark, where there is one (民事诉讼法 Art. 85(4)).

    An organ's clock runs from *received_on* all the same. Raises BadInput for a postmark after the receipt.
    """
    if posted_on is None:
        return received_on
    if posted_on > received_on:
        raise BadInput(
            {
                "posted_on": Text(
                    f"邮戳日 {posted_on} 晚于收到日 {received_on}，请核对",
                    f"the postmark {posted_on} is after the receipt on {received_on}; check both",
                )
            }
        )
    return posted_on


def accepted_on(notice_on: date | None, arrived_on: date, *, notice_limit: Limit) -> Acceptance:
    """The day from which Art. 34 counts: the written notice, and at the latest the last day for giving it.

    *arrived_on* is the day the matter came to the competent organ, *notice_limit* the limit of that notice (T2 or T3);
    its nominal end counts, never moved to a working day, so that no organ delays its own clock.
    """
    if notice_limit.length is None or notice_limit.unit is not Unit.DAYS:
        raise ValueError(f"{notice_limit.id} is not a number of days")
    latest = arrived_on + timedelta(days=notice_limit.length)
    if notice_on is not None and notice_on <= latest:
        return Acceptance(on=notice_on, presumed=False)
    return Acceptance(on=latest, presumed=True)


def earliest_due(legal_due: date, assigned_due: date | None) -> date:
    """The day that binds the organ: a day named on assignment may shorten the legal limit, never lengthen it.

    Arts. 22(1)(3) and 34.
    """
    return legal_due if assigned_due is None else min(legal_due, assigned_due)


def _counted(
    unit: Unit, start: date, calendar: Calendar, length: int, suspensions: Sequence[Interval]
) -> list[Day]:
    """The days from *start* until *length* are counted, or until a suspension that has not ended."""
    pairs = _pairs_from(calendar, start)
    days = [next(pairs)[False]]
    working_only = unit is Unit.WORKING_DAYS
    left = length
    while left:
        pair = next(pairs)
        day = pair[False]
        pause = (
            next((pause for pause in suspensions if pause.covers(day.date)), None)
            if suspensions
            else None
        )
        if pause is not None and pause.end is None:
            return [*days, day]
        counted = pause is None and (not working_only or day.kind in WORKING)
        days.append(pair[counted])
        left -= counted
    return days


def _rolled(nominal: date, kind: DayKind, calendar: Calendar) -> Iterator[Day]:
    """The days after *nominal* up to the next working day; none where people work on *nominal* itself."""
    if kind in WORKING:
        return
    for uncounted, _ in _pairs_from(calendar, nominal + ONE_DAY):
        yield uncounted
        if uncounted.kind in WORKING:
            return


def _depends_on_unpublished(
    limit: Limit, start: date, nominal: date, legal: date, calendar: Calendar
) -> bool:
    """Working days depend on every day since the start; natural days only on whether people work on the last one."""
    first = start + ONE_DAY if limit.unit is Unit.WORKING_DAYS else nominal
    return not all(calendar.published(year) for year in range(first.year, legal.year + 1))


def _pairs_from(calendar: Calendar, first: date) -> Iterator[tuple[Day, Day]]:
    """Each day from *first* on, as (not counted, counted)."""
    offset = (first - date(first.year, 1, 1)).days
    for year in range(first.year, date.max.year + 1):
        yield from _pairs(calendar, year)[offset:]
        offset = 0
    raise OverflowError("the calendar ends")


@lru_cache(maxsize=64)
def _pairs(calendar: Calendar, year: int) -> tuple[tuple[Day, Day], ...]:
    first = date(year, 1, 1)
    days = (
        (first + timedelta(days=offset), kind) for offset, kind in enumerate(calendar.kinds(year))
    )
    return tuple((Day(day, kind, False), Day(day, kind, True)) for day, kind in days)
