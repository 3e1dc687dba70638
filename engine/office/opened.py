"""A file lying open on the counter: the working copy of one petition while a command is carried out.

Nothing here touches the database. What was done is collected and written by :mod:`engine.office.writing` in one go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from engine.acts.act import Outcome, Situation
from engine.clock import legal_date
from engine.office.issuing import issue
from engine.office.moving import Move, move_to_data, moved
from engine.office.ports import DrawNumber, NewId, Procedure, Progress, Step
from engine.people.directory import Directory
from engine.petition.deadlines import Ledger
from engine.petition.documents import Document, ServiceState
from engine.petition.entries import Entry, EntryKind
from engine.petition.facts import FactValue, folded
from engine.petition.file import Attachment, File, OutboxItem, SealedValue
from engine.petition.parties import Actor, Slot
from engine.record import chain, commitments
from engine.record.ledger_data import deadline_to_data
from engine.statute.calendar import Calendar
from engine.statute.law import Law
from engine.statute.reckoning import count_days
from engine.text import Text

ENGINE_VERSION = "0.1.0"
ACCUSATION = "accusation"
SEALED_TITLE = Text("检举控告(限制阅看)", "accusation (restricted)")
"""What lists show of a sealed matter instead of its subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The law, the calendar and the organs under which a command is carried out."""

    law: Law
    calendar: Calendar
    organs: Directory


@dataclass(slots=True)
class LedgerView:
    """What the drawing sees of the ledger; ``ledger`` is exchanged as acts change it."""

    ledger: Ledger
    rules: Rules

    def due(self, limit_id: str) -> datetime | None:
        """The earliest instant at which a running deadline of the limit (id or alias) passes."""
        return self.ledger.due(self.rules.law.limit_by_id(limit_id).id)

    def earliest_duty(self) -> datetime | None:
        """The earliest instant at which a running duty passes."""
        return self.ledger.earliest_duty()

    def reckon_internal(self, amount: int, unit: str, start: date) -> date:
        """The last day of an internal limit."""
        return count_days(amount, unit, start, self.rules.calendar)


@dataclass(slots=True, kw_only=True)
class Written:
    """One entry made, with the sealed values whose commitments it holds."""

    entry: Entry
    sealed: tuple[SealedValue, ...]


@dataclass(slots=True, kw_only=True)
class Deed:
    """What is to be recorded as one entry: who did what, when, with which answers and which outcome."""

    kind: EntryKind
    act: str
    actor: Actor
    effective_at: datetime
    now: datetime
    outcome: Outcome
    step: str | None = None
    inputs: Mapping[str, object] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)
    key: str | None = None
    attachments: Sequence[Attachment] = ()


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
    services: dict[str, ServiceState] = field(default_factory=dict)
    outbox: list[OutboxItem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
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
        outcome, seq = deed.outcome, self.file.seq + 1
        before = self.file
        ledger = before.ledger if passed is None else before.ledger.passed(passed, by=seq)
        if recalendar:
            ledger = ledger.recalendared(self.rules)
        for change in outcome.deadlines:
            ledger = ledger.changed(change, by=seq, reckoner=self.rules)
        sealed = [
            SealedValue(entry=seq, name=name, salt=commitments.new_salt(), value=value)
            for name, value in deed.sealed.items()
        ]
        facts = folded(before.facts, outcome.facts)
        pairs = issue(
            outcome.documents,
            file=before,
            facts=facts,
            seq=seq,
            now=deed.now,
            law=self.rules.law,
            number=number,
            new_id=self.new_id,
        )
        issued = [document for document, _ in pairs]
        sealed.extend(contents for _, contents in pairs)
        self.documents.extend(issued)
        if issued and "serving_document" not in outcome.facts:
            facts = _with_serving(facts, outcome, issued)
        self.file = replace(
            before,
            facts=facts,
            ledger=ledger,
            seq=seq,
            excluded=before.excluded | outcome.exclude,
        )
        if facts.get("category") == ACCUSATION and not before.sealed:
            # Found on the way to be an accusation: from here on it is as one registered so (Art. 30(3)).
            self.file = replace(self.file, sealed=True, title=SEALED_TITLE.zh)
        self.view.ledger = ledger
        advance(facts)
        self._note_drawing()
        entry = self._entry(deed, before, facts, issued, sealed)
        self.file = replace(self.file, head=entry.digest)
        self.written.append(Written(entry=entry, sealed=tuple(sealed)))
        self._post(outcome, seq)
        self.warnings.extend(warning.zh for warning in outcome.warnings)
        return entry

    def _note_drawing(self) -> None:
        decided = getattr(self.progress, "decided", None)
        if decided is not None and (made := decided()):
            self.file = replace(self.file, facts=folded(self.file.facts, made))
        self.file = replace(self.file, stage=self.progress.stage)

    def _entry(
        self,
        deed: Deed,
        before: File,
        told: Mapping[str, FactValue],
        issued: Sequence[Document],
        sealed: Sequence[SealedValue],
    ) -> Entry:
        after = self.file
        old_rows = {row.id: row for row in before.ledger}
        position = self.progress.position()
        consequences: dict[str, object] = {
            "facts": _changes(before.facts, after.facts),
            "deadlines": [
                deadline_to_data(row) for row in after.ledger if old_rows.get(row.id) != row
            ],
            "documents": [
                {"id": one.id, "kind": one.kind, "number": one.number, "digest": one.digest}
                for one in issued
            ],
            "entered": list(position.entered),
            "left": list(position.left),
            "moves": [move_to_data(one) for one in self.moves],
        }
        self.moves.clear()
        if decided := _changes(after.facts, told):
            consequences["told"] = decided
        if deed.attachments:
            consequences["attachments"] = [
                {"digest": one.digest, "size": one.size} for one in deed.attachments
            ]
        # A file that is opened beside another inherits whom that one excludes, and its first entry has to say so.
        known = before.excluded if before.seq else frozenset()
        if added := after.excluded - known:
            consequences["excluded"] = sorted(added)
        entry = Entry(
            petition=after.id,
            seq=after.seq,
            kind=deed.kind,
            act=deed.act,
            person=deed.actor.person,
            organ=deed.actor.organ,
            stands_in_for=deed.actor.stands_in_for,
            effective_at=deed.effective_at,
            recorded_at=deed.now,
            step=deed.step,
            inputs=deed.inputs,
            commitments={
                value.name: commitments.commitment(value.salt, value.value) for value in sealed
            },
            consequences=consequences,
            versions={
                "calendar": self.rules.calendar.version,
                "engine": ENGINE_VERSION,
                "law": self.rules.law.digest,
                "procedure": self.procedure.digest,
            },
            state=self.state_hash(),
            key=deed.key,
        )
        return chain.sealed_entry(entry, previous=before.head)

    def state_hash(self) -> str:
        """The hash of open steps, facts and ledger in canonical form."""
        steps = [[step.id, step.element] for step in self.progress.open_steps()]
        return chain.state_hash(steps, self.file.facts, self.file.ledger)

    def _post(self, outcome: Outcome, seq: int) -> None:
        for follow in outcome.follow_ups:
            body = {
                "act": follow.act,
                "petition": follow.petition,
                "opened_by": follow.opened_by,
                "answers": dict(follow.answers),
            }
            self.outbox.append(
                OutboxItem(key=follow.key, petition=self.file.id, kind="command", body=body)
            )
        for place, notice in enumerate(outcome.notices):
            self.outbox.append(
                OutboxItem(
                    key=f"{self.file.id}:{seq}:{place}",
                    petition=self.file.id,
                    kind="notice",
                    body={"to": notice.to, "zh": notice.text.zh, "en": notice.text.en},
                )
            )


def _changes(
    before: Mapping[str, FactValue], after: Mapping[str, FactValue]
) -> dict[str, FactValue]:
    """What has to be laid over *before* to come to *after*; None where a fact is forgotten."""
    names = sorted({*before, *after})
    return {name: after.get(name) for name in names if before.get(name) != after.get(name)}


def _with_serving(
    facts: Mapping[str, FactValue], outcome: Outcome, issued: Sequence[Document]
) -> dict[str, FactValue]:
    """Point ``serving_document`` at what is now to be served, when the act says that something is."""
    served = [one for one in issued if one.service is ServiceState.PENDING]
    if "serving" not in outcome.facts or not served:
        return dict(facts)
    return folded(facts, {"serving_document": served[-1].id})


def slot_organ(file: File, slot: str) -> str | None:
    """The organ that plays the part *slot* in the petition; the petitioner's part is nobody's."""
    if slot == Slot.PETITIONER:
        return None
    value = file.facts.get(slot)
    return str(value) if value else None
