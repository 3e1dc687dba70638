"""The tables of trials: scenarios that designers have under way, and those that they have saved beside a version or a draft."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from engine.store.columns import Instant
from engine.store.metadata import METADATA

trial = Table(
    "trial",
    METADATA,
    Column("id", String, primary_key=True),
    Column("person", String, ForeignKey("person.id"), nullable=False),
    Column("about", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Index("ix_trial_person", "person", "changed_at"),
)
"""A trial is its list of moves; the private office is made anew from it. ``about`` names a version or a draft."""

scenario = Table(
    "scenario",
    METADATA,
    Column("about", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("person", String, ForeignKey("person.id"), nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
