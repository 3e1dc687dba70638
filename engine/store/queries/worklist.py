"""The worklist: open steps, ordered by what the law needs next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, exists, null, select

from engine.petition.parties import Actor
from engine.store.loading import Loading
from engine.store.queries.finding import finding
from engine.store.queries.sight import View, view, visible
from engine.store.queries.tabs import (
    FILE_TABS,
    LIGHTS,
    TABS,
    count,
    counts,
    in_tab,
    lights,
    lines,
    lit,
)
from engine.store.tables import deadline, petition, work_item
from engine.text import Text

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One line of the worklist: an open step, or a file (then without step).

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
    """A page of a tab, how many lines the tab has in all, and how many there are in each tab and light.

    Every number is counted up to ``tabs.MOST_COUNTED``.
    """

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
    """Page *page* (from 1) of the tab *tab* as *viewer* may see it on the day *on*. At most 4 statements.

    *text* stands in number, title or an organ's name; *organ* is where the file lies; *light* is one of LIGHTS.
    """
    seen = view(desk, viewer, on)
    condition = and_(
        in_tab(tab, seen),
        visible(seen),
        *_narrowed(desk, seen, text=text, stage=stage, organ=organ),
    )
    lit_so = and_(condition, lit(light, on)) if light else condition
    shown = {} if tab in FILE_TABS else dict(lights(desk, tab, condition, on))
    total = shown.pop("total", None)
    if total is None or light:
        total = count(desk, tab, lit_so)
    found = desk.connection.execute(_page(tab, lit_so, seen, page, page_size))
    return WorklistPage(
        rows=tuple(_row_of(line, seen) for line in found),
        total=total,
        counts=counts(desk, seen),
        lights=shown,
    )


def _narrowed(
    desk: Loading, seen: View, *, text: str, stage: str | None, organ: str | None
) -> list[ColumnElement[bool]]:
    found = finding(desk.connection, seen.directory, text)
    return [
        *([found] if found is not None else []),
        *([petition.c.stage == stage] if stage else []),
        *([petition.c.holder == organ] if organ else []),
    ]


def _page(
    tab: str, condition: ColumnElement[bool], seen: View, page: int, size: int
) -> Select[Any]:
    """The page is chosen first, by its keys alone; only then is the rest of its lines fetched."""
    due = petition.c.legal_due
    step: ColumnElement[Any]
    if tab in FILE_TABS:
        since = petition.c.closed_at if tab == "closed" else petition.c.registered_at
        step, opened = cast(null(), Integer).label("step"), since.label("opened")
        order: tuple[Any, ...] = (since.desc(), petition.c.id)
    else:
        step, opened = work_item.c.step, work_item.c.opened_at.label("opened")
        order = (due.is_(None), due, work_item.c.opened_at, petition.c.id, work_item.c.step)
    chosen = (
        select(petition.c.id.label("chosen"), step, opened, due.label("due"))
        .select_from(lines(tab))
        .where(condition)
        .order_by(*order)
        .limit(size)
        .offset((max(page, 1) - 1) * size)
        .subquery()
    )
    return _lines_of(chosen, seen).order_by(*_again(tab, chosen))


def _again(tab: str, chosen: Any) -> tuple[Any, ...]:
    if tab in FILE_TABS:
        return chosen.c.opened.desc(), chosen.c.chosen
    return chosen.c.due.is_(None), chosen.c.due, chosen.c.opened, chosen.c.chosen, chosen.c.step


def _lines_of(chosen: Any, seen: View) -> Select[Any]:
    other = petition.alias("other_file")
    supervised = exists(
        select(other.c.id).where(
            other.c.about == petition.c.id, other.c.closed_at.is_(None), visible(seen, other)
        )
    )
    joined = (
        chosen.join(petition, petition.c.id == chosen.c.chosen)
        .outerjoin(
            work_item,
            and_(work_item.c.petition == chosen.c.chosen, work_item.c.step == chosen.c.step),
        )
        .outerjoin(
            deadline, and_(deadline.c.petition == petition.c.id, deadline.c.id == petition.c.duty)
        )
    )
    return select(
        *_OF_PETITION,
        petition.c.legal_due.label("duty_due"),
        *_OF_DEADLINE,
        deadline.c.state.label("deadline_state"),
        *_OF_STEP,
        chosen.c.opened,
        supervised.label("supervised"),
    ).select_from(joined)


_OF_PETITION = tuple(
    petition.c[name]
    for name in (
        "id", "number", "title", "stage", "holder", "channel", "category", "initial", "received_on", "version",
        "sealed",
    )
)  # fmt: skip
_OF_DEADLINE = tuple(
    deadline.c[name] for name in ("limit_id", "nominal_due", "provisional", "started_on")
)
_OF_STEP = tuple(work_item.c[name] for name in ("step", "name", "act", "form", "seat", "assignee"))


def _row_of(line: Any, seen: View) -> WorkRow:
    organ = line.seat or line.holder
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
        opened_at=line.opened,
        version=line.version,
        sealed=line.sealed,
    )


__all__ = ["LIGHTS", "TABS", "WorkRow", "WorklistPage", "worklist"]
