"""A version of the procedure, loaded: immutable, shared by every petition that runs on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from engine.errors import DrawingRefused, NotFound, ProcedureError
from engine.procedure.drawing import Drawing, Node, Scope
from engine.procedure.findings import Finding
from engine.procedure.gate import Examined, examine
from engine.procedure.ledger import Ledger
from engine.procedure.progress import Facts, Progress
from engine.procedure.source import Source
from engine.procedure.spiff.codec import from_bytes, rebuild
from engine.procedure.spiff.reckoning import ticks
from engine.procedure.spiff.selfcheck import check_foundation
from engine.procedure.spiff.wiring import wire
from engine.procedure.spiff.workflow import TopWorkflow
from engine.procedure.tables import Table
from engine.procedure.vocabulary import FactWord, Vocabulary
from engine.text import Text

check_foundation()


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A node of a drawing with its words, for those who look at drawings. ``scope`` is the sub-process it lies in."""

    id: str
    kind: str
    name: str
    process: str
    scope: str
    stage: str | None
    act: str | None
    form: str | None
    document: str | None
    clock: str | None
    limit: str | None
    within: str | None
    table: str | None
    role: str | None
    slot: str | None
    lane: str | None
    called: str | None
    attached_to: str | None
    interrupting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A sequence flow of a drawing."""

    id: str
    process: str
    scope: str
    source: str
    target: str
    condition: str | None


def check(source: Source, vocabulary: Vocabulary) -> list[Finding]:
    """Everything that is wrong with the version in *source*, refusals first. Never raises."""
    return examine(source, vocabulary).findings.all()


def load(source: Source, vocabulary: Vocabulary) -> Procedure:
    """The version in *source*, ready to run. Raises DrawingRefused with the findings that forbid it."""
    examined = examine(source, vocabulary)
    if refused := examined.findings.refused():
        raise DrawingRefused(refused)
    return Procedure(source, vocabulary, examined)


class Procedure:
    """One version. ``limits`` leads from ids and aliases of limits to ids, ``facts`` from names to words."""

    def __init__(self, source: Source, vocabulary: Vocabulary, examined: Examined) -> None:
        self.source = source
        self.digest = source.digest
        self.limits: Mapping[str, str] = MappingProxyType(dict(vocabulary.limits))
        self.stages = vocabulary.stages
        self.facts: Mapping[str, FactWord] = MappingProxyType(dict(examined.facts))
        self.forms: Mapping[str, bytes] = MappingProxyType(source.room("forms", ".toml"))
        self.tables: Mapping[str, Table] = MappingProxyType(dict(examined.tables))
        self.drawing: Drawing = examined.drawing
        self._specs = wire(examined.drawing, examined.conditions, examined.tables, self.limits)
        self._elements = {
            node.id: _element(scope, node, self.limits)
            for scope in examined.drawing.scopes.values()
            for node in scope.nodes
        }

    def processes(self) -> tuple[str, ...]:
        """The ids of all processes of this version."""
        return tuple(scope.id for scope in self.drawing.processes())

    def elements(self) -> list[Element]:
        """All nodes of all drawings."""
        return list(self._elements.values())

    def element(self, id: str) -> Element:
        """The node *id*. Raises NotFound."""
        found = self._elements.get(id)
        if found is None:
            raise NotFound(Text(f"流程图中没有元素{id}", f"the drawings have no element {id}"))
        return found

    def flows(self) -> list[Flow]:
        """All sequence flows of all drawings."""
        return [
            Flow(
                id=line.id,
                process=scope.process,
                scope=scope.id,
                source=line.source,
                target=line.target,
                condition=line.condition,
            )
            for scope in self.drawing.scopes.values()
            for line in scope.lines
        ]

    def diagram(self, process_id: str) -> str:
        """The XML of the diagram that holds *process_id*. Raises NotFound."""
        scope = self.drawing.scopes.get(process_id)
        if scope is None:
            raise NotFound(Text(f"没有流程{process_id}", f"there is no process {process_id}"))
        return self.source.files[scope.file].decode("utf-8-sig")

    def start(self, process_id: str, *, facts: Facts, ledger: Ledger, now: datetime) -> Progress:
        """A new petition at the beginning of *process_id*, run on to where it first waits. Raises NotFound."""
        scope = self.drawing.scopes.get(process_id)
        if scope is None or scope.parent is not None:
            raise NotFound(Text(f"没有流程{process_id}", f"there is no process {process_id}"))
        top = TopWorkflow(process_id, self._specs, number=0, instant=ticks(now), ledger=ledger)
        progress = Progress(self, top, stage=scope.words.get("stage", ""))
        progress.begin(facts, now)
        return progress

    def resume(self, document: bytes, *, facts: Facts, ledger: Ledger, now: datetime) -> Progress:
        """The petition that *document* describes. *now* only says when; nothing moves until an operation is asked.

        Raises ProcedureError if the document is unreadable or belongs to another version.
        """
        state = from_bytes(document)
        if state.version != self.digest:
            raise ProcedureError(
                Text(
                    f"该信访件运行在另一版流程图上({state.version[:12]})",
                    f"this petition runs on another version of the drawings ({state.version[:12]})",
                )
            )
        top = rebuild(state, self._specs, ledger)
        progress = Progress(self, top, stage=state.stage)
        progress.use(facts)
        return progress


def _element(scope: Scope, node: Node, limits: Mapping[str, str]) -> Element:
    words = node.words
    return Element(
        id=node.id,
        kind=str(node.kind),
        name=node.name,
        process=scope.process,
        scope=scope.id,
        stage=words.get("stage"),
        act=words.get("act"),
        form=words.get("form"),
        document=words.get("document"),
        clock=limits.get(words.get("clock", "")),
        limit=words.get("limit"),
        within=limits.get(words.get("within", "")),
        table=words.get("table"),
        role=node.role,
        slot=node.slot,
        lane=node.lane.name if node.lane else None,
        called=node.called,
        attached_to=node.attached_to,
        interrupting=node.interrupting,
    )
