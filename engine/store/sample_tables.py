"""Samples of concluded files: what was drawn, and the defects that were found. The chain ``system`` says the same."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
)

from engine.store.columns import Instant
from engine.store.metadata import METADATA

sample = Table(
    "sample",
    METADATA,
    Column("id", String, primary_key=True),
    Column("organ", String, ForeignKey("organ.id"), nullable=False),
    Column("drawn_at", Instant, nullable=False),
    Column("closed_from", Date, nullable=False),
    Column("closed_to", Date, nullable=False),
    Column("responsible", String, ForeignKey("organ.id")),
    Column("number", String, nullable=False),
    Column("seed", String, nullable=False),
    Column("cohort", Integer, nullable=False),
    Column("entry", Integer, nullable=False),
    CheckConstraint("cohort >= 0", name="cohort"),
    Index("ix_sample_organ", "organ", "drawn_at"),
)
"""``organ`` is whose auditors drew it; ``entry`` the number of the entry of the chain ``system`` that holds the draw."""

sample_file = Table(
    "sample_file",
    METADATA,
    Column("sample", String, ForeignKey("sample.id"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("petition", String, ForeignKey("petition.id"), nullable=False),
    Column("checked_at", Instant),
    Index("ix_sample_file_petition", "petition"),
)

sample_defect = Table(
    "sample_defect",
    METADATA,
    Column("sample", String, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("clause", String, primary_key=True),
    Column("material", Boolean, nullable=False),
)
"""What was found amiss with a file, by the clause of the law: with the file, never with a person."""
