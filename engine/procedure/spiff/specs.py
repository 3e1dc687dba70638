"""The specs of activities, events and deciding gateways: SpiffWorkflow's own, without prediction, scripts or data."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.defaults import (
    BoundaryEvent,
    EndEvent,
    EventBasedGateway,
    ExclusiveGateway,
    IntermediateCatchEvent,
    IntermediateThrowEvent,
    NoneTask,
    StartEvent,
    SubWorkflowTask,
    UserTask,
)
from SpiffWorkflow.bpmn.specs.event_definitions.simple import TerminateEventDefinition
from SpiffWorkflow.operators import Operator
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

from engine.procedure.expressions import Condition
from engine.procedure.spiff.joins import EndJoin
from engine.procedure.spiff.lean import Finish, Lean, Start
from engine.procedure.spiff.naming import end_of
from engine.procedure.spiff.states import FUTURE, MOVING, READY, STARTED
from engine.procedure.spiff.token import Token
from engine.procedure.tables import Table


class ScopeSpec(BpmnProcessSpec):
    """The spec of one scope: a process or an embedded sub-process.

    ``flows`` names the sequence flow between two specs; ``beside`` the event sub-processes that an act starts;
    ``stage`` is the stage that the scope states itself.
    """

    def __init__(self, name: str, stage: str | None) -> None:
        WorkflowSpec.__init__(self, name=name)
        self.bpmn_start_events: list[Any] = []
        self.svg = None
        self.io_specification = None
        self.data_objects: dict[str, Any] = {}
        self.data_stores: dict[str, Any] = {}
        self.correlation_keys: dict[str, Any] = {}
        self.stage = stage
        self.flows: dict[tuple[str, str], str] = {}
        self.beside: dict[str, list[str]] = {}
        self.start = Start(self, "Start")
        self.end = EndJoin(self, end_of(name))
        self.end.connect(Finish(self, "End"))


class FactCondition(Operator):
    """A condition over the facts of the petition, as SpiffWorkflow's gateways ask for it."""

    def __init__(self, condition: Condition) -> None:
        super().__init__(condition.text)
        self._condition = condition

    def _matches(self, task: Token) -> bool:
        return self._condition.holds(task.workflow.top_workflow.facts)


class UserStep(Lean, UserTask):
    """A step that a person completes."""


class RuleStep(Lean, NoneTask):
    """A decision table at work: its outputs become facts."""

    table: Table

    def __init__(self, wf_spec: Any, bpmn_id: str, table: Table, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.manual = False
        self.table = table

    def _run_hook(self, my_task: Token) -> bool:
        top = my_task.workflow.top_workflow
        top.note_decision(self.table.decide(top.facts))
        return True


class Scoped(Lean, SubWorkflowTask):
    """An element inside which another scope runs: sub-process, event sub-process or call activity.

    ``stage`` is the stage that the element states; ``calls`` tells a call activity from an embedded scope.
    """

    def __init__(
        self,
        wf_spec: Any,
        bpmn_id: str,
        subworkflow_spec: str,
        stage: str | None,
        calls: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(wf_spec, bpmn_id, subworkflow_spec, **kwargs)
        self.stage = stage
        self.calls = calls

    def _update_hook(self, my_task: Token) -> bool:
        top = my_task.workflow.top_workflow
        inner = top.subprocesses.get(my_task.id)
        if inner is not None:
            return bool(inner.completed)
        my_task._set_state(STARTED)
        top.create_subprocess(my_task, self.spec).task_tree.run()
        return False

    def _on_subworkflow_completed(self, subworkflow: Any, my_task: Token) -> None:
        if my_task._state == STARTED:
            my_task._set_state(READY)

    def _on_cancel(self, my_task: Token) -> None:
        inner = my_task.workflow.top_workflow.subprocesses.get(my_task.id)
        if inner is not None:
            inner.cancel()


class ExclusiveChoice(Lean, ExclusiveGateway):
    """Takes the first way whose condition holds, else the default."""


class EventChoice(Lean, EventBasedGateway):
    """Waits for the first of several events and takes its way."""

    def connect(self, child: Any) -> None:
        UserTask.connect(self, child)

    def _run_hook(self, my_task: Token) -> bool:
        chosen = self._wf_spec.task_specs[my_task.memory["heard"]]
        my_task._sync_children([chosen], FUTURE)
        return True


class _Catching(Lean):
    def _run_hook(self, my_task: Token) -> bool:
        return True


class Begin(_Catching, StartEvent):
    """A start event."""


class Catch(_Catching, IntermediateCatchEvent):
    """An intermediate event that waits."""


class Boundary(_Catching, BoundaryEvent):
    """A boundary event: listens beside its activity."""

    listens_aside = True

    @property
    def interrupts(self) -> bool:
        return bool(self.cancel_activity)


class Milestone(Lean, IntermediateThrowEvent):
    """A plain intermediate event."""

    def _run_hook(self, my_task: Token) -> bool:
        return True


class Ending(Lean, EndEvent):
    """An end event; a terminating one ends its whole scope."""

    def _run_hook(self, my_task: Token) -> bool:
        return True

    def _on_complete_hook(self, my_task: Token) -> None:
        workflow = my_task.workflow
        if workflow is workflow.top_workflow:
            workflow.ended_at = self.name
        if isinstance(self.event_definition, TerminateEventDefinition):
            for token in list(workflow.tasks.values()):
                if token._state & MOVING:
                    token.cancel()
            workflow.completed = True
