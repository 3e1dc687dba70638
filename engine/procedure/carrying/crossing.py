"""What all scopes of one document share on its way, and the tokens that it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from engine.clock import legal_date
from engine.procedure.carrying.correspondence import Correspondence, Obstacle
from engine.procedure.drawing import Node, Trigger
from engine.procedure.gate.words import internal_limit
from engine.procedure.ledger import Ledger
from engine.procedure.spiff.codec import Row
from engine.procedure.spiff.listening import Limit
from engine.procedure.spiff.reckoning import armed, end_of_day, ticks
from engine.procedure.spiff.states import WAITING
from engine.text import Text

DUE: Final = "due:"
"""Before an event's id: where a token remembers when the event's internal limit is up."""


@dataclass(slots=True)
class Crossing:
    """What all scopes of one document share."""

    answers: Correspondence
    ledger: Ledger
    now: datetime
    number: int
    obstacles: list[Obstacle] = field(default_factory=list)
    begun: list[Node] = field(default_factory=list)
    ended: list[Node] = field(default_factory=list)
    postponed: set[tuple[int, str]] = field(default_factory=set)

    def stop(self, element: str, name: str, why: Text) -> None:
        self.obstacles.append(Obstacle(element=element, name=name or element, why=why))

    def take_number(self) -> int:
        self.number += 1
        return self.number

    def begins(self, token: Token, event: Node) -> None:
        """*event* begins to listen at *token* now."""
        self.begun.append(event)
        if (limit := limit_of(event)) is not None:
            token.memory[DUE + event.id] = armed(limit, ticks(self.now), self.ledger)

    def goes_on(self, token: Token, old: Node, new: Node, due: Any) -> None:
        """*event* goes on listening at *token*; its internal limit, up at *due* so far, keeps its beginning."""
        before, after = limit_of(old), limit_of(new)
        if before is None or after is None or due is None:
            return
        if (before.amount, before.unit) != (after.amount, after.unit) and token.state == WAITING:
            due = armed(after, token.since, self.ledger)
            earliest = end_of_day(legal_date(self.now))
            if due < earliest:
                due = earliest
                self.postponed.add((token.number, new.id))
        token.memory[DUE + new.id] = due


@dataclass(slots=True)
class Token:
    """A row of the document."""

    number: int
    parent: int
    spec: str
    state: int
    since: int
    memory: dict[str, Any]

    @classmethod
    def of(cls, row: Row) -> Token:
        number, parent, spec, state, since = row[:5]
        return cls(number, parent, spec, state, since, dict(row[5]) if len(row) > 5 else {})

    def row(self) -> Row:
        row: Row = [self.number, self.parent, self.spec, self.state, self.since]
        return [*row, self.memory] if self.memory else row


def limit_of(event: Node) -> Limit | None:
    """The internal limit of *event*; the limit of the statute by which it is cut makes no difference here."""
    if event.trigger is not Trigger.TIMER or "limit" not in event.words:
        return None
    amount, unit = internal_limit(event.words["limit"]) or (0, "")
    return Limit(amount, unit, None)
