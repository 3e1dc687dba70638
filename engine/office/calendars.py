"""Publishing a year of the calendar: the running deadlines of every file are then counted again, each by its own act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.petition.file import OutboxItem
from engine.petition.parties import Actor
from engine.statute.calendar import Calendar
from engine.statute.notices import read_notice

MOST_FILES = 1_000_000


class Press(Protocol):
    """What publishing needs of a transaction."""

    def calendar(self) -> Calendar: ...
    def publish_calendar(self, published: Calendar, *, actor: Actor, now: datetime) -> None: ...
    def counted_otherwise(self, calendar: str, limit: int) -> Sequence[str]: ...
    def enqueue(self, items: Sequence[OutboxItem]) -> None: ...


class Printers(Protocol):
    """Where publishing takes place."""

    def transaction(self) -> AbstractContextManager[Press]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A calendar in force, and how many files have running deadlines to be counted again under it."""

    version: str
    files: int


class _Undo(Exception):
    pass


def publish_year(
    printers: Printers, notice: Mapping[str, object], *, actor: Actor, now: datetime, keep: bool
) -> Published:
    """Put the year that *notice* describes in force and ask for a new count of every running deadline.

    Without *keep* nothing stays changed: the answer says what would happen. Raises BadInput with the field at fault.
    """
    read = read_notice(notice)
    found: list[Published] = []
    try:
        with printers.transaction() as press:
            found.append(_published(press, press.calendar().with_year(read), actor, now))
            if not keep:
                raise _Undo
    except _Undo:
        pass
    return found[0]


def _published(press: Press, calendar: Calendar, actor: Actor, now: datetime) -> Published:
    press.publish_calendar(calendar, actor=actor, now=now)
    files = press.counted_otherwise(calendar.version, MOST_FILES)
    press.enqueue([_count_again(file, calendar.version, now) for file in files])
    return Published(version=calendar.version, files=len(files))


def _count_again(petition: str, version: str, now: datetime) -> OutboxItem:
    return OutboxItem(
        key=f"recalendar:{version}:{petition}",
        petition=petition,
        kind="command",
        body={"act": "recalendar", "petition": petition, "answers": {}},
        enqueued_at=now,
    )
