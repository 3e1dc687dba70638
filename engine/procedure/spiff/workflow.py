"""A running petition: SpiffWorkflow's workflow, bound to facts, ledger and time while an operation lasts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow

from engine.errors import ProcedureError
from engine.procedure.ledger import Ledger
from engine.procedure.spiff.listening import Heard, Listener
from engine.procedure.spiff.states import EVERY, LIVE, MOVING, READY, STARTED, WAITING
from engine.procedure.spiff.token import Token, Trace
from engine.text import Text

MAX_STEPS: Final = 1000
"""Engine steps that one operation may take before it must come to rest."""

_RESTLESS: Final = Text(
    "流程在{limit}步之内没有停下来等待,请检查流程图",
    "the drawing did not come to rest within {limit} steps: look at its loops",
)


class _NoScripts:
    """Stands where SpiffWorkflow expects a script engine. Nothing here can be run."""

    def __getattr__(self, name: str) -> Any:
        raise ProcedureError(Text("流程图不能执行代码", "a drawing cannot run code"))


class Running:
    """What the top workflow and the inner ones share."""

    tasks: dict[int, Token]
    task_tree: Token
    completed: bool
    success: bool
    spec: Any
    top_workflow: TopWorkflow

    def begin(self) -> None:
        """Put the first token down."""
        self.task_tree = Token(self, self.spec.start)
        self.task_tree._ready()

    def tokens(self, first: Token | None = None) -> list[Token]:
        """The tokens of this scope from *first* on, in the order of the tree: parents first, older branches first."""
        stack = [first if first is not None else self.task_tree]
        found: list[Token] = []
        tasks = self.tasks
        while stack:
            token = stack.pop()
            found.append(token)
            if token._children:
                stack.extend([tasks[child] for child in reversed(token._children)])
        return found

    def ordered(self, tokens: Iterable[Token]) -> list[Token]:
        """*tokens* in the order of the tree, which need not be walked for a single one."""
        chosen = list(tokens)
        if len(chosen) < 2:
            return chosen
        wanted = {token.id for token in chosen}
        return [token for token in self.tokens() if token.id in wanted]

    def get_tasks(
        self, first_task: Token | None = None, state: int = EVERY, **kwargs: Any
    ) -> list[Token]:
        return [token for token in self.tokens(first_task) if token._state & state]

    def is_completed(self) -> bool:
        return self.completed

    def cancel(self, success: bool = False) -> list[Token]:
        """Cancel everything that moves in this scope, and in the scopes within."""
        self.success, self.completed = success, True
        moving = [token for token in self.tokens() if token._state & MOVING]
        for token in moving:
            token.cancel()
        return moving

    def _task_completed_notify(self, task: Token) -> None:
        if task.task_spec.name == "End":
            self.completed = True
        if self.completed:
            self._over()
            return
        for token in self.ordered(t for t in self.tasks.values() if _awaits_others(t)):
            if token._state == WAITING:
                token.task_spec._update(token)

    def _over(self) -> None:
        """The scope has come to its end."""


class InnerWorkflow(Running, BpmnSubWorkflow):
    """An embedded scope or a called process at work."""

    def __init__(self, spec: Any, owner: Token, top: TopWorkflow) -> None:
        self.owner = owner
        super().__init__(spec, owner.id, top, deserializing=True)

    @property
    def parent_workflow(self) -> Any:
        return self.owner.workflow

    def _calculate_depth(self) -> int:
        return int(self.owner.workflow.depth) + 1

    def _over(self) -> None:
        self.owner.task_spec._on_subworkflow_completed(self, self.owner)


class TopWorkflow(Running, BpmnWorkflow):
    """The workflow of one petition. ``facts``, ``instant`` (microseconds) and ``ledger`` belong to the operation."""

    def __init__(
        self, name: str, specs: Mapping[str, Any], *, number: int, instant: int, ledger: Ledger
    ) -> None:
        self.number = number
        self.instant = instant
        self.ledger = ledger
        self.given: Mapping[str, object] = {}
        self.decided: dict[str, object] = {}
        self.facts: Mapping[str, object] = {}
        self.ended_at: str | None = None
        self.trace = Trace()
        super().__init__(specs[name], specs, script_engine=_NoScripts(), deserializing=True)
        self.subprocesses: dict[int, InnerWorkflow]

    def take_number(self) -> int:
        """The next number of this petition, for tokens and arrivals."""
        self.number += 1
        return self.number

    def use_facts(self, facts: Mapping[str, object]) -> None:
        """Take the facts of the petition; what decision tables decided lies over them."""
        self.given = facts
        self.facts = {**facts, **self.decided} if self.decided else facts

    def note_decision(self, outputs: Mapping[str, object]) -> None:
        """Remember what a decision table decided."""
        self.decided.update(outputs)
        self.use_facts(self.given)

    def create_subprocess(self, my_task: Token, spec_name: str) -> InnerWorkflow:
        inner = InnerWorkflow(self.subprocess_specs[spec_name], my_task, self)
        self.subprocesses[my_task.id] = inner
        inner.begin()
        return inner

    def get_task_from_id(self, task_id: int) -> Token | None:
        found = (scope.tasks[task_id] for scope in self.scopes() if task_id in scope.tasks)
        return next(found, None)

    def scopes(self) -> list[Running]:
        """This workflow and all inner ones, oldest first."""
        return [self, *self.subprocesses.values()]

    def active(self) -> list[Running]:
        """The scopes that have not come to their end."""
        return [workflow for workflow in self.scopes() if not workflow.completed]

    def in_order(self) -> Iterator[Token]:
        """All tokens of all active scopes; those inside an element follow its token."""
        stack: list[Iterator[Token]] = [iter(self.tokens())]
        while stack:
            token = next(stack[-1], None)
            if token is None:
                stack.pop()
                continue
            yield token
            inner = self.subprocesses.get(token.id) if token._state == STARTED else None
            if inner is not None and not inner.completed:
                stack.append(iter(inner.tokens()))

    def listeners(self) -> list[tuple[Token, Listener]]:
        """Every waiting token with what it listens to, oldest token first."""
        found = [
            (token, listener)
            for workflow in self.active()
            for token in workflow.tasks.values()
            if token._state == WAITING
            for listener in getattr(
                getattr(token.task_spec, "event_definition", None), "listeners", ()
            )
        ]
        return sorted(found, key=lambda pair: pair[0].id)

    def tell(self, kind: Heard, word: str) -> bool:
        """Bring news to everybody who listens for it; True if anybody did.

        What interrupts goes first, from the outermost scope in, and at once: whatever listens inside an
        interrupted scope is gone before it can hear.
        """
        hearing = [
            pair for pair in self.listeners() if pair[1].kind is kind and pair[1].word == word
        ]
        for token, listener in sorted(hearing, key=_interrupting_outermost_first):
            self.tell_one(token, listener)
        return bool(hearing)

    def tell_one(self, token: Token, listener: Listener) -> None:
        """Let *token* hear what *listener* waits for, unless it has been interrupted meanwhile."""
        if token._state != WAITING:
            return
        token.memory["heard"] = listener.element
        token.task_spec._update(token)
        if token.task_spec.interrupts:
            token.run()

    def start_beside(self, act: str) -> bool:
        """Start the event sub-processes that *act* triggers in the active scopes; True if there is one."""
        started = False
        for workflow in self.active():
            for name in workflow.spec.beside.get(act, ()):
                spec = workflow.spec.task_specs[name]
                spec._update(Token(workflow, spec, workflow.task_tree))
                started = True
        return started

    def settle(self) -> None:
        """Let the engine move until only people, acts and clocks can move it. Raises ProcedureError if it never rests."""
        left = MAX_STEPS
        moved = True
        while moved:
            ran = self._run_all(left)
            left -= ran
            moved = ran > 0 or self._join_one()

    def _run_all(self, left: int) -> int:
        """Run what is ready, inner scopes first; how many steps that took."""
        by_depth = sorted(self.subprocesses.values(), key=lambda inner: inner.depth, reverse=True)
        ran = 0
        for workflow in (*by_depth, self):
            ran += self._run_ready(workflow, left - ran)
        return ran

    def _join_one(self) -> bool:
        """Let one join fire that may; an inclusive one only if no parallel one does."""
        waiting = [
            token
            for workflow in self.active()
            for token in workflow.tasks.values()
            if token._state == WAITING and token.task_spec.gathers
        ]
        for token in sorted(waiting, key=lambda token: (token.task_spec.patient, token.id)):
            going_on = token.task_spec.gathered(token.workflow)
            if going_on is not None:
                going_on._ready()
                return True
        return False

    def _run_ready(self, workflow: Running, left: int) -> int:
        ran = 0
        while not workflow.completed:
            ready = workflow.ordered(t for t in workflow.tasks.values() if _may_run(t))
            if not ready:
                break
            for token in ready:
                if token._state != READY:
                    continue
                if ran >= left:
                    raise ProcedureError(_RESTLESS.filled(limit=MAX_STEPS))
                token.run()
                ran += 1
        return ran

    def open_tokens(self) -> list[Token]:
        """The tokens at steps that wait for a person, in the order of the drawing's run."""
        return [
            token for token in self.in_order() if token._state == READY and token.task_spec.manual
        ]

    def marked(self) -> list[str]:
        """The elements at which a token is; a boundary event that only listens is not among them."""
        return [
            token.task_spec.bpmn_id
            for token in self.in_order()
            if token._state & LIVE
            and token.task_spec.bpmn_id is not None
            and not (token.task_spec.listens_aside and token._state == WAITING)
        ]


def _interrupting_outermost_first(pair: tuple[Token, Listener]) -> tuple[bool, int, int]:
    token = pair[0]
    return not token.task_spec.interrupts, token.workflow.depth, token.id


def _may_run(token: Token) -> bool:
    return token._state == READY and not token.task_spec.manual


def _awaits_others(token: Token) -> bool:
    return token._state == WAITING and token.task_spec.joins
