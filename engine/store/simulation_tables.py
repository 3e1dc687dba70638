"""The table of simulations: what designers let run on a version or a draft, how far it is, what came out."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from engine.store.columns import Instant
from engine.store.metadata import METADATA

simulation = Table(
    "simulation",
    METADATA,
    Column("id", String, primary_key=True),
    Column("about", String, nullable=False),
    Column("person", String, ForeignKey("person.id"), nullable=False),
    Column("state", String, nullable=False),
    Column("asked", Text, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("beat_at", Instant),
    Column("done", Integer, nullable=False),
    Column("whole", Integer, nullable=False),
    Column("came_out", Text),
    Column("why", Text),
    CheckConstraint("state in ('waiting', 'running', 'done', 'stopped', 'failed')", name="state"),
    Index("ix_simulation_about", "about", "asked_at"),
    Index("ix_simulation_state", "state"),
)
"""``attempt`` counts the processes that took it up; ``beat_at`` is when the last of them was heard of, by the machine's clock.
``asked``, ``came_out`` and ``why`` are JSON."""
