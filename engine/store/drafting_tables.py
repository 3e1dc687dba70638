"""The tables of drafts: versions of the procedure that are still being drawn. A draft is what was saved over its base."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)

from engine.store.columns import Instant
from engine.store.metadata import METADATA

draft = Table(
    "draft",
    METADATA,
    Column("id", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("owner", String, ForeignKey("person.id"), nullable=False),
    Column("base", String, ForeignKey("procedure.digest"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("submitted", String),
    CheckConstraint("state in ('open', 'discarded')", name="known_state"),
)
"""``submitted`` is the version as which a draft was handed in, until that is sent back."""

draft_save = Table(
    "draft_save",
    METADATA,
    Column("draft", String, ForeignKey("draft.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("path", String, nullable=False),
    Column("content", LargeBinary),
    Column("person", String, ForeignKey("person.id"), nullable=False),
    Column("saved_at", Instant, nullable=False),
)
"""Every revision that is still kept. The last of a path is how it stands in the draft; no content: taken out."""

draft_import = Table(
    "draft_import",
    METADATA,
    Column("draft", String, ForeignKey("draft.id"), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("name", String, nullable=False),
    Column("person", String, ForeignKey("person.id"), nullable=False),
    Column("taken_at", Instant, nullable=False),
    Column("original", LargeBinary, nullable=False),
    Column("report", String, nullable=False),
)
"""A file of another modeler that was brought in with ``revision``: as it came, and what became of it (JSON)."""

Index("ix_draft_save_draft_path", draft_save.c.draft, draft_save.c.path, draft_save.c.revision)
