"""The statute applied to a record: what became of each clause with a number, and which entries decide that.

Nothing is taken on trust: days are counted anew under the law and the calendar that a deadline names, and what became of
it is judged by its days and not by the state that was stored. Where that differs from the record, the clause is in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from engine.audit.rebuilding import CalendarOf
from engine.clock import legal_date
from engine.errors import BadInput
from engine.petition.deadlines import Deadline, DeadlineState
from engine.petition.entries import Entry
from engine.record.fold import Standing, fold
from engine.statute import rules
from engine.statute.law import Law
from engine.statute.provisions import Kind, Limit
from engine.statute.reckoning import reckon
from engine.text import Text


class Finding(StrEnum):
    """What became of a clause."""

    MET = "met"
    MET_EXTENDED = "met_extended"
    LATE = "late"
    OVERDUE = "overdue"
    LAPSED = "lapsed"
    EXCEPTED = "excepted"
    VOID = "void"
    NOT_YET_DUE = "not_yet_due"
    SUSPENDED = "suspended"
    NOT_ENGAGED = "not_engaged"


BREACHES = frozenset({Finding.LATE, Finding.OVERDUE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of one clause, or of one deadline under it.

    ``days`` says by how many days it was late, or is overdue; ``entries`` are the entries that decide it; ``doubts`` say
    where the record does not agree with the statute.
    """

    limit: str
    article: str
    title: Text
    finding: Finding
    deadline: str | None = None
    debtor: str | None = None
    power: bool = False
    started_on: date | None = None
    legal_due: date | None = None
    closed_on: date | None = None
    days: int | None = None
    entries: tuple[int, ...] = ()
    note: str | None = None
    doubts: tuple[Text, ...] = ()

    @property
    def breach(self) -> bool:
        """Whether a duty was not done in time."""
        return self.finding in BREACHES and not self.power


@dataclass(frozen=True, slots=True, kw_only=True)
class _Court:
    """What a judgment rests on."""

    entries: Sequence[Entry]
    standing: Standing
    law: Law
    calendar_of: CalendarOf
    on: date


# The event that starts a limit (statute data), as the fact that keeps its day. Where the fact is there, a clock was owed.
_EVENTS = {
    "accepted": "accepted_on",
    "opinion_received": "opinion_received_on",
    "review_request_received": "review_received_on",
    "re_review_request_received": "re_review_received_on",
}


def judge(
    entries: Sequence[Entry], *, law: Law, calendar_of: CalendarOf, on: date
) -> tuple[Judged, ...]:
    """What became of every numbered clause by the day *on*, in the order of the statute; U10 stands last."""
    standing = fold(entries)
    court = _Court(entries=entries, standing=standing, law=law, calendar_of=calendar_of, on=on)
    found: list[Judged] = []
    for limit in _clauses(law, standing):
        rows = [row for row in standing.ledger if row.limit == limit.id]
        found.extend(_judged(row, limit, court) for row in rows)
        if not rows:
            found.append(_untouched(limit, court))
        if limit.extended_by is not None:
            found.append(_extension(law.limit_by_id(limit.extended_by), rows, court))
    return tuple(found)


def _clauses(law: Law, standing: Standing) -> Iterator[Limit]:
    """The limits of the text in force, and of any older text that this petition was under."""
    used = {row.limit for row in standing.ledger}
    extensions = {limit.extended_by for limit in law.limits()}
    for limit in law.limits():
        current = law.regulation_of(limit).valid_to is None and limit.kind is not Kind.TARGET
        if limit.id not in extensions and (current or limit.id in used):
            yield limit


def _judged(row: Deadline, limit: Limit, court: _Court) -> Judged:
    due, doubts = _recounted(row, limit, court)
    finding, days = _finding(row, due, court.on)
    if _stored(row, finding):
        doubts = (*doubts, _STATE_DIFFERS.filled(state=row.state.value))
    return Judged(
        limit=limit.id,
        article=row.article,
        title=limit.title,
        finding=finding,
        deadline=row.id,
        debtor=row.debtor,
        power=row.power,
        started_on=row.started_on,
        legal_due=due,
        closed_on=row.closed_on,
        days=days,
        entries=_touching(row.id, court.entries),
        note=row.note,
        doubts=doubts,
    )


def _finding(row: Deadline, due: date | None, on: date) -> tuple[Finding, int | None]:
    if row.state is DeadlineState.VOID:
        return Finding.VOID, None
    if row.closed_on is not None:
        if due is not None and row.closed_on > due:
            return Finding.LATE, (row.closed_on - due).days
        return (Finding.MET_EXTENDED if row.extension_days else Finding.MET), None
    if row.state is DeadlineState.SUSPENDED or due is None:
        return Finding.SUSPENDED, None
    if due >= on:
        return Finding.NOT_YET_DUE, None
    return (Finding.LAPSED, None) if row.power else (Finding.OVERDUE, (on - due).days)


_AGREES = {
    DeadlineState.RUNNING: {Finding.NOT_YET_DUE},
    DeadlineState.SUSPENDED: {Finding.SUSPENDED},
    DeadlineState.OVERDUE: {Finding.OVERDUE},
    DeadlineState.MET: {Finding.MET, Finding.MET_EXTENDED},
    DeadlineState.MET_LATE: {Finding.LATE},
    DeadlineState.LAPSED: {Finding.LAPSED},
    DeadlineState.VOID: {Finding.VOID},
}


