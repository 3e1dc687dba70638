"""Entries of the record: what happened, once and for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class EntryKind(StrEnum):
    """What an entry records."""

    ACT = "act"
    FIRING = "firing"
    FREE_STEP = "free_step"
    OFFICE = "office"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One command or one firing of a clock, with everything that followed from it.

    ``effective_at`` is when it counts (for a firing: the legal instant), ``recorded_at`` when it was written down.
    ``inputs`` holds plain answers; ``commitments`` the salted commitments of sealed ones. ``consequences`` holds
    facts, deadlines, documents, the moves of the drawing, elements entered and left, and under ``told`` the facts that
    the drawing was told and decided otherwise. ``versions`` names law, calendar and drawing.
    ``previous`` and ``digest`` chain the entries of one petition; ``state`` is the hash of open steps, facts and
    ledger afterwards.
    """

    petition: str
    seq: int
    kind: EntryKind
    act: str
    person: str
    organ: str
    stands_in_for: str | None
    effective_at: datetime
    recorded_at: datetime
    step: str | None = None
    inputs: Mapping[str, Any] = field(default_factory=dict)
    commitments: Mapping[str, str] = field(default_factory=dict)
    consequences: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    state: str = ""
    previous: str = ""
    digest: str = ""
    key: str | None = None
