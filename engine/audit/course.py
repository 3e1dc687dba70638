"""The course of a petition through its drawings, read from the entries alone: what it passed, when, and inside which call.

Nothing is run for it: an entry names the elements that it entered and left. Where an element is entered again while it
still waits (two event sub-processes of a kind), the one that was entered first is taken to be left first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Final

from engine.clock import SHANGHAI
from engine.office.moving import MoveKind, renamed_by
from engine.petition.entries import Entry, EntryKind
from engine.procedure.drawing import Kind
from engine.procedure.procedure import Element, Procedure

STEP: Final = str(Kind.USER_TASK)
EVENTS: Final = frozenset({str(Kind.START), str(Kind.CATCH), str(Kind.BOUNDARY)})
STAYS: Final = frozenset({STEP, str(Kind.SUB_PROCESS), str(Kind.CALL)})
"""What a petition stays in; everything else is passed in an instant."""

Drawings = Callable[[str], Procedure]
"""The drawings of a version, by digest. Raises DataError where they are gone or can no longer be read."""
Maps = Callable[[str], "Map"]
"""The same, as far as a course needs them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """What a version's drawings say of their elements. ``callers`` are the activities that call a process."""

    elements: Mapping[str, Element]
    callers: Mapping[str, tuple[str, ...]]

    def speaks(self, element: str) -> bool:
        """Whether passing *element* is an event that people know: a step, a message, a clock, the beginning of a file."""
        found = self.elements.get(element)
        return found is not None and (
            found.kind == STEP
            or (found.kind in EVENTS and (found.act or found.clock or found.limit) is not None)
        )

    def name(self, element: str, call: str = "") -> str:
        """What the event at *element* is called: its id and its caption; after the call, where several call its process."""
        found = self.elements[element]
        before = f"{call}/" if call and len(self.callers.get(found.process, ())) > 1 else ""
        return " ".join(f"{before}{element} {found.name}".split())


def map_of(procedure: Procedure) -> Map:
    """The map of a loaded version."""
    elements = {one.id: one for one in procedure.elements()}
    callers: dict[str, list[str]] = {}
    for one in elements.values():
        if one.called:
            callers.setdefault(one.called, []).append(one.id)
    return Map(elements=elements, callers={id: tuple(them) for id, them in callers.items()})


def maps_of(drawings: Drawings) -> Maps:
    """The maps of versions, each drawn once."""
    return lru_cache(maxsize=32)(lambda digest: map_of(drawings(digest)))


@dataclass(slots=True, kw_only=True)
class Stay:
    """A petition in a step, a sub-process or a call, from one entry to another; ``left_at`` is None while it lasts."""

    element: str
    entered_at: datetime
    entered_by: int
    left_at: datetime | None = None
    left_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """Something that people know by name happened at *element*, inside the call activity ``call`` if it was called."""

    element: str
    call: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """What one entry moved: the events of the drawing, none where nothing that is drawn was passed."""

    entry: Entry
    at: datetime
    passed: tuple[Passed, ...]


@dataclass(slots=True)
class Walk:
    """A petition on its way. ``open`` are the stays that last, oldest first; ``over`` those that ended with the last entry."""

    maps: Maps
    open: list[Stay] = field(default_factory=list)
    over: list[Stay] = field(default_factory=list)
    at: datetime | None = None
    map: Map | None = None

    def along(self, entries: Iterable[Entry]) -> Iterator[Leg]:
        """Walk along *entries*, which follow each other."""
        return (self.on(entry) for entry in entries)

    def on(self, entry: Entry) -> Leg:
        """Walk on by *entry*. Raises DataError where its drawings are no longer known."""
        here = self.maps(entry.versions["procedure"])
        self.map = here
        renamed = renamed_by(entry)
        for stay in self.open:
            stay.element = renamed.get(stay.element, stay.element)
        at = self.at = instant_of(entry, self.at)
        done = done_by(entry)
        entered = entry.consequences.get("entered", ())
        passed = [Passed(element=done, call=self._inside(done, here))] if done else []
        for element in entered:
            found = here.elements.get(element)
            if found is not None and found.kind in STAYS:
                self.open.append(Stay(element=element, entered_at=at, entered_by=entry.seq))
            elif here.speaks(element):
                passed.append(Passed(element=element, call=self._inside(element, here)))
        self.over = [
            stay
            for stay in map(self._leave, entry.consequences.get("left", ()))
            if stay is not None
        ]
        for stay in self.over:
            stay.left_at, stay.left_by = at, entry.seq
        return Leg(
            entry=entry, at=at, passed=tuple(one for one in passed if here.speaks(one.element))
        )

    def steps(self) -> list[Element]:
        """The steps that wait now, oldest first."""
        if self.map is None:
            return []
        in_order = sorted(self.open, key=lambda stay: (stay.entered_at, stay.element))
        found = (self.map.elements.get(stay.element) for stay in in_order)
        return [one for one in found if one is not None and one.kind == STEP]

    def _leave(self, element: str) -> Stay | None:
        for place, stay in enumerate(self.open):
            if stay.element == element:
                return self.open.pop(place)
        return None

    def _inside(self, element: str, here: Map) -> str:
        found = here.elements.get(element)
        callers = here.callers.get(found.process, ()) if found is not None else ()
        return next((stay.element for stay in self.open if stay.element in callers), "")


def done_by(entry: Entry) -> str:
    """The element of the step that *entry* completed; empty where it completed none."""
    moves = entry.consequences.get("moves", ())
    completed = any(kind == MoveKind.COMPLETE for kind, _ in moves)
    return (entry.step or "").partition("#")[0] if completed else ""


def instant_of(entry: Entry, before: datetime | None = None) -> datetime:
    """When *entry* happened, never earlier than *before*: a clock at its legal instant, people when it was recorded."""
    at = entry.effective_at if entry.kind is EntryKind.FIRING else entry.recorded_at
    return max(at, before) if before is not None else at


def written(at: datetime) -> str:
    """An instant as event logs write it: ISO 8601 with the offset of Asia/Shanghai, where the law counts days."""
    return at.astimezone(SHANGHAI).isoformat(timespec="milliseconds")
