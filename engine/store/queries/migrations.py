"""Batches that carry running petitions over, as designers and administrators see them.

They have no business in the files themselves, so they learn of a file that it runs, under which number, and where it
stands. Of a sealed file, and of one that is hidden from them, they learn nothing: it is not listed and not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from engine.errors import NotFound
from engine.petition.parties import Actor
from engine.store.loading import Loading
from engine.store.migration_tables import migration, migration_file
from engine.store.queries.sight import hidden, view, visible
from engine.store.tables import petition
from engine.text import Text

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationRow:
    """One batch. ``state`` is planning, planned, running, done or withdrawn; ``undoes`` the batch that it takes back."""

    id: str
    before: str
    after: str
    renamed: Mapping[str, str]
    state: str
    proposed_by: str
    proposed_at: datetime
    confirmed_by: str | None
    confirmed_organ: str | None
    confirmed_at: datetime | None
    undoes: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MigratedFile:
    """One file of a batch. ``outcome`` and ``plan`` are None until it is planned, ``result`` until it was its turn.

    ``open_to`` says whether whoever looks may open the file itself.
    """

    petition: str
    number: str
    stage: str
    outcome: str | None
    plan: Mapping[str, Any]
    result: str | None
    why: Text | None
    done_at: datetime | None
    open_to: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gist:
    """Files of which the same would become."""

    outcome: str
    result: str | None
    gist: Mapping[str, Any]
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How far a batch has come, as far as whoever looks may know."""

    files: int
    planned: int
    finished: int
    outcomes: Mapping[str, int]
    results: Mapping[str, int]


def migrations(desk: Loading, *, states: Sequence[str] = ()) -> tuple[MigrationRow, ...]:
    """The batches (in one of *states*, where given), newest first."""
    query = select(migration).order_by(migration.c.proposed_at.desc(), migration.c.id)
    if states:
        query = query.where(migration.c.state.in_(states))
    return tuple(_row(row) for row in desk.connection.execute(query))


def migration_of(desk: Loading, id: str) -> MigrationRow:
    """The batch *id*. Raises NotFound."""
    row = desk.connection.execute(select(migration).where(migration.c.id == id)).first()
    if row is None:
        raise NotFound(Text("没有这一批迁移", "there is no such migration"))
    return _row(row)


def unplanned(desk: Loading, id: str, most: int) -> tuple[str, ...]:
    """At most *most* files of the batch *id* that are still to be planned."""
    query = (
        select(migration_file.c.petition)
        .where(migration_file.c.migration == id, migration_file.c.outcome.is_(None))
        .order_by(migration_file.c.place)
        .limit(most)
    )
    return tuple(desk.connection.execute(query).scalars())


def carried_by(desk: Loading, id: str) -> Iterator[str]:
    """The files that the batch *id* has carried over, in its order."""
    query = (
        select(migration_file.c.petition)
        .where(migration_file.c.migration == id, migration_file.c.result.in_(("carried", "anew")))
        .order_by(migration_file.c.place)
    )
    yield from desk.connection.execute(query).scalars()


def migrated_files(
    desk: Loading,
    viewer: Actor,
    id: str,
    *,
    on: date,
    outcome: str | None = None,
    result: str | None = None,
    page: int = 1,
    page_size: int | None = PAGE_SIZE,
) -> tuple[MigratedFile, ...]:
    """The files of the batch *id* that *viewer* may know of, a page of them, or all where *page_size* is None."""
    condition = _of(desk, viewer, id, on)
    if outcome:
        condition = and_(condition, migration_file.c.outcome == outcome)
    if result:
        condition = and_(condition, migration_file.c.result == result)
    query = (
        select(
            migration_file,
            petition.c.number,
            petition.c.stage,
            visible(view(desk, viewer, on)).label("open_to"),
        )
        .select_from(_JOINED)
        .where(condition)
        .order_by(migration_file.c.place)
    )
    if page_size is not None:
        query = query.limit(page_size).offset((max(page, 1) - 1) * page_size)
    return tuple(_file(row) for row in desk.connection.execute(query))


