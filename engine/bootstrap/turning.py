"""The clock of an installation: the machine's, or the one that the demonstration turns."""

from __future__ import annotations

from datetime import timedelta

from engine.clock import Clock, SystemClock, TurnedClock
from engine.store.store import Store

CLOCK_OFFSET = "demonstration_clock_offset_seconds"
DEMONSTRATION = "demonstration"


def clock_of(store: Store) -> Clock:
    """The clock that the installation on *store* goes by."""
    if store.setting(DEMONSTRATION) == "yes":
        return TurnedClock(SystemClock(), offset(store))
    return SystemClock()


def offset(store: Store) -> timedelta:
    """How far the demonstration's clock has been turned on."""
    return timedelta(seconds=int(store.setting(CLOCK_OFFSET) or "0"))
