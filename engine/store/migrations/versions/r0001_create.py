"""Lay down all tables, the search index, and what keeps entries from being changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Set up an empty database."""
    _tables()
    op.execute(
        "insert into house (id, seq, head, directory_version, calendar, procedure) values (1, 0, '', 0, '', '')"
    )
    statements = SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL
    for statement in statements:
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    """There is nothing before this: the way back is a backup."""
    raise NotImplementedError("restore a backup instead")


# Entries are written once. Whoever owns the database can take these guards away; the chain then still tells.
SQLITE = (
    "create virtual table search_index using fts5(words, content='search_text', content_rowid='id')",
    "create trigger search_text_added after insert on search_text begin "
    "insert into search_index(rowid, words) values (new.id, new.words); end",
    "create trigger search_text_changed after update on search_text begin "
    "insert into search_index(search_index, rowid, words) values ('delete', old.id, old.words); "
    "insert into search_index(rowid, words) values (new.id, new.words); end",
    "create trigger search_text_removed after delete on search_text begin "
    "insert into search_index(search_index, rowid, words) values ('delete', old.id, old.words); end",
    "create trigger entry_unchanged before update on entry begin select raise(abort, 'entries are written once'); end",
    "create trigger entry_kept before delete on entry begin select raise(abort, 'entries are written once'); end",
)
POSTGRESQL = (
    "create index ix_search_text_words on search_text using gin (to_tsvector('simple'::regconfig, words))",
    "create function refuse_change() returns trigger language plpgsql as $$ "
    "begin raise exception 'entries are written once'; end $$",
    "create trigger entry_unchanged before update or delete on entry for each row execute function refuse_change()",
    "create trigger entry_kept before truncate on entry for each statement execute function refuse_change()",
)


