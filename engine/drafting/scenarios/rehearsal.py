"""A scenario at work in a private office: its moves made one after the other, and what there is to see after each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from engine.acts.act import Act
from engine.acts.catalogue import ACTS
from engine.clock import legal_date
from engine.drafting.scenarios.naming import names_parts, words_of_file
from engine.drafting.scenarios.private_office import PrivateOffice
from engine.drafting.scenarios.reading import instant
from engine.drafting.scenarios.scenario import (
    MAIN,
    SUPERVISION,
    Deed,
    Move,
    OnDays,
    ToDay,
    ToInstant,
    ToNext,
    Turn,
)
from engine.drafting.scenarios.usual import resolved
from engine.errors import ActRefused, BadInput, NotFound, NotOffered, Refused
from engine.office import Offers, permission
from engine.office.answers import free_step_act
from engine.petition.commands import FREE_STEP_ACT, Command, supervision_key
from engine.petition.documents import Document
from engine.petition.file import File, WorkItem
from engine.petition.parties import Actor
from engine.procedure import Step
from engine.statute.reckoning import count_days
from engine.store.queries.file_view import documents_of
from engine.store.queries.timeline import EntryRow, entries_of, entry_row
from engine.text import Text

_FARTHEST = timedelta(hours=24 * 3653)
"""No turn of the clock is longer than about ten years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One file laid open: what is open on it, what was issued, what happened."""

    name: str
    file: File
    steps: tuple[Step, ...]
    work: tuple[WorkItem, ...]
    documents: tuple[Document, ...]
    entries: tuple[EntryRow, ...]
    passed: frozenset[str]
    """The elements of the drawing that it has come through."""


@dataclass(slots=True, kw_only=True)
class Rehearsal:
    """Moves being made in *office*. ``files`` holds the ids of the files by the names that moves give them."""

    office: PrivateOffice
    files: dict[str, str] = field(default_factory=dict)
    _deeds: int = 0
    _before: Mapping[str, int] = field(default_factory=dict)

    def make(self, move: Move) -> Refused | BadInput | None:
        """Make *move*, apart from what it expects. Returns the refusal that it expected.

        Raises Refused or BadInput where the office says otherwise than the move; the clock stays turned.
        """
        self._before = {name: self.office.file(id).seq for name, id in self.files.items()}
        if move.turn is not None:
            self.office.turn_to(self.instant_of(move.turn))
            self._find_supervisions()
        if move.deed is None:
            return None
        try:
            self._do(move.deed)
        except (Refused, BadInput) as refusal:
            if _as_expected(refusal, move.deed.refused):
                return refusal
            raise
        if move.deed.refused is not None:
            raise NotRefused(move.deed.refused)
        return None

    def instant_of(self, turn: Turn) -> datetime:
        """The instant to which *turn* turns the clock. Raises BadInput where there is none ahead."""
        now = self.office.clock.now()
        match turn:
            case ToInstant(at=at):
                found = at
            case OnDays(days=days):
                found = _morning(self.office.today + timedelta(days=days))
            case ToDay(limit=limit, day=day):
                found = _morning(self._day_of(limit, day))
            case ToNext():
                due = self.office.next_due()
                if due is None:
                    raise BadInput({"to": Text("没有正在计算的期限", "no clock is running")})
                found = max(due, now)
        if not now <= found <= now + _FARTHEST:
            raise BadInput(
                {
                    "to": Text(
                        "时钟只能向前拨,且一次不超过十年",
                        "the clock turns on, by ten years at most",
                    )
                }
            )
        return found

    def look(self, name: str = MAIN) -> Look:
        """The file called *name* laid open. Raises NotFound."""
        id = self.id_of(name)
        now = self.office.clock.now()
        with self.office.store.reading() as desk:
            file = desk.load(id)
            entries = entries_of(desk, id)
            opened = self.office.office.opened(desk, file, now)
            return Look(
                name=name,
                file=file,
                steps=tuple(opened.progress.open_steps()),  # type: ignore[arg-type]
                work=desk.work(id),
                documents=documents_of(desk, id),
                entries=tuple(entry_row(one) for one in entries),
                passed=frozenset(
                    element for one in entries for how in ("entered", "left")
                    for element in one.consequences.get(how, ())
                ),
            )  # fmt: skip

    def id_of(self, name: str) -> str:
        """The id of the file called *name*. Raises NotFound."""
        if name not in self.files:
            raise NotFound(
                Text("还没有「{name}」这一件", "there is no file {name} yet").filled(name=name)
            )
        return self.files[name]

    def issued(self, name: str = MAIN) -> tuple[Document, ...]:
        """What the last move issued on the file called *name*."""
        since = self._before.get(name, 0)
        with self.office.store.reading() as desk:
            return tuple(one for one in documents_of(desk, self.id_of(name)) if one.entry > since)

    def contents(self, look: Look, paper: Document) -> Mapping[str, str]:
        """What *paper* says, part by part."""
        viewer = self.concerned(look)[0]
        with self.office.store.reading() as desk:
            return desk.document(viewer, paper.id, on=self.office.today)[1]

    def able(self, look: Look, step: Step) -> tuple[Actor, ...]:
        """Who of the staff may do *step*."""
        act = ACTS[step.act] if step.act else free_step_act(self.office.procedure, step)
        return self._able(look.file, act, step)

    def concerned(self, look: Look) -> tuple[Actor, ...]:
        """Who of the staff may see the file."""
        organs, today = self.office.directory, self.office.today
        return self.office.able(lambda one: permission.must_see(organs, one, look.file, today))

    def openers(self, act: str) -> tuple[Actor, ...]:
        """Who of the staff may open a file by *act*."""
        organs, today = self.office.directory, self.office.today
        return self.office.able(lambda one: permission.may_start(organs, one, ACTS[act], today))

    def offers(self, name: str, login: str) -> Offers:
        """What *login* may do on the file called *name*. Raises NotFound where they may not know of it."""
        return self.office.front_desk.offers(self.id_of(name), self.office.actor(login))

    def free_name(self) -> str:
        """What the next file that somebody opens may be called."""
        if MAIN not in self.files:
            return MAIN
        taken = sum(not name.startswith(SUPERVISION) for name in self.files)
        return f"file_{taken + 1}"

    def _able(self, file: File, act: Act, step: Step) -> tuple[Actor, ...]:
        organs, today = self.office.directory, self.office.today

        def may(actor: Actor) -> None:
            permission.must_see(organs, actor, file, today)
            permission.may_do(organs, actor, act, file, step, today)

        return self.office.able(may)

    def _do(self, deed: Deed) -> None:
        self._deeds += 1
        today = self.office.today
        receipt = self.office.office.perform(
            Command(
                act=deed.act,
                actor=self.office.actor(deed.by),
                key=f"scenario:{self._deeds}",
                petition=self.files.get(deed.file),
                step=self._step(deed),
                answers=resolved(deed.answers, today=today, known=self._known(deed)),
            )
        )
        self.files.setdefault(deed.file, receipt.petition)
        self.office.settle()
        self._find_supervisions()

    def _known(self, deed: Deed) -> Mapping[str, str]:
        files = {f"file:{name}": id for name, id in self.files.items()}
        if not names_parts(deed.answers):
            return files
        return {**files, **words_of_file(self.office.store, self.files.get(deed.file))}

    def _step(self, deed: Deed) -> int | None:
        """The open step that *deed* is about, where it has to be named. Raises NotOffered."""
        if deed.element is None and not deed.free:
            return None
        found = [
            step
            for step in self.look(deed.file).steps
            if deed.element in {None, step.element} and deed.form == step.form
        ]
        if not found:
            raise NotOffered(
                Text("现在没有「{what}」这一环节", "no step {what} is open now").filled(
                    what=deed.element or deed.form or FREE_STEP_ACT
                )
            )
        return found[0].id

    def _day_of(self, limit: str, day: int) -> date:
        row = self.look().file.ledger.last_of(limit) if MAIN in self.files else None
        if row is None:
            raise BadInput(
                {"to": Text("{limit}还没有起算", "{limit} has not started").filled(limit=limit)}
            )
        unit = self.office.law.limit(limit, on=row.started_on).unit
        return count_days(day, unit, row.started_on, self.office.calendar)

    def _find_supervisions(self) -> None:
        """Name the files that the clock has opened because a deadline of the main file had passed."""
        if MAIN not in self.files:
            return
        main = self.files[MAIN]
        with self.office.store.reading() as desk:
            for row in desk.load(main).ledger:
                if row.passed_by is None:
                    continue
                opened = desk.receipt(supervision_key(main, row.id, row.passed_by))
                if opened is not None:
                    self.files[SUPERVISION + row.limit] = opened.petition


class NotRefused(ActRefused):
    """Something was done that a scenario expects to be refused."""

    def __init__(self, article: str) -> None:
        super().__init__(
            Text("应被拒绝而未被拒绝", "was to be refused and was not"), article=article or None
        )


def _as_expected(refusal: Refused | BadInput, article: str | None) -> bool:
    if article is None:
        return False
    found = refusal.article if isinstance(refusal, Refused) else None
    return (found or "").startswith(article)


def _morning(day: date) -> datetime:
    return instant(day)


__all__ = ["Look", "NotRefused", "Rehearsal", "legal_date"]
