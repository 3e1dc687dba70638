"""The tabs of the worklist: what stands in each, how many lines there are, and how many in each light."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    ScalarSelect,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
)

from engine.petition.file import FileKind
from engine.petition.parties import Role
from engine.store.loading import Loading
from engine.store.queries.sight import View, visible
from engine.store.tables import TO_BE_SERVED, document, petition, work_item

TABS = ("mine", "unclaimed", "to_serve", "all", "supervision", "closed", "sealed")
FILE_TABS = frozenset({"closed", "to_serve"})
"""The tabs whose lines are files; those of the others are open steps."""
LIGHTS = ("overdue", "soon", "ok")
MOST_COUNTED = 5000
"""Lists are counted up to here: beyond it the number says "many", and counting costs more than it tells."""


def lines(tab: str) -> FromClause:
    """The rows that the lines of *tab* come from: files, or open steps with their file."""
    return petition if tab in FILE_TABS else _STEPS


def in_tab(tab: str, seen: View) -> ColumnElement[bool]:
    """The condition that a row stands in *tab*."""
    viewer = seen.viewer
    here = work_item.c.seat == viewer.organ
    unclaimed = work_item.c.assignee.is_(None)
    match tab:
        case "mine":
            people = [one for one in (viewer.person, viewer.stands_in_for) if one]
            my_role = work_item.c.role.in_(sorted(role.value for role in viewer.roles))
            return and_(here, or_(work_item.c.assignee.in_(people), and_(unclaimed, my_role)))
        case "unclaimed":
            return and_(here, unclaimed)
        case "supervision":
            return petition.c.kind == literal(FileKind.SUPERVISION.value, literal_execute=True)
        case "to_serve":
            return petition.c.id.in_(_WITH_PAPERS_OF.where(document.c.organ == viewer.organ))
        case "closed":
            return petition.c.closed_at.is_not(None)
        case "sealed":
            return petition.c.sealed
        case _:
            return true() if Role.AUDITOR in viewer.roles else here


def lit(light: str, on: date) -> ColumnElement[bool]:
    """The condition that the duty which falls due first shows *light* on the day *on*."""
    due, warn = petition.c.legal_due, petition.c.warn_from
    match light:
        case "overdue":
            return due < on
        case "soon":
            return and_(due >= on, warn <= on)
        case _:
            return and_(due >= on, warn > on)


def counts(desk: Loading, seen: View) -> Mapping[str, int]:
    """How many lines each tab has, as far as *seen* reaches. 1 statement."""
    mine, unclaimed = _one_if(in_tab("mine", seen)), _one_if(in_tab("unclaimed", seen))
    here = (
        select(
            _sum(mine).label("mine"), _sum(unclaimed).label("unclaimed"), func.count().label("here")
        )
        .select_from(_STEPS)
        .where(work_item.c.seat == seen.viewer.organ, visible(seen))
        .subquery()
    )
    wide = ["to_serve", "supervision", "closed", *(["sealed"] if seen.reads_sealed else [])]
    wide += ["all"] if Role.AUDITOR in seen.viewer.roles else []
    counted = [
        _bounded(lines(tab), and_(in_tab(tab, seen), visible(seen))).label(tab) for tab in wide
    ]
    found = desk.connection.execute(select(here, *counted)).one()._mapping
    known = {**found, "all": found.get("all", found["here"])}
    return {tab: known[tab] for tab in TABS if tab in known}


def lights(desk: Loading, tab: str, condition: ColumnElement[bool], on: date) -> Mapping[str, int]:
    """How many lines of *tab* that meet *condition* show each light; ``total`` counts those without one too."""
    rows = (
        select(petition.c.legal_due, petition.c.warn_from)
        .select_from(lines(tab))
        .where(condition)
        .limit(MOST_COUNTED)
        .subquery()
    )
    due, warn = rows.c.legal_due, rows.c.warn_from
    found = desk.connection.execute(
        select(
            _sum(_one_if(due < on)).label("overdue"),
            _sum(_one_if(and_(due >= on, warn <= on))).label("soon"),
            _sum(_one_if(and_(due >= on, warn > on))).label("ok"),
            func.count().label("total"),
        ).select_from(rows)
    ).one()
    return dict(found._mapping)


def count(desk: Loading, tab: str, condition: ColumnElement[bool]) -> int:
    """How many lines of *tab* meet *condition*, counted up to MOST_COUNTED."""
    return desk.connection.scalar(select(_bounded(lines(tab), condition))) or 0


def _bounded(rows: FromClause, condition: ColumnElement[bool]) -> ScalarSelect[Any]:
    some = select(literal(1).label("one")).select_from(rows).where(condition).limit(MOST_COUNTED)
    return select(func.count()).select_from(some.subquery()).scalar_subquery()


def _sum(number: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(number), 0)


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


_WITH_PAPERS_OF = select(document.c.petition).where(TO_BE_SERVED)
_STEPS = work_item.join(petition, petition.c.id == work_item.c.petition)
