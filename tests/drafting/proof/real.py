"""A file on the real engine, moved by the real acts, with the statute observing: drawing, facts, ledger and time are real.

The counter would refuse what the statute refuses; here what it says is only noted, so that a drawing can be followed wherever
it leads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from engine.acts.act import ActKind, Outcome, Situation
from engine.acts.catalogue import barred, clock_passed
from engine.acts.supervision import SUPERVISION
from engine.clock import legal_date
from engine.drafting.proof import stage, verbs
from engine.errors import BadInput, Refused
from engine.office.rules import LedgerView, Rules
from engine.petition.deadlines import Deadline, Ledger
from engine.petition.facts import FactValue, folded
from engine.petition.file import FileKind
from engine.petition.forms import Field, parse_form
from engine.petition.parties import Actor, Role
from engine.procedure import Procedure, Progress
from engine.procedure.progress import Step
from engine.statute.duties import Happening, owed_after

MORNING = datetime(2025, 6, 3, 2, tzinfo=UTC)
_OTHERS = {"review_organ": "reviewer", "re_review_organ": "re_reviewer"}
_SUPERVISES = {act.id for act in SUPERVISION}


@dataclass
class RealFile:
    """One file. ``told`` are the happenings so far."""

    procedure: Procedure
    process: str
    facts: dict[str, FactValue] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    now: datetime = MORNING
    seq: int = 0
    told: list[Happening] = field(default_factory=list)
    progress: Progress | None = None

    # -- what is so ----------------------------------------------------------------------------------------------------

    @property
    def open(self) -> Progress:
        assert self.progress is not None
        return self.progress

    @property
    def view(self) -> LedgerView:
        law = stage.RECKONER
        return LedgerView(
            self.ledger, Rules(law=law.law, calendar=law.calendar, organs=stage.directory())
        )

    def owed(self) -> list[str]:
        """The articles of the duties without a number that are owed."""
        return [rule.article for rule in owed_after(self.told)]

    def running(self) -> list[Deadline]:
        return [row for row in self.ledger if row.due_at is not None]

    def situation(self, act: str, slot: str) -> Situation:
        organ = str(self.facts.get(slot) or stage.acting_organ(slot))
        return Situation(
            petition="petition",
            kind=FileKind(self.process).value,
            sealed=False,
            facts=self.facts,
            ledger=self.ledger,
            law=stage.RECKONER.law,
            calendar=stage.RECKONER.calendar,
            organs=stage.directory(),
            actor=Actor(person=_OTHERS.get(slot, stage.CLERK), organ=organ, roles=frozenset(Role)),
            today=legal_date(self.now),
            now=self.now,
            seq=self.seq + 1,
            closed=self.progress is not None and self.progress.finished,
        )

    def outcome(self, act: str, slot: str, choice: Mapping[str, str]) -> Outcome | Refused:
        """What the act would do with *choice*, or why the statute refuses it."""
        situation = self.situation(act, slot)
        verb = verbs.ACTS[act]
        no = barred(situation, verb, supervises=act in _SUPERVISES) or verb.offered(situation)
        if no is not None:
            return no
        try:
            return verb.decide(situation, verbs.answers_of(act, choice, situation))
        except Refused as refusal:
            return refusal
        except BadInput as fault:
            return Refused(fault.text, article=verb.article)

    # -- what is done ----------------------------------------------------------------------------------------------------

    def begin(self, act: str, choice: Mapping[str, str], *, slot: str) -> None:
        outcome = self.outcome(act, slot, choice)
        assert isinstance(outcome, Outcome), outcome
        self._take(act, outcome)
        self.restart()

    def restart(self) -> None:
        self.progress = self.procedure.start(
            self.process, facts=self.facts, ledger=self.view, now=self.now
        )
        self._note_decisions()

    def do(self, step: Step, choice: Mapping[str, str]) -> Refused | None:
        """Do an open step. What the statute refuses is not done and is returned."""
        if step.act is None:
            facts = {k: v == "true" if v in {"true", "false"} else v for k, v in choice.items()}
            fields = {f.name: f.fact for f in self._form(step.form or "") if f.fact}
            self.facts = folded(
                self.facts, {fields[name]: value for name, value in facts.items() if name in fields}
            )
            self._move(lambda: self.open.complete(step.id, facts=self.facts, now=self.now))
            return None
        outcome = self.outcome(step.act, step.slot, choice)
        if isinstance(outcome, Refused):
            return outcome
        self._take(step.act, outcome)
        self._move(lambda: self.open.complete(step.id, facts=self.facts, now=self.now))
        standing = verbs.ACTS[step.act].kind is ActKind.STANDING
        self._tell(outcome.message or (step.act if standing else None))
        return None

    def stand(self, act: str, choice: Mapping[str, str]) -> Refused | None:
        """Do a standing act beside the drawing."""
        by = verbs.ACTS[act].by
        outcome = self.outcome(act, by[0].slot.value if by else "office", choice)
        if isinstance(outcome, Refused):
            return outcome
        self._take(act, outcome)
        if act == "reopen":
            self.restart()
        else:
            self._tell(act)
        return None

    def pass_limit(self, row: Deadline) -> None:
        """A running limit passes, at its own instant."""
        assert row.due_at is not None
        self.now = max(self.now, row.due_at)
        situation = self.situation("pass", "organ")
        outcome = clock_passed(situation, row)
        self.ledger = self.ledger.passed(row.id, by=self.seq + 1)
        self._take(f"clock:{row.limit}", outcome)
        self._move(lambda: self.open.fire(row.limit, facts=self.facts, now=self.now))

    def pass_internal(self) -> None:
        """The next limit of the office's own is up."""
        due = self.open.next_internal()
        assert due is not None
        self.now = max(self.now, due)
        self.open.use(self.facts)
        self._move(lambda: self.open.fire_internal(due))

    def pass_next(self) -> bool:
        """Whatever is due first passes, as the clock tower would have it; False where nothing is due."""
        row = min(self.running(), key=lambda one: (one.due_at, one.opened_by), default=None)
        internal = self.open.next_internal()
        if internal is not None and (row is None or row.due_at is None or internal <= row.due_at):
            self.pass_internal()
        elif row is not None:
            self.pass_limit(row)
        else:
            return False
        return True

    def _take(self, act: str, outcome: Outcome) -> None:
        self.seq += 1
        self.now += timedelta(minutes=1)
        self.facts = folded(self.facts, outcome.facts)
        for change in outcome.deadlines:
            self.ledger = self.ledger.changed(change, by=self.seq, reckoner=stage.RECKONER)
        papers = frozenset(paper.kind for paper in outcome.documents)
        self.told.append(Happening(act=act, facts=outcome.facts, documents=papers))

    def _tell(self, message: str | None) -> None:
        if message is not None and message in self.open.awaiting():
            self._move(lambda: self.open.deliver(message, facts=self.facts, now=self.now))

    def _move(self, how: object) -> None:
        self.progress = self.procedure.resume(
            self.open.dump(), facts=self.facts, ledger=self.view, now=self.now
        )
        how()  # type: ignore[operator]
        self._note_decisions()

    def _note_decisions(self) -> None:
        self.facts = folded(self.facts, self.open.decided())  # type: ignore[arg-type]

    def _form(self, name: str) -> tuple[Field, ...]:
        return parse_form(self.procedure.forms[name], name).fields
