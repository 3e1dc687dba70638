"""Whether the installed SpiffWorkflow is the one that our subclasses were written for. Asked once, at import."""

from __future__ import annotations

from typing import Any, Final

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin, BoundaryEventSplit, _EndJoin
from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task

from engine.errors import ProcedureError
from engine.text import Text

_OVERRIDDEN: Final[tuple[tuple[Any, tuple[str, ...]], ...]] = (
    (
        Task,
        (
            "_add_child",
            "_inherit_data",
            "_set_state",
            "_ready",
            "_sync_children",
            "cancel",
            "run",
            "find_ancestor",
        ),
    ),
    (
        TaskSpec,
        (
            "test",
            "_predict",
            "_update",
            "_update_hook",
            "_on_ready",
            "_on_complete",
            "_on_cancel",
            "_run",
        ),
    ),
    (
        BpmnWorkflow,
        ("create_subprocess", "get_task_from_id", "cancel", "_task_completed_notify", "get_tasks"),
    ),
    (BpmnSubWorkflow, ("_calculate_depth", "parent_workflow")),
    (EventDefinition, ("has_fired", "update_task")),
    (defaults.SubWorkflowTask, ("_update_hook", "_on_subworkflow_completed", "_on_cancel")),
    (defaults.ParallelGateway, ("_update_hook", "_run_hook")),
    (defaults.InclusiveGateway, ("_update_hook", "_run_hook", "_get_matching_outputs")),
    (defaults.ExclusiveGateway, ("_run_hook", "connect_if")),
    (defaults.EventBasedGateway, ("connect", "_run_hook")),
    (defaults.BoundaryEvent, ("_update_hook", "_run_hook")),
    (defaults.EndEvent, ("_on_complete_hook", "_run_hook")),
    (BoundaryEventSplit, ("_run_hook",)),
    (BoundaryEventJoin, ("_update_hook",)),
    (_EndJoin, ("_update_hook", "_run_hook")),
)


def check_foundation() -> None:
    """Raises ProcedureError naming what an unexpected SpiffWorkflow lacks."""
    missing = [
        f"{owner.__name__}.{name}"
        for owner, names in _OVERRIDDEN
        for name in names
        if not hasattr(owner, name)
    ]
    if missing:
        told = ", ".join(missing)
        raise ProcedureError(
            Text(
                f"SpiffWorkflow 版本不符,缺少:{told}",
                f"an unexpected SpiffWorkflow: it lacks {told}",
            )
        )
