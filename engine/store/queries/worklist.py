"""The worklist: open steps, ordered by what the law needs next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    cast,
    exists,
    func,
    null,
    select,
)

from engine.people.roles import may_hold
from engine.petition.parties import Actor, Role
from engine.store.loading import Loading
from engine.store.queries.duties import LIGHTS, OF_FILE, STEPS, lit, urgency
from engine.store.queries.finding import finding
from engine.store.queries.sight import View, view, visible
from engine.store.queries.tabs import FILE_TABS, TABS, count, counts, in_tab, lights
from engine.store.tables import deadline, petition, work_item
from engine.text import Text

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One line of the worklist: an open step, or a file (then without step).

    ``limit`` to ``started_on`` are of the duty that governs the step, None where nothing is owed: the first that falls
    due for the organ that has to do it, else the first of anybody's. ``debtor`` is the organ that owes it. ``may_claim``
    says whether the viewer's role may take the step.
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
    role: str | None
    may_claim: bool
    assignee: str | None
    assignee_name: str | None
    debtor: str | None
    debtor_name: Text | None
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
    procedure: str
    closing: str | None

    @property
    def name(self) -> str:
        """What the drawing calls the step."""
        return self.step_name or ""


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
    light = None if tab in FILE_TABS else light
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
    chosen = (
        (_files(tab) if tab in FILE_TABS else _open(seen.on))
        .where(condition)
        .limit(size)
        .offset((max(page, 1) - 1) * size)
        .subquery()
    )
    return _lines_of(chosen, seen).order_by(chosen.c.place)


def _files(tab: str) -> Select[Any]:
    """Files, the latest first; of open ones with the duty that falls due first."""
    closed = tab == "closed"
    since = petition.c.closed_at if closed else petition.c.registered_at
    none: ColumnElement[Any] = cast(null(), Integer)
    order = (since.desc(), petition.c.id)
    return select(
        petition.c.id.label("chosen"),
        none.label("step"),
        (cast(null(), String) if closed else OF_FILE).label("duty"),
        since.label("opened"),
        func.row_number().over(order_by=order).label("place"),
    ).order_by(*order)


def _open(on: date) -> Select[Any]:
    """Open steps: class by class of lights, in each what nobody has claimed first, then what falls due first."""
    due = deadline.c.legal_due
    order = (
        urgency(on), work_item.c.assignee.is_not(None), due.is_(None), due, work_item.c.opened_at,
        petition.c.id, work_item.c.step,
    )  # fmt: skip
    return (
        select(
            petition.c.id.label("chosen"),
            work_item.c.step,
            deadline.c.id.label("duty"),
            work_item.c.opened_at.label("opened"),
            func.row_number().over(order_by=order).label("place"),
        )
        .select_from(STEPS)
        .order_by(*order)
    )


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
            deadline, and_(deadline.c.petition == chosen.c.chosen, deadline.c.id == chosen.c.duty)
        )
    )
    return select(
        *_OF_PETITION,
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
        "sealed", "procedure", "facts",
    )
)  # fmt: skip
_OF_DEADLINE = tuple(
    deadline.c[name]
    for name in ("limit_id", "debtor", "legal_due", "nominal_due", "provisional", "started_on")
)
_OF_STEP = tuple(
    work_item.c[name] for name in ("step", "name", "act", "form", "role", "seat", "assignee")
)


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
        role=line.role,
        may_claim=_may_claim(line, seen),
        assignee=line.assignee,
        assignee_name=assignee.name if assignee else None,
        debtor=line.debtor,
        debtor_name=seen.directory.organ(line.debtor).name if line.debtor else None,
        limit=line.limit_id,
        legal_due=line.legal_due,
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
        procedure=line.procedure,
        closing=line.facts.get("closing"),
    )


def _may_claim(line: Any, seen: View) -> bool:
    """Whether the viewer, speaking for the organ that has to do the step, has a role for it."""
    if line.role is None or line.seat != seen.viewer.organ:
        return False
    return not seen.viewer.roles.isdisjoint(may_hold(Role(line.role)))


__all__ = ["LIGHTS", "TABS", "WorkRow", "WorklistPage", "worklist"]
