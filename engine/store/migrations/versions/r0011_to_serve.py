"""Find quickly what an organ still has to serve."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WAITING = sa.text("service in ('pending', 'dispatched', 'undelivered')")


def upgrade() -> None:
    """Index the documents that wait for their service."""
    op.create_index(
        "ix_document_to_serve",
        "document",
        ["organ", "petition"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    """Forget the index."""
    op.drop_index("ix_document_to_serve", table_name="document")
