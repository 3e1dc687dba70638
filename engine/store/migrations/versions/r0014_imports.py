"""Keep the files of other modelers that are brought into drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; nothing was brought in yet."""
    op.create_table(
        "draft_import",
        sa.Column("draft", sa.String, sa.ForeignKey("draft.id"), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("person", sa.String, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("taken_at", Instant, nullable=False),
        sa.Column("original", sa.LargeBinary, nullable=False),
        sa.Column("report", sa.String, nullable=False),
    )


def downgrade() -> None:
    """The diagrams stay in their drafts; the files as they came are lost."""
    op.drop_table("draft_import")
