"""A drawing laid flat: steps, choices and parallel ways alone, as mining tools can read it.

They know neither calls nor sub-processes, neither events at the edge of an activity nor an end that waits for all tokens.
So calls are written out in place, and

* what interrupts an activity becomes a way out of every step that waits inside it, past what else runs beside it there;
* parallel branches that end apart meet in a join, once as ended and once as interrupted;
* what interrupts nothing (a clock that passes while the work goes on) may happen at any time, beside everything;
* a file may begin again when it has ended, since the statute reopens.

Facts are not asked: every way out of a choice is open. So whatever the drawing lets happen, the flat one does too; the
reverse holds but for the last two points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from engine.audit.course import Map
from engine.errors import BadInput
from engine.procedure.drawing import Drawing, Kind, Line, Node, Scope, Trigger
from engine.text import Text


class Form(StrEnum):
    """What a node of the flat drawing is; the value is its BPMN element."""

    START = "startEvent"
    END = "endEvent"
    TASK = "task"
    CHOICE = "exclusiveGateway"
    PARALLEL = "parallelGateway"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flat:
    """The flat drawing: nodes by id with their form and name, and flows between them."""

    id: str
    nodes: dict[str, tuple[Form, str]] = field(default_factory=dict)
    flows: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a token is that is laid flat: to which node it goes at its end, and when it is interrupted."""

    path: str
    call: str
    end: str
    out: str | None = None
    until: frozenset[str] = frozenset()
    """Joins at which its branch ends."""


def lay_flat(drawing: Drawing, known: Map, process: str) -> Flat:
    """The process laid flat. Raises BadInput, naming the element, where a drawing cannot be."""
    scope = drawing.scopes.get(process)
    if scope is None or scope.parent is not None:
        raise BadInput({"process": Text(f"没有流程{process}", f"there is no process {process}")})
    return _Laying(drawing, known, Flat(id=process)).whole(scope)


class _Laying:
    def __init__(self, drawing: Drawing, known: Map, flat: Flat) -> None:
        self._drawing = drawing
        self._known = known
        self._flat = flat
        self._laid: dict[str, tuple[str, _Place]] = {}
        self._beside: list[tuple[Scope, Node, _Place]] = []

    def whole(self, scope: Scope) -> Flat:
        start, end = self._node("start", Form.START), self._node("end", Form.END)
        first, last = self._node("first", Form.CHOICE), self._node("last", Form.CHOICE)
        begin = self._scope(scope, _Place(path="", call="", end=last))
        self._flow(first, begin)
        self._flow(last, first)
        if not self._beside:
            self._flow(start, first)
            self._flow(last, end)
            return self._flat
        split, join = self._node("split", Form.PARALLEL), self._node("join", Form.PARALLEL)
        beside = self._node("beside", Form.CHOICE)
        for source, target in (
            (start, split), (split, first), (split, beside), (last, join), (beside, join), (join, end),
        ):  # fmt: skip
            self._flow(source, target)
        for inside, node, place in self._beside:  # grows while it is walked
            free = _Place(path=place.path, call=place.call, end=beside, out=beside)
            self._flow(beside, self._event(inside, node, free))
        return self._flat

    # ---------------------------------------------------------------------------------- scopes and nodes

    def _scope(self, scope: Scope, place: _Place) -> str:
        """The node at which *scope* begins, laid out in *place*."""
        for node in scope.of(Kind.SUB_PROCESS):
            if node.event_sub_process:
                self._beside.append((scope, node, place))
        start = next(
            node for node in scope.of(Kind.START) if node.trigger is Trigger.NONE or node.act
        )
        return self._at(scope, start.id, place)

    def _at(self, scope: Scope, id: str, place: _Place) -> str:
        """The flat node at which a token enters the node *id*."""
        if id in place.until:
            return place.end
        key = f"{place.path}{id}"
        if key in self._laid:
            entry, known = self._laid[key]
            if known != place:
                raise _cannot(id)
            return entry
        node = scope.by_id[id]
        entry = self._flat_id(place, id)
        self._laid[key] = (entry, place)
        match node.kind:
            case Kind.END:
                self._ended(scope, node, place, entry)
            case Kind.USER_TASK | Kind.CATCH:
                self._waiting(scope, node, place, entry)
            case Kind.SUB_PROCESS | Kind.CALL:
                self._inner(scope, node, place, entry)
            case Kind.PARALLEL if len(scope.leaving[id]) > 1:
                self._split(scope, node, place, entry)
            case _:
                self._passing(scope, node, place, entry)
        return entry

    def _passing(self, scope: Scope, node: Node, place: _Place, entry: str) -> None:
        several = len(scope.leaving[node.id]) > 1 or len(scope.entering[node.id]) > 1
        if node.kind in {Kind.PARALLEL, Kind.INCLUSIVE} and several:
            raise _cannot(node.id)
        if self._known.speaks(node.id):
            self._node(entry, Form.TASK, self._known.name(node.id, place.call))
        else:
            self._node(entry, Form.CHOICE)
        self._go_on(scope, node, place, entry)

    def _go_on(self, scope: Scope, node: Node, place: _Place, source: str) -> None:
        for line in scope.leaving[node.id]:
            self._flow(source, self._at(scope, line.target, place))

    def _ended(self, scope: Scope, node: Node, place: _Place, entry: str) -> None:
        if node.trigger is Trigger.TERMINATE and any(
            len(scope.leaving[one.id]) > 1 for one in scope.of(Kind.PARALLEL)
        ):
            raise _cannot(node.id)
        self._node(entry, Form.CHOICE)
        self._flow(entry, place.end)

    def _waiting(self, scope: Scope, node: Node, place: _Place, entry: str) -> None:
        done = f"{entry}.done"
        self._node(done, Form.TASK, self._known.name(node.id, place.call))
        self._node(entry, Form.CHOICE)
        self._flow(entry, done)
        for target in self._interruptions(scope, node, place):
            self._flow(entry, target)
        if place.out is not None:
            self._flow(entry, place.out)
        self._go_on(scope, node, place, done)

    def _inner(self, scope: Scope, node: Node, place: _Place, entry: str) -> None:
        inner = self._drawing.scopes[self._drawing.inner(node) or ""]
        self._node(entry, Form.CHOICE)
        done = self._node(f"{entry}.done", Form.CHOICE)
        ways = self._interruptions(scope, node, place)
        out = place.out
        if ways:
            out = self._node(f"{entry}.out", Form.CHOICE)
            for target in [*ways, *([place.out] if place.out else [])]:
                self._flow(out, target)
        called = node.kind is Kind.CALL
        inside = _Place(
            path=f"{place.path}{node.id}/" if called else place.path,
            call=node.id if called else place.call,
            end=done,
            out=out,
        )
        self._flow(entry, self._scope(inner, inside))
        self._go_on(scope, node, place, done)

    def _interruptions(self, scope: Scope, node: Node, place: _Place) -> list[str]:
        """The events that interrupt *node*; what does not interrupt it is put beside everything."""
        ways = []
        for event in scope.attached.get(node.id, ()):
            if event.interrupting:
                ways.append(self._event(scope, event, place))
            else:
                self._beside.append((scope, event, place))
        return ways

    def _event(self, scope: Scope, node: Node, place: _Place) -> str:
        """An event at the edge of an activity, or an event sub-process, and what follows from it."""
        if node.event_sub_process:
            inner = self._drawing.scopes[node.id]
            return self._scope(inner, place)
        entry = self._flat_id(place, node.id)
        self._node(entry, Form.TASK, self._known.name(node.id, place.call))
        self._go_on(scope, node, place, entry)
        return entry

    # ---------------------------------------------------------------------------------- parallel ways

    def _split(self, scope: Scope, node: Node, place: _Place, entry: str) -> None:
        """A parallel gateway with its branches, up to where they meet or end."""
        lines = scope.leaving[node.id]
        meet = _meeting(scope, lines, place)
        self._node(entry, Form.PARALLEL)
        ended = self._node(f"{entry}.ended", Form.PARALLEL)
        out = self._node(f"{entry}.out", Form.PARALLEL) if place.out is not None else None
        for number, line in enumerate(lines, start=1):
            end = self._node(f"{entry}.end_{number}", Form.CHOICE)
            self._flow(end, ended)
            way_out = None
            if out is not None:
                way_out = self._node(f"{entry}.out_{number}", Form.CHOICE)
                self._flow(end, way_out)
                self._flow(way_out, out)
            branch = replace(place, end=end, out=way_out, until=place.until | meet)
            self._flow(entry, self._at(scope, line.target, branch))
        if out is not None and place.out is not None:
            self._flow(out, place.out)
        if not meet:
            self._flow(ended, place.end)
        for join in meet:
            self._go_on(scope, scope.by_id[join], place, ended)

    # ---------------------------------------------------------------------------------- the flat drawing

    def _flat_id(self, place: _Place, id: str) -> str:
        return f"{place.path}{id}".replace("/", ".")

    def _node(self, id: str, form: Form, name: str = "") -> str:
        self._flat.nodes[id] = (form, name)
        return id

    def _flow(self, source: str, target: str) -> None:
        if (source, target) not in self._flat.flows:
            self._flat.flows.append((source, target))


