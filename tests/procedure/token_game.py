"""BPMN's own token game, played on the flows of a diagram: tasks, gateways, start and end. Independent of SpiffWorkflow.

A token lies on a flow or is inside a task. Gateways follow BPMN 2.0, 13.4; the inclusive join its full definition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from engine.procedure import Flow, Procedure

Holds = Callable[[Flow], bool]


class TokenGame:
    """Plays the one process of *procedure*; ``holds`` says whether the condition of a flow is true just now."""

    def __init__(self, procedure: Procedure, process: str = "p") -> None:
        self._flows = [flow for flow in procedure.flows() if flow.process == process]
        self._kinds = {e.id: e.kind for e in procedure.elements() if e.process == process}
        self._out: dict[str, list[Flow]] = {name: [] for name in self._kinds}
        self._in: dict[str, list[Flow]] = {name: [] for name in self._kinds}
        for flow in self._flows:
            self._out[flow.source].append(flow)
            self._in[flow.target].append(flow)
        self.lying: Counter[str] = Counter()
        self.inside: Counter[str] = Counter()
        self.joined: Counter[str] = Counter()

    def begin(self, holds: Holds) -> None:
        begin = next(name for name, kind in self._kinds.items() if kind == "startEvent")
        self._leave(begin, holds)
        self._settle(holds)

    @property
    def open(self) -> list[str]:
        return sorted(self.inside.elements())

    @property
    def finished(self) -> bool:
        return not self.lying.total() and not self.inside.total()

    def complete(self, task: str, holds: Holds) -> None:
        assert self.inside[task] > 0
        self.inside[task] -= 1
        self._leave(task, holds)
        self._settle(holds)

    def _settle(self, holds: Holds) -> None:
        """Move what can move; inclusive joins only when nothing else can."""
        while self._simple_move(holds) or self._inclusive_move(holds):
            pass

    def _simple_move(self, holds: Holds) -> bool:
        for name, kind in self._kinds.items():
            full = [flow for flow in self._in[name] if self.lying[flow.id]]
            if not full or (kind == "inclusiveGateway" and len(self._in[name]) > 1):
                continue
            if kind == "parallelGateway":
                if len(full) < len(self._in[name]):
                    continue
                self._pass(name, full, holds)
            elif kind == "userTask":
                self.lying[full[0].id] -= 1
                self.inside[name] += 1
            else:
                self._pass(name, full[:1], holds)
            return True
        return False

    def _inclusive_move(self, holds: Holds) -> bool:
        for name, kind in self._kinds.items():
            full = [flow for flow in self._in[name] if self.lying[flow.id]]
            if kind != "inclusiveGateway" or not full:
                continue
            if not self._awaited(name):
                self._pass(name, full, holds)
                return True
        return False

    def _awaited(self, gateway: str) -> bool:
        """Whether a token elsewhere has a way to an empty flow into *gateway*, but none to a full one."""
        incoming = {flow.id for flow in self._in[gateway]}
        full = {flow for flow in incoming if self.lying[flow]}
        places = [
            flow.id for flow in self._flows if self.lying[flow.id] and flow.id not in incoming
        ]
        reached = [self._reach(flow=place, beyond=gateway) for place in places]
        reached += [
            self._reach(task=task, beyond=gateway) for task in self.inside if self.inside[task]
        ]
        return any(area & (incoming - full) and not area & full for area in reached)

    def _reach(self, *, beyond: str, flow: str | None = None, task: str | None = None) -> set[str]:
        """All flows on paths that do not pass through the gateway *beyond*."""
        table = {one.id: one for one in self._flows}
        stack = [table[flow]] if flow else list(self._out[task or ""])
        found = {one.id for one in stack}
        while stack:
            one = stack.pop()
            if one.target == beyond:
                continue
            for further in self._out[one.target]:
                if further.id not in found:
                    found.add(further.id)
                    stack.append(further)
        return found

    def _pass(self, name: str, used: list[Flow], holds: Holds) -> None:
        for flow in used:
            self.lying[flow.id] -= 1
        if len(self._in[name]) > 1 and self._kinds[name] in {"parallelGateway", "inclusiveGateway"}:
            self.joined[name] += 1
        self._leave(name, holds)

    def _leave(self, name: str, holds: Holds) -> None:
        ways = self._out[name]
        conditional = [flow for flow in ways if flow.condition is not None]
        if not conditional:
            taken = ways
        else:
            taken = [flow for flow in conditional if holds(flow)]
            taken = taken or [flow for flow in ways if flow.condition is None]
            if self._kinds[name] == "exclusiveGateway":
                taken = taken[:1]
        for flow in taken:
            self.lying[flow.id] += 1


def python_truth(facts: Mapping[str, object]) -> Holds:
    """Conditions of test diagrams are Python too, once the facts are names."""
    names = {"true": True, "false": False, "route": None, "again": False}
    names.update({f"c{number}": False for number in range(1, 5)})
    return lambda flow: bool(eval(flow.condition or "True", {**names, **facts}))
