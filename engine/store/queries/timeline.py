"""The record of a file as people read it, and as those read it who check it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from engine.petition.entries import Entry
from engine.petition.parties import Actor
from engine.record import chain
from engine.store.loading import Loading
from engine.store.queries.sight import seen_file
from engine.store.tables import entry


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineChange:
    """What an entry did to a deadline: ``opened``, ``closed``, ``passed`` or ``changed`` it."""

    id: str
    limit: str
    how: str
    legal_due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One entry, in short. ``documents`` are kind and number of what was issued."""

    seq: int
    kind: str
    act: str
    person: str
    organ: str
    stands_in_for: str | None
    step: str | None
    effective_at: datetime
    recorded_at: datetime
    documents: tuple[tuple[str, str], ...]
    deadlines: tuple[DeadlineChange, ...]
    inputs: Mapping[str, Any]
    digest: str
    procedure: str = ""
    step_name: str | None = None


def timeline(desk: Loading, viewer: Actor, petition: str, *, on: date) -> tuple[EntryRow, ...]:
    """Everything that happened on the file *petition*, oldest first. Raises NotFound where *viewer* may not see it."""
    return tuple(entry_row(one) for one in entries(desk, viewer, petition, on=on))


def entries(desk: Loading, viewer: Actor, petition: str, *, on: date) -> tuple[Entry, ...]:
    """The whole entries of the file *petition*. Raises NotFound where *viewer* may not see it."""
    seen_file(desk, viewer, petition, on)
    return entries_of(desk, petition)


def entries_of(desk: Loading, petition: str) -> tuple[Entry, ...]:
    """The entries of the file *petition* (or of the house's own chain), for those who have asked for it already."""
    found = desk.connection.execute(_ENTRIES, {"petition": petition})
    return tuple(chain.entry_from_content(bytes(row.content), row.digest) for row in found)


def entry_row(one: Entry) -> EntryRow:
    """An entry in short."""
    consequences = one.consequences
    return EntryRow(
        seq=one.seq,
        kind=one.kind.value,
        act=one.act,
        person=one.person,
        organ=one.organ,
        stands_in_for=one.stands_in_for,
        step=one.step,
        effective_at=one.effective_at,
        recorded_at=one.recorded_at,
        documents=tuple(
            (made["kind"], made["number"]) for made in consequences.get("documents", ())
        ),
        deadlines=tuple(_change(row, one.seq) for row in consequences.get("deadlines", ())),
        inputs=one.inputs,
        digest=one.digest,
        procedure=one.versions.get("procedure", ""),
    )


def _change(row: Mapping[str, Any], seq: int) -> DeadlineChange:
    if row["opened_by"] == seq:
        how = "opened"
    elif row["passed_by"] == seq:
        how = "passed"
    elif row["closed_by"] == seq:
        how = "closed"
    else:
        how = "changed"
    due = date.fromisoformat(row["legal_due"]) if row["legal_due"] else None
    return DeadlineChange(id=row["id"], limit=row["limit"], how=how, legal_due=due)


_ENTRIES: Select[Any] = (
    select(entry.c.content, entry.c.digest)
    .where(entry.c.petition == bindparam("petition"))
    .order_by(entry.c.seq)
)
