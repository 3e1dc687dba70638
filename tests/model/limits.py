"""A limit of the regulation of 2022 and how it runs, told a second time: the engine's own ledger is to agree with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tests.model.days import Pause, last_day, moved

LENGTHS = {"T1": 15, "T2": 15, "T3": 15, "T4": 5, "T5": 60, "T7": 30, "T8": 30, "T9": 30, "T10": 30}
WORKING_DAYS = {"T4"}
POWERS = {"T4", "T7", "T9"}
MOST_EXTENSION = 30


@dataclass(slots=True)
class Limit:
    """One limit running, or having run."""

    kind: str
    number: int
    debtor: str | None
    start: date
    told_by: int
    named: date | None = None
    """The day that the one who assigned the matter named."""
    extension: int = 0
    pauses: list[Pause] = field(default_factory=list)
    done_on: date | None = None
    void: bool = False
    passed: bool = False

    @property
    def id(self) -> str:
        return f"{self.kind}#{self.number}"

    @property
    def nominal(self) -> date | None:
        if self.named:
            return self.named
        length = LENGTHS[self.kind] + self.extension
        return last_day(
            length, after=self.start, working=self.kind in WORKING_DAYS, pauses=self.pauses
        )

    @property
    def due(self) -> date | None:
        return self.named or (moved(self.nominal) if self.nominal else None)

    @property
    def running(self) -> bool:
        """Whether it can still pass."""
        return self.alive and not self.passed and not self.paused

    @property
    def alive(self) -> bool:
        """Whether the duty is owed, or the power can be used."""
        return not self.void and not self.done_on and not (self.passed and self.kind in POWERS)

    @property
    def paused(self) -> bool:
        return any(end is None for _, end in self.pauses)

    def starts_on(self, start: date) -> None:
        """A breach or a lapse that rested on the wrong day is none; the limit passes again at its right instant."""
        before, stood = self.due, self.state
        self.start = start
        if not self.void and not self.done_on and self.due != before:
            self.passed = False
        if stood == "met" and self.state == "met_late" and self.kind not in POWERS:
            self.passed = True  # what was done in time was done too late

    @property
    def state(self) -> str:
        if self.void:
            return "void"
        if self.done_on:
            return "met_late" if self.due and self.done_on > self.due else "met"
        if self.passed:
            return "lapsed" if self.kind in POWERS else "overdue"
        return "suspended" if self.paused else "running"
