"""Figures over all petitions that one may see: what became of limits, times in steps, ways, holders, what is oldest.

Each is one or two statements over what is told of courses (:mod:`engine.store.course_tables`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, case, desc, func, literal, select

from engine.petition.file import FileKind
from engine.petition.parties import Actor
from engine.record.canonical import read_canonical
from engine.store.loading import Loading
from engine.store.queries.behind import BANDS, VERY, Figure, became, counted, in_band
from engine.store.queries.files import FileRow, files_of
from engine.store.queries.sight import view, visible
from engine.store.tables import (
    course,
    course_finding,
    course_hold,
    course_state,
    course_stay,
    course_way,
    log_state,
    petition,
)

MOST_WAYS = 30
OLDEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseCount:
    """How often a limit came to one end, and on how many of those the record is in doubt."""

    limit: str
    finding: str
    count: int
    doubts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementFigure:
    """An element over all petitions: how often it was entered, how many are in it, breaches meanwhile; seconds spent in it.

    ``median`` and ``ninetieth`` are by nearest rank, over the ``ended`` stays; None where there is none.
    """

    element: str
    stays: int
    ended: int
    inside: int
    breaches: int
    median: int | None
    ninetieth: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WayFigure:
    """A sequence of acts: how many petitions went it, how many of them are concluded, and their median seconds."""

    id: str
    acts: tuple[str, ...]
    count: int
    ended: int
    median: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderFigure:
    """How long somebody held petitions, in seconds; of that, how long they were under way to another; and how many."""

    holder: str
    seconds: int
    transit: int
    petitions: int


def clause_counts(
    desk: Loading, viewer: Actor, figure: Figure, *, on: date
) -> Sequence[ClauseCount]:
    """What became of each limit that *figure* counts. 1 statement."""
    ended = became(on)
    query = (
        select(
            course_finding.c.limit_id,
            ended.label("became"),
            func.count().label("n"),
            func.sum(case((course_finding.c.doubts > 0, 1), else_=0)).label("doubts"),
        )
        .where(counted(figure, on), _seen(desk, viewer, on, course_finding))
        .group_by(course_finding.c.limit_id, ended)
    )
    return [
        ClauseCount(limit=row.limit_id, finding=row.became, count=row.n, doubts=row.doubts)
        for row in desk.connection.execute(query)
    ]


def debtors(desk: Loading, viewer: Actor, *, on: date) -> Sequence[str]:
    """Whose duties and powers are counted: ids of organs, and the petitioner. 1 statement."""
    query = (
        select(course_finding.c.debtor)
        .distinct()
        .where(course_finding.c.debtor.is_not(None), _seen(desk, viewer, on, course_finding))
    )
    return list(desk.connection.execute(query).scalars())


def element_figures(
    desk: Loading, viewer: Actor, elements: Collection[str], *, version: str, on: date
) -> Mapping[str, ElementFigure]:
    """Each of *elements* of *version* over all petitions that follow it. 2 statements."""
    stay = course_stay
    seen = _seen(desk, viewer, on, stay, petition.c.procedure == version)
    within = and_(stay.c.element.in_(sorted(elements)), seen)
    counts = (
        select(
            stay.c.element,
            func.count().label("stays"),
            func.count(stay.c.left).label("ended"),
            func.sum(stay.c.breaches).label("breaches"),
        )
        .where(within)
        .group_by(stay.c.element)
    )
    spent = select(
        stay.c.element.label("key"), (stay.c.left - stay.c.entered).label("seconds")
    ).where(within, stay.c.left.is_not(None))
    ranks = {row.key: row for row in desk.connection.execute(_ranked(spent))}
    return {
        row.element: ElementFigure(
            element=row.element,
            stays=row.stays,
            ended=row.ended,
            inside=row.stays - row.ended,
            breaches=row.breaches,
            median=ranks[row.element].median if row.element in ranks else None,
            ninetieth=ranks[row.element].ninetieth if row.element in ranks else None,
        )
        for row in desk.connection.execute(counts)
    }


def ways(
    desk: Loading, viewer: Actor, *, on: date, version: str | None = None, concluded: bool = True
) -> tuple[Sequence[WayFigure], int]:
    """The ways that petitions went, the commonest first, and how many petitions there are in all. 3 statements."""
    of = [petition.c.kind == FileKind.PETITION.value]
    of += [petition.c.procedure == version] if version else []
    wanted = [_seen(desk, viewer, on, course, *of)]
    wanted += [course.c.ended.is_not(None)] if concluded else []
    grouped = (
        select(course.c.way, func.count().label("n"), func.count(course.c.ended).label("ended"))
        .where(*wanted)
        .group_by(course.c.way)
        .order_by(desc("n"), course.c.way)
        .limit(MOST_WAYS)
        .subquery()
    )
    found = desk.connection.execute(
        select(grouped, course_way.c.acts)
        .join(course_way, course_way.c.id == grouped.c.way)
        .order_by(grouped.c.n.desc(), grouped.c.way)
    ).all()
    spent = select(
        course.c.way.label("key"), (course.c.ended - course.c.began).label("seconds")
    ).where(*wanted, course.c.ended.is_not(None), course.c.way.in_([row.way for row in found]))
    medians = {row.key: row.median for row in desk.connection.execute(_ranked(spent))}
    total = desk.connection.scalar(select(func.count()).select_from(course).where(*wanted)) or 0
    return [
        WayFigure(
            id=row.way,
            acts=tuple(read_canonical(row.acts)),
            count=row.n,
            ended=row.ended,
            median=medians.get(row.way),
        )
        for row in found
    ], total


def holder_figures(
    desk: Loading, viewer: Actor, *, on: date, now: int, figure: Figure, running: bool = False
) -> Sequence[HolderFigure]:
    """Who held petitions how long by *now* (seconds since 1970), the longest first; *running*: of open ones. 1 statement."""
    held = course_hold
    seconds = func.coalesce(held.c.until, literal(now)) - held.c.since
    wanted = [petition.c.kind == FileKind.PETITION.value]
    wanted += [petition.c.received_on >= figure.due_from] if figure.due_from else []
    wanted += [petition.c.received_on <= figure.due_to] if figure.due_to else []
    wanted += [petition.c.closed_at.is_(None)] if running else []
    query = (
        select(
            held.c.holder,
            func.sum(seconds).label("seconds"),
            func.sum(case((held.c.transit, seconds), else_=0)).label("transit"),
            func.count(held.c.petition.distinct()).label("petitions"),
        )
        .where(_seen(desk, viewer, on, held, *wanted))
        .group_by(held.c.holder)
        .order_by(desc("seconds"), held.c.holder)
    )
    return [
        HolderFigure(
            holder=row.holder, seconds=int(row.seconds), transit=int(row.transit), petitions=row.petitions
        )
        for row in desk.connection.execute(query)
    ]  # fmt: skip


def overdue_bands(desk: Loading, viewer: Actor, *, on: date) -> Mapping[str, int]:
    """How many duties have been overdue for how long, by the names of BANDS and VERY. 1 statement."""
    bands = [*BANDS, VERY]
    query = select(*(func.sum(_one_if(in_band(band, on))).label(band) for band in bands)).where(
        counted(Figure(finding="overdue"), on), _seen(desk, viewer, on, course_finding)
    )
    row = desk.connection.execute(query).one()._mapping
    return {band: row[band] or 0 for band in bands}


def oldest_open(desk: Loading, viewer: Actor, *, on: date) -> tuple[FileRow, ...]:
    """The ten petitions that have been open for longest. 1 statement."""
    condition = and_(petition.c.closed_at.is_(None), petition.c.kind == FileKind.PETITION.value)
    order = (petition.c.received_on, petition.c.registered_at, petition.c.id)
    return files_of(desk, view(desk, viewer, on), condition, order=order, limit=OLDEST)


def told_up_to(desk: Loading) -> tuple[int, int]:
    """Up to which leaf of the log everything is counted, and how many leaves there are. 1 statement."""
    place = select(course_state.c.place).scalar_subquery()
    size = select(log_state.c.size).scalar_subquery()
    row = desk.connection.execute(select(place, size)).one()
    return row[0], row[1]


def _seen(
    desk: Loading, viewer: Actor, on: date, table: Table, *also: ColumnElement[bool]
) -> ColumnElement[bool]:
    """The condition that a row of *table* is of a petition that *viewer* may see and that meets *also*.

    As a set of ids, so that sight is decided once for each petition and not for each row.
    """
    return table.c.petition.in_(select(petition.c.id).where(visible(view(desk, viewer, on)), *also))


def _ranked(spent: Select[Any]) -> Select[Any]:
    """Median and ninth decile of ``seconds`` for each ``key``, by nearest rank."""
    rows = spent.subquery()
    rank = func.row_number().over(partition_by=rows.c.key, order_by=rows.c.seconds)
    count = func.count().over(partition_by=rows.c.key)
    ranked = select(rows.c.key, rows.c.seconds, rank.label("rank"), count.label("n")).subquery()
    return select(
        ranked.c.key,
        func.min(case((2 * ranked.c.rank >= ranked.c.n, ranked.c.seconds))).label("median"),
        func.min(case((10 * ranked.c.rank >= 9 * ranked.c.n, ranked.c.seconds))).label("ninetieth"),
    ).group_by(ranked.c.key)


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)
