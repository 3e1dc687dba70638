"""The files behind a figure: whatever is counted, this says which files were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Date, and_, case, exists, literal, select, true

from engine.petition.parties import Actor
from engine.store.loading import Loading
from engine.store.queries.files import PAGE_SIZE, FilesPage, files_where
from engine.store.queries.sight import view
from engine.store.spans import day_number
from engine.store.tables import course, course_finding, course_hold, course_stay, petition

BANDS: dict[str, tuple[int, int | None]] = {
    "week": (1, 7),
    "month": (8, 30),
    "quarter": (31, 90),
    "longer": (91, None),
}
"""How long a duty has been overdue, in days: a matter of display (K15)."""
VERY = "very"
"""Overdue for longer than the whole limit."""
RATED = ("met", "met_extended", "late", "overdue")
"""What became of a duty whose day has come: the denominator of what was done in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What was counted. A limit counts in the period in which its day falls, whether or not anything happened (3.1 rule 1)."""

    limit: str | None = None
    finding: str | None = None
    organ: str | None = None
    due_from: date | None = None
    due_to: date | None = None
    doubts: bool = False
    element: str | None = None
    version: str | None = None
    state: str | None = None
    """Of the stays in *element*: ``open`` or ``late``."""
    way: str | None = None
    holder: str | None = None
    band: str | None = None


def files_behind(
    desk: Loading, viewer: Actor, figure: Figure, *, on: date, page: int = 1
) -> FilesPage:
    """A page of the files behind *figure* that *viewer* may see on the day *on*, newest first. 2 statements."""
    seen = view(desk, viewer, on)
    return files_where(desk, seen, behind(figure, on), page=page, page_size=PAGE_SIZE)


def behind(figure: Figure, on: date) -> ColumnElement[bool]:
    """The condition that a petition is behind *figure*."""
    return and_(true(), *_conditions(figure, on))


def _conditions(figure: Figure, on: date) -> Iterator[ColumnElement[bool]]:
    here = petition.c.id
    if figure.version:
        yield petition.c.procedure == figure.version
    if any((figure.limit, figure.finding, figure.doubts, figure.band, figure.due_from, figure.due_to)):  # fmt: skip
        found = course_finding
        yield exists(select(found.c.place).where(found.c.petition == here, counted(figure, on)))
    if figure.element:
        stay = course_stay
        wanted = [stay.c.petition == here, stay.c.element == figure.element]
        wanted += [stay.c.left.is_(None)] if figure.state == "open" else []
        wanted += [stay.c.breaches > 0] if figure.state == "late" else []
        yield exists(select(stay.c.place).where(*wanted))
    if figure.way:
        yield exists(select(course.c.way).where(course.c.petition == here, course.c.way == figure.way))  # fmt: skip
    if figure.holder:
        held = course_hold
        yield exists(
            select(held.c.place).where(held.c.petition == here, held.c.holder == figure.holder)
        )


def counted(figure: Figure, on: date) -> ColumnElement[bool]:
    """The condition that a row of what became of limits is counted by *figure*."""
    columns = course_finding.c
    wanted: list[ColumnElement[bool] | None] = [
        columns.limit_id == figure.limit if figure.limit else None,
        columns.debtor == figure.organ if figure.organ else None,
        columns.legal_due >= figure.due_from if figure.due_from else None,
        columns.legal_due <= figure.due_to if figure.due_to else None,
        columns.doubts > 0 if figure.doubts else None,
        became(on) == figure.finding if figure.finding else None,
        in_band(figure.band, on) if figure.band else None,
    ]
    return and_(true(), *(one for one in wanted if one is not None))


def became(on: date) -> ColumnElement[str]:
    """What became of a limit by the day *on*: the rule of :mod:`engine.audit.verdict` for those whose day decides."""
    columns = course_finding.c
    return case(
        (columns.finding != "open", columns.finding),
        (columns.legal_due >= on, "not_yet_due"),
        (columns.power, "lapsed"),
        else_="overdue",
    )


def in_band(band: str, on: date) -> ColumnElement[bool]:
    """The condition that a duty is overdue on the day *on* for as long as *band* says."""
    columns = course_finding.c
    overdue = and_(columns.finding == "open", ~columns.power, columns.legal_due < on)
    if band == VERY:
        due, started = day_number(columns.legal_due), day_number(columns.started_on)
        return and_(overdue, _today(on) - due > due - started)
    least, most = BANDS[band]
    within = columns.legal_due <= on - timedelta(days=least)
    if most is not None:
        within = and_(within, columns.legal_due >= on - timedelta(days=most))
    return and_(overdue, within)


def _today(on: date) -> ColumnElement[int]:
    return day_number(literal(on, Date))