def _tables() -> None:
    op.create_table(
        "calendar",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("published_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_calendar")),
    )
    op.create_table(
        "entry",
        sa.Column("petition", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("effective_at", Instant(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.CheckConstraint("seq > 0", name=op.f("ck_entry_seq")),
        sa.PrimaryKeyConstraint("petition", "seq", name=op.f("pk_entry")),
        sa.UniqueConstraint("key", name=op.f("uq_entry_key")),
    )
    op.create_index("ix_entry_recorded_at", "entry", ["recorded_at"], unique=False)
    op.create_table(
        "house",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("key_fingerprint", sa.String(), nullable=True),
        sa.Column("directory_version", sa.Integer(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_house_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house")),
    )
    op.create_table(
        "number_series",
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("last > 0", name=op.f("ck_number_series_last")),
        sa.PrimaryKeyConstraint("organ", "register", "year", name=op.f("pk_number_series")),
    )
    op.create_table(
        "organ",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name_zh", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("government", sa.String(), nullable=True),
        sa.Column("higher_department", sa.String(), nullable=True),
        sa.Column("vertical", sa.Boolean(), nullable=False),
        sa.Column("parent", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("successor", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organ")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
    )
    op.create_table(
        "procedure",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("deployed_at", Instant(), nullable=False),
        sa.Column("deployed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_procedure")),
    )
    op.create_table(
        "sealed_value",
        sa.Column("petition", sa.String(), nullable=False),
        sa.Column("entry", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("petition", "entry", "name", name=op.f("pk_sealed_value")),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("failed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    op.create_index(
        "ix_sign_in_failure_subject", "sign_in_failure", ["subject", "failed_at"], unique=False
    )
    op.create_table(
        "appointment",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["organ"], ["organ.id"], name=op.f("fk_appointment_organ")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_appointment_person")),
        sa.PrimaryKeyConstraint(
            "person", "organ", "role", "valid_from", name=op.f("pk_appointment")
        ),
    )
    op.create_table(
        "competence",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("subject_category", sa.String(), nullable=True),
        sa.Column("territory", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["organ"], ["organ.id"], name=op.f("fk_competence_organ")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competence")),
    )
    op.create_table(
        "credential",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_credential_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_credential")),
    )
    op.create_table(
        "petition",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("initial", sa.Boolean(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("registered_at", Instant(), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("progress", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("excluded", sa.LargeBinary(), nullable=False),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("submission", sa.String(), nullable=True),
        sa.Column("external_number", sa.String(), nullable=True),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("next_due_at", Instant(), nullable=True),
        sa.Column("duty", sa.String(), nullable=True),
        sa.Column("legal_due", sa.Date(), nullable=True),
        sa.Column("warn_from", sa.Date(), nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", Instant(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.CheckConstraint("kind in ('petition', 'supervision')", name=op.f("ck_petition_kind")),
        sa.CheckConstraint(
            "version >= 0 and seq >= 0 and attempts >= 0", name=op.f("ck_petition_counts")
        ),
        sa.ForeignKeyConstraint(["about"], ["petition.id"], name=op.f("fk_petition_about")),
        sa.ForeignKeyConstraint(["holder"], ["organ.id"], name=op.f("fk_petition_holder")),
        sa.ForeignKeyConstraint(["organ"], ["organ.id"], name=op.f("fk_petition_organ")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition")),
        sa.UniqueConstraint("code", name=op.f("uq_petition_code")),
        sa.UniqueConstraint("organ", "number", name=op.f("uq_petition_organ_number")),
    )
    op.create_index(
        "ix_petition_about",
        "petition",
        ["about"],
        unique=False,
        sqlite_where=sa.text("about IS NOT NULL"),
        postgresql_where=sa.text("about IS NOT NULL"),
    )
    op.create_index("ix_petition_closed_at", "petition", ["closed_at"], unique=False)
    op.create_index("ix_petition_holder", "petition", ["holder"], unique=False)
    op.create_index(
        "ix_petition_next_due_at",
        "petition",
        ["next_due_at"],
        unique=False,
        sqlite_where=sa.text("next_due_at IS NOT NULL"),
        postgresql_where=sa.text("next_due_at IS NOT NULL"),
    )
    op.create_index("ix_petition_registered_at", "petition", ["registered_at"], unique=False)
    op.create_index(
        "ix_petition_retry_at",
        "petition",
        ["retry_at"],
        unique=False,
        sqlite_where=sa.text("retry_at IS NOT NULL"),
        postgresql_where=sa.text("retry_at IS NOT NULL"),
    )
    op.create_index(
        "ix_petition_sealed",
        "petition",
        ["id"],
        unique=False,
        sqlite_where=sa.text("sealed"),
        postgresql_where=sa.text("sealed"),
    )
    op.create_index(
        "ix_petition_supervision",
        "petition",
        ["id"],
        unique=False,
        sqlite_where=sa.text("kind = 'supervision'"),
        postgresql_where=sa.text("kind = 'supervision'"),
    )
    op.create_table(
        "procedure_file",
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["procedure"], ["procedure.digest"], name=op.f("fk_procedure_file_procedure")
        ),
        sa.PrimaryKeyConstraint("procedure", "path", name=op.f("pk_procedure_file")),
    )
    op.create_table(
        "substitution",
        sa.Column("absent", sa.String(), nullable=False),
        sa.Column("substitute", sa.String(), nullable=False),
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["absent"], ["person.id"], name=op.f("fk_substitution_absent")),
        sa.ForeignKeyConstraint(["organ"], ["organ.id"], name=op.f("fk_substitution_organ")),
        sa.ForeignKeyConstraint(
            ["substitute"], ["person.id"], name=op.f("fk_substitution_substitute")
        ),
        sa.PrimaryKeyConstraint(
            "absent", "substitute", "organ", "valid_from", "role", name=op.f("pk_substitution")
        ),
    )
    op.create_table(
        "attachment",
        sa.Column("petition", sa.String(), nullable=False),
        sa.Column("entry", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.CheckConstraint("size >= 0", name=op.f("ck_attachment_size")),
        sa.ForeignKeyConstraint(["petition"], ["petition.id"], name=op.f("fk_attachment_petition")),
        sa.PrimaryKeyConstraint("petition", "entry", "place", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_digest", "attachment", ["petition", "digest"], unique=False)
    op.create_table(
        "blob",
        sa.Column("petition", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["petition"], ["petition.id"], name=op.f("fk_blob_petition")),
        sa.PrimaryKeyConstraint("petition", "digest", name=op.f("pk_blob")),
    )
    op.create_table(
        "deadline",
        sa.Column("petition", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("limit_id", sa.String(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("power", sa.Boolean(), nullable=False),
        sa.Column("debtor", sa.String(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("nominal_due", sa.Date(), nullable=True),
        sa.Column("legal_due", sa.Date(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("extension_days", sa.Integer(), nullable=False),
        sa.Column("suspensions", sa.LargeBinary(), nullable=False),
        sa.Column("assigned_due", sa.Date(), nullable=True),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("passed_by", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state in ('running', 'suspended', 'overdue', 'met', 'met_late', 'lapsed', 'void')",
            name=op.f("ck_deadline_state"),
        ),
        sa.CheckConstraint("extension_days >= 0", name=op.f("ck_deadline_extension")),
        sa.ForeignKeyConstraint(["petition"], ["petition.id"], name=op.f("fk_deadline_petition")),
        sa.PrimaryKeyConstraint("petition", "id", name=op.f("pk_deadline")),
        sa.UniqueConstraint("petition", "place", name=op.f("uq_deadline_petition_place")),
    )
    op.create_index("ix_deadline_debtor", "deadline", ["debtor", "state"], unique=False)
    op.create_index(
        "ix_deadline_provisional",
        "deadline",
        ["calendar", "petition"],
        unique=False,
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("petition", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("addressee", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.CheckConstraint(
            "service in ('not_needed', 'pending', 'dispatched', 'delivered', 'undelivered')",
            name=op.f("ck_document_service"),
        ),
        sa.ForeignKeyConstraint(["organ"], ["organ.id"], name=op.f("fk_document_organ")),
        sa.ForeignKeyConstraint(["petition"], ["petition.id"], name=op.f("fk_document_petition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index("ix_document_petition", "document", ["petition", "entry"], unique=False)
    op.create_index(
        "uq_document_number",
        "document",
        ["organ", "kind", "number"],
        unique=True,
        sqlite_where=sa.text("number != ''"),
        postgresql_where=sa.text("number != ''"),
    )
    op.create_table(
        "exclusion",
        sa.Column("petition", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["petition"], ["petition.id"], name=op.f("fk_exclusion_petition")),
        sa.PrimaryKeyConstraint("petition", "subject", name=op.f("pk_exclusion")),
    )
    op.create_index("ix_exclusion_subject", "exclusion", ["subject", "petition"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("petition", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("enqueued_at", Instant(), nullable=False),
        sa.Column("relayed", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", Instant(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.CheckConstraint("kind in ('command', 'notice')", name=op.f("ck_outbox_kind")),
        sa.ForeignKeyConstraint(["petition"], ["petition.id"], name=op.f("fk_outbox_petition")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_petition", "outbox", ["petition"], unique=False)
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["enqueued_at"],
        unique=False,
        sqlite_where=sa.text("not relayed"),
        postgresql_where=sa.text("not relayed"),
    )
    op.create_table(
        "part",
        sa.Column("petition", sa.String(), nullable=False),
        sa.Column("organ", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["organ"], ["organ.id"], name=op.f("fk_part_organ")),
        sa.ForeignKeyConstraint(["petition"], ["petition.id"], name=op.f("fk_part_petition")),
        sa.PrimaryKeyConstraint("petition", "organ", name=op.f("pk_part")),
    )
    op.create_index("ix_part_organ", "part", ["organ", "petition"], unique=False)
    op.create_table(
        "search_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["petition"], ["petition.id"], name=op.f("fk_search_text_petition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_text")),
        sa.UniqueConstraint("petition", name=op.f("uq_search_text_petition")),
    )
    op.create_table(
        "trace",
        sa.Column("petition", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["petition"], ["petition.id"], name=op.f("fk_trace_petition")),
        sa.PrimaryKeyConstraint("petition", "name", "digest", name=op.f("pk_trace")),
    )
    op.create_index("ix_trace_name", "trace", ["name", "digest"], unique=False)
    op.create_table(
        "viewing",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("petition", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["petition"], ["petition.id"], name=op.f("fk_viewing_petition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_viewing")),
    )
    op.create_index("ix_viewing_petition", "viewing", ["petition", "seen_at"], unique=False)
    op.create_table(
        "work_item",
        sa.Column("petition", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("organ", sa.String(), nullable=True),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=False),
        sa.Column("assignee", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["organ"], ["organ.id"], name=op.f("fk_work_item_organ")),
        sa.ForeignKeyConstraint(["petition"], ["petition.id"], name=op.f("fk_work_item_petition")),
        sa.ForeignKeyConstraint(["seat"], ["organ.id"], name=op.f("fk_work_item_seat")),
        sa.PrimaryKeyConstraint("petition", "step", name=op.f("pk_work_item")),
    )
    op.create_index("ix_work_item_assignee", "work_item", ["assignee"], unique=False)
    op.create_index("ix_work_item_seat", "work_item", ["seat", "role"], unique=False)
