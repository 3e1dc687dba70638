"""The gate, third room: how nodes may be put together, so that the engine runs them as BPMN means them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

from engine.procedure.drawing import CHOOSING, GATEWAYS, Drawing, Kind, Node, Scope, Trigger
from engine.procedure.findings import Findings

_HOSTS: Final = frozenset({Kind.USER_TASK, Kind.SUB_PROCESS, Kind.CALL})


def check_structure(drawing: Drawing, findings: Findings) -> None:
    """Check every scope of *drawing*."""
    event_scopes = {node.id for node in drawing.nodes() if node.event_sub_process}
    processes = {scope.id for scope in drawing.processes()}
    for scope in drawing.scopes.values():
        room = _Room(scope, findings)
        room.starts_and_ends(is_event=scope.id in event_scopes)
        room.lines()
        for node in scope.nodes:
            room.ways(node)
            room.kind(node, processes)
        room.unreachable()


class _Room:
    def __init__(self, scope: Scope, findings: Findings) -> None:
        self._scope = scope
        self._findings = findings
        self._kinds: dict[Kind, Callable[[Node], None]] = {
            Kind.END: self._end,
            Kind.CATCH: self._catch,
            Kind.THROW: self._throw,
            Kind.BOUNDARY: self._boundary,
            Kind.EVENT_BASED: self._event_gateway,
            Kind.SUB_PROCESS: self._sub_process,
        }

    def _add(self, rule: str, element: str, **values: object) -> None:
        self._findings.add(rule, self._scope.file, element, **values)

    def starts_and_ends(self, *, is_event: bool) -> None:
        starts = list(self._scope.of(Kind.START))
        if len(starts) != 1:
            self._add("starts", self._scope.id, count=len(starts))
        if not any(self._scope.of(Kind.END)):
            self._add("no_end", self._scope.id)
        for start in starts:
            if not is_event:
                if start.trigger is not Trigger.NONE:
                    self._add("start_trigger", start.id)
                continue
            if start.trigger is not Trigger.MESSAGE:
                self._add("event_sub_process_start", start.id)
            if start.interrupting:
                self._add("event_sub_process_interrupts", start.id)

    def lines(self) -> None:
        nodes = self._scope.by_id
        for line in self._scope.lines:
            if line.source not in nodes or line.target not in nodes:
                self._add("broken_flow", line.id)
        pairs = Counter((line.source, line.target) for line in self._scope.lines)
        for (source, target), count in pairs.items():
            if count > 1:
                self._add("flow_twice", source, source=source, target=target)

    def ways(self, node: Node) -> None:
        out, into = self._scope.leaving[node.id], self._scope.entering[node.id]
        if node.event_sub_process:
            if out or into:
                self._add("event_sub_process_flow", node.id)
            return
        if into and node.kind in {Kind.START, Kind.BOUNDARY}:
            self._add("flow_into", node.id)
        if out and node.kind is Kind.END:
            self._add("flow_out_of_end", node.id)
        if not out and node.kind is not Kind.END:
            self._add("dead_end", node.id)
        if len(out) > 1 and node.kind not in GATEWAYS:
            self._add("implicit_split", node.id)
        self._default(node)

    def _default(self, node: Node) -> None:
        if node.default is None:
            return
        if node.kind not in CHOOSING:
            self._add("stray_default", node.id)
        elif node.default not in {line.id for line in self._scope.leaving[node.id]}:
            self._add("broken_default", node.id, flow=node.default)

    def kind(self, node: Node, processes: set[str]) -> None:
        if node.kind is Kind.CALL and node.called not in processes:
            self._add("unknown_call", node.id, called=node.called or "?")
        check = self._kinds.get(node.kind)
        if check:
            check(node)

    def _end(self, node: Node) -> None:
        if node.trigger not in {Trigger.NONE, Trigger.TERMINATE}:
            self._add("end_trigger", node.id)

    def _catch(self, node: Node) -> None:
        if node.trigger not in {Trigger.MESSAGE, Trigger.TIMER}:
            self._add("catch_trigger", node.id)

    def _throw(self, node: Node) -> None:
        if node.trigger is not Trigger.NONE:
            self._add("throw_trigger", node.id)

    def _boundary(self, node: Node) -> None:
        host = self._scope.by_id.get(node.attached_to or "")
        if host is None or host.kind not in _HOSTS or host.event_sub_process:
            self._add("broken_attachment", node.id)
        if node.trigger not in {Trigger.MESSAGE, Trigger.TIMER}:
            self._add("boundary_trigger", node.id)
        if node.trigger is Trigger.MESSAGE and not node.interrupting:
            self._add("message_boundary_once", node.id)

    def _event_gateway(self, node: Node) -> None:
        for line in self._scope.leaving[node.id]:
            target = self._scope.by_id.get(line.target)
            if target is None:
                continue
            if target.kind is not Kind.CATCH or len(self._scope.entering[target.id]) != 1:
                self._add("event_gateway", node.id)

    def _sub_process(self, node: Node) -> None:
        if node.event_sub_process and self._scope.attached.get(node.id):
            self._add("broken_attachment", node.id)

    def unreachable(self) -> None:
        scope = self._scope
        begun = [
            node.id for node in scope.nodes if node.kind is Kind.START or node.event_sub_process
        ]
        reached = set(begun)
        while begun:
            for target in scope.after(begun.pop()):
                if target not in reached:
                    reached.add(target)
                    begun.append(target)
        for node in scope.nodes:
            if node.id not in reached:
                self._add("unreachable", node.id)
