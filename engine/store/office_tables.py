"""The tables of the office itself: organs and people, versions of calendars and drawings, settings, signing in."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from engine.store.columns import Instant
from engine.store.metadata import METADATA

house = Table(
    "house",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("head", String, nullable=False),
    Column("wrapped_key", LargeBinary),
    Column("key_fingerprint", String),
    Column("directory_version", Integer, nullable=False),
    Column("calendar", String, nullable=False),
    Column("procedure", String, nullable=False),
    Column("plan_version", Integer, nullable=False),
    CheckConstraint("id = 1", name="only_one"),
)
"""One row: what is in force, and the head of the house's own chain.

``plan_version`` is the entry of the last decision about drawings; ``procedure`` what was in force before there was a plan.
"""

organ = Table(
    "organ",
    METADATA,
    Column("id", String, primary_key=True),
    Column("name_zh", String, nullable=False),
    Column("name_en", String, nullable=False),
    Column("code", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("level", String, nullable=False),
    Column("government", String),
    Column("higher_department", String),
    Column("vertical", Boolean, nullable=False),
    Column("parent", String),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("successor", String),
)

person = Table(
    "person",
    METADATA,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("login", String, nullable=False),
    Column("active", Boolean, nullable=False),
    UniqueConstraint("login"),
)

appointment = Table(
    "appointment",
    METADATA,
    Column("person", String, ForeignKey("person.id"), primary_key=True),
    Column("organ", String, ForeignKey("organ.id"), primary_key=True),
    Column("role", String, primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
    Column("sealed", Boolean, nullable=False),
)

substitution = Table(
    "substitution",
    METADATA,
    Column("absent", String, ForeignKey("person.id"), primary_key=True),
    Column("substitute", String, ForeignKey("person.id"), primary_key=True),
    Column("organ", String, ForeignKey("organ.id"), primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("role", String, primary_key=True),
    Column("valid_to", Date),
)

credential = Table(
    "credential",
    METADATA,
    Column("person", String, ForeignKey("person.id"), primary_key=True),
    Column("password_hash", String, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

sign_in_failure = Table(
    "sign_in_failure",
    METADATA,
    Column("id", String, primary_key=True),
    Column("subject", String, nullable=False),
    Column("failed_at", Instant, nullable=False),
    Index("ix_sign_in_failure_subject", "subject", "failed_at"),
)

competence = Table(
    "competence",
    METADATA,
    Column("id", String, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("organ", String, ForeignKey("organ.id"), nullable=False),
    Column("subject_category", String),
    Column("territory", String),
    Column("basis", String, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
)

calendar = Table(
    "calendar",
    METADATA,
    Column("version", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("published_at", Instant, nullable=False),
)

procedure = Table(
    "procedure",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("deployed_at", Instant, nullable=False),
    Column("deployed_by", String, nullable=False),
    Column("title", String, nullable=False),
    Column("base", String),
)
"""Versions, frozen since ``deployed_at``, when they were laid down. ``base`` is what each was drawn over."""

procedure_file = Table(
    "procedure_file",
    METADATA,
    Column("procedure", String, ForeignKey("procedure.digest"), primary_key=True),
    Column("path", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

procedure_author = Table(
    "procedure_author",
    METADATA,
    Column("procedure", String, ForeignKey("procedure.digest"), primary_key=True),
    Column("person", String, primary_key=True),
)
"""Who had a hand in a version, and hence does not approve it."""

procedure_step = Table(
    "procedure_step",
    METADATA,
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("procedure", String, ForeignKey("procedure.digest"), nullable=False),
    Column("kind", String, nullable=False),
    Column("person", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", String, nullable=False),
    Column("from_day", Date),
)
"""What was decided about versions, by the number of its entry in the house's own chain."""

setting = Table(
    "setting",
    METADATA,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