def _meeting(scope: Scope, lines: list[Line], place: _Place) -> frozenset[str]:
    """The join at which the branches along *lines* meet; nothing where they end apart. Raises BadInput else."""
    reached = [set(_reached(scope, line.target, place.until)) for line in lines]
    if not _shared(reached):
        return frozenset()
    joins = [
        node.id
        for node in scope.of(Kind.PARALLEL)
        if len(scope.entering[node.id]) > 1 and all(node.id in them for them in reached)
    ]
    for join in joins:
        until = place.until | {join}
        cut = [set(_reached(scope, line.target, until)) - until for line in lines]
        if not _shared(cut) and all(not _ends(scope, them) for them in cut):
            return frozenset({join})
    raise _cannot(lines[0].source)


def _shared(sets: list[set[str]]) -> bool:
    return len(set().union(*sets)) < sum(map(len, sets))


def _ends(scope: Scope, nodes: set[str]) -> bool:
    return any(scope.by_id[id].kind is Kind.END for id in nodes)


def _reached(scope: Scope, start: str, until: frozenset[str]) -> Iterator[str]:
    """The nodes of the scope that a token can reach from *start*, without going on from *until*."""
    seen, todo = {start}, [start]
    while todo:
        id = todo.pop()
        yield id
        if id in until:
            continue
        for follower in _followers(scope, id):
            if follower not in seen:
                seen.add(follower)
                todo.append(follower)


def _followers(scope: Scope, id: str) -> list[str]:
    interrupting = [event.id for event in scope.attached.get(id, ()) if event.interrupting]
    return [line.target for line in scope.leaving.get(id, ())] + interrupting


def _cannot(element: str) -> BadInput:
    return BadInput(
        {
            "": Text(
                "流程图在{element}处并行分支互相交错,无法展平供挖掘工具读取",
                "the drawing cannot be laid flat: at {element} its parallel ways cross each other",
            ).filled(element=element)
        }
    )
