"""The ledger of deadlines of one petition. Acts alone open, extend, suspend and close them; clocks only pass.

A deadline is keyed by limit and ordinal (``"T3#2"``: the second transfer). It keeps what is needed to explain itself:
``engine.statute.reckoning.reckon`` rebuilds every day counted from ``started_on``, ``extension_days`` and
``suspensions`` under the recorded calendar.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from engine.statute.calendar import Calendar
from engine.statute.law import Law, Limit
from engine.statute.reckoning import Interval, due_instant, legal_day, reckon


class DeadlineState(StrEnum):
    """Where a deadline stands."""

    RUNNING = "running"
    SUSPENDED = "suspended"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met_late"
    LAPSED = "lapsed"
    VOID = "void"


OPEN_STATES = frozenset({DeadlineState.RUNNING, DeadlineState.SUSPENDED, DeadlineState.OVERDUE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One limit running, or having run, against one debtor."""

    id: str
    limit: str
    law: str
    article: str
    power: bool
    debtor: str
    started_on: date
    nominal_due: date | None
    legal_due: date | None
    provisional: bool
    calendar: str
    state: DeadlineState = DeadlineState.RUNNING
    extension_days: int = 0
    suspensions: tuple[Interval, ...] = ()
    assigned_due: date | None = None
    opened_by: int = 0
    closed_by: int | None = None
    closed_on: date | None = None
    passed_by: int | None = None
    subject: str | None = None
    note: str | None = None

    @property
    def open(self) -> bool:
        """Whether the duty is still owed, or the power still alive."""
        return self.state in OPEN_STATES

    @property
    def due_at(self) -> datetime | None:
        """The instant at which the clock fires: 24:00 of the legal day; None unless it is running."""
        if self.state is not DeadlineState.RUNNING or self.legal_due is None:
            return None
        return due_instant(self.legal_due)


# ---- what an act may ask of the ledger ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Start the clock of *limit* against *debtor* (an organ's id or ``"petitioner"``) from the day *on*."""

    limit: str
    on: date
    debtor: str
    due: date | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend:
    """Lengthen the open deadline of *limit* by *days*, counted from its nominal day."""

    limit: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspend:
    """Stop the clock of *limit* from the day *start* on."""

    limit: str
    start: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """Let the clock of *limit* run again after the day *end* (inclusive)."""

    limit: str
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """The duty of *limit* was done, or the power used, on the day *on*. ``id`` narrows it to one row."""

    limit: str
    on: date
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Void:
    """The clock of *limit* should not have run, or its ground has gone; *reason* says why."""

    limit: str
    reason: str
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """The deadline *id* started on another day than was written down."""

    id: str
    on: date


Change = Open | Extend | Suspend | Resume | Close | Void | Correct


class Reckoner(Protocol):
    """What the ledger needs to count: the law and the calendar."""

    @property
    def law(self) -> Law: ...
    @property
    def calendar(self) -> Calendar: ...


