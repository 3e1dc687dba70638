"""Rows and the frozen data they hold: the one place where the two are turned into each other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Row

from engine.people.access import parts_of, sight_of
from engine.petition.deadlines import Deadline, DeadlineState, Ledger
from engine.petition.documents import Document, ServiceState
from engine.petition.entries import Entry
from engine.petition.file import File, FileKind, WorkItem
from engine.record import chain
from engine.record.ledger_data import suspensions_from_data, suspensions_to_data

WARNING_LEAST = 3 * date.resolution
WARNING_SHARE = 4
_DUE = frozenset({DeadlineState.RUNNING, DeadlineState.OVERDUE})


def earliest_duty(ledger: Ledger) -> Deadline | None:
    """The open duty (never a power) with the earliest legal day: what the law needs next of this petition."""
    owed = [
        row for row in ledger if row.state in _DUE and not row.power and row.legal_due is not None
    ]
    return min(owed, key=lambda row: (str(row.legal_due), row.opened_by), default=None)


def warning_day(row: Deadline) -> date | None:
    """The day from which lists warn of *row*: when the last quarter of its time begins, three days before at the least."""
    if row.legal_due is None:
        return None
    whole = row.legal_due - row.started_on
    return row.legal_due - max(WARNING_LEAST, whole // WARNING_SHARE)


def moving_columns(file: File) -> dict[str, Any]:
    """The columns of a petition's row that an entry may change."""
    duty = earliest_duty(file.ledger)
    return {
        "holder": holder_of(file),
        "title": file.title,
        "category": file.category,
        "progress": file.progress,
        "facts": dict(file.facts),
        "stage": file.stage,
        "version": file.version,
        "seq": file.seq,
        "head": file.head,
        "sealed": file.sealed,
        "excluded": sorted(file.excluded),
        "procedure": file.procedure,
        "next_due_at": file.next_due_at,
        "legal_due": duty.legal_due if duty else None,
        "closed_at": file.closed_at,
        "attempts": 0,
        "retry_at": None,
        "failure": None,
    }


def petition_row(file: File, wrapped_key: bytes) -> dict[str, Any]:
    """The whole row of a new petition."""
    return {
        **moving_columns(file),
        "id": file.id,
        "kind": file.kind.value,
        "number": file.number,
        "code": file.code,
        "organ": file.organ,
        "channel": file.channel,
        "initial": file.facts.get("initial") is not False,
        "received_on": file.received_on,
        "registered_at": file.registered_at,
        "process": file.process,
        "about": file.about,
        "submission": file.submission,
        "external_number": file.external_number,
        "wrapped_key": wrapped_key,
    }


def file_of(row: Row[Any], ledger: Ledger) -> File:
    """The file that a petition's row and its deadlines hold."""
    return File(
        id=row.id,
        kind=FileKind(row.kind),
        number=row.number,
        code=row.code,
        organ=row.organ,
        title=row.title,
        category=row.category,
        channel=row.channel,
        received_on=row.received_on,
        registered_at=row.registered_at,
        procedure=row.procedure,
        process=row.process,
        progress=bytes(row.progress),
        facts=row.facts,
        ledger=ledger,
        stage=row.stage,
        version=row.version,
        seq=row.seq,
        head=row.head,
        sealed=row.sealed,
        excluded=frozenset(row.excluded),
        about=row.about,
        submission=row.submission,
        external_number=row.external_number,
        wrapped_key=bytes(row.wrapped_key) if row.wrapped_key is not None else None,
        next_due_at=row.next_due_at,
        closed_at=row.closed_at,
    )


def deadline_row(petition: str, place: int, deadline: Deadline) -> dict[str, Any]:
    """The row of one deadline; *place* is its place in the ledger."""
    return {
        "petition": petition,
        "id": deadline.id,
        "place": place,
        "limit_id": deadline.limit,
        "law": deadline.law,
        "article": deadline.article,
        "power": deadline.power,
        "debtor": deadline.debtor,
        "started_on": deadline.started_on,
        "nominal_due": deadline.nominal_due,
        "legal_due": deadline.legal_due,
        "warn_from": warning_day(deadline),
        "provisional": deadline.provisional,
        "calendar": deadline.calendar,
        "state": deadline.state.value,
        "extension_days": deadline.extension_days,
        "suspensions": suspensions_to_data(deadline.suspensions),
        "assigned_due": deadline.assigned_due,
        "opened_by": deadline.opened_by,
        "closed_by": deadline.closed_by,
        "closed_on": deadline.closed_on,
        "passed_by": deadline.passed_by,
        "subject": deadline.subject,
        "note": deadline.note,
    }


