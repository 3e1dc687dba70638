"""Documents of a petition: what an act issues and what the store keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class ServiceState(StrEnum):
    """How far the service of a document has come (statute.md 4.4)."""

    NOT_NEEDED = "not_needed"
    PENDING = "pending"
    DISPATCHED = "dispatched"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"


TO_BE_SERVED = frozenset({ServiceState.PENDING, ServiceState.DISPATCHED, ServiceState.UNDELIVERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An act's wish to issue a document. The office gives it a number and stores it.

    ``slot`` is the organ slot that issues it, ``to`` whom it goes to (``"petitioner"`` or an organ slot or ``"file"``),
    ``fields`` the contents (sealed as a whole), ``serve`` whether service must be proved, ``handed_over`` that it was served
    on the spot.
    """

    kind: str
    slot: str
    to: str
    fields: Mapping[str, str] = field(default_factory=dict)
    serve: bool = False
    handed_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An issued document as the store keeps it; its contents lie encrypted beside it."""

    id: str
    petition: str
    kind: str
    number: str
    organ: str
    to: str
    issued_on: date
    entry: int
    digest: str
    service: ServiceState
