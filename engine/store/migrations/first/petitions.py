"""Revision 0001: the tables of petitions and of what hangs on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import Instant


def lay_petitions() -> None:
    """Lay them down, after those of the house."""
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
