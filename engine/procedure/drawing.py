"""A diagram as the engine sees it: scopes, nodes and lines, frozen, without any XML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """The kinds of nodes that run. The value is the name of the BPMN element."""

    START = "startEvent"
    END = "endEvent"
    USER_TASK = "userTask"
    RULE_TASK = "businessRuleTask"
    SUB_PROCESS = "subProcess"
    CALL = "callActivity"
    EXCLUSIVE = "exclusiveGateway"
    PARALLEL = "parallelGateway"
    INCLUSIVE = "inclusiveGateway"
    EVENT_BASED = "eventBasedGateway"
    CATCH = "intermediateCatchEvent"
    THROW = "intermediateThrowEvent"
    BOUNDARY = "boundaryEvent"


class Trigger(StrEnum):
    """What makes an event happen. The value is the name of the BPMN event definition."""

    NONE = "none"
    MESSAGE = "messageEventDefinition"
    TIMER = "timerEventDefinition"
    TERMINATE = "terminateEventDefinition"


GATEWAYS = frozenset({Kind.EXCLUSIVE, Kind.PARALLEL, Kind.INCLUSIVE, Kind.EVENT_BASED})
CHOOSING = frozenset({Kind.EXCLUSIVE, Kind.INCLUSIVE})
ACTIVITIES = frozenset({Kind.USER_TASK, Kind.RULE_TASK, Kind.SUB_PROCESS, Kind.CALL})
EVENTS = frozenset({Kind.START, Kind.END, Kind.CATCH, Kind.THROW, Kind.BOUNDARY})
WAITING = frozenset({Kind.USER_TASK, Kind.CATCH, Kind.EVENT_BASED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A lane: whose steps lie in it."""

    id: str
    name: str
    role: str | None = None
    slot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An element that a token can visit. ``words`` are our attributes; ``inner`` is the scope of a sub-process."""

    id: str
    kind: Kind
    name: str
    scope: str
    words: Mapping[str, str]
    trigger: Trigger = Trigger.NONE
    interrupting: bool = True
    attached_to: str | None = None
    default: str | None = None
    called: str | None = None
    event_sub_process: bool = False
    lane: Lane | None = None

    @property
    def act(self) -> str | None:
        return self.words.get("act")

    @property
    def role(self) -> str | None:
        return self.words.get("role") or (self.lane.role if self.lane else None)

    @property
    def slot(self) -> str | None:
        return self.words.get("organ") or (self.lane.slot if self.lane else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sequence flow."""

    id: str
    source: str
    target: str
    scope: str
    condition: str | None = None


@dataclass(frozen=True, kw_only=True)
class Scope:
    """A process or an embedded sub-process: what runs as one workflow. ``parent`` is None for a process."""

    id: str
    process: str
    file: str
    name: str
    parent: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    nodes: tuple[Node, ...] = ()
    lines: tuple[Line, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def leaving(self) -> dict[str, list[Line]]:
        """The lines out of each node, in the order of the file."""
        table: dict[str, list[Line]] = {node.id: [] for node in self.nodes}
        for line in self.lines:
            table.setdefault(line.source, []).append(line)
        return table

    @cached_property
    def entering(self) -> dict[str, list[Line]]:
        """The lines into each node, in the order of the file."""
        table: dict[str, list[Line]] = {node.id: [] for node in self.nodes}
        for line in self.lines:
            table.setdefault(line.target, []).append(line)
        return table

    @cached_property
    def attached(self) -> dict[str, list[Node]]:
        """The boundary events of each activity."""
        table: dict[str, list[Node]] = {}
        for node in self.nodes:
            if node.kind is Kind.BOUNDARY and node.attached_to:
                table.setdefault(node.attached_to, []).append(node)
        return table

    def of(self, *kinds: Kind) -> Iterator[Node]:
        """The nodes of these *kinds*."""
        return (node for node in self.nodes if node.kind in kinds)

    def after(self, node: str) -> list[str]:
        """The nodes that a token in *node* can reach in one move, its boundary events included."""
        return [line.target for line in self.leaving.get(node, ())] + [
            event.id for event in self.attached.get(node, ())
        ]


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """All scopes of a version, called processes and embedded sub-processes alike, by id."""

    scopes: Mapping[str, Scope]

    def processes(self) -> list[Scope]:
        """The processes, in the order of the files."""
        return [scope for scope in self.scopes.values() if scope.parent is None]

    def nodes(self) -> Iterator[Node]:
        """All nodes of all scopes."""
        for scope in self.scopes.values():
            yield from scope.nodes

    def inner(self, node: Node) -> str | None:
        """The scope that runs inside *node*: its own, or the process it calls."""
        if node.kind is Kind.SUB_PROCESS:
            return node.id
        return node.called if node.kind is Kind.CALL else None
