"""Deadlines as the sheets of this house print them: clause, facts, every day with its place in the count, and the verdict."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from engine.audit.verdict import BREACHES, Judged
from engine.audit.wording import Wording, cited, found_as, organ_name
from engine.documents.writing import as_written, written_day
from engine.errors import BadInput
from engine.office.explaining import CountedDay, Explanation, Month, explain
from engine.people.directory import Directory
from engine.petition.deadlines import Deadline
from engine.statute.calendar import Calendar, DayKind

_MARKS = {DayKind.HOLIDAY: "休", DayKind.MAKEUP: "班"}
_OFF = frozenset({DayKind.REST, DayKind.HOLIDAY})


class Deadlines:
    """The deadlines of one record and its verdict, told; ``calendar`` gives the calendar that one was counted under."""

    def __init__(
        self,
        verdict: Iterable[Judged],
        words: Wording,
        directory: Directory,
        calendar: Callable[[str], Calendar],
    ) -> None:
        self._words = words
        self._directory = directory
        self._calendar = calendar
        self._found = {one.deadline: one for one in verdict if one.deadline}

    def counted(self, row: Deadline) -> dict[str, object]:
        """A deadline with the clause it rests on and every day of its count."""
        found = self._found.get(row.id)
        return {"id": row.id, "facts": self._facts(row), **self._explained(row), **_finding(found)}

    def judged(self, one: Judged) -> dict[str, object]:
        """What became of a clause."""
        return {
            "article": cited(one.article),
            "title": one.title.zh,
            "id": one.deadline or one.limit,
            "debtor": organ_name(self._directory, one.debtor) if one.debtor else "—",
            "due": one.legal_due.isoformat() if one.legal_due else "—",
            "closed": one.closed_on.isoformat() if one.closed_on else "—",
            "entries": "、".join(str(seq) for seq in one.entries) or "—",
            **_finding(one),
        }

    def _facts(self, row: Deadline) -> list[list[str]]:
        facts = [
            ["权利人" if row.power else "义务人", organ_name(self._directory, row.debtor)],
            ["起算事件之日", f"{written_day(row.started_on)}（当日不计）"],
            ["届满日", written_day(row.legal_due) if row.legal_due else "—"],
        ]
        if row.nominal_due and row.nominal_due != row.legal_due:
            facts.append(["按日数届满", f"{written_day(row.nominal_due)}，遇休息日顺延"])
        if row.assigned_due:
            facts.append(["指定期限", written_day(row.assigned_due)])
        if row.extension_days:
            facts.append(["延长", f"{row.extension_days}日"])
        for pause in row.suspensions:
            end = written_day(pause.end) if pause.end else "尚未恢复"
            facts.append(["扣除期间", f"{written_day(pause.start)}至{end}"])
        if row.closed_on:
            facts.append(["办理之日", written_day(row.closed_on)])
        if row.note:
            facts.append(["说明", as_written(row.note)])
        if row.provisional:
            facts.append(["暂定", "当年放假安排尚未公布，公布后重新计算"])
        return facts

    def _explained(self, row: Deadline) -> dict[str, object]:
        try:
            why = explain(row, self._words.law, self._calendar(row.calendar))
        except (BadInput, OverflowError, ValueError):
            title, cite = self._words.limit(row.limit), cited(row.article)
            return {"title": title, "cite": cite, "quote": "", "months": []}
        limit = why.limit
        return {
            "title": limit.title.zh,
            "cite": limit.cite.zh,
            "quote": limit.quote,
            "months": months(why),
        }


def _finding(one: Judged | None) -> dict[str, object]:
    if one is None:
        return {"finding": "", "breach": False, "doubts": []}
    doubts = [as_written(doubt.zh) for doubt in one.doubts]
    return {
        "finding": found_as(one).zh,
        "breach": one.finding in BREACHES and not one.power,
        "doubts": doubts,
    }


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
