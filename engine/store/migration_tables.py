"""The tables of batches that carry running petitions from one version of the drawings to another."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table

from engine.store.columns import CanonicalJson, Instant
from engine.store.metadata import METADATA

migration = Table(
    "migration",
    METADATA,
    Column("id", String, primary_key=True),
    Column("before", String, ForeignKey("procedure.digest"), nullable=False),
    Column("after", String, ForeignKey("procedure.digest"), nullable=False),
    Column("renamed", CanonicalJson, nullable=False),
    Column("state", String, nullable=False),
    Column("proposed_by", String, nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("confirmed_by", String),
    Column("confirmed_organ", String),
    Column("confirmed_at", Instant),
    Column("undoes", String, ForeignKey("migration.id")),
    CheckConstraint(
        "state in ('planning', 'planned', 'running', 'done', 'withdrawn')", name="state"
    ),
    Index("ix_migration_state", "state"),
)
"""One batch: from which version to which, who proposed and who confirmed it."""

migration_file = Table(
    "migration_file",
    METADATA,
    Column("migration", String, ForeignKey("migration.id"), primary_key=True),
    Column("petition", String, ForeignKey("petition.id"), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("outcome", String),
    Column("gist", CanonicalJson),
    Column("plan", CanonicalJson),
    Column("result", String),
    Column("why", CanonicalJson),
    Column("done_at", Instant),
    CheckConstraint("outcome in ('kept', 'moved', 'refused')", name="outcome"),
    CheckConstraint("result in ('carried', 'anew', 'refused', 'left', 'failed')", name="result"),
    Index("ix_migration_file_place", "migration", "place"),
    Index("ix_migration_file_petition", "petition"),
)
"""One file of a batch. ``gist`` is the part of its plan that is counted together with that of others."""
