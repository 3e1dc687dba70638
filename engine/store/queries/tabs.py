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
    exists,
    func,
    literal,
    or_,
    select,
    true,
)

from engine.petition.file import FileKind
from engine.petition.parties import Role
from engine.store.loading import Loading
from engine.store.queries.duties import LIGHTS, STEPS, urgency
from engine.store.queries.sight import View, visible
from engine.store.tables import TO_BE_SERVED, document, entry, part, petition, work_item

TABS = (
    "todo", "mine", "unclaimed", "forwarded", "to_serve", "all", "supervision", "closed", "sealed",
)  # fmt: skip
FILE_TABS = frozenset({"closed", "to_serve"})
"""The tabs whose lines are files; those of the others are open steps."""
SENDING = ("forward", "assign", "refer_down", "forward_litigation", "forward_accusation")
"""The acts by which an organ sends a matter on. It follows those, and what it registered, until they end."""
MOST_COUNTED = 5000
"""Lists are counted up to here: beyond it the number says "many", and counting costs more than it tells."""


def lines(tab: str) -> FromClause:
    """The rows that the lines of *tab* come from: files, or open steps with their file and duty."""
    return petition if tab in FILE_TABS else STEPS


def in_tab(tab: str, seen: View) -> ColumnElement[bool]:
    """The condition that a row stands in *tab*."""
    viewer = seen.viewer
    here = work_item.c.seat == viewer.organ
    unclaimed = work_item.c.assignee.is_(None)
    people = [one for one in (viewer.person, viewer.stands_in_for) if one]
    held = work_item.c.assignee.in_(people)
    match tab:
        case "todo":
            my_role = work_item.c.role.in_(sorted(role.value for role in viewer.roles))
            return and_(here, or_(held, and_(unclaimed, my_role)))
        case "mine":
            return and_(here, held)
        case "unclaimed":
            return and_(here, unclaimed)
        case "forwarded":
            return _forwarded(viewer.organ)
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


def _forwarded(organ: str) -> ColumnElement[bool]:
    """A step that others have to do on a petition that *organ* registered or sent on."""
    sent = exists(
        select(entry.c.seq).where(
            entry.c.petition == petition.c.id, entry.c.organ == organ, entry.c.act.in_(SENDING)
        )
    )
    return and_(
        petition.c.id.in_(select(part.c.petition).where(part.c.organ == organ)),
        petition.c.kind == FileKind.PETITION.value,
        work_item.c.seat != organ,
        or_(petition.c.organ == organ, sent),
    )


def counts(desk: Loading, seen: View) -> Mapping[str, int]:
    """How many lines each tab has, as far as *seen* reaches. 1 statement."""
    summed = [_sum(_one_if(in_tab(tab, seen))).label(tab) for tab in ("todo", "mine", "unclaimed")]
    here = (
        select(*summed, func.count().label("here"))
        .select_from(work_item.join(petition, petition.c.id == work_item.c.petition))
        .where(work_item.c.seat == seen.viewer.organ, visible(seen))
        .subquery()
    )
    wide = ["forwarded", "to_serve", "supervision", "closed"]
    wide += ["sealed"] if seen.reads_sealed else []
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
        select(urgency(on).label("place"))
        .select_from(lines(tab))
        .where(condition)
        .limit(MOST_COUNTED)
        .subquery()
    )
    counted = [
        _sum(_one_if(rows.c.place == place)).label(light) for place, light in enumerate(LIGHTS)
    ]
    found = desk.connection.execute(
        select(*counted, func.count().label("total")).select_from(rows)
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
