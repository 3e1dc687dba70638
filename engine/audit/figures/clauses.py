"""What became of each clause over many petitions, with the rate of what was done in time and what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.audit.verdict import Finding, Judged
from engine.statute.law import Law
from engine.store.queries.behind import RATED
from engine.store.queries.figures import ClauseCount
from engine.text import Text

FEW = 20
"""A rate of fewer than so many is shown, but says little (3.1 rule 3)."""
ENDS: Mapping[Finding, Text] = {
    Finding.MET: Text("按期", "met"),
    Finding.MET_EXTENDED: Text("延期后按期", "met with extension"),
    Finding.LATE: Text("逾期完成", "late"),
    Finding.OVERDUE: Text("逾期未完成", "overdue"),
    Finding.NOT_YET_DUE: Text("未届满", "not yet due"),
    Finding.SUSPENDED: Text("暂停", "suspended"),
    Finding.LAPSED: Text("期满失权", "lapsed"),
    Finding.EXCEPTED: Text("依法除外", "excepted"),
    Finding.VOID: Text("作废", "void"),
    Finding.NOT_ENGAGED: Text("未涉及", "not engaged"),
}
"""The ends to which a clause can come, in the order of columns."""
IN_TIME = (Finding.MET, Finding.MET_EXTENDED)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    part: int
    whole: int

    @property
    def few(self) -> bool:
        """Whether it is of too few to say much."""
        return self.whole < FEW

    @property
    def percent(self) -> str:
        """``94.37%``, rounded half up; a dash where there is nothing to divide by, never 0 % or 100 %."""
        if not self.whole:
            return "—"
        hundredths = (2 * 10_000 * self.part + self.whole) // (2 * self.whole)
        return f"{hundredths // 100}.{hundredths % 100:02}%"

    def __str__(self) -> str:
        """``7839/8307 = 94.37%``; a dash where there is nothing to divide by."""
        return f"{self.part}/{self.whole} = {self.percent}" if self.whole else self.percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause: how often it came to which end, and on how many of them the record is in doubt."""

    limit: str
    article: str
    title: Text
    power: bool
    counts: Mapping[Finding, int]
    doubts: int = 0

    @property
    def in_time(self) -> Rate:
        """Of the duties whose day has come, or which were done: how many in time. Nothing for a power."""
        if self.power:
            return Rate(0, 0)
        part = sum(self.counts.get(finding, 0) for finding in IN_TIME)
        return Rate(part, sum(self.counts.get(Finding(name), 0) for name in RATED))


@dataclass(slots=True)
class Verdict:
    """The verdicts on many petitions, being added up. ``files`` are those behind each count."""

    due_from: date | None = None
    due_to: date | None = None
    counts: dict[str, dict[Finding, int]] = field(default_factory=dict)
    doubts: dict[str, int] = field(default_factory=dict)
    files: dict[str, dict[Finding, list[str]]] = field(default_factory=dict)
    doubtful: dict[str, list[str]] = field(default_factory=dict)

    def add(self, number: str, judged: Iterable[Judged]) -> None:
        """Add the verdict on the petition *number*, as far as its limits fall into the period."""
        for one in judged:
            if not self._meant(one):
                continue
            counts = self.counts.setdefault(one.limit, {})
            counts[one.finding] = counts.get(one.finding, 0) + 1
            _note(self.files.setdefault(one.limit, {}).setdefault(one.finding, []), number)
            if one.doubts:
                self.doubts[one.limit] = self.doubts.get(one.limit, 0) + 1
                _note(self.doubtful.setdefault(one.limit, []), number)

    def _meant(self, one: Judged) -> bool:
        if one.finding is Finding.NOT_ENGAGED and not one.doubts:
            return False
        if self.due_from is None and self.due_to is None:
            return True
        return (
            one.legal_due is not None
            and (self.due_from is None or one.legal_due >= self.due_from)
            and (self.due_to is None or one.legal_due <= self.due_to)
        )

    def clauses(self, law: Law) -> list[Clause]:
        """The clauses in the order of the statute."""
        return list(_in_order(law, self.counts, self.doubts))


def clauses_of(law: Law, counts: Iterable[ClauseCount]) -> list[Clause]:
    """The clauses that *counts* tell of, in the order of the statute."""
    found: dict[str, dict[Finding, int]] = {}
    doubts: dict[str, int] = {}
    for one in counts:
        found.setdefault(one.limit, {})[Finding(one.finding)] = one.count
        doubts[one.limit] = doubts.get(one.limit, 0) + one.doubts
    return list(_in_order(law, found, doubts))


def _in_order(
    law: Law, counts: Mapping[str, Mapping[Finding, int]], doubts: Mapping[str, int]
) -> Iterator[Clause]:
    for limit in law.limits():
        if limit.id in counts:
            yield Clause(
                limit=limit.id,
                article=limit.article,
                title=limit.title,
                power=limit.is_power,
                counts=counts[limit.id],
                doubts=doubts.get(limit.id, 0),
            )


def _note(numbers: list[str], number: str) -> None:
    if number not in numbers[-1:]:
        numbers.append(number)
