"""The drawing laid out flat for walking: every element once for each place where it can be, called diagrams unfolded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.procedure.drawing import Drawing, Kind, Node, Scope, Trigger
from engine.procedure.gate.words import internal_limit

ACT, CLOCK, LIMIT = "act", "clock", "limit"
"""What an event can hear: a standing act, a clock of the statute, a limit of the office's own."""


@dataclass(slots=True, eq=False)
class Place:
    """An element where a token can be. ``outs`` lead on in the order of the file, as places with their flows.

    ``events`` are the boundary events of an activity; ``inner`` the room inside a sub-process or call; ``hears`` what an
    event waits for.
    """

    index: int
    node: Node
    room: int
    outs: list[tuple[int, str]] = field(default_factory=list)
    ins: list[int] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    host: int | None = None
    inner: int | None = None
    hears: tuple[tuple[str, str, int], ...] = ()
    """For each piece of news: its kind, its word, and the event that then happens."""

    @property
    def id(self) -> str:
        return self.node.id

    @property
    def kind(self) -> Kind:
        return self.node.kind

    @property
    def waits(self) -> bool:
        """Whether a token stays here until somebody or something moves it."""
        return self.kind is Kind.USER_TASK or bool(self.hears)

    @property
    def gathers(self) -> bool:
        """Whether tokens wait here for one another."""
        return self.kind in {Kind.PARALLEL, Kind.INCLUSIVE} and len(self.ins) > 1


@dataclass(slots=True, eq=False)
class Room:
    """A process or sub-process at one place. ``beside`` are its event sub-processes by the act that starts them."""

    index: int
    scope: Scope
    depth: int
    owner: int | None
    start: int = -1
    beside: dict[str, list[int]] = field(default_factory=dict)
    places: list[int] = field(default_factory=list)


class Net:
    """One process with everything that it calls."""

    def __init__(self, drawing: Drawing, process: str, limits: Mapping[str, str]) -> None:
        self.places: list[Place] = []
        self.rooms: list[Room] = []
        self._drawing = drawing
        self._limits = limits
        self._unfold(drawing.scopes[process], depth=0, owner=None)
        self.upstream = {
            place.index: self._ways_into(place) for place in self.places if place.gathers
        }

    def _unfold(self, scope: Scope, *, depth: int, owner: int | None) -> int:
        room = Room(len(self.rooms), scope, depth, owner)
        self.rooms.append(room)
        here: dict[str, Place] = {}
        for node in scope.nodes:
            place = Place(len(self.places), node, room.index)
            self.places.append(place)
            here[node.id] = place
            room.places.append(place.index)
        for line in scope.lines:
            here[line.source].outs.append((here[line.target].index, line.id))
            here[line.target].ins.append(here[line.source].index)
        for place in here.values():
            self._furnish(place, room, here)
        return room.index

    def _furnish(self, place: Place, room: Room, here: Mapping[str, Place]) -> None:
        node = place.node
        if node.kind is Kind.START:
            room.start = place.index
        elif node.kind is Kind.BOUNDARY and node.attached_to:
            place.host = here[node.attached_to].index
            here[node.attached_to].events.append(place.index)
            place.hears = self._news(place)
        elif node.kind is Kind.CATCH:
            if not any(self.places[one].kind is Kind.EVENT_BASED for one in place.ins):
                place.hears = self._news(place)
        elif node.kind is Kind.EVENT_BASED:
            place.hears = tuple(
                news for target, _ in place.outs for news in self._news(self.places[target])
            )
        inner = self._drawing.inner(node)
        if inner is not None:
            scope = self._drawing.scopes[inner]
            place.inner = self._unfold(scope, depth=room.depth + 1, owner=place.index)
            if node.event_sub_process:
                start = next(scope.of(Kind.START))
                room.beside.setdefault(start.words["act"], []).append(place.index)

    def _news(self, place: Place) -> tuple[tuple[str, str, int], ...]:
        node = place.node
        if node.trigger is Trigger.MESSAGE:
            return ((ACT, node.words["act"], place.index),)
        if "clock" in node.words:
            return ((CLOCK, self._limits[node.words["clock"]], place.index),)
        return ((LIMIT, node.words["limit"], place.index),)

    def _ways_into(self, join: Place) -> dict[int, frozenset[int]]:
        """For each way into *join*, all places from which it can be reached without passing through it."""
        return {way: self._before(way, join.index) for way in join.ins}

    def _before(self, way: int, beyond: int) -> frozenset[int]:
        reached, stack = {way}, [way]
        while stack:
            place = self.places[stack.pop()]
            # A boundary event begins together with its activity, so what leads to the one leads to the other.
            sources = self.places[place.host].ins if place.host is not None else place.ins
            for one in sources:
                if one not in reached and one != beyond:
                    reached.add(one)
                    stack.append(one)
        return frozenset(reached)

    def deaf(self, event: int, dead: frozenset[str]) -> bool:
        """Whether the event at place *event* hears nothing but acts in *dead*."""
        return all(kind == ACT and word in dead for kind, word, _ in self.places[event].hears)

    def after_end(self, end: Place) -> list[int]:
        """Where it goes on when the token at *end* is the last of its room."""
        owner = self.rooms[end.room].owner
        while owner is not None and self.places[owner].node.event_sub_process:
            owner = self.rooms[self.places[owner].room].owner
        return [] if owner is None else [target for target, _ in self.places[owner].outs]

    def amount(self, place: Place) -> tuple[int, str] | None:
        """Number and unit of the internal limit at *place*."""
        return internal_limit(place.node.words.get("limit", ""))
