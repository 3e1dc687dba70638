"""An agenda: what is going to happen when. What is put down first happens first where both are for one instant."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import UTC, datetime, time

from engine.clock import SHANGHAI, legal_date

Happening = Callable[[], None]
_EVENING = time(23, 30)


class Agenda:
    """What is going to happen in one run."""

    def __init__(self) -> None:
        self._events: list[tuple[datetime, int, Happening]] = []
        self._number = 0

    def put(self, when: datetime, happens: Happening) -> None:
        """Let it happen at *when*."""
        self._number += 1
        heapq.heappush(self._events, (when, self._number, happens))

    @property
    def next(self) -> datetime | None:
        """When something happens next; None where nothing does any more."""
        return self._events[0][0] if self._events else None

    def take(self) -> tuple[datetime, Happening]:
        """What happens next, struck off."""
        when, _, happens = heapq.heappop(self._events)
        return when, happens


def evening(at: datetime) -> datetime:
    """The end of the day of *at*, when nobody works any more."""
    return datetime.combine(legal_date(at), _EVENING, tzinfo=SHANGHAI).astimezone(UTC)
