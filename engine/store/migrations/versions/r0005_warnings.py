"""Keep the day of warning beside each deadline: the light of a line is that of the organ that has to do its step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the column to the deadlines, whose warnings follow from their days."""
    op.add_column("deadline", sa.Column("warn_from", sa.Date))
    op.execute(SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL)
    op.drop_column("petition", "duty")
    op.drop_column("petition", "warn_from")


def downgrade() -> None:
    """A step back is a backup."""
    raise NotImplementedError("restore a backup instead")


SQLITE = (
    "update deadline set warn_from = date(legal_due, '-' || "
    "max(3, cast(julianday(legal_due) - julianday(started_on) as integer) / 4) || ' days') "
    "where legal_due is not null"
)
POSTGRESQL = (
    "update deadline set warn_from = legal_due - greatest(3, (legal_due - started_on) / 4) "
    "where legal_due is not null"
)
