"""A file lying open on the counter: the working copy of one petition while a command is carried out.

Nothing here touches the database. What was done is collected and written by :mod:`engine.office.writing` in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from engine.acts.act import Outcome, Situation
from engine.clock import legal_date
from engine.office.erasing import as_listed
from engine.office.issuing import issue
from engine.office.moving import Move, moved
from engine.office.ports import DrawNumber, NewId, Procedure, Progress, Step
from engine.office.recording import Course, Deed, Written, entry_of, errands
from engine.office.rules import LedgerView, Rules
from engine.petition.deadlines import Ledger
from engine.petition.documents import Document, ServiceState
from engine.petition.entries import Entry
from engine.petition.facts import FactValue, folded
from engine.petition.file import File, OutboxItem, SealedValue
from engine.petition.parties import Actor
from engine.petition.serving import TO_SERVE, served_on
from engine.record import chain, commitments
from engine.text import Text

ACCUSATION = "accusation"
SEALED_TITLE = Text("检举控告(限制阅看)", "accusation (restricted)")
"""What lists show of a sealed matter instead of its subject."""


@dataclass(slots=True, kw_only=True)
class OpenedFile:
    """The working copy. ``before`` is what was read; everything else is what it has become."""

    before: File
    file: File
    rules: Rules
    procedure: Procedure
    progress: Progress
    view: LedgerView
    new_id: NewId
    steps_before: tuple[Step, ...] = ()
    written: list[Written] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    served: dict[str, ServiceState] = field(default_factory=dict)
    outbox: list[OutboxItem] = field(default_factory=list)
    warnings: list[Text] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    """How the drawing was moved since the last entry."""

    @property
    def facts(self) -> Mapping[str, FactValue]:
        """The facts as they now stand."""
        return self.file.facts

    def situation(self, actor: Actor, now: datetime) -> Situation:
        """What an act sees at *now*."""
        file = self.file
        return Situation(
            petition=file.id,
            kind=file.kind.value,
            sealed=file.sealed,
            facts=file.facts,
            ledger=file.ledger,
            law=self.rules.law,
            calendar=self.rules.calendar,
            organs=self.rules.organs,
            actor=actor,
            today=legal_date(now),
            now=now,
            seq=file.seq + 1,
            closed=file.closed_at is not None,
            excluded=file.excluded,
            competence=self.rules.competence,
        )

    def move(self, move: Move, facts: Mapping[str, FactValue], now: datetime) -> None:
        """Move the drawing with the new *facts*; the next entry will tell of it."""
        self.moves.append(move)
        self.progress = moved(
            self.progress, move, procedure=self.procedure, facts=facts, ledger=self.view, now=now
        )

    def record(
        self,
        deed: Deed,
        *,
        number: DrawNumber,
        advance: Callable[[Mapping[str, FactValue]], object],
        passed: str | None = None,
        recalendar: bool = False,
    ) -> Entry:
        """Apply the outcome, move the drawing and write one entry.

        *number* gives a document its number (organ id, kind) and is only asked when one is issued. *advance* moves the
        drawing once the new facts are known. *passed* is the id of the deadline whose clock fired.
        """
        before, seq = self.file, self.file.seq + 1
        ledger = self._ledger_after(deed.outcome, seq, passed=passed, recalendar=recalendar)
        facts, issued, sealed = self._papers(deed, seq, number)
        changed = replace(
            before,
            facts=facts,
            ledger=ledger,
            seq=seq,
            category=str(facts.get("category") or ""),
            excluded=before.excluded | deed.outcome.exclude,
        )
        self.file = as_listed(_sealed_if_accused(changed))
        self.view.ledger = ledger
        advance(facts)
        self._note_drawing()
        entry = self._entry(deed, before, facts, issued, sealed)
        self.file = replace(self.file, head=entry.digest)
        self.written.append(Written(entry=entry, sealed=tuple(sealed)))
        self.outbox.extend(errands(deed.outcome, self.file.id, seq))
        self.warnings.extend(deed.outcome.warnings)
        return entry

    def state_hash(self) -> str:
        """The hash of open steps, facts and ledger in canonical form."""
        steps = [[step.id, step.element] for step in self.progress.open_steps()]
        return chain.state_hash(steps, self.file.facts, self.file.ledger)

    def _ledger_after(
        self, outcome: Outcome, seq: int, *, passed: str | None, recalendar: bool
    ) -> Ledger:
        ledger = self.file.ledger
        if passed is not None:
            ledger = ledger.passed(passed, by=seq)
        if recalendar:
            ledger = ledger.recalendared(self.rules)
        for change in outcome.deadlines:
            ledger = ledger.changed(change, by=seq, reckoner=self.rules)
        return ledger

    def _papers(
        self, deed: Deed, seq: int, number: DrawNumber
    ) -> tuple[dict[str, FactValue], list[Document], list[SealedValue]]:
        """The facts after *deed*, the documents that it issues, and all that is sealed beside its entry."""
        facts = folded(self.file.facts, deed.outcome.facts)
        pairs = issue(
            deed.outcome.documents,
            file=self.file,
            facts=facts,
            seq=seq,
            now=deed.now,
            law=self.rules.law,
            number=number,
            new_id=self.new_id,
        )
        issued = [document for document, _ in pairs]
        self.documents.extend(issued)
        if issued and "serving_document" not in deed.outcome.facts:
            facts = _with_serving(facts, deed.outcome, issued)
        self.served.update(deed.outcome.served)
        facts = folded(facts, {TO_SERVE: served_on(facts, issued, deed.outcome.served)})
        answers = [
            SealedValue(entry=seq, name=name, salt=commitments.new_salt(), value=value)
            for name, value in deed.sealed.items()
        ]
        return facts, issued, [*answers, *(contents for _, contents in pairs)]

    def _note_drawing(self) -> None:
        facts = folded(self.file.facts, self.progress.decided())
        self.file = replace(self.file, facts=facts, stage=self.progress.stage)

    def _entry(
        self,
        deed: Deed,
        before: File,
        told: Mapping[str, FactValue],
        issued: Sequence[Document],
        sealed: Sequence[SealedValue],
    ) -> Entry:
        course = Course(
            before=before,
            after=self.file,
            told=told,
            issued=issued,
            moves=tuple(self.moves),
            position=self.progress.position(),
        )
        self.moves.clear()
        versions = {
            "calendar": self.rules.calendar.version,
            "law": self.rules.law.digest,
            "procedure": self.procedure.digest,
        }
        return entry_of(deed, course, sealed, versions=versions, state=self.state_hash())


def _sealed_if_accused(file: File) -> File:
    """*file*, sealed where it was found on the way to be an accusation, as one registered so is (Art. 30(3))."""
    if file.sealed or file.category != ACCUSATION:
        return file
    return replace(file, sealed=True, title=SEALED_TITLE.zh)


def _with_serving(
    facts: Mapping[str, FactValue], outcome: Outcome, issued: Sequence[Document]
) -> dict[str, FactValue]:
    """Point ``serving_document`` at what is now to be served, when the act says that something is."""
    served = [one for one in issued if one.service is ServiceState.PENDING]
    if "serving" not in outcome.facts or not served:
        return dict(facts)
    return folded(facts, {"serving_document": served[-1].id})
