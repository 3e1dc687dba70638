"""A token: SpiffWorkflow's task, with small numbers for ids, time handed in, and without data of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from SpiffWorkflow.task import Task

from engine.procedure.spiff.states import FUTURE, LIVE, OVER, READY, WAITING

NOBODY: Final = 0
"""The parent's number of a first token; numbers begin with 1."""


class Token(Task):
    """One token at one element.

    The id is the next number of the petition, so that the same history always gives the same ids. The time of
    a change is the instant of the running operation. Facts belong to the petition, so a token has no data
    to copy, merge or share between branches.
    """

    id: int
    workflow: Any
    task_spec: Any
    data: dict[str, Any]
    internal_data: dict[str, Any]
    last_state_change: int
    _parent: int
    _children: list[int]
    _state: int

    def __init__(self, workflow: Any, task_spec: Any, parent: Token | None = None) -> None:
        top = workflow.top_workflow
        self.id = top.take_number()
        self.workflow = workflow
        self.task_spec = task_spec
        self._parent = parent.id if parent is not None else NOBODY
        self._children = []
        self._state = FUTURE
        self.triggered = False
        self.thread_id = 0
        self.data = {}
        self.internal_data = {}
        self.last_state_change = top.instant
        workflow.tasks[self.id] = self
        if parent is not None:
            parent._children.append(self.id)

    @classmethod
    def restored(
        cls,
        workflow: Any,
        task_spec: Any,
        parent: Token | None,
        number: int,
        state: int,
        since: int,
        memory: dict[str, Any],
    ) -> Token:
        """The token that a document describes, put in its place in *workflow*."""
        token = cls.__new__(cls)
        token.id = number
        token.workflow = workflow
        token.task_spec = task_spec
        token._parent = parent.id if parent is not None else NOBODY
        token._children = []
        token._state = state
        token.triggered = False
        token.thread_id = 0
        token.data = {}
        token.internal_data = memory
        token.last_state_change = since
        workflow.tasks[number] = token
        if parent is not None:
            parent._children.append(number)
        return token

    @property
    def memory(self) -> dict[str, Any]:
        """What the element remembers about this token (JSON values only)."""
        return self.internal_data

    def _add_child(self, task_spec: Any, state: int = FUTURE) -> Token:
        return Token(self.workflow, task_spec, self)

    def _inherit_data(self) -> None:
        """Facts belong to the petition: there is nothing to inherit."""

    def _set_state(self, value: int) -> None:
        before = self._state
        if value == before:
            return
        self._state = value
        top = self.workflow.top_workflow
        self.last_state_change = top.instant
        top.trace.note(self, before, value)


@dataclass(slots=True)
class Trace:
    """What moved since somebody last asked: elements entered and left, and the flows taken, by id."""

    entered: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    flows: list[str] = field(default_factory=list)

    def note(self, token: Token, before: int, after: int) -> None:
        """A *token* changed its state. A boundary event is entered when it happens, not while it listens."""
        spec = token.task_spec
        if before == FUTURE and after & LIVE:
            flow = self._flow(token)
            if flow is not None:
                self.flows.append(flow)
            if spec.bpmn_id is not None and not spec.listens_aside:
                self.entered.append(spec.bpmn_id)
        elif spec.bpmn_id is None:
            return
        elif spec.listens_aside and before == WAITING and after == READY:
            self.entered.append(spec.bpmn_id)
        elif after & OVER and (before & LIVE) and not (spec.listens_aside and before == WAITING):
            self.left.append(spec.bpmn_id)

    def _flow(self, token: Token) -> str | None:
        parent = token.workflow.tasks.get(token._parent)
        if parent is None:
            return None
        flow: str | None = token.workflow.spec.flows.get(
            (parent.task_spec.name, token.task_spec.name)
        )
        return flow