def gists(desk: Loading, viewer: Actor, id: str, *, on: date) -> tuple[Gist, ...]:
    """What would become of the files of the batch *id*, the same counted together, the most first."""
    columns = (migration_file.c.outcome, migration_file.c.result, migration_file.c.gist)
    query = (
        select(*columns, func.count().label("files"))
        .select_from(_JOINED)
        .where(_of(desk, viewer, id, on), migration_file.c.outcome.is_not(None))
        .group_by(*columns)
    )
    found = [
        Gist(outcome=row.outcome, result=row.result, gist=row.gist or {}, files=row.files)
        for row in desk.connection.execute(query)
    ]
    return tuple(sorted(found, key=lambda one: (-one.files, str(one.gist))))


def tally(desk: Loading, viewer: Actor, id: str, *, on: date) -> Tally:
    """How far the batch *id* has come."""
    columns = (migration_file.c.outcome, migration_file.c.result)
    query = (
        select(*columns, func.count().label("files"))
        .select_from(_JOINED)
        .where(_of(desk, viewer, id, on))
        .group_by(*columns)
    )
    outcomes: dict[str, int] = {}
    results: dict[str, int] = {}
    whole = 0
    for row in desk.connection.execute(query):
        whole += row.files
        if row.outcome:
            outcomes[row.outcome] = outcomes.get(row.outcome, 0) + row.files
        if row.result:
            results[row.result] = results.get(row.result, 0) + row.files
    return Tally(
        files=whole,
        planned=sum(outcomes.values()),
        finished=sum(results.values()),
        outcomes=outcomes,
        results=results,
    )


def running_files(
    desk: Loading, viewer: Actor, digest: str, *, on: date, numbers: Sequence[str] | None = None
) -> dict[str, str]:
    """The files under way on the version *digest* that *viewer* may know of, with their numbers, oldest first.

    With *numbers* only those. Raises NotFound for a number that no such file bears.
    """
    condition = and_(
        petition.c.procedure == digest, petition.c.closed_at.is_(None), listed(desk, viewer, on)
    )
    if numbers is not None:
        condition = and_(condition, petition.c.number.in_(sorted(set(numbers))))
    query = (
        select(petition.c.id, petition.c.number)
        .where(condition)
        .order_by(petition.c.registered_at, petition.c.id)
    )
    found = {row.id: row.number for row in desk.connection.execute(query)}
    missing = sorted(set(numbers or ()) - set(found.values()))
    if missing:
        raise NotFound(_NO_SUCH_NUMBER.filled(number=missing[0]))
    return found


def listed(desk: Loading, viewer: Actor, on: date) -> ColumnElement[bool]:
    """The condition that *viewer* may know that a file runs: it is ordinary and not hidden, or they may see it anyway."""
    seen = view(desk, viewer, on)
    return or_(visible(seen), and_(~petition.c.sealed, ~hidden(seen)))


def _of(desk: Loading, viewer: Actor, id: str, on: date) -> ColumnElement[bool]:
    return and_(migration_file.c.migration == id, listed(desk, viewer, on))


def _row(row: Any) -> MigrationRow:
    return MigrationRow(**{**row._mapping, "renamed": dict(row.renamed)})


def _file(row: Any) -> MigratedFile:
    return MigratedFile(
        petition=row.petition,
        number=row.number,
        stage=row.stage,
        outcome=row.outcome,
        plan=row.plan or _UNPLANNED,
        result=row.result,
        why=Text(row.why["zh"], row.why["en"]) if row.why else None,
        done_at=row.done_at,
        open_to=bool(row.open_to),
    )


_UNPLANNED: Mapping[str, Any] = {
    "outcome": None, "steps": [], "deadlines": [], "limits": [], "listeners": [], "hindrances": [], "forgotten": [],
}  # fmt: skip
_NO_SUCH_NUMBER = Text(
    "该版本上没有编号为 {number} 的在办事项", "no petition {number} is under way on that version"
)
_JOINED = migration_file.join(petition, petition.c.id == migration_file.c.petition)
