"""The rules under which a file is worked on: the law, the calendar and the organs, and what a drawing may ask of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from engine.people.competence import CompetenceRow
from engine.people.directory import Directory
from engine.petition.deadlines import Ledger
from engine.statute.calendar import Calendar
from engine.statute.law import Law
from engine.statute.reckoning import count_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The law, the calendar and the organs under which a command is carried out; ``competence`` reads its table."""

    law: Law
    calendar: Calendar
    organs: Directory
    competence: Callable[[], Sequence[CompetenceRow]] = tuple


@dataclass(slots=True)
class LedgerView:
    """What the drawing sees of the ledger; ``ledger`` is exchanged as acts change it."""

    ledger: Ledger
    rules: Rules

    def due(self, limit_id: str) -> datetime | None:
        """The earliest instant at which a running deadline of the limit (id or alias) passes."""
        return self.ledger.due(self.rules.law.limit_by_id(limit_id).id)

    def earliest_duty(self) -> datetime | None:
        """The earliest instant at which a running duty passes."""
        return self.ledger.earliest_duty()

    def reckon_internal(self, amount: int, unit: str, start: date) -> date:
        """The last day of an internal limit."""
        return count_days(amount, unit, start, self.rules.calendar)
