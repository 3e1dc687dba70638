"""The life of a version of the procedure: what was decided about it and, from all such decisions, what is in force when.

Nothing of a version ever changes but what is decided about it, and decisions are only ever added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from engine.clock import legal_date


class StepKind(StrEnum):
    """What can be decided about a version. Each is an entry of the house's own chain, named ``…_procedure``."""

    SHIP = "ship"
    """It came with the program, proved by its makers: the program's stand-in for submission and approval."""
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    ENACT = "enact"
    """In force from 00:00 of a day in Asia/Shanghai."""
    REVOKE = "revoke"
    """Not in force from the day that was set and has not come yet."""
    RETIRE = "retire"
    """Never again for new petitions."""


class VersionState(StrEnum):
    """Where a version stands on a day."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionStep:
    """One decision about the version ``version``; ``entry`` is its number in the house's own chain."""

    entry: int
    version: str
    kind: StepKind
    person: str
    at: datetime
    reason: str = ""
    from_day: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Every decision, oldest first, and which versions were, are and will be in force."""

    steps: tuple[VersionStep, ...]
    _reigns: tuple[tuple[date, str], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        reigns = sorted(
            (step.from_day, step.entry, step.version)
            for step in self.steps
            if step.from_day is not None and not self._undone(step, step.from_day)
        )
        object.__setattr__(self, "_reigns", tuple((day, version) for day, _, version in reigns))

    @classmethod
    def of(cls, steps: Iterable[VersionStep]) -> Plan:
        """The plan that *steps* make, in whatever order they come."""
        return cls(tuple(sorted(steps, key=lambda step: step.entry)))

    def in_force(self, day: date) -> str | None:
        """The version that a petition takes which opens on *day*; of two from one day, that which was decided last."""
        return next((version for since, version in reversed(self._reigns) if since <= day), None)

    def coming(self, day: date) -> tuple[tuple[date, str], ...]:
        """What comes in force after *day*, the next first."""
        return tuple((since, version) for since, version in self._reigns if since > day)

    def last_day(self, version: str, day: date) -> date | None:
        """Since which day *version* is in force, or last was, as seen on *day*."""
        return max(
            (since for since, one in self._reigns if one == version and since <= day), default=None
        )

    def next_day(self, version: str, day: date) -> date | None:
        """From which day after *day* the version *version* will be in force."""
        return min(
            (since for since, one in self._reigns if one == version and since > day), default=None
        )

    def steps_of(self, version: str) -> tuple[VersionStep, ...]:
        """What was decided about *version*, oldest first."""
        return tuple(step for step in self.steps if step.version == version)

    def state(self, version: str, day: date) -> VersionState | None:
        """Where *version* stands on *day*; None where nothing was ever decided about it."""
        last = next((step for step in reversed(self.steps) if step.version == version), None)
        if last is None:
            return None
        if last.kind in _PLAIN:
            return _PLAIN[last.kind]
        if self.in_force(day) == version:
            return VersionState.IN_FORCE
        if self.next_day(version, day) is not None:
            return VersionState.SCHEDULED
        return VersionState.SUPERSEDED if self.last_day(version, day) else VersionState.APPROVED

    def _undone(self, enacted: VersionStep, since: date) -> bool:
        """Whether, before its day came, something else was decided about the same version."""
        return any(
            step.version == enacted.version
            and step.entry > enacted.entry
            and step.kind in _UNDOING
            and legal_date(step.at) < since
            for step in self.steps
        )


_UNDOING = frozenset({StepKind.ENACT, StepKind.REVOKE, StepKind.RETIRE})
_PLAIN = {
    StepKind.SHIP: VersionState.APPROVED,
    StepKind.SUBMIT: VersionState.SUBMITTED,
    StepKind.SEND_BACK: VersionState.RETURNED,
    StepKind.APPROVE: VersionState.APPROVED,
    StepKind.RETIRE: VersionState.RETIRED,
}
