"""Keep what was typed on a page until it is confirmed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "typed_page",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("typed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_typed_page"),
    )
    op.create_index("ix_typed_page_typed_at", "typed_page", ["typed_at"])


def downgrade() -> None:
    """Forget what was typed."""
    op.drop_table("typed_page")
