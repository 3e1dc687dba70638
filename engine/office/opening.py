"""Opening a file: its identity, its number and the first move of its drawing."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from engine.acts.act import Act, Outcome
from engine.clock import legal_date
from engine.documents.numbers import document_number
from engine.office import permission
from engine.office.answers import Answered, read_answers
from engine.office.moving import start
from engine.office.opened import ACCUSATION, SEALED_TITLE, OpenedFile
from engine.office.ports import NewId, Paper, Position, Procedure, Progress
from engine.office.rules import LedgerView, Rules
from engine.petition.commands import Command
from engine.petition.deadlines import Ledger
from engine.petition.facts import FactValue
from engine.petition.file import File, FileKind, Register
from engine.text import Text

# Which drawing a start act opens, and what kind of file it makes.
_OPENS: Mapping[str, tuple[str, FileKind]] = {
    "register": ("petition", FileKind.PETITION),
    "register_imported": ("petition", FileKind.PETITION),
    "open_supervision": ("supervision", FileKind.SUPERVISION),
}
_REGISTER_CODE: Mapping[Register, str] = {
    Register.PETITION: "信访",
    Register.SEALED: "信密",
    Register.SUPERVISION: "信督案",
}
_SUPERVISED = Text("督办:", "supervision: ")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Gives documents their numbers, gap-free per organ, kind and year; sealed matters count in a register of their own."""

    paper: Paper
    rules: Rules
    sealed: bool
    year: int

    def __call__(self, organ: str, kind: str) -> str:
        """The next number of a document of *kind* issued by *organ*; empty where such papers carry none."""
        code = self.rules.law.document(kind).code
        if not code:
            return ""
        register = f"{kind}:sealed" if self.sealed else kind
        serial = self.paper.next_number(organ, register, self.year)
        marked = f"{code}密" if self.sealed else code
        return document_number(self.rules.organs.organ(organ).code, marked, self.year, serial)

    def of_file(self, organ: str, register: Register) -> str:
        """The next registration number of *organ* in *register*."""
        serial = self.paper.next_number(organ, register.value, self.year)
        return document_number(
            self.rules.organs.organ(organ).code, _REGISTER_CODE[register], self.year, serial
        )


class _NotStarted:
    """The place of a drawing before its first move."""

    stage = "intake"
    finished = False

    def open_steps(self) -> tuple[()]:
        return ()

    def position(self) -> Position:
        raise AssertionError("the drawing has not been started")


def begun(
    paper: Paper,
    command: Command,
    act: Act,
    *,
    rules: Rules,
    procedure: Procedure,
    now: datetime,
    new_id: NewId,
) -> tuple[OpenedFile, Answered, Outcome]:
    """A new file on the counter, with the answers and the outcome of its start act. Nothing is stored yet."""
    process, kind = _OPENS[act.id]
    blank = _blank(command, kind, procedure.digest, process, now, new_id)
    about = paper.load(str(command.answers["about"])) if kind is FileKind.SUPERVISION else None
    if about is not None:
        blank = replace(blank, sealed=about.sealed, excluded=about.excluded, about=about.id)
        permission.must_see(rules.organs, command.actor, about, legal_date(now))
    view = LedgerView(Ledger(), rules)
    progress: Progress = _NotStarted()  # type: ignore[assignment]
    opened = OpenedFile(
        before=blank,
        file=blank,
        rules=rules,
        procedure=procedure,
        progress=progress,
        view=view,
        new_id=new_id,
    )
    answered = read_answers(act.form, command.answers, legal_date(now))
    outcome = act.decide(opened.situation(command.actor, now), answered.values)
    opened.file = _named(paper, opened, answered, outcome, act, legal_date(now))
    if about is not None and not about.sealed:
        opened.file = replace(opened.file, title=f"{_SUPERVISED.zh}{about.title}")
    return opened, answered, outcome


def start_drawing(opened: OpenedFile, facts: Mapping[str, FactValue], now: datetime) -> None:
    """Make the first move of the drawing with the facts of the start act (or of reopening)."""
    opened.move(start(opened.file.process), facts, now)


def _blank(
    command: Command, kind: FileKind, procedure: str, process: str, now: datetime, new_id: NewId
) -> File:
    return File(
        id=new_id(),
        kind=kind,
        number="",
        code="".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(10)),
        organ=command.actor.organ,
        title="",
        category="",
        channel="",
        received_on=legal_date(now),
        registered_at=now,
        procedure=procedure,
        process=process,
        progress=b"",
        facts={},
        ledger=Ledger(),
        stage="intake",
        version=-1,
    )


def _named(
    paper: Paper, opened: OpenedFile, answered: Answered, outcome: Outcome, act: Act, today: date
) -> File:
    blank, values, facts = opened.file, answered.values, outcome.facts
    sealed = blank.sealed or facts.get("category") == ACCUSATION
    if blank.kind is FileKind.SUPERVISION:
        register = Register.SUPERVISION
        organ = str(facts["supervising_office"])
    else:
        register = Register.PETITION
        organ = blank.organ
    if sealed:
        register = Register.SEALED
    received = values.get("received_on")
    numbers = Numbers(paper, opened.rules, sealed=sealed, year=today.year)
    title = str(values.get("title") or act.title.zh)
    return replace(
        blank,
        organ=organ,
        number=numbers.of_file(organ, register),
        title=SEALED_TITLE.zh if sealed else title,
        category=str(facts.get("category") or ""),
        channel=str(facts.get("channel") or ""),
        received_on=received if isinstance(received, date) else today,
        sealed=sealed,
        submission=str(values["submission"]) if values.get("submission") else None,
        external_number=str(values["external_number"]) if values.get("external_number") else None,
    )