@dataclass(frozen=True, slots=True)
class Ledger:
    """All deadlines of one petition, in the order in which they were opened. Every change gives a new ledger."""

    rows: tuple[Deadline, ...] = ()

    def __iter__(self) -> Iterator[Deadline]:
        return iter(self.rows)

    def of(self, limit: str) -> tuple[Deadline, ...]:
        """The deadlines of *limit*, oldest first."""
        return tuple(row for row in self.rows if row.limit == limit)

    def open_of(self, limit: str) -> Deadline | None:
        """The newest open deadline of *limit*, if any."""
        return next((row for row in reversed(self.rows) if row.limit == limit and row.open), None)

    def last_of(self, limit: str) -> Deadline | None:
        """The newest deadline of *limit*, open or not."""
        return next((row for row in reversed(self.rows) if row.limit == limit), None)

    def due(self, limit: str) -> datetime | None:
        """The earliest instant at which a running deadline of *limit* passes."""
        return min(
            (row.due_at for row in self.rows if row.limit == limit and row.due_at), default=None
        )

    def next_due(self) -> datetime | None:
        """The earliest instant at which any running deadline passes."""
        return min((row.due_at for row in self.rows if row.due_at), default=None)

    def earliest_duty(self) -> datetime | None:
        """The earliest instant at which a running duty (not a power) passes."""
        return min((row.due_at for row in self.rows if row.due_at and not row.power), default=None)

    def passing(self, now: datetime) -> Deadline | None:
        """The first running deadline whose instant has come by *now*; the older one first where two are equal."""
        due = [row for row in self.rows if row.due_at is not None and row.due_at <= now]
        return min(due, key=lambda row: (row.due_at, row.opened_by), default=None) if due else None

    def changed(self, change: Change, *, by: int, reckoner: Reckoner) -> Ledger:
        """The ledger after *change*, made by entry number *by*."""
        match change:
            case Open():
                return Ledger((*self.rows, self._opened(change, by, reckoner)))
            case Extend(limit=limit, days=days):
                row = self._need(limit)
                return self._with(
                    _reckoned(replace(row, extension_days=row.extension_days + days), reckoner)
                )
            case Suspend(limit=limit, start=start, reason=reason):
                row = self._need(limit)
                pause = Interval(start=start, end=None, reason=reason)
                stopped = replace(
                    row, suspensions=(*row.suspensions, pause), state=DeadlineState.SUSPENDED
                )
                return self._with(_reckoned(stopped, reckoner))
            case Resume(limit=limit, end=end):
                row = self._need(limit)
                *before, last = row.suspensions
                ended = replace(last, end=end)
                again = replace(row, suspensions=(*before, ended), state=DeadlineState.RUNNING)
                return self._with(_reckoned(again, reckoner))
            case Close(limit=limit, on=on, id=id):
                return self._ended(
                    limit,
                    id,
                    by,
                    lambda row: _closed(row, on),
                    also=lambda row: _used_in_time(row, on),
                )
            case Void(limit=limit, reason=reason, id=id):
                return self._ended(
                    limit, id, by, lambda row: replace(row, state=DeadlineState.VOID, note=reason)
                )
            case Correct(id=id, on=on):
                return self._with(_corrected(self.get(id), on, by, reckoner))

    def passed(self, id: str, *, by: int) -> Ledger:
        """The ledger after the clock of deadline *id* fired: a duty is overdue, a power has lapsed."""
        row = self.get(id)
        state = DeadlineState.LAPSED if row.power else DeadlineState.OVERDUE
        closed = by if row.power else None
        return self._with(replace(row, state=state, passed_by=by, closed_by=closed))

    def recalendared(self, reckoner: Reckoner) -> Ledger:
        """The ledger with every running deadline counted again under the present calendar."""
        return Ledger(
            tuple(
                _reckoned(row, reckoner) if row.state is DeadlineState.RUNNING else row
                for row in self.rows
            )
        )

    def get(self, id: str) -> Deadline:
        """The deadline *id*. Raises KeyError."""
        for row in self.rows:
            if row.id == id:
                return row
        raise KeyError(id)

    def _opened(self, change: Open, by: int, reckoner: Reckoner) -> Deadline:
        limit: Limit = reckoner.law.limit(change.limit, on=change.on)
        row = Deadline(
            id=f"{change.limit}#{len(self.of(change.limit)) + 1}",
            limit=change.limit,
            law=limit.version,
            article=limit.article,
            power=limit.is_power,
            debtor=change.debtor,
            started_on=change.on,
            nominal_due=None,
            legal_due=None,
            provisional=False,
            calendar=reckoner.calendar.version,
            assigned_due=change.due,
            opened_by=by,
            subject=change.subject,
        )
        return _reckoned(row, reckoner)

    def _need(self, limit: str) -> Deadline:
        row = self.open_of(limit)
        if row is None:
            raise KeyError(f"no open deadline of {limit}")
        return row

    def _with(self, changed: Deadline) -> Ledger:
        return Ledger(tuple(changed if row.id == changed.id else row for row in self.rows))

    def _ended(
        self, limit: str, id: str | None, by: int, end: _End, *, also: _Asked = lambda row: False
    ) -> Ledger:
        return Ledger(
            tuple(
                replace(end(row), closed_by=by)
                if row.limit == limit and (id is None or row.id == id) and (row.open or also(row))
                else row
                for row in self.rows
            )
        )


class _End(Protocol):
    def __call__(self, row: Deadline, /) -> Deadline: ...


class _Asked(Protocol):
    def __call__(self, row: Deadline, /) -> bool: ...


def _used_in_time(row: Deadline, on: date) -> bool:
    """A power used by its last day had not lapsed, though its use was written down later (a postmark, say)."""
    return row.state is DeadlineState.LAPSED and row.legal_due is not None and on <= row.legal_due


def _closed(row: Deadline, on: date) -> Deadline:
    """A duty done by its legal day is met, whenever that was written down: a late entry annuls the breach."""
    late = row.legal_due is not None and on > row.legal_due
    return replace(row, state=DeadlineState.MET_LATE if late else DeadlineState.MET, closed_on=on)


def _corrected(row: Deadline, on: date, by: int, reckoner: Reckoner) -> Deadline:
    moved = _reckoned(replace(row, started_on=on), reckoner)
    if moved.closed_on is not None and moved.state in {DeadlineState.MET, DeadlineState.MET_LATE}:
        again = _closed(moved, moved.closed_on)
        # No clock fires for what is done: that it was done too late is first said by this entry.
        shown = again.state is DeadlineState.MET_LATE and row.state is DeadlineState.MET
        return replace(again, passed_by=by) if shown and not row.power else again
    over = moved.state in {DeadlineState.OVERDUE, DeadlineState.LAPSED}
    if over and moved.passed_by is not None and moved.legal_due != row.legal_due:
        # The correction annuls the breach or the lapse; the clock passes again at its right instant.
        return replace(moved, state=DeadlineState.RUNNING, passed_by=None, closed_by=None)
    return moved


def _reckoned(row: Deadline, reckoner: Reckoner) -> Deadline:
    if row.assigned_due is not None:
        return replace(row, nominal_due=row.assigned_due, legal_due=row.assigned_due)
    limit = reckoner.law.limit(row.limit, on=row.started_on)
    count = reckon(
        limit,
        row.started_on,
        reckoner.calendar,
        extension_days=row.extension_days,
        suspensions=row.suspensions,
    )
    return replace(
        row,
        nominal_due=count.nominal_due,
        legal_due=count.legal_due,
        provisional=count.provisional,
        calendar=reckoner.calendar.version,
    )


__all__ = [
    "Change",
    "Close",
    "Correct",
    "Deadline",
    "DeadlineState",
    "Extend",
    "Ledger",
    "Open",
    "Resume",
    "Suspend",
    "Void",
    "legal_day",
]
