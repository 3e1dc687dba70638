"""The list of supervision files: which limit was broken, by whom and since when, and what was asked by which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from engine.petition.deadlines import Deadline
from engine.petition.documents import Document
from engine.petition.file import FileKind, WorkItem
from engine.petition.parties import Actor
from engine.store import rows
from engine.store.loading import Loading
from engine.store.queries.sight import view, visible
from engine.store.queries.tabs import MOST_COUNTED
from engine.store.tables import deadline, document, petition, work_item
from engine.text import Text

PAGE_SIZE = 25
STATES = ("open", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionRow:
    """One supervision file. ``breach`` is the limit broken or, where it was opened by hand, the ground of it.

    ``about``, ``number`` and ``title`` of the petition, and its ``deadline``, are None where the viewer may not see it.
    ``letter`` is the last paper in which something was asked, ``required_by`` the day that it names; ``step`` is what
    is open now.
    """

    petition: str
    supervision_number: str
    organ_name: Text
    breach: str
    article: str
    about: str | None
    number: str | None
    title: str
    deadline: Deadline | None
    measure: str | None
    required_by: date | None
    letter: Document | None
    step: WorkItem | None
    opened_on: date
    closed_at: datetime | None
    procedure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionPage:
    """A page of supervision files, and how many are open and closed."""

    rows: tuple[SupervisionRow, ...]
    counts: Mapping[str, int]


def supervisions(
    desk: Loading, viewer: Actor, state: str, *, on: date, page: int = 1, page_size: int = PAGE_SIZE
) -> SupervisionPage:
    """Page *page* of the supervision files in *state* that *viewer* may see on the day *on*. At most 6 statements.

    Open ones: the oldest first; closed ones: the latest first.
    """
    seen = view(desk, viewer, on)
    ours = and_(petition.c.kind == FileKind.SUPERVISION.value, visible(seen))
    order = (
        petition.c.registered_at if state == "open" else petition.c.closed_at.desc(), petition.c.id,
    )  # fmt: skip
    found = desk.connection.execute(
        select(petition)
        .where(ours, _in(state))
        .order_by(*order)
        .limit(page_size)
        .offset((max(page, 1) - 1) * page_size)
    ).all()
    ids = [line.id for line in found]
    about = _about(desk, [line.about for line in found if line.about], visible(seen))
    breached = _deadlines(desk, about)
    letters = {one.petition: one for one in _letters(desk, ids)}
    steps = {one.petition: one for one in _steps(desk, ids)}
    lines = []
    for line in found:
        facts, known = line.facts, about.get(line.about or "")
        lines.append(
            SupervisionRow(
                petition=line.id,
                supervision_number=line.number,
                organ_name=seen.directory.organ(line.holder).name,
                breach=str(facts.get("breach_limit") or ""),
                article=str(facts.get("breach_article") or ""),
                about=known.id if known else None,
                number=known.number if known else None,
                title=known.title if known else line.title,
                deadline=breached.get((line.about, facts.get("breach_deadline")))
                if known
                else None,
                measure=facts.get("measure"),
                required_by=_day(facts.get("required_by")),
                letter=letters.get(line.id),
                step=steps.get(line.id),
                opened_on=line.received_on,
                closed_at=line.closed_at,
                procedure=line.procedure,
            )
        )
    return SupervisionPage(rows=tuple(lines), counts=_counts(desk, ours))


def _in(state: str) -> ColumnElement[bool]:
    closed = petition.c.closed_at
    return closed.is_(None) if state == "open" else closed.is_not(None)


def _counts(desk: Loading, ours: ColumnElement[bool]) -> Mapping[str, int]:
    counted = [
        select(func.count())
        .select_from(select(petition.c.id).where(ours, _in(state)).limit(MOST_COUNTED).subquery())
        .scalar_subquery()
        .label(state)
        for state in STATES
    ]
    return dict(desk.connection.execute(select(*counted)).one()._mapping)


def _about(desk: Loading, ids: list[str], seen: ColumnElement[bool]) -> Mapping[str, Any]:
    """The petitions *ids*, as far as they may be seen."""
    query = select(petition.c.id, petition.c.number, petition.c.title)
    found = desk.connection.execute(query.where(petition.c.id.in_(ids), seen)) if ids else ()
    return {line.id: line for line in found}


def _deadlines(desk: Loading, about: Iterable[str]) -> Mapping[tuple[str, str], Deadline]:
    ids = sorted(about)
    found = (
        desk.connection.execute(select(deadline).where(deadline.c.petition.in_(ids))) if ids else ()
    )
    return {(line.petition, line.id): rows.deadline_of(line) for line in found}


def _letters(desk: Loading, ids: list[str]) -> Iterable[Document]:
    """The papers of the supervising offices, the last of each file last."""
    asked = ("reminder_letter", "supervision_letter", "improvement_recommendation")
    query = (
        select(document)
        .where(document.c.petition.in_(ids), document.c.kind.in_(asked))
        .order_by(document.c.entry)
    )
    return map(rows.document_of, desk.connection.execute(query)) if ids else ()


def _steps(desk: Loading, ids: list[str]) -> Iterable[WorkItem]:
    query = select(work_item).where(work_item.c.petition.in_(ids)).order_by(work_item.c.step.desc())
    return map(rows.work_of, desk.connection.execute(query)) if ids else ()


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None
