"""A petition's file as the office holds it between reading and writing: one row and what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from engine.petition.deadlines import Ledger
from engine.petition.facts import FactValue


class FileKind(StrEnum):
    """What a file is about. Supervision runs as a file of its own, one per breach."""

    PETITION = "petition"
    SUPERVISION = "supervision"


class Register(StrEnum):
    """The registers from which numbers are drawn; sealed matters have one of their own."""

    PETITION = "petition"
    SEALED = "sealed"
    SUPERVISION = "supervision"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One petition (or supervision): progress, facts, ledger and the head of its record.

    ``progress`` is the drawing's state document, opaque outside ``procedure``. ``title`` is the subject as shown in
    lists; it names no person. ``excluded`` are organs and people who must never learn of the file. ``wrapped_key`` is
    the petition's own key, encrypted under the master key; erasure destroys it. ``next_due_at`` is the instant at which
    the clock tower must look again.
    """

    id: str
    kind: FileKind
    number: str
    code: str
    organ: str
    title: str
    category: str
    channel: str
    received_on: date
    registered_at: datetime
    procedure: str
    process: str
    progress: bytes
    facts: Mapping[str, FactValue]
    ledger: Ledger
    stage: str
    version: int = 0
    seq: int = 0
    head: str = ""
    sealed: bool = False
    excluded: frozenset[str] = frozenset()
    about: str | None = None
    submission: str | None = None
    external_number: str | None = None
    wrapped_key: bytes | None = None
    next_due_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One open step, as lists show it. ``organ`` is None while no organ plays the part ``slot``."""

    petition: str
    step: int
    element: str
    name: str
    act: str | None
    form: str | None
    role: str
    slot: str
    organ: str | None
    stage: str
    opened_at: datetime
    assignee: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxItem:
    """A command to another file (``act`` set) or a notice to the world, to be relayed after the commit.

    ``attempts`` says how often that has failed.
    """

    key: str
    petition: str
    kind: str
    body: Mapping[str, Any] = field(default_factory=dict)
    enqueued_at: datetime | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file handed in, addressed by its content."""

    petition: str
    digest: str
    name: str
    media_type: str
    size: int
    entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedValue:
    """A sealed answer or a document's contents: kept encrypted beside the entry that holds its commitment."""

    entry: int
    name: str
    salt: bytes
    value: str
