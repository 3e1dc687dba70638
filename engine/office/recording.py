"""What is recorded of a deed: one entry, chained to the one before, and the errands that follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engine.acts.act import Outcome
from engine.office.moving import Move, move_to_data
from engine.office.ports import Position
from engine.petition.documents import Document
from engine.petition.entries import Entry, EntryKind
from engine.petition.facts import FactValue
from engine.petition.file import Attachment, File, OutboxItem, SealedValue
from engine.petition.parties import Actor
from engine.record import chain, commitments
from engine.record.ledger_data import deadline_to_data

ENGINE_VERSION = "0.1.0"


@dataclass(slots=True, kw_only=True)
class Deed:
    """What is to be recorded as one entry: who did what, when, with which answers and which outcome."""

    kind: EntryKind
    act: str
    actor: Actor
    effective_at: datetime
    now: datetime
    outcome: Outcome
    step: str | None = None
    inputs: Mapping[str, object] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)
    key: str | None = None
    attachments: Sequence[Attachment] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One entry made, with the sealed values whose commitments it holds."""

    entry: Entry
    sealed: tuple[SealedValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What came of a deed: the file before and after it, the papers issued, and the way that the drawing took.

    ``told`` are the facts with which the drawing was moved; decision tables on its way may have laid others over them.
    """

    before: File
    after: File
    told: Mapping[str, FactValue]
    issued: Sequence[Document]
    moves: Sequence[Move]
    position: Position


def entry_of(
    deed: Deed,
    course: Course,
    sealed: Sequence[SealedValue],
    *,
    versions: Mapping[str, str],
    state: str,
) -> Entry:
    """The entry of *deed*, chained to the one before it."""
    after = course.after
    entry = Entry(
        petition=after.id,
        seq=after.seq,
        kind=deed.kind,
        act=deed.act,
        person=deed.actor.person,
        organ=deed.actor.organ,
        stands_in_for=deed.actor.stands_in_for,
        effective_at=deed.effective_at,
        recorded_at=deed.now,
        step=deed.step,
        inputs=deed.inputs,
        commitments={
            value.name: commitments.commitment(value.salt, value.value) for value in sealed
        },
        consequences=_consequences(deed, course),
        versions={**versions, "engine": ENGINE_VERSION},
        state=state,
        key=deed.key,
    )
    return chain.sealed_entry(entry, previous=course.before.head)


def _consequences(deed: Deed, course: Course) -> dict[str, object]:
    before, after = course.before, course.after
    old_rows = {row.id: row for row in before.ledger}
    consequences: dict[str, object] = {
        "facts": _changes(before.facts, after.facts),
        "deadlines": [deadline_to_data(row) for row in after.ledger if old_rows.get(row.id) != row],
        "documents": [
            {"id": one.id, "kind": one.kind, "number": one.number, "digest": one.digest}
            for one in course.issued
        ],
        "entered": list(course.position.entered),
        "left": list(course.position.left),
        "moves": [move_to_data(one) for one in course.moves],
    }
    if decided := _changes(after.facts, course.told):
        consequences["told"] = decided
    if deed.attachments:
        consequences["attachments"] = [
            {"digest": one.digest, "size": one.size} for one in deed.attachments
        ]
    # A file that is opened beside another inherits whom that one excludes, and its first entry has to say so.
    known = before.excluded if before.seq else frozenset()
    if added := after.excluded - known:
        consequences["excluded"] = sorted(added)
    return consequences


def _changes(
    before: Mapping[str, FactValue], after: Mapping[str, FactValue]
) -> dict[str, FactValue]:
    """What has to be laid over *before* to come to *after*; None where a fact is forgotten."""
    names = sorted({*before, *after})
    return {name: after.get(name) for name in names if before.get(name) != after.get(name)}


def errands(outcome: Outcome, petition: str, seq: int) -> Iterator[OutboxItem]:
    """What *outcome* asks of other files and of the world, to be relayed after the commit."""
    for follow in outcome.follow_ups:
        body = {
            "act": follow.act,
            "petition": follow.petition,
            "opened_by": follow.opened_by,
            "answers": dict(follow.answers),
        }
        yield OutboxItem(key=follow.key, petition=petition, kind="command", body=body)
    for place, notice in enumerate(outcome.notices):
        yield OutboxItem(
            key=f"{petition}:{seq}:{place}",
            petition=petition,
            kind="notice",
            body={"to": notice.to, "zh": notice.text.zh, "en": notice.text.en},
        )
