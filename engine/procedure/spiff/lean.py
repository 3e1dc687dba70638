"""Specs without prediction.

SpiffWorkflow grows a tree of tasks that might come and re-syncs it at every step; two parallel blocks in a row double
it. Here a token's successors are made when it completes, never before: the tree holds what is, not what may be.
"""

from __future__ import annotations

from typing import Any, ClassVar

from SpiffWorkflow.bpmn.specs.control import (
    BoundaryEventJoin,
    BoundaryEventSplit,
    BpmnStartTask,
    SimpleBpmnTask,
)

from engine.procedure.spiff.states import COMPLETED, FUTURE, OVER, WAITING
from engine.procedure.spiff.token import Token


class Lean:
    """Mixed in before every SpiffWorkflow spec."""

    joins: ClassVar[bool] = False
    """Whether waiting tokens must be looked at again whenever another token moves."""

    gathers: ClassVar[bool] = False
    """Whether tokens wait here for one another (``Joining``)."""

    listens_aside: ClassVar[bool] = False
    """Whether waiting here is only listening, while the token of the activity is elsewhere."""

    interrupts: Any = False
    """Whether happening here ends the activity that the event is attached to."""

    outputs: Any
    _update_hook: Any

    def test(self) -> None:
        """The gate has checked the drawing."""

    def _predict(self, my_task: Token, *args: Any, **kwargs: Any) -> None:
        """Nothing is predicted."""

    def _update(self, my_task: Token) -> None:
        if self._update_hook(my_task):
            my_task._ready()

    def _on_ready(self, my_task: Token) -> None:
        self._on_ready_hook(my_task)

    def _on_ready_hook(self, my_task: Token) -> None:
        """Nobody listens to the signals of the shared specs."""

    def _on_complete_hook(self, my_task: Token) -> None:
        """Nobody listens to the signals of the shared specs."""

    def _on_cancel(self, my_task: Token) -> None:
        """Nobody listens to the signals of the shared specs."""

    def _on_complete(self, my_task: Token) -> None:
        self._on_complete_hook(my_task)
        workflow = my_task.workflow
        if not workflow.completed:
            if not my_task._children:
                my_task._sync_children(self.outputs, FUTURE)
            for child in my_task.children:
                if child is not None and not child._state & OVER:
                    child.task_spec._update(child)
        workflow._task_completed_notify(my_task)


class Start(Lean, BpmnStartTask):
    """The engine's own beginning of a scope, before the start event."""


class Finish(Lean, SimpleBpmnTask):
    """The engine's own end of a scope, after the end events."""


class ActivitySplit(Lean, BoundaryEventSplit):
    """Where an activity and its boundary events begin together."""

    def _run_hook(self, my_task: Token) -> bool:
        return True


class ActivityJoin(Lean, BoundaryEventJoin):
    """Where an activity and its boundary events end together: what no longer matters is cancelled here."""

    joins = True
    split_task: str

    def _update_hook(self, my_task: Token) -> bool:
        split = my_task.find_ancestor(self.split_task)
        events = [token for token in split.children if token.task_spec.listens_aside]
        main = next(token for token in split.children if not token.task_spec.listens_aside)
        interrupted = any(e.task_spec.cancel_activity and e._state == COMPLETED for e in events)
        if not interrupted and not main._state & OVER:
            my_task._set_state(WAITING)
            return False
        for token in (main, *events):
            if token is main or token._state == WAITING:
                _cancel(token)
        for token in self._others(my_task, split):
            _cancel(token)
        return True

    def _others(self, my_task: Token, split: Token) -> list[Token]:
        """The arrivals of the same visit to the activity; a later visit inside a loop has a split of its own."""
        inside = my_task.workflow.tokens(split)
        mine = [token for token in inside if token.task_spec is self and token is not my_task]
        return [token for token in mine if token.find_ancestor(self.split_task) is split]


def _cancel(token: Token) -> None:
    if not token._state & OVER:
        token.cancel()
