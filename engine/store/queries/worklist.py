"""The worklist: open steps, ordered by what the law needs next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
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
from engine.petition.parties import Actor, Role
from engine.store.loading import Loading
from engine.store.queries.finding import finding
from engine.store.queries.sight import View, view, visible
from engine.store.tables import deadline, petition, work_item
from engine.text import Text

TABS = ("mine", "unclaimed", "all", "supervision", "closed", "sealed")
LIGHTS = ("overdue", "soon", "ok")
PAGE_SIZE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One line of the worklist: an open step, or a closed file (then without step).

    ``limit`` to ``started_on`` are of the duty that falls due first, None where nothing is owed.
    """

    petition: str
    number: str
    title: str
    stage: str
    step: int | None
    step_name: str | None
    act: str | None
    form: str | None
    organ: str
    organ_name: Text
    assignee: str | None
    assignee_name: str | None
    limit: str | None
    legal_due: date | None
    nominal_due: date | None
    deadline_state: str | None
    provisional: bool
    started_on: date | None
    channel: str
    category: str
    initial: bool
    supervised: bool
    received_on: date
    opened_at: datetime
    version: int
    sealed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistPage:
    """A page of a tab, how many lines the tab has in all, and how many there are in each tab and light."""

    rows: tuple[WorkRow, ...]
    total: int
    counts: Mapping[str, int]
    lights: Mapping[str, int]


