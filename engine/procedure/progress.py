"""One petition's drawing at work: what is open, what listens, and how it moves on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from engine.errors import NotOffered, ProcedureError
from engine.procedure.spiff.codec import Document, describe, to_bytes
from engine.procedure.spiff.listening import Heard
from engine.procedure.spiff.pruning import prune
from engine.procedure.spiff.reckoning import instant_of, ticks
from engine.procedure.spiff.states import READY, WAITING
from engine.procedure.spiff.token import Token
from engine.procedure.spiff.workflow import Running, TopWorkflow
from engine.procedure.vocabulary import CLOSED_STAGE
from engine.text import Text

if TYPE_CHECKING:
    from engine.procedure.procedure import Procedure

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step that waits for a person. ``path`` holds the call activities it lies in, from the outermost in."""

    id: int
    element: str
    name: str
    act: str | None
    form: str | None
    role: str
    slot: str
    process: str
    stage: str
    path: tuple[str, ...]
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalLimit:
    """An internal limit that runs: the token it belongs to, since when, and when it is up, cut to the law's."""

    token: int
    element: str
    name: str
    since: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FiredInternal:
    """An internal limit that has passed, with its own instant."""

    element: str
    name: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What moved since somebody last asked, and where the tokens are now (ids of elements)."""

    entered: tuple[str, ...]
    left: tuple[str, ...]
    marking: tuple[str, ...]


class Progress:
    """The running workflow of one petition, used inside one command and then dumped.

    Made by ``Procedure.start`` and ``Procedure.resume``. Time and facts are handed in with every operation.
    """

    def __init__(self, procedure: Procedure, top: TopWorkflow, *, stage: str) -> None:
        self._procedure = procedure
        self._top = top
        self._stage = stage
        self._open: tuple[Step, ...] | None = None

    # -- what there is ---------------------------------------------------------------------------------------------

    @property
    def procedure(self) -> Procedure:
        """The version on which it runs."""
        return self._procedure

    def open_steps(self) -> tuple[Step, ...]:
        """The steps that wait for a person, in the order of the drawing's run."""
        if self._open is None:
            self._open = tuple(self._step(token) for token in self._top.open_tokens())
        return self._open

    def listening(self) -> frozenset[str]:
        """The limits of the statute (ids) that some timer listens to now."""
        return frozenset(one.word for _, one in self._top.listeners() if one.kind is Heard.CLOCK)

    def awaiting(self) -> frozenset[str]:
        """The standing acts that some message event listens to now."""
        heard = {one.word for _, one in self._top.listeners() if one.kind is Heard.ACT}
        return frozenset(heard.union(*(workflow.spec.beside for workflow in self._top.active())))

    def position(self) -> Position:
        """Elements entered and left since the last call, and the present marking."""
        trace = self._top.trace
        entered, trace.entered = tuple(trace.entered), []
        left, trace.left = tuple(trace.left), []
        return Position(entered=entered, left=left, marking=tuple(self._top.marked()))

    def flows_taken(self) -> tuple[str, ...]:
        """The sequence flows taken since the last call, in order."""
        trace = self._top.trace
        flows, trace.flows = tuple(trace.flows), []
        return flows

    def decided(self) -> dict[str, object]:
        """The facts that decision tables have set so far; they belong among the facts of the petition."""
        return dict(self._top.decided)

    @property
    def stage(self) -> str:
        """The stage of the petition, read off the drawing."""
        return self._stage

    @property
    def finished(self) -> bool:
        """Whether the drawing has come to its end."""
        return bool(self._top.completed)

    @property
    def ended_at(self) -> str | None:
        """The end event of the top process that was reached last, once the drawing has ended."""
        return self._top.ended_at if self._top.completed else None

    # -- how it moves ----------------------------------------------------------------------------------------------

    def complete(self, step_id: int, *, facts: Facts, now: datetime) -> None:
        """Complete an open step; *facts* are all facts after it. Raises NotOffered if the step is not open."""
        token = self._top.get_task_from_id(step_id)
        if token is None or token._state != READY or not token.task_spec.manual:
            raise NotOffered(
                Text(
                    "这一步现在没有打开,请刷新后再办",
                    "this step is not open now: look again and decide anew",
                )
            )
        self._begin(facts, now)
        token.run()
        self._come_to_rest()

    def deliver(self, act_id: str, *, facts: Facts, now: datetime) -> bool:
        """Tell the drawing of a standing act. True if something listened to it, so that the drawing moved."""
        self._begin(facts, now)
        started = self._top.start_beside(act_id)
        heard = self._top.tell(Heard.ACT, act_id)
        self._come_to_rest()
        return started or heard

    def fire(self, limit_id: str, *, facts: Facts, now: datetime) -> bool:
        """A limit of the statute (id or alias) has passed: every timer that waits for it now happens."""
        self._begin(facts, now)
        limit = self._procedure.limits.get(limit_id, limit_id)
        heard = self._top.tell(Heard.CLOCK, limit)
        self._come_to_rest()
        return heard

    def next_internal(self) -> datetime | None:
        """The earliest instant at which an internal limit is up, cut to the law's as it stands now."""
        return min((due for due, _, _, _ in self._internal()), default=None)

    def internal_limits(self) -> tuple[InternalLimit, ...]:
        """The internal limits that run, the oldest token first."""
        return tuple(
            InternalLimit(
                token=token.id,
                element=element,
                name=self._procedure.element(element).name,
                since=instant_of(token.last_state_change),
                due_at=due,
            )
            for due, _, element, token in self._internal()
        )

    def fire_internal(self, now: datetime) -> list[FiredInternal]:
        """Let every internal limit that is up by *now* happen, each at its own instant, in order."""
        fired: list[FiredInternal] = []
        while due := min(self._internal(), default=None, key=lambda entry: entry[:3]):
            instant, _, element, token = due
            if instant > now:
                break
            node = self._procedure.element(element)
            fired.append(FiredInternal(element=element, name=node.name, due_at=instant))
            self._top.instant = max(ticks(instant), self._top.instant)
            listener = next(
                o for o in token.task_spec.event_definition.listeners if o.element == element
            )
            self._top.tell_one(token, listener)
            self._come_to_rest()
        return fired

    def dump(self) -> bytes:
        """The state document: the same bytes for the same history."""
        return to_bytes(self.document())

    def document(self) -> Document:
        """The state as plain values, for those who carry petitions from one version to another."""
        return describe(self._top, version=self._procedure.digest, stage=self._stage)

    # -- within ----------------------------------------------------------------------------------------------------

    def begin(self, facts: Facts, now: datetime) -> None:
        """Put the first token down and let the engine move."""
        self._begin(facts, now)
        self._top.begin()
        self._come_to_rest()

    def go_on(self, facts: Facts, now: datetime) -> None:
        """Let the engine move what another drawing lets move."""
        self._begin(facts, now)
        self._come_to_rest()

    def use(self, facts: Facts) -> None:
        """Take *facts* until an operation brings others."""
        self._top.use_facts(facts)

    def _begin(self, facts: Facts, now: datetime) -> None:
        if now.tzinfo is None:
            raise ProcedureError(Text("时刻须带时区", "an instant must know its time zone"))
        self._open = None
        self._top.use_facts(facts)
        self._top.instant = ticks(now)

    def _come_to_rest(self) -> None:
        self._open = None
        self._top.settle()
        prune(self._top)
        self._stage = self._present_stage()

    def _internal(self) -> list[tuple[datetime, int, str, Token]]:
        found: list[tuple[datetime, int, str, Token]] = []
        for token, one in self._top.listeners():
            if one.kind is Heard.LIMIT and (due := one.due(token)) is not None:
                found.append((due, token.id, one.element, token))
        return found

    def _present_stage(self) -> str:
        """The stage furthest along at which something is open; as before, where nothing is."""
        if self._top.completed:
            return CLOSED_STAGE
        found = {
            _stage_of(t.workflow, "")
            for t in self._top.in_order()
            if t._state == READY or _waits(t)
        }
        order = self._procedure.stages
        known = [stage for stage in found if stage in order]
        return max(known, key=order.index, default=self._stage)

    def _step(self, token: Token) -> Step:
        element = self._procedure.element(token.task_spec.name)
        return Step(
            id=token.id,
            element=element.id,
            name=element.name,
            act=element.act,
            form=element.form,
            role=element.role or "",
            slot=element.slot or "",
            process=element.process,
            stage=_stage_of(token.workflow, self._stage),
            path=_path_of(token.workflow),
            opened_at=instant_of(token.last_state_change),
        )


def _waits(token: Token) -> bool:
    """Whether the drawing stands still here: not a join that waits for others, not a boundary event."""
    spec = token.task_spec
    return bool(token._state == WAITING and not (spec.joins or spec.gathers or spec.listens_aside))


def _stage_of(workflow: Running | None, otherwise: str) -> str:
    """The innermost stage stated around *workflow*."""
    while workflow is not None:
        owner = getattr(workflow, "owner", None)
        stage = workflow.spec.stage or (owner.task_spec.stage if owner is not None else None)
        if stage:
            return str(stage)
        workflow = owner.workflow if owner is not None else None
    return otherwise


def _path_of(workflow: Running) -> tuple[str, ...]:
    path: list[str] = []
    owner = getattr(workflow, "owner", None)
    while owner is not None:
        if owner.task_spec.calls:
            path.append(owner.task_spec.name)
        owner = getattr(owner.workflow, "owner", None)
    return tuple(reversed(path))
