"""Many petitions at once, for those who look at all of them: which there are, what is told of each, and their entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, func, select

from engine.petition.entries import Entry
from engine.petition.parties import SYSTEM, Actor
from engine.record import chain
from engine.store.loading import Loading
from engine.store.queries.file_view import DOCUMENT
from engine.store.queries.sight import view, visible
from engine.store.tables import attachment, entry, petition, sealed_value

AT_ONCE = 200
"""Petitions whose entries are read in one statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """Which petitions are meant: of one process, those that follow one version, those received in a period (both included)."""

    process: str | None = None
    version: str | None = None
    received_from: date | None = None
    received_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """What is told of a petition beside its entries. Nothing of it is personal: no title, no number, no code."""

    petition: str
    kind: str
    process: str
    version: str
    organ: str
    channel: str
    category: str
    stage: str
    received_on: date
    concluded: bool
    sealed: bool
    about: str | None


def chosen(cases: Cases) -> ColumnElement[bool]:
    """The condition that a petition is one of *cases*."""
    columns = petition.c
    wanted = [
        columns.process == cases.process if cases.process else None,
        columns.procedure == cases.version if cases.version else None,
        columns.received_on >= cases.received_from if cases.received_from else None,
        columns.received_on <= cases.received_to if cases.received_to else None,
    ]
    return and_(True, *(one for one in wanted if one is not None))


def case_ids(desk: Loading, viewer: Actor, cases: Cases, *, on: date) -> tuple[str, ...]:
    """The ids of *cases* that *viewer* may see on the day *on*, oldest first. 1 statement."""
    query = (
        select(petition.c.id)
        .where(chosen(cases), visible(view(desk, viewer, on)))
        .order_by(petition.c.registered_at, petition.c.id)
    )
    return tuple(desk.connection.execute(query).scalars())


def case_rows(desk: Loading, ids: Sequence[str]) -> Sequence[CaseRow]:
    """What is told of the petitions *ids*, in that order. For those who have asked for them already. 1 statement."""
    found = {row.id: _case(row) for row in desk.connection.execute(_ROWS, {"ids": list(ids)})}
    return [found[id] for id in ids if id in found]


def entries_by_case(desk: Loading, ids: Sequence[str]) -> Mapping[str, Sequence[Entry]]:
    """The entries of the petitions *ids*, for those who have asked for them already. 1 statement."""
    found: dict[str, list[Entry]] = {id: [] for id in ids}
    for row in desk.connection.execute(_ENTRIES, {"ids": list(ids)}):
        found[row.petition].append(chain.entry_from_content(bytes(row.content), row.digest))
    return found


def personal_values(desk: Loading, ids: Sequence[str]) -> tuple[int, int, int]:
    """How many sealed answers, attachments and deeds of people the petitions *ids* hold. 3 statements."""
    answers, files, deeds = (
        desk.connection.scalar(query, {"ids": list(ids)}) or 0
        for query in (_ANSWERS, _FILES, _DEEDS)
    )
    return answers, files, deeds


def _case(row: Any) -> CaseRow:
    return CaseRow(
        petition=row.id,
        kind=row.kind,
        process=row.process,
        version=row.procedure,
        organ=row.organ,
        channel=row.channel,
        category=row.category,
        stage=row.stage,
        received_on=row.received_on,
        concluded=row.closed_at is not None,
        sealed=row.sealed,
        about=row.about,
    )


_IDS: BindParameter[list[str]] = bindparam("ids", expanding=True)
_ROWS: Select[Any] = select(
    petition.c.id,
    petition.c.kind,
    petition.c.process,
    petition.c.procedure,
    petition.c.organ,
    petition.c.channel,
    petition.c.category,
    petition.c.stage,
    petition.c.received_on,
    petition.c.closed_at,
    petition.c.sealed,
    petition.c.about,
).where(petition.c.id.in_(_IDS))
_ENTRIES: Select[Any] = (
    select(entry.c.petition, entry.c.content, entry.c.digest)
    .where(entry.c.petition.in_(_IDS))
    .order_by(entry.c.petition, entry.c.seq)
)
_ANSWERS: Select[Any] = select(func.count()).where(
    sealed_value.c.petition.in_(_IDS), ~sealed_value.c.name.startswith(DOCUMENT)
)
_FILES: Select[Any] = select(func.count()).where(attachment.c.petition.in_(_IDS))
_DEEDS: Select[Any] = select(func.count()).where(
    entry.c.petition.in_(_IDS), entry.c.person != SYSTEM.person
)
