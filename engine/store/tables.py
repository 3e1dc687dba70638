"""The tables, described once for SQLite and PostgreSQL. Names are singular; every constraint has a name.

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
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.store.columns import CanonicalJson, Instant

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
HOUSE = 1
"""The id of the only row of ``house``."""


def _petition() -> Column[str]:
    return Column("petition", String, ForeignKey("petition.id"), primary_key=True)


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
    CheckConstraint("id = 1", name="only_one"),
)

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
    Column("duty", String),
    Column("legal_due", Date),
    Column("warn_from", Date),
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
    Index("ix_deadline_debtor", "debtor", "state"),
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
    Column("stage", String, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("assignee", String),
    Index("ix_work_item_organ", "organ", "role"),
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
    Index("ix_viewing_petition", "petition", "seen_at"),
)

# ---------------------------------------------------------------------- the office itself

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
)

procedure_file = Table(
    "procedure_file",
    METADATA,
    Column("procedure", String, ForeignKey("procedure.digest"), primary_key=True),
    Column("path", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

setting = Table(
    "setting",
    METADATA,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
