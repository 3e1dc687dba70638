"""Teams: the people of one role at the organ of one part, and the work that waits for them.

A team is counted, never looked into: who of its people does what is nobody's business here.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Where(StrEnum):
    """Where a piece of work is."""

    OUTSIDE = "outside"
    """There is nothing to do for anybody here yet: the post, an appointment, the petitioner."""
    QUEUED = "queued"
    WORKED_ON = "worked_on"
    HELD = "held"
    """Done, but refused: it cannot be handed in before something has changed."""
    OVER = "over"


@dataclass(slots=True, kw_only=True, eq=False)
class Work:
    """One open step of one file (or a registration, or a standing act), on its way to being done.

    ``root`` is the petition's number in order of arrival; ``turn`` counts its steps of the same kind.
    """

    root: int
    key: str
    turn: int
    element: str
    team: str
    opened: datetime
    file: str | None = None
    step: int | None = None
    slot: str = ""
    role: str = ""
    where: Where = Where.OUTSIDE
    ready: datetime | None = None
    begun: datetime | None = None
    refusals: int = 0


@dataclass(slots=True)
class Team:
    """*people* who take work up in order of urgency."""

    people: int
    busy: int = 0
    queue: list[tuple[tuple[datetime, datetime], int, Work]] = field(default_factory=list)
    waiting: int = 0
    _places: int = 0

    def put(self, work: Work, urgency: datetime) -> None:
        """Let *work* wait; the smallest *urgency* is taken up first."""
        self._places += 1
        self.waiting += 1
        work.where = Where.QUEUED
        heapq.heappush(self.queue, ((urgency, work.ready or work.opened), self._places, work))

    def take(self) -> Iterator[Work]:
        """Everything that can be taken up now; whoever takes it up is busy."""
        while self.busy < self.people and self.queue:
            _, _, work = heapq.heappop(self.queue)
            if work.where is Where.QUEUED:  # what was called off meanwhile is passed over
                self.busy += 1
                self.waiting -= 1
                work.where = Where.WORKED_ON
                yield work

    def call_off(self, work: Work) -> None:
        """*work* need not be done any more; whoever works on it is free."""
        if work.where is Where.QUEUED:
            self.waiting -= 1
        elif work.where is Where.WORKED_ON:
            self.busy -= 1
        work.where = Where.OVER

    def hand_in(self, work: Work) -> None:
        """Whoever works on *work* is done with it."""
        self.busy -= 1
