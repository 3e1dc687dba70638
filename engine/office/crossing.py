"""What would become of one file on another version of the drawings: asked before it is carried over, and as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from engine.errors import NotCarried
from engine.office.opened import OpenedFile
from engine.office.ports import Carried, Event, Procedure, Step
from engine.petition.deadlines import Deadline
from engine.record.canonical import canonical_bytes, instant_text
from engine.text import Text


class Outcome(StrEnum):
    """What would become of a file."""

    KEPT = "kept"
    """Every open step is the same."""
    MOVED = "moved"
    """A step has another name, opens or closes."""
    REFUSED = "refused"
    """It has no place in the new version, and stays on its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChange:
    """An open step before and after, by the ids and names of its elements; None where it is not open there.

    ``handed_back`` says that it is now for another part or role, so that whoever had taken it has it no more.
    """

    step: int
    before: str | None
    after: str | None
    name: str
    handed_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitChange:
    """An internal limit before and after: when it is up, None where it does not run there.

    ``postponed`` says that its new length was over already, so that it is up at the end of this day.
    """

    element: str
    name: str
    before: datetime | None
    after: datetime | None
    postponed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenerChange:
    """An event that begins or ceases to listen for an act or a clock.

    ``passed`` says that the clock has passed already: the event waits for it in vain.
    """

    element: str
    name: str
    word: str
    begins: bool
    passed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindrance:
    """Why a file cannot be carried over, and the element (or fact) at fault."""

    element: str
    name: str
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would become of one file. The legal deadlines that are open are named because they stay as they are."""

    outcome: Outcome
    steps: tuple[StepChange, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    limits: tuple[LimitChange, ...] = ()
    listeners: tuple[ListenerChange, ...] = ()
    hindrances: tuple[Hindrance, ...] = ()
    forgotten: tuple[str, ...] = field(default=())

    @property
    def digest(self) -> str:
        """SHA-256 over what the plan says, in hexadecimal: the entry names it."""
        return hashlib.sha256(canonical_bytes(self.data())).hexdigest()

    def data(self) -> dict[str, Any]:
        """The plan as plain values, in the order in which it is shown."""
        return {
            "outcome": self.outcome.value,
            "steps": [
                {"step": one.step, "before": one.before, "after": one.after, "name": one.name, "handed_back": one.handed_back}
                for one in self.steps
            ],
            "deadlines": [
                {"id": one.id, "limit": one.limit, "state": one.state.value,
                 "started_on": one.started_on.isoformat(), "legal_due": _day(one)}
                for one in self.deadlines
            ],
            "limits": [
                {"element": one.element, "name": one.name, "before": _instant(one.before), "after": _instant(one.after),
                 "postponed": one.postponed}
                for one in self.limits
            ],
            "listeners": [
                {"element": one.element, "name": one.name, "word": one.word, "begins": one.begins, "passed": one.passed}
                for one in self.listeners
            ],
            "hindrances": [
                {"element": one.element, "name": one.name, "zh": one.why.zh, "en": one.why.en} for one in self.hindrances
            ],
            "forgotten": list(self.forgotten),
        }  # fmt: skip


def plan(opened: OpenedFile, target: Procedure, renamed: Mapping[str, str], now: datetime) -> Plan:
    """What would become of the *opened* file on *target*. Nothing is moved. Raises BadInput for a wrong *renamed*."""
    deadlines = tuple(row for row in opened.file.ledger if row.open)
    try:
        carried = target.carried(
            opened.progress, renamed, facts=opened.facts, ledger=opened.view, now=now
        )
    except NotCarried as refused:
        hindrances = tuple(
            Hindrance(element=one.element, name=one.name, why=one.why) for one in refused.obstacles
        )
        return Plan(outcome=Outcome.REFUSED, deadlines=deadlines, hindrances=hindrances)
    steps = tuple(_steps(opened.progress.open_steps(), carried.progress.open_steps()))
    moved = any(one.before != one.after for one in steps)
    return Plan(
        outcome=Outcome.MOVED if moved else Outcome.KEPT,
        steps=steps,
        deadlines=deadlines,
        limits=tuple(_limits(opened, carried, renamed)),
        listeners=(
            *_listeners(carried.ended, opened, begins=False),
            *_listeners(carried.begun, opened, begins=True),
        ),
        forgotten=tuple(carried.forgotten),
    )


def _steps(before: Sequence[Step], after: Sequence[Step]) -> Iterator[StepChange]:
    was = {step.id: step for step in before}
    now_is = {step.id: step for step in after}
    for id in sorted({*was, *now_is}):
        old, new = was.get(id), now_is.get(id)
        yield StepChange(
            step=id,
            before=old.element if old else None,
            after=new.element if new else None,
            name=new.name if new else old.name if old else "",
            handed_back=old is not None
            and new is not None
            and (old.slot, old.role) != (new.slot, new.role),
        )


def _limits(
    opened: OpenedFile, carried: Carried, renamed: Mapping[str, str]
) -> Iterator[LimitChange]:
    was = {
        (one.token, renamed.get(one.element, one.element)): one
        for one in opened.progress.internal_limits()
    }
    now_is = {(one.token, one.element): one for one in carried.progress.internal_limits()}
    for key in sorted({*was, *now_is}):
        old, new = was.get(key), now_is.get(key)
        yield LimitChange(
            element=key[1],
            name=new.name if new else old.name if old else "",
            before=old.due_at if old else None,
            after=new.due_at if new else None,
            postponed=key in carried.postponed,
        )


def _listeners(
    events: Sequence[Event], opened: OpenedFile, *, begins: bool
) -> Iterator[ListenerChange]:
    passed = {row.limit for row in opened.file.ledger if row.passed_by is not None}
    running = {row.limit for row in opened.file.ledger if row.due_at is not None}
    for event in events:
        word = event.clock or event.act
        if word is not None:
            yield ListenerChange(
                element=event.id,
                name=event.name,
                word=word,
                begins=begins,
                passed=begins and word in passed - running,
            )


def _day(row: Deadline) -> str | None:
    return row.legal_due.isoformat() if row.legal_due else None


def _instant(instant: datetime | None) -> str | None:
    return instant_text(instant) if instant else None


__all__ = ["Hindrance", "LimitChange", "ListenerChange", "Outcome", "Plan", "StepChange", "plan"]
