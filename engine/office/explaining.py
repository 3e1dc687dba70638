"""Why a deadline falls when it falls: its clause and every day counted, for officer, auditor and petitioner alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from engine.errors import BadInput
from engine.petition.deadlines import Deadline
from engine.statute.calendar import Calendar
from engine.statute.law import Law
from engine.statute.provisions import Limit, Regulation
from engine.statute.reckoning import Day, Reckoning, reckon
from engine.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedDay:
    """One day of a count: its place in the count (None where it does not count) and the holiday it belongs to."""

    day: Day
    place: int | None
    holiday: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The days of a count that lie in one month."""

    year: int
    month: int
    days: tuple[CountedDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A limit of the law and how its days were counted; ``reckoning`` is None where somebody named the day."""

    limit: Limit
    regulation: Regulation
    reckoning: Reckoning | None
    months: tuple[Month, ...] = ()

    @property
    def days(self) -> Iterator[CountedDay]:
        """Every day of the count, in order."""
        return (day for month in self.months for day in month.days)


def explain(deadline: Deadline, law: Law, calendar: Calendar) -> Explanation:
    """How *deadline* was counted, under *calendar*."""
    limit = law.limit(deadline.limit, deadline.started_on)
    if deadline.assigned_due is not None or limit.length is None:
        return Explanation(limit=limit, regulation=law.regulation_of(limit), reckoning=None)
    count = reckon(
        limit,
        deadline.started_on,
        calendar,
        extension_days=deadline.extension_days,
        suspensions=deadline.suspensions,
    )
    return _explained(limit, law, calendar, count)


def calculate(name: str, on: date, law: Law, calendar: Calendar) -> Explanation:
    """When the limit *name*, started on *on*, would fall due. Raises BadInput for a limit that nobody counts."""
    limit = law.limit(name, on)
    try:
        count = reckon(limit, on, calendar)
    except (OverflowError, ValueError) as fault:
        raise BadInput({"on": Text(f"{on} 无法计算", f"{on} cannot be counted from")}) from fault
    return _explained(limit, law, calendar, count)


def countable(law: Law) -> tuple[Limit, ...]:
    """The limits in force that have a number of days."""
    return tuple(
        limit
        for limit in law.limits()
        if limit.length is not None and law.regulation_of(limit).valid_to is None
    )


def _explained(limit: Limit, law: Law, calendar: Calendar, count: Reckoning) -> Explanation:
    places = 0
    days = []
    for day in count.days:
        places += day.counted
        days.append(
            CountedDay(
                day=day,
                place=places if day.counted else None,
                holiday=calendar.holiday_name(day.date),
            )
        )
    months = tuple(
        Month(year=year, month=month, days=tuple(rows))
        for (year, month), rows in groupby(
            days, key=lambda one: (one.day.date.year, one.day.date.month)
        )
    )
    return Explanation(
        limit=limit, regulation=law.regulation_of(limit), reckoning=count, months=months
    )
