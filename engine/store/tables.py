"""The tables of petitions, described once for SQLite and PostgreSQL. Names are singular; every constraint has a name.

No column judges a person, and none holds a petitioner's data in the clear: what is personal lies encrypted in
``sealed_value``, ``blob``, ``attachment`` and ``outbox``, and blindly indexed in ``trace``.
"""

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
    Text,
    UniqueConstraint,
    literal,
    text,
)

from engine.store.columns import CanonicalJson, Instant
from engine.store.course_tables import (
    course,
    course_finding,
    course_hold,
    course_state,
    course_stay,
    course_way,
)
from engine.store.drafting_tables import draft, draft_import, draft_save
from engine.store.erasure_tables import erasure
from engine.store.log_tables import log_checkpoint, log_leaf, log_node, log_pending, log_state
from engine.store.metadata import METADATA
from engine.store.migration_tables import migration, migration_file
from engine.store.office_tables import (
    appointment,
    calendar,
    competence,
    credential,
    house,
    organ,
    person,
    procedure,
    procedure_author,
    procedure_file,
    procedure_step,
    setting,
    sign_in_failure,
    substitution,
    typed_page,
)
from engine.store.sample_tables import sample, sample_defect, sample_file
from engine.store.simulation_tables import simulation
from engine.store.stamp_tables import stamp, stamp_request
from engine.store.trial_tables import scenario, trial


def _petition() -> Column[str]:
    return Column("petition", String, ForeignKey("petition.id"), primary_key=True)


