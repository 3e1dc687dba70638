"""The days of a deadline as the sheets of this house print them: months of weeks, every day with its place in the count."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date

from engine.office.explaining import CountedDay, Explanation, Month
from engine.statute.calendar import DayKind

_MARKS = {DayKind.HOLIDAY: "休", DayKind.MAKEUP: "班"}
_OFF = frozenset({DayKind.REST, DayKind.HOLIDAY})


def months(explanation: Explanation) -> list[dict[str, object]]:
    """Each month of a count: its caption and its weeks from Monday on, an empty cell being None."""
    count = explanation.reckoning
    edges: set[date | None] = {count.start, count.legal_due} if count is not None else set()
    return [
        {
            "caption": f"{month.year}年{month.month}月",
            "weeks": [[_cell(one, edges) for one in week] for week in _weeks(month)],
        }
        for month in explanation.months
    ]


def _weeks(month: Month) -> Iterator[list[CountedDay | int | None]]:
    known = {one.day.date.day: one for one in month.days}
    for week in calendar.Calendar().monthdayscalendar(month.year, month.month):
        if any(day in known for day in week):
            yield [known.get(day, day or None) for day in week]


def _cell(one: CountedDay | int | None, edges: set[date | None]) -> dict[str, object] | None:
    if one is None or isinstance(one, int):
        return {"day": one, "outside": True} if one else None
    return {
        "day": one.day.date.day,
        "place": one.place,
        "mark": _MARKS.get(one.day.kind, ""),
        "off": one.day.kind in _OFF,
        "edge": one.day.date in edges,
        "outside": False,
    }