def _stored(row: Deadline, finding: Finding) -> bool:
    """Whether the stored state says something else. A clock that is about to be fired may still be running."""
    waiting = row.state is DeadlineState.RUNNING and finding in {Finding.OVERDUE, Finding.LAPSED}
    return finding not in _AGREES[row.state] and not waiting


def _recounted(row: Deadline, limit: Limit, court: _Court) -> tuple[date | None, tuple[Text, ...]]:
    """The legal day counted anew, and what is in doubt about the recorded one."""
    if row.assigned_due is not None:
        return row.assigned_due, ()
    calendar = court.calendar_of(row.calendar)
    if calendar is None:
        return row.legal_due, (_NO_CALENDAR.filled(version=row.calendar),)
    try:
        counted = reckon(
            court.law.limit(limit.id, on=row.started_on),
            row.started_on,
            calendar,
            extension_days=row.extension_days,
            suspensions=row.suspensions,
        )
    except (BadInput, OverflowError, ValueError):
        return row.legal_due, (_NOT_COUNTABLE,)
    if counted.legal_due != row.legal_due:
        recorded = row.legal_due or "—"
        return counted.legal_due, (
            _OTHER_DAY.filled(recorded=recorded, counted=counted.legal_due or "—"),
        )
    return counted.legal_due, ()


def _extension(limit: Limit, rows: Sequence[Deadline], court: _Court) -> Judged:
    """Whether handling was extended in time and within the total (Art. 34)."""
    used: list[int] = []
    doubts: list[Text] = []
    standing = Standing()
    for entry in court.entries:
        before, standing = standing, standing.after(entry)
        for row in standing.ledger:
            if row.limit not in {one.limit for one in rows}:
                continue
            known = (one for one in before.ledger if one.id == row.id)
            old = next(known, replace(row, extension_days=0))
            if row.extension_days > old.extension_days:
                used.append(entry.seq)
                doubts.extend(_unlawful(row, old, limit, entry))
    finding = Finding.MET if used else Finding.NOT_ENGAGED
    return Judged(
        limit=limit.id,
        article=limit.article,
        title=limit.title,
        finding=finding,
        power=True,
        entries=tuple(used),
        doubts=tuple(doubts),
    )


def _unlawful(row: Deadline, old: Deadline, limit: Limit, entry: Entry) -> Iterator[Text]:
    given = legal_date(entry.effective_at)
    if old.legal_due is not None and not rules.extension_in_time(today=given, due=old.legal_due):
        yield _EXTENDED_LATE.filled(due=old.legal_due)
    if not rules.extension_within_total(
        already=old.extension_days,
        asked=row.extension_days - old.extension_days,
        most=limit.max_total or 0,
    ):
        yield _EXTENDED_TOO_LONG.filled(days=row.extension_days)


def _untouched(limit: Limit, court: _Court) -> Judged:
    """A clause under which no clock ran: excepted, not reached, or forgotten."""
    facts = court.standing.facts
    excepted = limit.exception is not None and bool(facts.get(limit.exception))
    event = _EVENTS.get(limit.starts)
    condition = limit.condition is None or facts.get("route") == limit.condition
    forgotten = not excepted and condition and event is not None and facts.get(event)
    deciding = [
        entry.seq
        for entry in court.entries
        if (limit.exception if excepted else event) in (entry.consequences.get("facts") or {})
    ]
    return Judged(
        limit=limit.id,
        article=limit.article,
        title=limit.title,
        finding=Finding.EXCEPTED if excepted else Finding.NOT_ENGAGED,
        power=limit.is_power,
        entries=tuple(deciding[:1]) if excepted or forgotten else (),
        doubts=(_NO_CLOCK,) if forgotten else (),
    )


def _touching(deadline: str, entries: Sequence[Entry]) -> tuple[int, ...]:
    """The entries that opened, moved, passed or ended the deadline."""
    return tuple(
        entry.seq
        for entry in entries
        if any(row["id"] == deadline for row in entry.consequences.get("deadlines") or ())
    )


_NO_CALENDAR = Text(
    "日历版本{version}已不可得,无法重新计算",
    "calendar {version} is no longer known, so that nothing can be counted anew",
)
_NOT_COUNTABLE = Text("该日无法按法律计算", "the law cannot be counted from that day")
_OTHER_DAY = Text(
    "记录为{recorded}届满,依法应为{counted}", "recorded as due {recorded}, by law {counted}"
)
_STATE_DIFFERS = Text(
    "记录的状态({state})与日期不符", "the recorded state ({state}) is not what its days give"
)
_EXTENDED_LATE = Text("延长时期限({due})已届满", "extended after {due}, when the limit had passed")
_EXTENDED_TOO_LONG = Text(
    "累计延长{days}日,超过法定上限", "extended by {days} days in all, more than the law allows"
)
_NO_CLOCK = Text(
    "起算事件已发生而未起算", "its starting event is recorded and no clock was started"
)
