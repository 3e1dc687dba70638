"""Gateways that join rightly, also inside loops.

SpiffWorkflow decides by looking at which tasks of the whole tree were completed at some time, so that in the second
round of a loop its joins fire too early. Here every arrival is a token of its own that waits at the gateway, knows the
way it came in, and is used up by exactly one firing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from SpiffWorkflow.bpmn.specs.control import _EndJoin
from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway, ParallelGateway

from engine.errors import ProcedureError
from engine.procedure.spiff.lean import Lean
from engine.procedure.spiff.states import FUTURE, LIVE, MOVING, WAITING
from engine.procedure.spiff.token import Token
from engine.text import Text

Queues = Mapping[str, list[Token]]


class Joining(Lean):
    """What both joins share: arrivals queue up per way in, and the last arrival of a firing goes on."""

    gathers = True
    patient: ClassVar[bool]
    """Whether the join looks only when nothing else can move: its answer depends on where the others get to."""

    _inputs: list[str]

    def _update_hook(self, my_task: Token) -> bool:
        if len(self._inputs) < 2:
            return True
        my_task.memory["from"] = my_task.parent.task_spec.name
        my_task.memory["came"] = my_task.workflow.top_workflow.take_number()
        my_task._set_state(WAITING)
        return False

    def gathered(self, workflow: Any) -> Token | None:
        """If the join may fire: use up one arrival of each way, the oldest, and return the token that goes on."""
        queues = self._queues(workflow)
        if not self._complete(queues, workflow):
            return None
        used = [queue[0] for queue in queues.values()]
        last = max(used, key=_came)
        for token in used:
            if token is not last:
                token.cancel()
        return last

    def _queues(self, workflow: Any) -> dict[str, list[Token]]:
        waiting = [
            t for t in workflow.tasks.values() if t.task_spec is self and t._state == WAITING
        ]
        queues: dict[str, list[Token]] = {}
        for token in sorted(waiting, key=_came):
            queues.setdefault(token.memory["from"], []).append(token)
        return queues

    def _complete(self, queues: Queues, workflow: Any) -> bool:
        raise NotImplementedError


def _came(token: Token) -> int:
    return int(token.memory["came"])


class ParallelJoin(Joining, ParallelGateway):
    """Fires when every way in has an arrival."""

    patient = False

    def _complete(self, queues: Queues, workflow: Any) -> bool:
        return len(queues) == len(self._inputs)

    def _run_hook(self, my_task: Token) -> bool:
        return True


class InclusiveJoin(Joining, InclusiveGateway):
    """Fires when no token elsewhere can still come in by a way that is empty (BPMN 2.0, 13.4.3).

    A token counts as still coming if it can reach an empty way in without passing through this gateway, and
    cannot equally reach a way in where somebody already waits. Decided on the graph, not on the past.
    """

    patient = True

    def _complete(self, queues: Queues, workflow: Any) -> bool:
        upstream = self._upstream()
        full = [upstream[way] for way in queues]
        empty = [upstream[way] for way in self._inputs if way not in queues]
        if not empty:
            return True
        places = {t.task_spec.name for t in workflow.tasks.values() if t._state & LIVE} - {
            self.name
        }
        return not any(_within(place, empty) and not _within(place, full) for place in places)

    def _upstream(self) -> dict[str, frozenset[str]]:
        """For each way in, all places from which it can be reached without passing through this gateway."""
        known: dict[str, frozenset[str]] | None = self.__dict__.get("_known_upstream")
        if known is None:
            known = {way: self._before(way) for way in self._inputs}
            self.__dict__["_known_upstream"] = known
        return known

    def _before(self, way: str) -> frozenset[str]:
        reached, stack = {way}, [way]
        while stack:
            for place in self._wf_spec.task_specs[stack.pop()]._inputs:
                if place not in reached and place != self.name:
                    reached.add(place)
                    stack.append(place)
        return frozenset(reached)

    def _run_hook(self, my_task: Token) -> bool:
        matches, default = self._get_matching_outputs(my_task)
        if not matches and not default:
            raise ProcedureError(
                Text(
                    f"网关{self.name}没有一条出路的条件成立",
                    f"no way out of the gateway {self.name} is open",
                )
            )
        my_task._sync_children(matches or default, FUTURE)
        return True


def _within(place: str, areas: Iterable[frozenset[str]]) -> bool:
    return any(place in area for area in areas)


class EndJoin(Lean, _EndJoin):
    """The end of a scope: waits until nothing else moves in it."""

    joins = True

    def _update_hook(self, my_task: Token) -> bool:
        others = [
            t for t in my_task.workflow.tasks.values() if t is not my_task and t._state & MOVING
        ]
        if any(token.task_spec is not self for token in others):
            my_task._set_state(WAITING)
            return False
        for token in others:
            token.cancel()
        return True

    def _run_hook(self, my_task: Token) -> bool:
        return True
