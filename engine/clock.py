"""What time it is: the only module that asks the machine.

Legal time is a date in Asia/Shanghai; record time is an aware UTC instant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Anything that knows the time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


def legal_date(instant: datetime) -> date:
    """The day of *instant* where the law counts days: Asia/Shanghai."""
    return instant.astimezone(SHANGHAI).date()


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(slots=True)
class ManualClock:
    """A clock that stands still until it is turned: for tests, demonstrations and scenarios."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant

    def turn_to(self, instant: datetime) -> None:
        """Turn the clock to *instant*; never backwards, since the record only grows."""
        if instant < self.instant:
            raise ValueError(
                f"the clock shows {self.instant.isoformat()} and cannot go back to {instant.isoformat()}"
            )
        self.instant = instant

    def turn_days(self, days: int) -> None:
        """Turn the clock *days* days on."""
        self.turn_to(self.instant + timedelta(days=days))


@dataclass(slots=True)
class TurnedClock:
    """The machine's clock plus an offset that others may change: the clock of the demonstration office."""

    base: Clock
    offset: timedelta = timedelta()

    def now(self) -> datetime:
        return self.base.now() + self.offset
