"""What events listen to: a standing act, a clock of the statute, an internal limit. They are told; they never look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition

from engine.procedure.spiff.reckoning import armed, cut
from engine.procedure.spiff.token import Token


class Heard(StrEnum):
    """The three kinds of news."""

    ACT = "act"
    CLOCK = "clock"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Limit:
    """An internal limit: number, unit, and the limit of the statute by which it is cut (None: any open duty)."""

    amount: int
    unit: str
    within: str | None


class Listener(EventDefinition):
    """Waits for one piece of news: the act or limit called *word*. ``element`` is the event on the drawing.

    Several listeners may share one token (after an event-based gateway), so each keeps its own due day.
    """

    def __init__(self, element: str, kind: Heard, word: str, limit: Limit | None = None) -> None:
        super().__init__(name=word)
        self.element = element
        self.kind = kind
        self.word = word
        self.limit = limit

    @property
    def listeners(self) -> tuple[Listener, ...]:
        return (self,)

    def has_fired(self, my_task: Token) -> bool:
        return "heard" in my_task.memory

    def update_task(self, my_task: Token) -> None:
        """Start the internal limits when the token begins to wait."""
        for listener in self.listeners:
            if (
                listener.limit is not None
                and (key := f"due:{listener.element}") not in my_task.memory
            ):
                top = my_task.workflow.top_workflow
                my_task.memory[key] = armed(listener.limit, top.instant, top.ledger)

    def due(self, my_task: Token) -> datetime | None:
        """When the internal limit of this listener is up, cut to the law's as it stands now."""
        own = my_task.memory.get(f"due:{self.element}")
        if self.limit is None or own is None:
            return None
        return cut(self.limit, own, my_task.last_state_change, my_task.workflow.top_workflow.ledger)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


class FirstOf(Listener):
    """Waits for the first of several pieces of news: what an event-based gateway does."""

    def __init__(self, listeners: tuple[Listener, ...]) -> None:
        super().__init__("", Heard.ACT, "")
        self._listeners = listeners

    @property
    def listeners(self) -> tuple[Listener, ...]:
        return self._listeners
