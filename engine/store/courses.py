"""Writing what is counted over all petitions. What is told of a petition is replaced as a whole whenever it has moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Table, bindparam, delete, func, insert, select, union, update

from engine.store import upserts
from engine.store.loading import Loading
from engine.store.tables import (
    course,
    course_finding,
    course_hold,
    course_state,
    course_stay,
    course_way,
    entry,
    log_leaf,
    log_pending,
    log_state,
    petition,
)

Row = Mapping[str, Any]
_PARTS: Sequence[Table] = (course_stay, course_hold, course_finding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is told of one petition after *seq* entries. The rows lack only the petition and their place."""

    petition: str
    seq: int
    way: str
    acts: str
    began: int
    ended: int | None
    stays: Sequence[Row]
    holds: Sequence[Row]
    findings: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Petitions of which more was recorded than is told. Once they are told, so is everything up to leaf ``upto``.

    ``more``: there are further ones.
    """

    petitions: Sequence[str]
    place: int
    upto: int
    more: bool


def moved(desk: Loading, *, leaves: int, most: int) -> Moved:
    """The petitions, at most *most*, that have moved, by the next *leaves* leaves and by what is no leaf yet. 3 statements."""
    connection = desk.connection
    place = connection.scalar(select(course_state.c.place)) or 0
    size = connection.scalar(select(log_state.c.size)) or 0
    upto = min(place + leaves, size)
    query = _MOVED.limit(most + 1)
    found = connection.execute(query, {"place": place, "upto": place + leaves}).scalars().all()
    many = len(found) > most
    return Moved(
        petitions=found[:most],
        place=place,
        upto=place if many else upto,
        more=many or upto < size,
    )


def write_courses(paper: Loading, courses: Sequence[Course], of: Moved) -> bool:
    """Replace what is told of *courses*. False, and nothing is written, where somebody else has told on since *of*."""
    connection = paper.connection
    if connection.execute(_ADVANCED, {"was": of.place, "upto": of.upto}).rowcount != 1:
        return False
    if not courses:
        return True
    dialect = connection.dialect.name
    ways = {one.way: one.acts for one in courses}
    connection.execute(
        upserts.or_nothing(course_way, dialect),
        [{"id": id, "acts": ways[id]} for id in sorted(ways)],
    )
    ids = [{"this": one.petition} for one in courses]
    for table in (*_PARTS, course):
        connection.execute(delete(table).where(table.c.petition == bindparam("this")), ids)
    told = [
        {"petition": one.petition, "seq": one.seq, "way": one.way, "began": one.began, "ended": one.ended}
        for one in courses
    ]  # fmt: skip
    connection.execute(insert(course), told)
    for table, rows in (
        (course_stay, [(one.petition, one.stays) for one in courses]),
        (course_hold, [(one.petition, one.holds) for one in courses]),
        (course_finding, [(one.petition, one.findings) for one in courses]),
    ):
        placed = [
            {"petition": petition, "place": place, **row}
            for petition, them in rows
            for place, row in enumerate(them)
        ]
        if placed:
            connection.execute(insert(table), placed)
    return True


_LEAVES = select(log_leaf.c.petition).where(
    log_leaf.c.place >= bindparam("place"), log_leaf.c.place < bindparam("upto")
)
_SOME = union(_LEAVES, select(log_pending.c.petition)).subquery()
_LAST = select(func.max(entry.c.seq)).where(entry.c.petition == _SOME.c.petition).scalar_subquery()
_MOVED: Select[Any] = (
    select(_SOME.c.petition)
    .join(petition, petition.c.id == _SOME.c.petition)  # the house's own chain is no petition
    .outerjoin(course, course.c.petition == _SOME.c.petition)
    .where(func.coalesce(course.c.seq, 0) < _LAST)
    .order_by(_SOME.c.petition)
)
_ADVANCED = (
    update(course_state)
    .where(course_state.c.place == bindparam("was"))
    .values(place=bindparam("upto"))
)
