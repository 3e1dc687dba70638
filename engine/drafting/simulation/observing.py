"""Observing a run: what becomes a note, and that only petitions that count are noted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from engine.clock import legal_date
from engine.drafting.simulation.assumptions import REGISTER
from engine.drafting.simulation.notes import Notes, Visit
from engine.drafting.simulation.teams import Team, Where, Work
from engine.drafting.simulation.working_time import WorkingTime
from engine.petition.entries import Entry, EntryKind
from engine.petition.file import File
from engine.procedure import Procedure

_DAY: Final = timedelta(days=1)


class Observer:
    """Takes the notes of one run. ``stuck`` are the petitions that can go no further."""

    def __init__(self, petitions: int, counted: range, time: WorkingTime) -> None:
        self._counted = counted
        self._time = time
        self._since = 0.0
        self._counting = False
        self._worked: list[tuple[str, float, float]] = []
        self._notes = Notes(petitions=petitions)
        self.stuck: set[int] = set()

    def arrived(self, root: int, now: datetime) -> None:
        """A petition has arrived: from the first to the last that count, work and queues count too."""
        if root == self._counted.start:
            self._since, self._counting = self._time.minutes(now), True
        if root in self._counted:
            self._notes.minutes = self._time.minutes(now) - self._since
        elif root >= self._counted.stop:
            self._counting = False

    def seen(self, entry: Entry, root: int, procedure: Procedure) -> None:
        """The drawing was moved."""
        if root not in self._counted:
            return
        entered = entry.consequences.get("entered", ())
        self._notes.passed.update(entered)
        if entry.kind is EntryKind.FIRING and entry.act == "clock:internal":
            self._notes.fired.update(one for one in entered if procedure.element(one).limit)

    def visited(self, work: Work, now: datetime, *, done: bool) -> None:
        """A step is done, or need not be done any more."""
        if work.root not in self._counted:
            return
        ready, begun = work.ready or now, work.begun or now
        worked = self._time.minutes(now) - self._time.minutes(begun)
        self._notes.visits[work.element].append(
            Visit(
                root=work.root,
                wait=self._time.minutes(begun) - self._time.minutes(ready),
                work=worked if done else None,
                outside=(ready - work.opened) / _DAY,
                stay=(now - work.opened) / _DAY,
            )
        )

    def worked(self, work: Work, now: datetime) -> None:
        """Somebody has worked on *work* until now."""
        if work.where is Where.WORKED_ON and work.begun is not None:
            begun, ended = self._time.minutes(work.begun), self._time.minutes(now)
            self._worked.append((work.team, begun, ended))

    def refused(self, work: Work, why: str) -> None:
        """The office has refused a step; that a standing act is not allowed is nobody's news."""
        if work.root in self._counted and (work.step is not None or work.key == REGISTER):
            self._notes.refused[work.element, why] += 1

    def end_of_day(self, now: datetime, teams: Mapping[str, Team]) -> None:
        """Note how much waits, on a day on which people work."""
        if self._counting and self._time.worked_on(legal_date(now)):
            for name, team in teams.items():
                self._notes.lengths.setdefault(name, {})[legal_date(now)] = team.waiting

    def judged(self, file: File, root: int) -> None:
        """Note what the duties of *file* have come to in the end."""
        if root in self._counted:
            self._notes.judge(file, root)

    def lasted(self, root: int, time: timedelta) -> None:
        """A petition has come to its end."""
        if root in self._counted:
            self._notes.lasted[root] = time / _DAY

    def closed(self) -> Notes:
        """The notes, at the end."""
        until = self._since + self._notes.minutes
        for team, begun, ended in self._worked:
            share = min(ended, until) - max(begun, self._since)
            self._notes.spent[team] += max(0.0, share)
        self._notes.stuck = sum(root in self._counted for root in self.stuck)
        return self._notes
