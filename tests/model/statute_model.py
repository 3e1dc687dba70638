"""What the regulation says about time, told a second time in plain dates: which limits run, from when, until when.

The model hears of acts by their names and answers and knows nothing of the engine. Where the text of 2022 is silent, it
keeps to the decisions of the house: handling counts from the notice, at the latest from the fifteenth day after arrival;
dispatch ends an organ's limit, proven receipt starts the petitioner's; a review that orders to handle anew starts sixty
days more; only the hearing of a re-review stops a clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tests.model.days import midnight_after
from tests.model.limits import Limit


@dataclass(slots=True)
class Told:
    """An entry of the record, as far as the statute cares: who did what, on which day, with which answers."""

    act: str
    organ: str
    day: date
    answers: Mapping[str, Any]
    sealed: frozenset[str] = frozenset()
    """The questions whose answers are personal: it is known only that they were answered."""

    def on(self, name: str) -> date:
        """The day answered to *name*, or the day of the entry."""
        return date.fromisoformat(self.answers[name]) if self.answers.get(name) else self.day


class Matter:
    """One petition as the statute sees it."""

    def __init__(self, *, offices: frozenset[str], above: Mapping[str, tuple[str, ...]]) -> None:
        self.offices = offices
        self.above = above
        self.limits: list[Limit] = []
        self.told = 0
        self.office: str | None = None
        self.organ: str | None = None
        self.direct = False
        self.addressable = True
        self.category = "grievance"
        self.sorted_as: str | None = None
        self.route: str | None = None
        self.notified_on: date | None = None
        self.arrived: date | None = None
        self.serving = ""
        self.redo = False
        self.reviewer: dict[str, str | None] = {"review": None, "re_review": None}
        self.requested: set[str] = set()
        self.accused = False
        self.assigned: str | None = None
        self.ended: str | None = None
        self.sent: set[str] = set()

    # ---- what happens --------------------------------------------------------------------------------------------

    def next_to_pass(self, now: datetime) -> Limit | None:
        """The limit whose end comes first, if it has come by *now*."""
        due = [(midnight_after(one.due), one) for one in self.limits if one.running and one.due]
        due = [pair for pair in due if pair[0] <= now]
        return min(due, key=lambda pair: (pair[0], pair[1].told_by))[1] if due else None

    def passes(self, limit: Limit) -> None:
        """The end of *limit* has come: nothing is closed or refused, and a notice not given is presumed."""
        self.told += 1
        limit.passed = True
        if limit.kind in {"T2", "T3"} and limit.nominal and self._would_be_accepted(limit):
            self.opens("T5", limit.debtor, limit.nominal)

    def _would_be_accepted(self, limit: Limit) -> bool:
        elsewhere = {"outside", "subordinate", "litigation_forward", "litigation_explain"}
        return (
            self.category == "grievance"
            and self.route in {None, "route_6"}
            and self.notified_on is None
            and self.ended is None
            and (limit.kind == "T3" or self.sorted_as not in elsewhere)
            and self.live("T5") is None
        )

    # ---- the ledger of this model --------------------------------------------------------------------------------

    def opens(self, kind: str, debtor: str | None, start: date, named: date | None = None) -> None:
        number = 1 + sum(one.kind == kind for one in self.limits)
        self.limits.append(Limit(kind, number, debtor, start, self.told, named))

    def live(self, kind: str) -> Limit | None:
        return next((one for one in reversed(self.limits) if one.kind == kind and one.alive), None)

    def last(self, kind: str) -> Limit | None:
        return next((one for one in reversed(self.limits) if one.kind == kind), None)

    def done(self, on: date, *kinds: str) -> None:
        """A duty done, or a power used; a power used by its last day had not lapsed, whenever that was written down."""
        for one in self.limits:
            in_time = one.state == "lapsed" and one.due is not None and on <= one.due
            if one.kind in kinds and (one.alive or in_time):
                one.done_on = on

    def voids(self, *kinds: str) -> None:
        for one in self.limits:
            if one.alive and (one.kind in kinds or not kinds):
                one.void = True

    def accepted(self, notice: date) -> None:
        """Handling counts from the notice, at the latest from the fifteenth day after arrival."""
        start = notice
        if self.arrived and (self.addressable or not self.direct):
            start = min(notice, self.arrived + timedelta(days=15))
        row = self.live("T5")
        if row is None:
            self.opens("T5", self.organ, start)
        elif row.start != start:
            row.starts_on(start)

    def ends(self, how: str) -> None:
        """The matter ends: what was presumed falls away, and what was assigned is reported with the end."""
        self.ended = how
        self.voids("T5")

    # ---- what must be so at any time -----------------------------------------------------------------------------

    def owed(self) -> set[str]:
        """The numbered duties that somebody has now, and the powers that somebody may still use."""
        return set(self._duties())

    def _duties(self) -> Iterator[str]:
        if self.assigned == "open" and self.ended != "withdrawn":
            yield "U10"
        if self.ended:
            return
        if self.organ is None and self.office in self.offices and not self.accused:
            yield "T1"
        if self.organ and not self.notified_on and not self.accused:
            if not self.direct:
                yield "T3"
            elif self.addressable:
                yield "T2"
        if self.route == "route_6" and self.notified_on and "opinion" not in self.sent:
            yield "T5"
        for stage, limit in (("review", "T8"), ("re_review", "T10")):
            if stage in self.requested and self.reviewer[stage] and stage not in self.sent:
                yield limit