def worklist(
    desk: Loading,
    viewer: Actor,
    tab: str,
    *,
    on: date,
    text: str = "",
    stage: str | None = None,
    organ: str | None = None,
    light: str | None = None,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> WorklistPage:
    """Page *page* (from 1) of the tab *tab* as *viewer* may see it on the day *on*. 3 statements."""
    seen = view(desk, viewer, on)
    condition = and_(
        _in_tab(tab, seen),
        visible(seen),
        *_narrowed(desk, seen, text=text, stage=stage, organ=organ),
    )
    lit = _lit(light, on) if light else true()
    lights = desk.connection.execute(
        select(
            *(func.coalesce(func.sum(_one_if(_lit(name, on))), 0).label(name) for name in LIGHTS),
            func.coalesce(func.sum(_one_if(lit)), 0).label("total"),
        )
        .select_from(_lines(tab))
        .where(condition)
    ).one()
    lines = desk.connection.execute(_page(tab, and_(condition, lit), seen, page, page_size))
    return WorklistPage(
        rows=tuple(_row_of(line, seen) for line in lines),
        total=lights.total,
        counts=_counts(desk, seen),
        lights={} if tab == "closed" else {name: getattr(lights, name) for name in LIGHTS},
    )


def _counts(desk: Loading, seen: View) -> Mapping[str, int]:
    tabs = [tab for tab in TABS if tab != "closed" and (tab != "sealed" or seen.reads_sealed)]
    steps = (
        select(
            *(func.coalesce(func.sum(_one_if(_in_tab(tab, seen))), 0).label(tab) for tab in tabs)
        )
        .select_from(_lines("all"))
        .where(visible(seen), or_(*(_in_tab(tab, seen) for tab in tabs)))
        .subquery()
    )
    closed = (
        select(func.count()).select_from(petition).where(_in_tab("closed", seen), visible(seen))
    )
    found = desk.connection.execute(select(steps, closed.scalar_subquery().label("closed"))).one()
    return {tab: getattr(found, tab) for tab in TABS if tab in found._fields}


def _lines(tab: str) -> FromClause:
    if tab == "closed":
        return petition
    return work_item.join(petition, petition.c.id == work_item.c.petition)


# The petitioner's own steps are done on their behalf where the file lies.
_ORGAN = func.coalesce(work_item.c.organ, petition.c.holder)


def _in_tab(tab: str, seen: View) -> ColumnElement[bool]:
    viewer = seen.viewer
    here = _ORGAN == viewer.organ
    unclaimed = work_item.c.assignee.is_(None)
    match tab:
        case "mine":
            people = [one for one in (viewer.person, viewer.stands_in_for) if one]
            for_me = and_(
                unclaimed, work_item.c.role.in_(sorted(role.value for role in viewer.roles))
            )
            return and_(here, or_(work_item.c.assignee.in_(people), for_me))
        case "unclaimed":
            return and_(here, unclaimed)
        case "supervision":
            return petition.c.kind == FileKind.SUPERVISION.value
        case "closed":
            return petition.c.closed_at.is_not(None)
        case "sealed":
            return petition.c.sealed
        case _:
            return true() if Role.AUDITOR in viewer.roles else here


def _narrowed(
    desk: Loading, seen: View, *, text: str, stage: str | None, organ: str | None
) -> list[ColumnElement[bool]]:
    found = finding(desk.connection, seen.directory, text)
    return [
        *([found] if found is not None else []),
        *([petition.c.stage == stage] if stage else []),
        *([petition.c.holder == organ] if organ else []),
    ]


def _lit(light: str, on: date) -> ColumnElement[bool]:
    due, warn = petition.c.legal_due, petition.c.warn_from
    match light:
        case "overdue":
            return due < on
        case "soon":
            return and_(due >= on, warn <= on)
        case _:
            return and_(due >= on, warn > on)


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _page(
    tab: str, condition: ColumnElement[bool], seen: View, page: int, size: int
) -> Select[Any]:
    other = petition.alias("other_file")
    supervised = exists(
        select(other.c.id).where(
            other.c.about == petition.c.id, other.c.closed_at.is_(None), visible(seen, other)
        )
    )
    columns = (
        petition.c.id,
        petition.c.number,
        petition.c.title,
        petition.c.stage,
        petition.c.holder,
        petition.c.channel,
        petition.c.category,
        petition.c.initial,
        petition.c.received_on,
        petition.c.version,
        petition.c.sealed,
        petition.c.legal_due.label("duty_due"),
        deadline.c.limit_id,
        deadline.c.state.label("deadline_state"),
        deadline.c.nominal_due,
        deadline.c.provisional,
        deadline.c.started_on,
        supervised.label("supervised"),
    )
    duty = and_(deadline.c.petition == petition.c.id, deadline.c.id == petition.c.duty)
    if tab == "closed":
        none = [
            literal(None).label(name)
            for name in ("step", "name", "act", "form", "organ", "assignee")
        ]
        query = select(*columns, *none, petition.c.closed_at.label("opened_at"))
        order: tuple[Any, ...] = (petition.c.closed_at.desc(), petition.c.id)
    else:
        step = (
            work_item.c.step,
            work_item.c.name,
            work_item.c.act,
            work_item.c.form,
            work_item.c.organ,
            work_item.c.assignee,
            work_item.c.opened_at,
        )
        query = select(*columns, *step)
        due = petition.c.legal_due
        order = (due.is_(None), due, work_item.c.opened_at, petition.c.id, work_item.c.step)
    lines = _lines(tab).outerjoin(deadline, duty)
    return (
        query.select_from(lines)
        .where(condition)
        .order_by(*order)
        .limit(size)
        .offset((max(page, 1) - 1) * size)
    )


def _row_of(line: Any, seen: View) -> WorkRow:
    organ = line.organ or line.holder
    assignee = seen.directory.people.get(line.assignee) if line.assignee else None
    return WorkRow(
        petition=line.id,
        number=line.number,
        title=line.title,
        stage=line.stage,
        step=line.step,
        step_name=line.name,
        act=line.act,
        form=line.form,
        organ=organ,
        organ_name=seen.directory.organ(organ).name,
        assignee=line.assignee,
        assignee_name=assignee.name if assignee else None,
        limit=line.limit_id,
        legal_due=line.duty_due,
        nominal_due=line.nominal_due,
        deadline_state=line.deadline_state,
        provisional=bool(line.provisional),
        started_on=line.started_on,
        channel=line.channel,
        category=line.category,
        initial=line.initial,
        supervised=bool(line.supervised),
        received_on=line.received_on,
        opened_at=line.opened_at,
        version=line.version,
        sealed=line.sealed,
    )


__all__ = ["LIGHTS", "TABS", "WorkRow", "WorklistPage", "worklist"]
