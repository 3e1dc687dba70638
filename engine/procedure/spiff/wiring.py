"""From the frozen drawing to the specs that SpiffWorkflow runs, built once per version and shared by all petitions.

SpiffWorkflow's own parser is not used: it evaluates texts of the file, sorts ways out by their place on the canvas and
silently drops what it does not know. The gate has read the file; here is only put together what it let through.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.simple import (
    NoneEventDefinition,
    TerminateEventDefinition,
)

from engine.procedure.drawing import Drawing, Kind, Node, Scope, Trigger
from engine.procedure.expressions import Condition
from engine.procedure.gate.words import internal_limit
from engine.procedure.spiff.joins import InclusiveJoin, ParallelJoin
from engine.procedure.spiff.lean import ActivityJoin, ActivitySplit
from engine.procedure.spiff.listening import FirstOf, Heard, Limit, Listener
from engine.procedure.spiff.naming import join_of, split_of
from engine.procedure.spiff.specs import (
    Begin,
    Boundary,
    Catch,
    Ending,
    EventChoice,
    ExclusiveChoice,
    FactCondition,
    Milestone,
    RuleStep,
    Scoped,
    ScopeSpec,
    UserStep,
)
from engine.procedure.tables import Table


def wire(
    drawing: Drawing,
    conditions: Mapping[str, Condition],
    tables: Mapping[str, Table],
    limits: Mapping[str, str],
) -> dict[str, ScopeSpec]:
    """The spec of every scope of *drawing*, by the scope's id. The drawing must have passed the gate."""
    return {
        name: _Builder(scope, drawing, conditions, tables, limits).build()
        for name, scope in drawing.scopes.items()
    }


class _Builder:
    def __init__(
        self,
        scope: Scope,
        drawing: Drawing,
        conditions: Mapping[str, Condition],
        tables: Mapping[str, Table],
        limits: Mapping[str, str],
    ) -> None:
        self._scope = scope
        self._drawing = drawing
        self._conditions = conditions
        self._tables = tables
        self._limits = limits
        self._spec = ScopeSpec(scope.id, scope.words.get("stage"))
        self._makers: dict[Kind, Callable[[Node], Any]] = {
            Kind.START: self._start,
            Kind.END: self._end,
            Kind.USER_TASK: lambda node: UserStep(self._spec, node.id),
            Kind.RULE_TASK: lambda node: RuleStep(self._spec, node.id, tables[node.words["table"]]),
            Kind.SUB_PROCESS: self._scoped,
            Kind.CALL: self._scoped,
            Kind.EXCLUSIVE: lambda node: ExclusiveChoice(self._spec, node.id),
            Kind.PARALLEL: lambda node: ParallelJoin(self._spec, node.id),
            Kind.INCLUSIVE: lambda node: InclusiveJoin(self._spec, node.id),
            Kind.EVENT_BASED: self._event_choice,
            Kind.CATCH: self._catch,
            Kind.THROW: lambda node: Milestone(self._spec, node.id, NoneEventDefinition()),
            Kind.BOUNDARY: self._boundary,
        }

    def build(self) -> ScopeSpec:
        for node in self._scope.nodes:
            self._makers[node.kind](node)
        entrances = {
            host: self._visit(host, events) for host, events in self._scope.attached.items()
        }
        for node in self._scope.nodes:
            self._lead_on(node, entrances)
        for node in self._scope.of(Kind.BOUNDARY):
            self._spec.task_specs[node.id].connect(
                self._spec.task_specs[join_of(node.attached_to or "")]
            )
        return self._spec

    def _start(self, node: Node) -> None:
        self._spec.start.connect(Begin(self._spec, node.id, NoneEventDefinition()))

    def _end(self, node: Node) -> None:
        terminates = node.trigger is Trigger.TERMINATE
        definition = TerminateEventDefinition() if terminates else NoneEventDefinition()
        Ending(self._spec, node.id, definition).connect(self._spec.end)

    def _scoped(self, node: Node) -> None:
        inner = node.called if node.kind is Kind.CALL and node.called else node.id
        stage = node.words.get("stage") if node.kind is Kind.CALL else None
        spec = Scoped(self._spec, node.id, inner, stage, node.kind is Kind.CALL)
        if node.event_sub_process:
            start = next(self._drawing.scopes[inner].of(Kind.START))
            self._spec.beside.setdefault(start.words["act"], []).append(node.id)
            spec.connect(self._spec.end)

    def _event_choice(self, node: Node) -> None:
        targets = [self._scope.by_id[line.target] for line in self._scope.leaving[node.id]]
        EventChoice(
            self._spec, node.id, FirstOf(tuple(self._listener(target) for target in targets))
        )

    def _catch(self, node: Node) -> None:
        sources = [self._scope.by_id[line.source].kind for line in self._scope.entering[node.id]]
        chosen = Kind.EVENT_BASED in sources
        Catch(self._spec, node.id, NoneEventDefinition() if chosen else self._listener(node))

    def _boundary(self, node: Node) -> None:
        Boundary(self._spec, node.id, self._listener(node), node.interrupting)

    def _listener(self, node: Node) -> Listener:
        if node.trigger is Trigger.MESSAGE:
            return Listener(node.id, Heard.ACT, node.words["act"])
        if "clock" in node.words:
            return Listener(node.id, Heard.CLOCK, self._limits[node.words["clock"]])
        amount, unit = internal_limit(node.words["limit"]) or (0, "")
        within = node.words.get("within")
        limit = Limit(amount, unit, self._limits[within] if within else None)
        return Listener(node.id, Heard.LIMIT, node.words["limit"], limit)

    def _visit(self, host: str, events: list[Node]) -> Any:
        """Surround the activity *host* and its boundary events with the specs that begin and end them together."""
        specs = self._spec.task_specs
        split = ActivitySplit(self._spec, split_of(host))
        join = ActivityJoin(self._spec, join_of(host), split_task=split.name, cancel=True)
        split.connect(specs[host])
        specs[host].connect(join)
        for event in events:
            split.connect(specs[event.id])
        return split

    def _lead_on(self, node: Node, entrances: Mapping[str, Any]) -> None:
        source = self._spec.task_specs[node.id]
        ways = self._scope.leaving[node.id]
        for line in ways:
            target = entrances.get(line.target) or self._spec.task_specs[line.target]
            self._spec.flows[(source.name, target.name)] = line.id
            condition = self._conditions.get(line.id)
            if condition is None:
                source.connect(target)
            else:
                source.connect_if(FactCondition(condition), target)
