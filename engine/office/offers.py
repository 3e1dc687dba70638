"""What the counter offers to one person on one file, and what would follow, before anything is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from engine.acts.act import Act, ActKind, Situation
from engine.acts.catalogue import ACTS
from engine.acts.choosing import is_free
from engine.clock import legal_date
from engine.errors import NotFound, NotPermitted, Refused
from engine.office import permission
from engine.office.answers import free_step_act
from engine.office.counter import Office
from engine.office.firing import catch_up
from engine.office.naming import step_title
from engine.office.opened import OpenedFile
from engine.office.ports import Step, Store
from engine.petition.commands import FREE_STEP_ACT, Command
from engine.petition.deadlines import Deadline
from engine.petition.documents import Document
from engine.petition.forms import Form
from engine.petition.parties import Actor
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Choosing:
    """Whom a question for an organ or a person can be answered with here and now; ``left_out`` says who is not listed."""

    suits: Callable[[str], bool]
    left_out: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One act or free step. ``refused`` says why it cannot be done now; None means that it can.

    ``defaults`` is what its form may be filled with beforehand, ``reasons`` says of some questions why, and ``choices``
    whom its questions may be answered with.
    """

    act: str
    title: Text
    article: str
    form: Form
    step: int | None = None
    element: str | None = None
    refused: Refused | None = None
    standing: bool = False
    defaults: Mapping[str, object] = field(default_factory=dict)
    choices: Mapping[str, Choosing] = field(default_factory=dict)
    reasons: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What may be done on a file: the open steps, and the acts that need none."""

    version: int
    steps: tuple[Offer, ...]
    standing: tuple[Offer, ...]

    def find(self, act: str, step: int | None = None) -> Offer | None:
        """The offer of *act* (at *step*, where given), possible or refused."""
        for offer in (*self.steps, *self.standing):
            if offer.act == act and (step is None or offer.step == step):
                return offer
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would follow from a command."""

    documents: tuple[Document, ...]
    opened: tuple[Deadline, ...]
    closed: tuple[Deadline, ...]
    moved: tuple[Deadline, ...]
    next_steps: tuple[Text, ...]
    told: tuple[str, ...]
    warnings: tuple[Text, ...]


class _Undo(Exception):
    pass


class FrontDesk:
    """Looks at files for those who may act on them; changes nothing."""

    def __init__(self, office: Office, store: Store) -> None:
        self._office = office
        self._store = store

    def offers(self, petition: str, actor: Actor) -> Offers:
        """What *actor* may do on *petition* now. Raises NotFound where the actor may not know of it."""
        now = self._office.clock.now()
        today = legal_date(now)
        with self._store.reading() as desk:
            opened = self._office.opened(desk, desk.load(petition), now)
            parts = desk.parts(petition)
            version = opened.file.version
            permission.must_see(opened.rules.organs, actor, opened.file, today, earlier_parts=parts)
            # A command finds the file after the clocks that have passed by now, and so do its offers.
            catch_up(opened, now, _unnumbered)
            steps = tuple(self._steps(opened, actor, now))
            standing = tuple(self._standing(opened, actor, now, {offer.act for offer in steps}))
        return Offers(version=version, steps=steps, standing=standing)

    def colleagues(self, petition: str, step: int, actor: Actor) -> Choosing:
        """To whom *actor* may hand the open step. Raises NotFound where there is no such step for *actor* to know of."""
        now = self._office.clock.now()
        today = legal_date(now)
        with self._store.reading() as desk:
            opened = self._office.opened(desk, desk.load(petition), now)
            parts = desk.parts(petition)
        organs, file = opened.rules.organs, opened.file
        permission.must_see(organs, actor, file, today, earlier_parts=parts)
        found = next((one for one in opened.progress.open_steps() if one.id == step), None)
        if found is None:
            raise NotFound(_NO_STEP)
        situation, held = opened.situation(actor, now), found

        def suits(person: str) -> bool:
            return is_free(situation, person) and permission.suits(
                organs, person, actor.organ, file, held, today
            )

        return Choosing(suits, _COLLEAGUES)

    def preview(self, command: Command) -> Preview:
        """What would follow from *command*. Raises as :meth:`Office.perform` would; nothing is kept."""
        seen: list[OpenedFile] = []
        try:
            with self._store.transaction() as paper:
                seen.append(self._office.carry_out(paper, command).opened)
                raise _Undo
        except _Undo:
            return _previewed(seen[0])

    def _steps(self, opened: OpenedFile, actor: Actor, now: datetime) -> Iterable[Offer]:
        for step in opened.progress.open_steps():
            act = ACTS[step.act] if step.act else free_step_act(opened.procedure, step)
            yield _offer(opened, actor, act, step, now)

    def _standing(
        self, opened: OpenedFile, actor: Actor, now: datetime, shown: set[str]
    ) -> Iterable[Offer]:
        for act in ACTS.values():
            if act.kind is ActKind.STANDING and act.by and act.id not in shown:
                offer = _offer(opened, actor, act, None, now)
                if not isinstance(offer.refused, NotPermitted):
                    yield offer


_NO_STEP = Text(
    "现在没有这一环节,它可能已由他人办理",
    "this step is not open now; somebody may have done it",
)
_COLLEAGUES = Text(
    "只列出可以办理这一环节的同事;已回避的和不得接触本件的没有列出(第二十八条第三款)",
    "only colleagues who may do this step are listed, without those recused or shut out (Art. 28(3))",
)


def _unnumbered(organ: str, kind: str) -> str:
    """No number is drawn by looking."""
    return ""


def _offer(opened: OpenedFile, actor: Actor, act: Act, step: Step | None, now: datetime) -> Offer:
    situation, refused = _as_acting(opened, actor, act, step, now)
    return Offer(
        act=FREE_STEP_ACT if step is not None and step.act is None else act.id,
        title=act.title,
        article=act.article,
        form=act.form,
        step=step.id if step else None,
        element=step.element if step else None,
        refused=refused,
        standing=act.kind is ActKind.STANDING,
        defaults={} if refused else act.defaults(situation),
        choices={
            name: Choosing(partial(choice.suits, situation), choice.left_out)
            for name, choice in act.choices.items()
        },
        reasons={} if refused else act.reasons(situation),
    )


def _as_acting(
    opened: OpenedFile, actor: Actor, act: Act, step: Step | None, now: datetime
) -> tuple[Situation, Refused | None]:
    """What the act sees, and why it is refused: not this person's to do, or not lawful now."""
    organs, today = opened.rules.organs, legal_date(now)
    try:
        actor = permission.may_do(organs, actor, act, opened.file, step, today)
    except Refused as refused:
        return opened.situation(actor, now), refused
    situation = opened.situation(actor, now)
    return situation, act.offered(situation)


def _previewed(opened: OpenedFile) -> Preview:
    before = {row.id: row for row in opened.before.ledger}
    after = list(opened.file.ledger)
    return Preview(
        documents=tuple(opened.documents),
        opened=tuple(row for row in after if row.id not in before),
        closed=tuple(
            row for row in after if row.id in before and before[row.id].open and not row.open
        ),
        moved=tuple(
            row
            for row in after
            if row.id in before and row.open and row.legal_due != before[row.id].legal_due
        ),
        next_steps=tuple(
            step_title(step, lambda: opened.procedure.forms)
            for step in opened.progress.open_steps()
        ),
        told=tuple(str(item.body.get("to", "")) for item in opened.outbox if item.kind == "notice"),
        warnings=tuple(opened.warnings),
    )
