"""Publishing a year of the calendar: the running deadlines of every file are then counted again, each by its own act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from engine.clock import legal_date
from engine.office.rules import Rules
from engine.people.directory import Directory
from engine.petition.deadlines import Deadline, Ledger
from engine.petition.file import OutboxItem
from engine.petition.parties import Actor
from engine.statute.calendar import Calendar
from engine.statute.law import Law
from engine.statute.notices import read_notice

MOST_FILES = 1_000_000


class Press(Protocol):
    """What publishing needs of a transaction."""

    def calendar(self) -> Calendar: ...
    def directory(self) -> Directory: ...
    def publish_calendar(self, published: Calendar, *, actor: Actor, now: datetime) -> None: ...
    def counted_otherwise(self, calendar: str, limit: int) -> Sequence[str]: ...
    def enqueue(self, items: Sequence[OutboxItem]) -> None: ...
    def running_elsewhere(
        self, viewer: Actor, calendar: str, on: date
    ) -> Iterable[RunningElsewhere]: ...


class RunningElsewhere(Protocol):
    """A running deadline that another calendar has counted, with the number of its file and who keeps that."""

    @property
    def number(self) -> str: ...
    @property
    def organ(self) -> str: ...
    @property
    def deadline(self) -> Deadline: ...


class Printers(Protocol):
    """Where publishing takes place."""

    def transaction(self) -> AbstractContextManager[Press]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A running deadline that falls on another day, or that becomes firm: as it was, and as it is counted now."""

    number: str
    organ: str
    was: Deadline
    now: Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A calendar in force, and what it changes, as far as the one who publishes it may know."""

    version: str
    shifts: tuple[Shift, ...]

    @property
    def files(self) -> int:
        """How many files have a deadline that changes."""
        return len({shift.number for shift in self.shifts})


class _Undo(Exception):
    pass


def publish_year(
    printers: Printers,
    notice: Mapping[str, object],
    *,
    law: Law,
    actor: Actor,
    now: datetime,
    keep: bool,
) -> Published:
    """Put the year that *notice* describes in force and ask for a new count of every running deadline.

    Without *keep* nothing stays changed: the answer says what would happen. It tells *actor* of sealed files only where
    *actor* may see them; all are counted again. Raises BadInput with the field at fault.
    """
    read = read_notice(notice)
    found: list[Published] = []
    try:
        with printers.transaction() as press:
            calendar = press.calendar().with_year(read)
            rules = Rules(law=law, calendar=calendar, organs=press.directory())
            found.append(_published(press, rules, actor, now))
            if not keep:
                raise _Undo
    except _Undo:
        pass
    return found[0]


def _published(press: Press, rules: Rules, actor: Actor, now: datetime) -> Published:
    version = rules.calendar.version
    shifts = tuple(_shifts(press.running_elsewhere(actor, version, legal_date(now)), rules))
    press.publish_calendar(rules.calendar, actor=actor, now=now)
    files = press.counted_otherwise(version, MOST_FILES)
    press.enqueue([_count_again(file, version, now) for file in files])
    return Published(version=version, shifts=shifts)


def _shifts(running: Iterable[RunningElsewhere], rules: Rules) -> Iterator[Shift]:
    for one in running:
        (counted,) = Ledger((one.deadline,)).recalendared(rules).rows
        if (counted.legal_due, counted.provisional) != (
            one.deadline.legal_due,
            one.deadline.provisional,
        ):
            yield Shift(number=one.number, organ=one.organ, was=one.deadline, now=counted)


def _count_again(petition: str, version: str, now: datetime) -> OutboxItem:
    return OutboxItem(
        key=f"recalendar:{version}:{petition}",
        petition=petition,
        kind="command",
        body={"act": "recalendar", "petition": petition, "answers": {}},
        enqueued_at=now,
    )
