"""What a new calendar counts otherwise, for those who publish it: numbers and dates, and of sealed files nothing.

Administrators have no business in a file, so nothing of its content is here; a sealed file is here for those alone who
may see it, also where files are merely counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from engine.petition.deadlines import Deadline
from engine.petition.parties import Actor
from engine.store import rows
from engine.store.loading import Loading
from engine.store.queries.sight import view, visible
from engine.store.tables import deadline, petition


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A running deadline of the file with this number, and the organ that keeps the file."""

    number: str
    organ: str
    deadline: Deadline


def running_elsewhere(desk: Loading, viewer: Actor, calendar: str, on: date) -> Iterator[Running]:
    """Every running deadline that another calendar than *calendar* decided, by the number of its file."""
    query = (
        select(petition.c.number, petition.c.organ, *_COLUMNS)
        .join(petition, petition.c.id == deadline.c.petition)
        .where(_COUNTED, deadline.c.calendar != calendar, _told(desk, viewer, on))
        .order_by(petition.c.number, deadline.c.place)
    )
    for row in desk.connection.execute(query):
        yield Running(number=row.number, organ=row.organ, deadline=rows.deadline_of(row))


def recounting(desk: Loading, viewer: Actor, on: date) -> tuple[int, int]:
    """How many running deadlines the calendar in force has counted, and how many there are."""
    calendar = desk.calendar().version
    query = (
        select(func.coalesce(func.sum(case((deadline.c.calendar == calendar, 1), else_=0)), 0), func.count())
        .select_from(deadline.join(petition, petition.c.id == deadline.c.petition))
        .where(_COUNTED, _told(desk, viewer, on))
    )  # fmt: skip
    done, all_ = desk.connection.execute(query).one()
    return int(done), int(all_)


def _told(desk: Loading, viewer: Actor, on: date) -> ColumnElement[bool]:
    return or_(~petition.c.sealed, visible(view(desk, viewer, on)))


# A day that a superior has assigned is counted by no calendar.
_COUNTED = and_(deadline.c.state == "running", deadline.c.assigned_due.is_(None))
_COLUMNS = tuple(
    column.label("deadline_id") if column is deadline.c.id else column
    for column in deadline.columns
    if column is not deadline.c.petition
)
