"""What an event log holds: cases, their events, and a head that says what it is of and what was withheld."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from engine.audit.course import Leg, Maps, Passed, Walk
from engine.petition.entries import Entry
from engine.store.queries.cases import AT_ONCE, CaseRow, Cases, case_rows, entries_by_case
from engine.store.store import Store
from engine.text import Text

CLOCK: Final = "clock:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """Something that the log leaves out: how often, and why. ``count`` is None where the number itself would tell."""

    what: str
    name: Text
    count: int | None
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a log is of, who took it and when, and what was withheld."""

    cases: Cases
    organ: str
    taken_at: datetime
    petitions: int
    withheld: tuple[Withheld, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event: something that the drawing shows, or an act or a clock that it does not show (``element`` is empty)."""

    place: int
    name: str
    element: str
    title: str
    role: str
    at: datetime
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One petition with its events in order."""

    row: CaseRow
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What acts and limits are called."""

    acts: Mapping[str, Text]
    limits: Mapping[str, Text]

    def title(self, act: str) -> str:
        """What the act, or the clock that passed, is called."""
        if act.startswith(CLOCK):
            limit = self.limits.get(act.removeprefix(CLOCK))
            return _PASSED.filled(limit=limit or act).zh
        known = self.acts.get(act)
        return known.zh if known else _FREE_STEP.zh


def read_cases(store: Store, ids: Sequence[str], maps: Maps, naming: Naming) -> Iterator[Case]:
    """The petitions *ids* as cases, some at a time: two statements for each ``AT_ONCE`` of them."""
    with store.reading() as desk:
        for first in range(0, len(ids), AT_ONCE):
            some = ids[first : first + AT_ONCE]
            entries = entries_by_case(desk, some)
            for row in case_rows(desk, some):
                yield case_of(row, entries[row.petition], maps, naming)


def case_of(row: CaseRow, entries: Sequence[Entry], maps: Maps, naming: Naming) -> Case:
    """The petition of *row* as a case."""
    walk = Walk(maps)
    events: list[Event] = []
    for leg in walk.along(entries):
        for passed in leg.passed or (None,):
            events.append(_event(len(events) + 1, leg, passed, walk, naming))
    return Case(row=row, events=tuple(events))


def _event(place: int, leg: Leg, passed: Passed | None, walk: Walk, naming: Naming) -> Event:
    title = naming.title(leg.entry.act)
    drawn = walk.map.elements[passed.element] if passed is not None and walk.map else None
    return Event(
        place=place,
        name=walk.map.name(passed.element, passed.call)
        if passed is not None and walk.map
        else f"{leg.entry.act} {title}",
        element=drawn.id if drawn else "",
        title=title,
        role=drawn.role or "" if drawn else "",
        at=leg.at,
        entry=leg.entry,
    )


_PASSED = Text("{limit}期限届满", "limit passed: {limit}")
_FREE_STEP = Text("自定环节", "free step")
