"""Lists of files: the search over all that one may see, and the hint at what may be the same matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from engine.petition.parties import Actor
from engine.store.loading import Loading
from engine.store.queries.finding import finding
from engine.store.queries.sight import View, seen_file, view, visible
from engine.store.queries.tabs import MOST_COUNTED
from engine.store.search import matching
from engine.store.tables import part, petition, trace
from engine.store.traces import traces
from engine.text import Text

PAGE_SIZE = 25
MOST_DUPLICATES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """One file in a list. ``organ`` is where it lies now."""

    petition: str
    kind: str
    number: str
    title: str
    stage: str
    organ: str
    organ_name: Text
    channel: str
    category: str
    initial: bool
    received_on: date
    registered_at: datetime
    legal_due: date | None
    closed_at: datetime | None
    version: int
    sealed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesPage:
    """A page of files, and how many there are in all, counted up to MOST_COUNTED."""

    rows: tuple[FileRow, ...]
    total: int


def files(
    desk: Loading,
    viewer: Actor,
    *,
    on: date,
    text: str = "",
    number: str = "",
    title: str = "",
    organ: str | None = None,
    stage: str | None = None,
    state: str | None = None,
    kind: str | None = None,
    category: str | None = None,
    registered_from: date | None = None,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> FilesPage:
    """The files that *viewer* may see on the day *on*, newest first. 2 statements.

    *text* stands in number, title or an organ's name; *number* is exact; *title* stands in number or title; *organ*
    plays or played a part; *state* is ``open``, ``closed`` or ``overdue``.
    """
    seen = view(desk, viewer, on)
    wanted: list[ColumnElement[bool] | None] = [
        visible(seen),
        finding(desk.connection, seen.directory, text),
        matching(desk.connection, title),
        petition.c.number == number if number else None,
        _with_part_of(organ) if organ else None,
        petition.c.stage == stage if stage else None,
        petition.c.kind == kind if kind else None,
        petition.c.category == category if category else None,
        petition.c.received_on >= registered_from if registered_from else None,
        _in_state(state, on) if state else None,
    ]
    condition = and_(*(one for one in wanted if one is not None))
    return _page_of(desk, seen, condition, page, page_size)


def files_where(
    desk: Loading, seen: View, condition: ColumnElement[bool], *, page: int, page_size: int
) -> FilesPage:
    """A page of the files that meet *condition* and may be seen, newest first. 2 statements."""
    return _page_of(desk, seen, and_(visible(seen), condition), page, page_size)


def files_of(
    desk: Loading, seen: View, condition: ColumnElement[bool], *, order: Sequence[Any], limit: int
) -> tuple[FileRow, ...]:
    """The first *limit* files in *order* that meet *condition* and may be seen. 1 statement."""
    query = _FILES.where(condition, visible(seen)).order_by(*order).limit(limit)
    return tuple(file_row(row, seen) for row in desk.connection.execute(query))


def _page_of(
    desk: Loading, seen: View, condition: ColumnElement[bool], page: int, page_size: int
) -> FilesPage:
    some = select(petition.c.id).where(condition).limit(MOST_COUNTED).subquery()
    total = desk.connection.scalar(select(func.count()).select_from(some)) or 0
    newest = (petition.c.registered_at.desc(), petition.c.id)
    query = _FILES.where(condition).order_by(*newest).limit(page_size)
    rows = desk.connection.execute(query.offset((max(page, 1) - 1) * page_size))
    return FilesPage(rows=tuple(file_row(row, seen) for row in rows), total=total)


def duplicates(
    desk: Loading,
    viewer: Actor,
    *,
    on: date,
    petition: str | None = None,
    values: Mapping[str, str] | None = None,
    title: str = "",
) -> tuple[FileRow, ...]:
    """What may be the same matter: the same telephone, id number, or name with subject.

    Of the file *petition*, or of the *values* and *title* about to be registered. Only among what *viewer* may see.
    """
    seen = view(desk, viewer, on)
    if petition is not None:
        seen_file(desk, viewer, petition, on)
        known = select(trace.c.name, trace.c.digest).where(trace.c.petition == petition)
        digests = [(row.name, row.digest) for row in desk.connection.execute(known)]
    else:
        digests = list(traces(desk.ring, values or {}, title).items())
    if not digests:
        return ()
    return _sharing(desk, seen, digests, petition)


def _sharing(
    desk: Loading, seen: View, digests: Sequence[tuple[str, str]], but: str | None
) -> tuple[FileRow, ...]:
    same = or_(*(and_(trace.c.name == name, trace.c.digest == digest) for name, digest in digests))
    query = (
        _FILES.where(petition.c.id.in_(select(trace.c.petition).where(same)), visible(seen))
        .order_by(petition.c.registered_at.desc(), petition.c.id)
        .limit(MOST_DUPLICATES)
    )
    if but is not None:
        query = query.where(petition.c.id != but)
    return tuple(file_row(row, seen) for row in desk.connection.execute(query))


def related(desk: Loading, seen: View, file_id: str, others: Sequence[str]) -> tuple[FileRow, ...]:
    """The files about the file *file_id*, and *others*, as far as they may be seen."""
    query = _FILES.where(
        or_(petition.c.about == file_id, petition.c.id.in_(list(others))), visible(seen)
    ).order_by(petition.c.registered_at, petition.c.id)
    return tuple(file_row(row, seen) for row in desk.connection.execute(query))


def file_row(row: Any, seen: View) -> FileRow:
    """The line that a petition's row gives."""
    return FileRow(
        petition=row.id,
        kind=row.kind,
        number=row.number,
        title=row.title,
        stage=row.stage,
        organ=row.holder,
        organ_name=seen.directory.organ(row.holder).name,
        channel=row.channel,
        category=row.category,
        initial=row.initial,
        received_on=row.received_on,
        registered_at=row.registered_at,
        legal_due=row.legal_due,
        closed_at=row.closed_at,
        version=row.version,
        sealed=row.sealed,
    )


def _with_part_of(organ: str) -> ColumnElement[bool]:
    return exists(
        select(part.c.organ).where(part.c.petition == petition.c.id, part.c.organ == organ)
    )


def _in_state(state: str, on: date) -> ColumnElement[bool]:
    match state:
        case "open":
            return petition.c.closed_at.is_(None)
        case "closed":
            return petition.c.closed_at.is_not(None)
        case _:
            return petition.c.legal_due < on


_FILES: Select[Any] = select(
    petition.c.id,
    petition.c.kind,
    petition.c.number,
    petition.c.title,
    petition.c.stage,
    petition.c.holder,
    petition.c.channel,
    petition.c.category,
    petition.c.initial,
    petition.c.received_on,
    petition.c.registered_at,
    petition.c.legal_due,
    petition.c.closed_at,
    petition.c.version,
    petition.c.sealed,
)
