"""What was erased, and whether nothing of it is left in the files of the database."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, text

from engine.store.columns import Instant
from engine.store.metadata import METADATA

erasure = Table(
    "erasure",
    METADATA,
    Column("petition", String, ForeignKey("petition.id"), primary_key=True),
    Column("entry", Integer, nullable=False),
    Column("erased_at", Instant, nullable=False),
    Column("swept", Boolean, nullable=False),
)
"""``entry`` is the number of the entry that erased the file; ``swept``: the database keeps no dead row of it any more."""
_UNSWEPT = text("not swept")
Index("ix_erasure_unswept", erasure.c.erased_at, sqlite_where=_UNSWEPT, postgresql_where=_UNSWEPT)
