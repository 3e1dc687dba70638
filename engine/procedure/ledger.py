"""What the running drawing asks the office's ledger of deadlines. The ledger decides; timers only listen."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol


class Ledger(Protocol):
    """The deadlines of one petition, as far as an internal limit must know them."""

    def due(self, limit: str) -> datetime | None:
        """The earliest instant at which an open deadline of *limit* (its id) falls due, if one is open."""

    def earliest_duty(self) -> datetime | None:
        """The earliest instant at which any open duty of the petition falls due."""

    def reckon_internal(self, amount: int, unit: str, start: date) -> date:
        """The last day of *amount* ``days`` or ``working_days`` from *start*, which is not counted."""
