"""Forget an index that led lists astray: the duties of a step are found among those of its file."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop it. With it SQLite went through all that a debtor owes, for each line of a list."""
    op.drop_index("ix_deadline_debtor", table_name="deadline")


def downgrade() -> None:
    """Make it again."""
    op.create_index("ix_deadline_debtor", "deadline", ["debtor", "state"])