petition = Table(
    "petition",
    METADATA,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("number", String, nullable=False),
    Column("code", String, nullable=False),
    Column("organ", String, ForeignKey("organ.id"), nullable=False),
    Column("holder", String, ForeignKey("organ.id"), nullable=False),
    Column("title", String, nullable=False),
    Column("category", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("initial", Boolean, nullable=False),
    Column("received_on", Date, nullable=False),
    Column("registered_at", Instant, nullable=False),
    Column("procedure", String, nullable=False),
    Column("process", String, nullable=False),
    Column("progress", LargeBinary, nullable=False),
    Column("facts", CanonicalJson, nullable=False),
    Column("stage", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("head", String, nullable=False),
    Column("sealed", Boolean, nullable=False),
    Column("excluded", CanonicalJson, nullable=False),
    Column("about", String, ForeignKey("petition.id")),
    Column("submission", String),
    Column("external_number", String),
    Column("wrapped_key", LargeBinary),
    Column("next_due_at", Instant),
    Column("legal_due", Date),
    Column("closed_at", Instant),
    Column("attempts", Integer, nullable=False),
    Column("retry_at", Instant),
    Column("failure", String),
    UniqueConstraint("code"),
    UniqueConstraint("organ", "number"),
    CheckConstraint("kind in ('petition', 'supervision')", name="kind"),
    CheckConstraint("version >= 0 and seq >= 0 and attempts >= 0", name="counts"),
)
Index(
    "ix_petition_next_due_at",
    petition.c.next_due_at,
    sqlite_where=petition.c.next_due_at.is_not(None),
    postgresql_where=petition.c.next_due_at.is_not(None),
)
Index(
    "ix_petition_retry_at",
    petition.c.retry_at,
    sqlite_where=petition.c.retry_at.is_not(None),
    postgresql_where=petition.c.retry_at.is_not(None),
)
Index("ix_petition_registered_at", petition.c.registered_at)
Index("ix_petition_closed_at", petition.c.closed_at)
Index("ix_petition_holder", petition.c.holder)
Index(
    "ix_petition_open",
    petition.c.received_on,
    sqlite_where=petition.c.closed_at.is_(None),
    postgresql_where=petition.c.closed_at.is_(None),
)
_SEALED = text("sealed")
Index("ix_petition_sealed", petition.c.id, sqlite_where=_SEALED, postgresql_where=_SEALED)
_SUPERVISION = petition.c.kind == "supervision"
Index(
    "ix_petition_supervision",
    petition.c.id,
    sqlite_where=_SUPERVISION,
    postgresql_where=_SUPERVISION,
)
Index(
    "ix_petition_about",
    petition.c.about,
    sqlite_where=petition.c.about.is_not(None),
    postgresql_where=petition.c.about.is_not(None),
)

part = Table(
    "part",
    METADATA,
    _petition(),
    Column("organ", String, ForeignKey("organ.id"), primary_key=True),
    Index("ix_part_organ", "organ", "petition"),
)

exclusion = Table(
    "exclusion",
    METADATA,
    _petition(),
    Column("subject", String, primary_key=True),
    Index("ix_exclusion_subject", "subject", "petition"),
)

deadline = Table(
    "deadline",
    METADATA,
    _petition(),
    Column("id", String, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("limit_id", String, nullable=False),
    Column("law", String, nullable=False),
    Column("article", String, nullable=False),
    Column("power", Boolean, nullable=False),
    Column("debtor", String, nullable=False),
    Column("started_on", Date, nullable=False),
    Column("nominal_due", Date),
    Column("legal_due", Date),
    Column("warn_from", Date),
    Column("provisional", Boolean, nullable=False),
    Column("calendar", String, nullable=False),
    Column("state", String, nullable=False),
    Column("extension_days", Integer, nullable=False),
    Column("suspensions", CanonicalJson, nullable=False),
    Column("assigned_due", Date),
    Column("opened_by", Integer, nullable=False),
    Column("closed_by", Integer),
    Column("closed_on", Date),
    Column("passed_by", Integer),
    Column("subject", String),
    Column("note", String),
    UniqueConstraint("petition", "place"),
    CheckConstraint(
        "state in ('running', 'suspended', 'overdue', 'met', 'met_late', 'lapsed', 'void')",
        name="state",
    ),
    CheckConstraint("extension_days >= 0", name="extension"),
)
_RUNNING = deadline.c.state == "running"
Index(
    "ix_deadline_provisional",
    deadline.c.calendar,
    deadline.c.petition,
    sqlite_where=_RUNNING,
    postgresql_where=_RUNNING,
)

work_item = Table(
    "work_item",
    METADATA,
    _petition(),
    Column("step", Integer, primary_key=True, autoincrement=False),
    Column("element", String, nullable=False),
    Column("name", String, nullable=False),
    Column("act", String),
    Column("form", String),
    Column("role", String, nullable=False),
    Column("slot", String, nullable=False),
    Column("organ", String, ForeignKey("organ.id")),
    Column("seat", String, ForeignKey("organ.id"), nullable=False),
    Column("stage", String, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("assignee", String),
    Index("ix_work_item_seat", "seat", "role"),
    Index("ix_work_item_assignee", "assignee"),
)

entry = Table(
    "entry",
    METADATA,
    Column("petition", String, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("act", String, nullable=False),
    Column("person", String, nullable=False),
    Column("organ", String, nullable=False),
    Column("effective_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Column("key", String),
    Column("content", LargeBinary, nullable=False),
    Column("digest", String, nullable=False),
    UniqueConstraint("key"),
    CheckConstraint("seq > 0", name="seq"),
    Index("ix_entry_recorded_at", "recorded_at"),
)

sealed_value = Table(
    "sealed_value",
    METADATA,
    Column("petition", String, primary_key=True),
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("name", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

document = Table(
    "document",
    METADATA,
    Column("id", String, primary_key=True),
    Column("petition", String, ForeignKey("petition.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("number", String, nullable=False),
    Column("organ", String, ForeignKey("organ.id"), nullable=False),
    Column("addressee", String, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("entry", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("digest", String, nullable=False),
    Column("service", String, nullable=False),
    CheckConstraint(
        "service in ('not_needed', 'pending', 'dispatched', 'delivered', 'undelivered')",
        name="service",
    ),
    Index("ix_document_petition", "petition", "entry"),
)
TO_BE_SERVED = document.c.service.in_(
    [literal(state, literal_execute=True) for state in ("pending", "dispatched", "undelivered")]
)
"""The condition that a document waits for its service."""
Index(
    "ix_document_to_serve",
    document.c.organ,
    document.c.petition,
    sqlite_where=text("service in ('pending', 'dispatched', 'undelivered')"),
    postgresql_where=text("service in ('pending', 'dispatched', 'undelivered')"),
)
_NUMBERED = document.c.number != ""
Index(
    "uq_document_number",
    document.c.organ,
    document.c.kind,
    document.c.number,
    unique=True,
    sqlite_where=_NUMBERED,
    postgresql_where=_NUMBERED,
)

attachment = Table(
    "attachment",
    METADATA,
    _petition(),
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("digest", String, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("media_type", String, nullable=False),
    Column("size", Integer, nullable=False),
    CheckConstraint("size >= 0", name="size"),
    Index("ix_attachment_digest", "petition", "digest"),
)

blob = Table(
    "blob",
    METADATA,
    _petition(),
    Column("digest", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

number_series = Table(
    "number_series",
    METADATA,
    Column("organ", String, primary_key=True),
    Column("register", String, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
    CheckConstraint("last > 0", name="last"),
)

outbox = Table(
    "outbox",
    METADATA,
    Column("key", String, primary_key=True),
    Column("petition", String, ForeignKey("petition.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("enqueued_at", Instant, nullable=False),
    Column("relayed", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("retry_at", Instant),
    Column("failure", String),
    Index("ix_outbox_petition", "petition"),
    CheckConstraint("kind in ('command', 'notice')", name="kind"),
)
_WAITING = text("not relayed")
Index("ix_outbox_waiting", outbox.c.enqueued_at, sqlite_where=_WAITING, postgresql_where=_WAITING)

trace = Table(
    "trace",
    METADATA,
    _petition(),
    Column("name", String, primary_key=True),
    Column("digest", String, primary_key=True),
    Index("ix_trace_name", "name", "digest"),
)

search_text = Table(
    "search_text",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("petition", String, ForeignKey("petition.id"), nullable=False),
    Column("words", Text, nullable=False),
    UniqueConstraint("petition"),
)
"""One row per petition with its spaced words. SQLite indexes it by the FTS5 table ``search_index`` and triggers,
PostgreSQL by a functional GIN index; both are made by the migration."""

viewing = Table(
    "viewing",
    METADATA,
    Column("id", String, primary_key=True),
    Column("petition", String, ForeignKey("petition.id"), nullable=False),
    Column("person", String, nullable=False),
    Column("organ", String, nullable=False),
    Column("what", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("entry", Integer),
    Column("sealed", LargeBinary),
    Index("ix_viewing_petition", "petition", "seen_at"),
)
"""Looks at files. ``entry`` is the number of the entry of the chain ``reads`` that commits to the row. Where there is
something ``sealed`` (empty once the file was erased), ``reason`` is a commitment to it; else it is in the clear."""
_UNSEALED = viewing.c.entry.is_(None)
Index("ix_viewing_unsealed", viewing.c.seen_at, sqlite_where=_UNSEALED, postgresql_where=_UNSEALED)

# Writing an entry makes it pending, so a backup's entries come back before what was pending.
log_pending.add_is_dependent_on(entry)

__all__ = [
    "METADATA", "TO_BE_SERVED", "appointment", "attachment", "blob", "calendar", "competence", "course",
    "course_finding", "course_hold", "course_state", "course_stay", "course_way", "credential", "deadline", "document",
    "draft", "draft_import", "draft_save", "entry", "erasure", "exclusion", "house", "log_checkpoint", "log_leaf", "log_node",
    "log_pending",
    "log_state", "migration", "migration_file", "number_series", "organ", "outbox", "part", "person", "petition",
    "procedure", "procedure_author", "procedure_file", "procedure_step", "sample", "sample_defect", "sample_file",
    "scenario", "sealed_value", "search_text", "setting", "sign_in_failure", "simulation", "stamp", "stamp_request",
    "substitution", "trace", "trial", "typed_page", "viewing", "work_item",
]  # fmt: skip
