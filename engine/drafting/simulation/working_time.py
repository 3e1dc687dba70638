"""Working time: the hours at which an office is open, laid end to end, so that work and waiting can be added up."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta

from engine.clock import SHANGHAI, legal_date
from engine.statute.calendar import Calendar

_DAY = timedelta(days=1)


class WorkingTime:
    """Working minutes since the beginning of the day *first*, by *calendar*: each working day has *hours* from *opens* on."""

    def __init__(self, calendar: Calendar, first: date, *, opens: time, hours: float) -> None:
        self._calendar = calendar
        self._opens = opens
        self.day = hours * 60
        """Minutes of one working day."""
        self._next = first
        self._opening: list[datetime] = []

    def worked_on(self, day: date) -> bool:
        """Whether *day* is a working day."""
        return self._calendar.is_working(day)

    def minutes(self, at: datetime) -> float:
        """The working minutes that have passed by *at*; before the first opening none."""
        self._reach(at)
        place = bisect_right(self._opening, at) - 1
        if place < 0:
            return 0.0
        spent = (at - self._opening[place]).total_seconds() / 60
        return place * self.day + min(spent, self.day)

    def instant(self, minutes: float) -> datetime:
        """The earliest instant by which so many working minutes have passed."""
        place = int(minutes // self.day)
        left = minutes - place * self.day
        if place and not left:  # a day's last minute is the evening, not the next morning
            place, left = place - 1, self.day
        return self._at(place) + timedelta(minutes=left)

    def later(self, at: datetime, minutes: float) -> datetime:
        """The instant at which work of so many minutes is done that is begun at *at*, or when the office opens next."""
        return max(at, self.instant(self.minutes(at) + minutes)) if minutes else at

    def opening(self, at: datetime) -> datetime:
        """*at*, or the next opening where the office is closed then."""
        self._reach(at)
        place = bisect_right(self._opening, at) - 1
        if place >= 0 and (at - self._opening[place]).total_seconds() / 60 < self.day:
            return at
        return self._at(place + 1)

    def _at(self, place: int) -> datetime:
        while len(self._opening) <= place:
            self._grow()
        return self._opening[place]

    def _reach(self, at: datetime) -> None:
        while self._next <= legal_date(at):
            self._grow()

    def _grow(self) -> None:
        day, self._next = self._next, self._next + _DAY
        if self._calendar.is_working(day):
            opens = datetime.combine(day, self._opens, tzinfo=SHANGHAI)
            self._opening.append(opens.astimezone(UTC))
