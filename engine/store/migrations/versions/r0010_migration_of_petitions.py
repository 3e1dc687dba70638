"""Lay down the batches that carry running petitions from one version of the drawings to another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import CanonicalJson, Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "migration",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("renamed", CanonicalJson(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", Instant(), nullable=False),
        sa.Column("confirmed_by", sa.String()),
        sa.Column("confirmed_organ", sa.String()),
        sa.Column("confirmed_at", Instant()),
        sa.Column("undoes", sa.String()),
        sa.CheckConstraint(
            "state in ('planning', 'planned', 'running', 'done', 'withdrawn')",
            name=op.f("ck_migration_state"),
        ),
        sa.ForeignKeyConstraint(["before"], ["procedure.digest"], name=op.f("fk_migration_before")),
        sa.ForeignKeyConstraint(["after"], ["procedure.digest"], name=op.f("fk_migration_after")),
        sa.ForeignKeyConstraint(["undoes"], ["migration.id"], name=op.f("fk_migration_undoes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration")),
    )
    op.create_index("ix_migration_state", "migration", ["state"])
    op.create_table(
        "migration_file",
        sa.Column("migration", sa.String(), nullable=False),
        sa.Column("petition", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String()),
        sa.Column("gist", CanonicalJson()),
        sa.Column("plan", CanonicalJson()),
        sa.Column("result", sa.String()),
        sa.Column("why", CanonicalJson()),
        sa.Column("done_at", Instant()),
        sa.CheckConstraint(
            "outcome in ('kept', 'moved', 'refused')", name=op.f("ck_migration_file_outcome")
        ),
        sa.CheckConstraint(
            "result in ('carried', 'anew', 'refused', 'left', 'failed')",
            name=op.f("ck_migration_file_result"),
        ),
        sa.ForeignKeyConstraint(
            ["migration"], ["migration.id"], name=op.f("fk_migration_file_migration")
        ),
        sa.ForeignKeyConstraint(
            ["petition"], ["petition.id"], name=op.f("fk_migration_file_petition")
        ),
        sa.PrimaryKeyConstraint("migration", "petition", name=op.f("pk_migration_file")),
    )
    op.create_index("ix_migration_file_place", "migration_file", ["migration", "place"])
    op.create_index("ix_migration_file_petition", "migration_file", ["petition"])


def downgrade() -> None:
    """What was carried over stays recorded: the way back is a backup."""
    raise NotImplementedError("restore a backup instead")