def deadline_of(row: Row[Any]) -> Deadline:
    """The deadline that a row holds; its id may be labelled ``deadline_id``."""
    data = row._mapping
    names = (
        "law", "article", "power", "debtor", "started_on", "nominal_due", "legal_due", "provisional", "calendar",
        "extension_days", "assigned_due", "opened_by", "closed_by", "closed_on", "passed_by", "subject", "note",
    )  # fmt: skip
    return Deadline(
        id=data["deadline_id"] if "deadline_id" in data else data["id"],
        limit=data["limit_id"],
        state=DeadlineState(data["state"]),
        suspensions=suspensions_from_data(data["suspensions"]),
        **{name: data[name] for name in names},
    )


def changed_deadlines(file: File, before: Ledger) -> list[dict[str, Any]]:
    """The rows of the deadlines of *file* that are not as they were in *before*."""
    known = {row.id: row for row in before}
    return [
        deadline_row(file.id, place, row)
        for place, row in enumerate(file.ledger)
        if known.get(row.id) != row
    ]


def part_rows(file: File, known: frozenset[str] = frozenset()) -> list[dict[str, str]]:
    """The organs that play a part in *file* and are not among the *known* ones."""
    return [{"petition": file.id, "organ": organ} for organ in sorted(parts_of(file) - known)]


def hidden_from(file: File) -> frozenset[str]:
    """The organs and people from whom *file* is hidden: the excluded and the recused."""
    sight = sight_of(file)
    return sight.excluded | sight.recused


def exclusion_rows(file: File, known: frozenset[str] = frozenset()) -> list[dict[str, str]]:
    """The organs and people from whom *file* is hidden and who are not among the *known* ones."""
    return [
        {"petition": file.id, "subject": subject} for subject in sorted(hidden_from(file) - known)
    ]


def holder_of(file: File) -> str:
    """The organ where *file* lies: the competent one, else the office that holds it, else the one that registered it."""
    return str(file.facts.get("organ") or file.facts.get("office") or file.organ)


def work_row(item: WorkItem, holder: str) -> dict[str, Any]:
    """The row of an open step; where no organ plays its part (the petitioner's own steps) it is done by the *holder*."""
    return {
        "seat": item.organ or holder,
        "petition": item.petition,
        "step": item.step,
        "element": item.element,
        "name": item.name,
        "act": item.act,
        "form": item.form,
        "role": item.role,
        "slot": item.slot,
        "organ": item.organ,
        "stage": item.stage,
        "opened_at": item.opened_at,
        "assignee": item.assignee,
    }


def work_of(row: Row[Any]) -> WorkItem:
    """The open step that a row holds."""
    return WorkItem(**{name: row._mapping[name] for name in WORK_COLUMNS})


WORK_COLUMNS = (
    "petition", "step", "element", "name", "act", "form", "role", "slot", "organ", "stage", "opened_at", "assignee",
)  # fmt: skip


def entry_row(entry: Entry, version: int) -> dict[str, Any]:
    """The row of an entry: its canonical bytes, and beside them what lists and searches need."""
    return {
        "petition": entry.petition,
        "seq": entry.seq,
        "kind": entry.kind.value,
        "act": entry.act,
        "person": entry.person,
        "organ": entry.organ,
        "effective_at": entry.effective_at,
        "recorded_at": entry.recorded_at,
        "version": version,
        "key": entry.key,
        "content": chain.entry_content(entry),
        "digest": entry.digest,
    }


def document_rows(documents: Iterable[Document]) -> list[dict[str, Any]]:
    """The rows of documents issued together."""
    return [
        {
            "id": one.id,
            "petition": one.petition,
            "kind": one.kind,
            "number": one.number,
            "organ": one.organ,
            "addressee": one.to,
            "issued_on": one.issued_on,
            "entry": one.entry,
            "place": place,
            "digest": one.digest,
            "service": one.service.value,
        }
        for place, one in enumerate(documents)
    ]


def document_of(row: Row[Any]) -> Document:
    """The document that a row holds."""
    return Document(
        id=row.id,
        petition=row.petition,
        kind=row.kind,
        number=row.number,
        organ=row.organ,
        to=row.addressee,
        issued_on=row.issued_on,
        entry=row.entry,
        digest=row.digest,
        service=ServiceState(row.service),
    )
