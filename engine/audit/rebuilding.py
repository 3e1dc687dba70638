"""A petition rebuilt from its record alone, entry by entry, on the recorded versions and on a virtual clock.

The entry says what followed; the drawing is moved again as it was moved then, at the instant at which it was moved.
Nothing is asked of the acts or of today's law, so that a record can be rebuilt by any later version of the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.errors import PetitionError, ProcedureError
from engine.office.moving import Move, MoveKind, move_from_data, moved
from engine.office.ports import Procedure, Progress, Step
from engine.petition.deadlines import Ledger
from engine.petition.entries import Entry, EntryKind
from engine.petition.facts import FactValue, folded
from engine.record import chain
from engine.record.fold import Standing
from engine.statute.calendar import Calendar
from engine.statute.law import Law
from engine.statute.reckoning import count_days
from engine.text import Text

CalendarOf = Callable[[str], Calendar | None]
"""The calendar of a version, where it is still known."""
ProcedureOf = Callable[[str], Procedure]
"""The drawings of a version, by digest. Raises PetitionError where they are gone or can no longer be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Where a petition stood after an entry: what was known, what was owed, and where the drawing stood."""

    entry: Entry
    standing: Standing
    steps: tuple[Step, ...]
    marking: tuple[str, ...]
    stage: str


class Diverged(PetitionError):
    """The record and what comes of it part ways at entry ``seq``."""

    def __init__(self, seq: int, what: Text, expected: object, found: object) -> None:
        super().__init__(
            Text(
                "第{seq}条:{what};应为{expected},实为{found}",
                "entry {seq}: {what}; expected {expected}, found {found}",
            ).filled(seq=seq, what=what, expected=_short(expected), found=_short(found))
        )
        self.seq = seq
        self.what = what
        self.expected = _short(expected)
        self.found = _short(found)


@dataclass(slots=True, kw_only=True)
class _View:
    """What the drawing sees of the ledger, under the calendar that the entry names."""

    law: Law
    calendar_of: CalendarOf
    ledger: Ledger = field(default_factory=Ledger)
    calendar: str = ""

    def due(self, limit_id: str) -> datetime | None:
        return self.ledger.due(self.law.limit_by_id(limit_id).id)

    def earliest_duty(self) -> datetime | None:
        return self.ledger.earliest_duty()

    def reckon_internal(self, amount: int, unit: str, start: date) -> date:
        calendar = self.calendar_of(self.calendar)
        if calendar is None:
            raise ProcedureError(
                Text("日历版本{version}已不可得", "calendar {version} is no longer known").filled(
                    version=self.calendar
                )
            )
        return count_days(amount, unit, start, calendar)


class Rebuilding:
    """One petition under rebuilding. Hand it the entries one after another."""

    def __init__(self, *, law: Law, procedure_of: ProcedureOf, calendar_of: CalendarOf) -> None:
        self._procedure_of = procedure_of
        self._view = _View(law=law, calendar_of=calendar_of)
        self._procedure: Procedure | None = None
        self._progress: Progress | None = None
        self.standing = Standing()

    @property
    def progress(self) -> Progress | None:
        """The drawing where it stands now; None before the first entry."""
        return self._progress

    def after(self, entry: Entry) -> Moment:
        """Where the petition stood after *entry*. Raises Diverged where the record does not bear it out."""
        try:
            before, self.standing = self.standing, self.standing.after(entry)
            self._view.ledger = self.standing.ledger
            self._view.calendar = entry.versions.get("calendar", "")
            procedure = self._drawings(entry)
            self._move(entry, before, procedure)
        except Diverged:
            raise
        except (PetitionError, AttributeError, KeyError, ValueError, TypeError) as fault:
            raise Diverged(entry.seq, _NO_MOVE, entry.consequences.get("moves"), fault) from fault
        return self._compared(entry)

    def _drawings(self, entry: Entry) -> Procedure:
        digest = entry.versions["procedure"]
        if self._procedure is None or self._procedure.digest != digest:
            kinds = {move.kind for move in _moves(entry)}
            if self._procedure is not None and kinds.isdisjoint(_CHANGING):
                raise Diverged(entry.seq, _OTHER_DRAWING, digest, self._procedure.digest)
            found = self._procedure_of(digest)
            if found.digest != digest:
                raise Diverged(entry.seq, _DRAWING_CHANGED, digest, found.digest)
            self._procedure = found
        return self._procedure

    def _move(self, entry: Entry, before: Standing, procedure: Procedure) -> None:
        told: Mapping[str, FactValue] = entry.consequences.get("told") or {}
        facts = folded(self.standing.facts, told)
        for move in _moves(entry):
            if self._progress is None and move.kind is not MoveKind.START:
                raise Diverged(entry.seq, _NO_START, MoveKind.START, move.kind)
            self._progress = moved(
                self._progress,  # type: ignore[arg-type]  # None only before a start, which does not look at it
                move,
                procedure=procedure,
                facts=facts,
                ledger=self._view,
                now=_instant(entry),
            )

    def _compared(self, entry: Entry) -> Moment:
        progress = self._progress
        if progress is None:
            raise Diverged(entry.seq, _NO_START, MoveKind.START, "—")
        steps = tuple(progress.open_steps())
        position = progress.position()
        for name, found in (("entered", position.entered), ("left", position.left)):
            recorded = entry.consequences.get(name, [])
            if list(found) != list(recorded):
                raise Diverged(entry.seq, _WAY, list(recorded), list(found))
        state = chain.state_hash(
            [[step.id, step.element] for step in steps], self.standing.facts, self.standing.ledger
        )
        if state != entry.state:
            raise Diverged(entry.seq, _STATE, entry.state, state)
        return Moment(
            entry=entry,
            standing=self.standing,
            steps=steps,
            marking=tuple(position.marking),
            stage=progress.stage,
        )


def _moves(entry: Entry) -> list[Move]:
    return [move_from_data(one) for one in entry.consequences["moves"]]


def _instant(entry: Entry) -> datetime:
    """When the drawing moved: a clock at its own instant, whatever people did when they did it."""
    return entry.effective_at if entry.kind is EntryKind.FIRING else entry.recorded_at


def _short(value: object) -> str:
    text = value.text.zh if isinstance(value, PetitionError) else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


_LONGEST = 200
_CHANGING = frozenset({MoveKind.START, MoveKind.CARRY})
"""The moves after which a petition may run on another version."""
_NO_MOVE = Text("流程图无法照记录移动", "the drawing cannot be moved as recorded")
_OTHER_DRAWING = Text("流程图版本中途更换", "the version of the drawings changes on the way")
_DRAWING_CHANGED = Text("所存流程图已被改动", "the stored drawings were altered")
_NO_START = Text("流程图尚未开始", "the drawing has not been started")
_WAY = Text("经过的环节不同", "other elements were passed")
_STATE = Text("状态不同(环节、事实、期限)", "the state differs (steps, facts, deadlines)")
