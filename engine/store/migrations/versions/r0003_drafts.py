"""Give drafts of the procedure their tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "draft",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("updated_at", Instant(), nullable=False),
        sa.CheckConstraint("state in ('open', 'discarded')", name=op.f("ck_draft_known_state")),
        sa.ForeignKeyConstraint(["owner"], ["person.id"], name=op.f("fk_draft_owner")),
        sa.ForeignKeyConstraint(["base"], ["procedure.digest"], name=op.f("fk_draft_base")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_table(
        "draft_save",
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("saved_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["draft"], ["draft.id"], name=op.f("fk_draft_save_draft")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_draft_save_person")),
        sa.PrimaryKeyConstraint("draft", "revision", name=op.f("pk_draft_save")),
    )
    op.create_index("ix_draft_save_draft_path", "draft_save", ["draft", "path", "revision"])


def downgrade() -> None:
    """Drafts are nobody's to lose: the way back is a backup."""
    raise NotImplementedError("restore a backup instead")
