"""A tiny vocabulary, a ledger that can be set, and a driver that keeps time and facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from engine.procedure import (
    ActKind,
    ActWord,
    FactKind,
    FactWord,
    Procedure,
    Progress,
    Source,
    Vocabulary,
    check,
    load,
)

T0 = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

CLERK = ("organ", "clerk")

WORDS = Vocabulary(
    acts={
        "register": ActWord(kind=ActKind.START, by=(("office", "clerk"),)),
        "accept": ActWord(kind=ActKind.STEP, by=(CLERK, ("organ", "head"))),
        "reply": ActWord(kind=ActKind.STEP, by=(CLERK,)),
        "withdraw": ActWord(kind=ActKind.STANDING),
        "object": ActWord(kind=ActKind.STANDING),
    },
    facts={
        **{
            name: FactWord(kind=FactKind.BOOLEAN)
            for name in ("urgent", "again", "c1", "c2", "c3", "c4")
        },
        "route": FactWord(kind=FactKind.ENUM, values=("a", "b", "c")),
        "received_on": FactWord(kind=FactKind.OTHER),
    },
    limits={
        "T3": "T3",
        "notice": "T3",
        "T5": "T5",
        "handling": "T5",
        "T7": "T7",
        "T8": "T8",
        **{g: g for g in ("G1", "G2", "G3", "G4")},
    },
    documents=frozenset({"transfer_letter"}),
    stages=("intake", "handling", "review", "closed"),
    roles=frozenset({"clerk", "head"}),
    slots=frozenset({"office", "organ"}),
)


@dataclass(slots=True)
class OpenLedger:
    """Deadlines by limit, as the test sets them. Days are plain days; working days count double."""

    deadlines: dict[str, datetime] = field(default_factory=dict)

    def due(self, limit: str) -> datetime | None:
        return self.deadlines.get(limit)

    def earliest_duty(self) -> datetime | None:
        return min(self.deadlines.values(), default=None)

    def reckon_internal(self, amount: int, unit: str, start: date) -> date:
        return start + timedelta(days=amount * (2 if unit == "working_days" else 1))


@dataclass(slots=True)
class Petition:
    """One petition on a drawing, as a test drives it: ``saving`` dumps and resumes after every move."""

    procedure: Procedure
    process: str = "p"
    saving: bool = False
    facts: dict[str, object] = field(default_factory=dict)
    now: datetime = T0
    ledger: OpenLedger = field(default_factory=OpenLedger)
    progress: Progress = field(init=False)

    def __post_init__(self) -> None:
        self.progress = self.procedure.start(
            self.process, facts=self.facts, ledger=self.ledger, now=self.now
        )
        self.saved()

    def saved(self) -> None:
        if self.saving:
            self.progress = self.procedure.resume(
                self.progress.dump(), facts=self.facts, ledger=self.ledger, now=self.now
            )

    @property
    def open(self) -> list[str]:
        return [step.element for step in self.progress.open_steps()]

    def do(self, *elements: str, **facts: object) -> Petition:
        """Complete the oldest open step at each of *elements*, an hour apart."""
        self.facts.update(facts)
        for element in elements:
            step = next(step for step in self.progress.open_steps() if step.element == element)
            self.now += timedelta(hours=1)
            self.progress.complete(step.id, facts=dict(self.facts), now=self.now)
            self.saved()
        return self

    def act(self, act: str) -> bool:
        self.now += timedelta(hours=1)
        moved = self.progress.deliver(act, facts=dict(self.facts), now=self.now)
        self.saved()
        return moved

    def fire(self, limit: str) -> bool:
        self.now += timedelta(hours=1)
        moved = self.progress.fire(limit, facts=dict(self.facts), now=self.now)
        self.saved()
        return moved

    def wait(self, **span: float) -> list[str]:
        """Let time pass; the elements of the internal limits that were up meanwhile."""
        self.now += timedelta(**span)
        fired = self.progress.fire_internal(self.now)
        self.saved()
        return [one.element for one in fired]


def begin(source: Source, process: str = "p", *, saving: bool = False, **facts: object) -> Petition:
    """A petition at the beginning of *process* of *source*."""
    return Petition(load(source, WORDS), process, saving=saving, facts=dict(facts))


def rules(source: Source) -> set[str]:
    """The rules that *source* breaks, warnings included."""
    return {finding.rule for finding in check(source, WORDS)}
