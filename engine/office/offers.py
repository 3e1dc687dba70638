"""What the counter offers to one person on one file, and what would follow, before anything is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.acts.act import Act, ActKind
from engine.acts.catalogue import ACTS
from engine.clock import legal_date
from engine.errors import NotPermitted, Refused
from engine.office import permission
from engine.office.answers import free_step_act
from engine.office.counter import Office
from engine.office.opened import OpenedFile
from engine.office.ports import Step, Store
from engine.petition.commands import Command
from engine.petition.deadlines import Deadline
from engine.petition.documents import Document
from engine.petition.forms import Form
from engine.petition.parties import Actor
from engine.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One act or free step. ``refused`` says why it cannot be done now; None means that it can."""

    act: str
    title: Text
    article: str
    form: Form
    step: int | None = None
    element: str | None = None
    refused: Refused | None = None
    standing: bool = False
    defaults: Mapping[str, object] = field(default_factory=dict)


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
    next_steps: tuple[str, ...]
    told: tuple[str, ...]
    warnings: tuple[str, ...]


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
        permission.must_see(opened.rules.organs, actor, opened.file, today, earlier_parts=parts)
        steps = tuple(self._steps(opened, actor, today))
        standing = tuple(self._standing(opened, actor, today, {offer.act for offer in steps}))
        return Offers(version=opened.file.version, steps=steps, standing=standing)

    def preview(self, command: Command) -> Preview:
        """What would follow from *command*. Raises as :meth:`Office.perform` would; nothing is kept."""
        seen: list[OpenedFile] = []
        try:
            with self._store.transaction() as paper:
                seen.append(self._office.carry_out(paper, command).opened)
                raise _Undo
        except _Undo:
            return _previewed(seen[0])

    def _steps(self, opened: OpenedFile, actor: Actor, today: date) -> Iterable[Offer]:
        for step in opened.progress.open_steps():
            act = ACTS[step.act] if step.act else free_step_act(opened.procedure, step)
            yield self._offer(opened, actor, act, step, today)

    def _standing(
        self, opened: OpenedFile, actor: Actor, today: date, shown: set[str]
    ) -> Iterable[Offer]:
        for act in ACTS.values():
            if act.kind is ActKind.STANDING and act.by and act.id not in shown:
                offer = self._offer(opened, actor, act, None, today)
                if not isinstance(offer.refused, NotPermitted):
                    yield offer

    def _offer(
        self, opened: OpenedFile, actor: Actor, act: Act, step: Step | None, today: date
    ) -> Offer:
        return Offer(
            act="fill" if step is not None and step.act is None else act.id,
            title=act.title,
            article=act.article,
            form=act.form,
            step=step.id if step else None,
            element=step.element if step else None,
            refused=_refusal(opened, actor, act, step, today, self._office),
            standing=act.kind is ActKind.STANDING,
        )


def _refusal(
    opened: OpenedFile, actor: Actor, act: Act, step: Step | None, today: date, office: Office
) -> Refused | None:
    try:
        permission.must_be_free(actor, opened.file)
        permission.must_do(opened.rules.organs, actor, act, opened.file, step, today)
    except Refused as refused:
        return refused
    return act.offered(opened.situation(actor, office.clock.now()))


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
        next_steps=tuple(step.name for step in opened.progress.open_steps()),
        told=tuple(str(item.body.get("to", "")) for item in opened.outbox if item.kind == "notice"),
        warnings=tuple(opened.warnings),
    )
