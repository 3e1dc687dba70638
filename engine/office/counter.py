"""Performing a command: load, catch up with the clocks, run the act, move the drawing, write, commit."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from engine.acts.act import Act, ActKind, Outcome
from engine.acts.catalogue import ACTS
from engine.clock import Clock, legal_date
from engine.errors import NotFound, NotOffered, Stale
from engine.office import opening, permission, writing
from engine.office.answers import Answered, attachments_of, free_step_act, read_answers
from engine.office.firing import catch_up
from engine.office.joining import must_be_joinable
from engine.office.moving import complete, deliver
from engine.office.opened import OpenedFile
from engine.office.ports import Desk, LoadProcedure, NewId, Paper, Procedure, Step, Store
from engine.office.recording import Deed
from engine.office.rules import LedgerView, Rules
from engine.office.staleness import must_still_hold
from engine.office.steps import step_of
from engine.petition.commands import Command, Receipt
from engine.petition.entries import EntryKind
from engine.petition.facts import FactValue
from engine.petition.file import File
from engine.statute.law import Law
from engine.text import Text

_ENTRY_KINDS = {ActKind.OFFICE: EntryKind.OFFICE}


def random_id() -> str:
    """A fresh identity from which nothing can be inferred."""
    return secrets.token_hex(12)


@dataclass(slots=True, kw_only=True)
class Carried:
    """A command carried out, before it is committed."""

    opened: OpenedFile
    receipt: Receipt


class Office:
    """The counter. It is handed its tools and holds no state but the drawings it has already read."""

    def __init__(
        self,
        *,
        store: Store,
        load_procedure: LoadProcedure,
        law: Law,
        clock: Clock,
        new_id: NewId = random_id,
    ) -> None:
        self._store = store
        self._load_procedure = load_procedure
        self._law = law
        self._clock = clock
        self._new_id = new_id
        self._procedures: dict[str, Procedure] = {}

    @property
    def clock(self) -> Clock:
        """The clock by which this office works."""
        return self._clock

    def perform(self, command: Command) -> Receipt:
        """Carry out *command*, all of it in one transaction, or raise and change nothing.

        A command whose key was carried out before changes nothing and gives the same receipt. Raises Refused in its
        kinds, BadInput, Stale.
        """
        try:
            with self._store.transaction() as paper:
                return self.carry_out(paper, command).receipt
        except Stale:
            # Perhaps it was this very command, sent twice at the same moment, that was faster.
            with self._store.reading() as desk:
                known = desk.receipt(command.key)
            if known is None:
                raise
            return replace(known, repeated=True)

    def carry_out(self, paper: Paper, command: Command) -> Carried:
        """Carry out *command* within the transaction of *paper*; nothing is committed here."""
        now = self._clock.now()
        act = ACTS.get(command.act)
        if act is not None and act.kind is ActKind.START:
            return self._start(paper, command, act, now)
        if command.petition is None:
            raise NotOffered(Text("没有指明信访事项", "no petition was named"))
        receipt, file = paper.load_for(command.petition, command.key)
        opened = self.opened(paper, file, now)
        if receipt is not None:
            return Carried(opened=opened, receipt=replace(receipt, repeated=True))
        self._must_be_seen(paper, opened, command, now)
        catch_up(opened, now, self._numbers(paper, opened, now))
        deed = self._act(paper, opened, command, act, now)
        file = writing.write(paper, opened, now)
        self._attach(paper, command, deed, file)
        return Carried(opened=opened, receipt=_receipt(opened, command))

    def fire(self, paper: Paper, petition: str, now: datetime) -> int:
        """Let every clock of *petition* that has passed by *now* fire, each at its own legal instant.

        Returns how many fired. Called by the clock tower with the petition claimed.
        """
        file = paper.load(petition)
        opened = self.opened(paper, file, now)
        fired = catch_up(opened, now, self._numbers(paper, opened, now))
        writing.write(paper, opened, now)
        return fired

    def opened(self, desk: Desk, file: File, now: datetime) -> OpenedFile:
        """The file laid open on its own version of the drawings."""
        rules = self._rules(desk)
        procedure = self.procedure(desk, file.procedure)
        view = LedgerView(file.ledger, rules)
        progress = procedure.resume(file.progress, facts=file.facts, ledger=view, now=now)
        return OpenedFile(
            before=file,
            file=file,
            rules=rules,
            procedure=procedure,
            progress=progress,
            view=view,
            new_id=self._new_id,
            steps_before=tuple(progress.open_steps()),
        )

    def procedure(self, desk: Desk, digest: str) -> Procedure:
        """The drawings of version *digest*, read once."""
        if digest not in self._procedures:
            self._procedures[digest] = self._load_procedure(desk.procedure_files(digest))
        return self._procedures[digest]

    def _start(self, paper: Paper, command: Command, act: Act, now: datetime) -> Carried:
        known = paper.receipt(command.key)
        if known is not None:
            file = paper.load(known.petition)
            return Carried(
                opened=self.opened(paper, file, now), receipt=replace(known, repeated=True)
            )
        rules = self._rules(paper)
        actor = permission.may_start(rules.organs, command.actor, act, legal_date(now))
        command = replace(command, actor=actor)
        procedure = self.procedure(paper, paper.current_procedure(legal_date(now)))
        opened, answered, outcome = opening.begun(
            paper, command, act, rules=rules, procedure=procedure, now=now, new_id=self._new_id
        )
        deed = self._deed(EntryKind.ACT, command, act, answered, outcome, None, now, opened)
        opened.record(
            deed,
            number=self._numbers(paper, opened, now),
            advance=lambda facts: opening.start_drawing(opened, facts, now),
        )
        file = writing.write(paper, opened, now, fresh=True)
        self._attach(paper, command, deed, file)
        paper.trace(file.id, answered.traces())
        return Carried(opened=opened, receipt=_receipt(opened, command))

    def _act(
        self, paper: Paper, opened: OpenedFile, command: Command, named: Act | None, now: datetime
    ) -> Deed:
        today = legal_date(now)
        step = step_of(opened, command, named)
        act = named or free_step_act(opened.procedure, step)
        organs = opened.rules.organs
        actor = permission.may_do(organs, command.actor, act, opened.file, step, today)
        command = replace(command, actor=actor)
        situation = opened.situation(actor, now)
        refused = act.offered(situation)
        if refused is not None:
            raise refused
        answered = read_answers(act.form, command.answers, today)
        outcome = act.decide(situation, answered.values)
        must_be_joinable(paper, organs, actor, outcome.facts, today)
        if act.kind is ActKind.OFFICE and step is not None:
            person = str(answered.values.get("person") or actor.person)
            permission.must_suit(organs, person, actor.organ, opened.file, step, today)
            writing.reassign(paper, opened, step, None if act.id == "release" else person)
        kind = EntryKind.FREE_STEP if named is None else _ENTRY_KINDS.get(act.kind, EntryKind.ACT)
        deed = self._deed(kind, command, act, answered, outcome, step, now, opened)
        opened.record(
            deed,
            number=self._numbers(paper, opened, now),
            advance=lambda facts: self._advance(opened, act, outcome, step, facts, now),
            recalendar=act.id == "recalendar",
        )
        return deed

    def _advance(
        self,
        opened: OpenedFile,
        act: Act,
        outcome: Outcome,
        step: Step | None,
        facts: Mapping[str, FactValue],
        now: datetime,
    ) -> None:
        if act.id == "reopen":
            opening.start_drawing(opened, facts, now)
            return
        if opened.progress.finished:
            return
        if step is not None and act.kind is not ActKind.OFFICE:
            opened.move(complete(step.id), facts, now)
        message = outcome.message or (act.id if act.kind is ActKind.STANDING else None)
        if message is not None and message in opened.progress.awaiting():
            opened.move(deliver(message), facts, now)

    def _must_be_seen(
        self, paper: Paper, opened: OpenedFile, command: Command, now: datetime
    ) -> None:
        organs, today = opened.rules.organs, legal_date(now)
        try:
            permission.must_see(organs, command.actor, opened.file, today)
        except NotFound:
            # Who once had a part in the matter still sees it, and is told by the act why it is not theirs.
            parts = paper.parts(opened.file.id)
            permission.must_see(organs, command.actor, opened.file, today, earlier_parts=parts)
        expected = command.expected_version
        if expected is not None and expected != opened.file.version:
            must_still_hold(command.act, paper.acts_since(opened.file.id, expected))

    def _deed(
        self,
        kind: EntryKind,
        command: Command,
        act: Act,
        answered: Answered,
        outcome: Outcome,
        step: Step | None,
        now: datetime,
        opened: OpenedFile,
    ) -> Deed:
        return Deed(
            kind=kind,
            act=act.id,
            actor=command.actor,
            effective_at=answered.effective_at(now),
            now=now,
            outcome=outcome,
            step=f"{step.element}#{step.id}" if step is not None else None,
            inputs=answered.plain(),
            sealed=answered.sealed(),
            key=command.key,
            attachments=attachments_of(command, opened.file, opened.file.seq + 1),
        )

    def _attach(self, paper: Paper, command: Command, deed: Deed, file: File) -> None:
        if command.uploads:
            contents = (upload.content for upload in command.uploads)
            paper.attach(tuple(zip(deed.attachments, contents, strict=True)), file=file)

    def _numbers(self, paper: Paper, opened: OpenedFile, now: datetime) -> opening.Numbers:
        return opening.Numbers(
            paper, opened.rules, sealed=opened.file.sealed, year=legal_date(now).year
        )

    def _rules(self, desk: Desk) -> Rules:
        return Rules(
            law=self._law,
            calendar=desk.calendar(),
            organs=desk.directory(),
            competence=desk.competence_rows,
        )


def _receipt(opened: OpenedFile, command: Command) -> Receipt:
    file = opened.file
    return Receipt(
        petition=file.id,
        number=file.number,
        code=file.code,
        version=file.version,
        entry=file.seq,
        act=command.act,
        documents=tuple(document.id for document in opened.documents),
    )
