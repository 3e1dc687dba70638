"""Lay down samples of concluded files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; nothing was drawn yet."""
    op.create_table(
        "sample",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("organ", sa.String, sa.ForeignKey("organ.id"), nullable=False),
        sa.Column("drawn_at", Instant, nullable=False),
        sa.Column("closed_from", sa.Date, nullable=False),
        sa.Column("closed_to", sa.Date, nullable=False),
        sa.Column("responsible", sa.String, sa.ForeignKey("organ.id")),
        sa.Column("number", sa.String, nullable=False),
        sa.Column("seed", sa.String, nullable=False),
        sa.Column("cohort", sa.Integer, nullable=False),
        sa.Column("entry", sa.Integer, nullable=False),
        sa.CheckConstraint("cohort >= 0", name="cohort"),
        sa.Index("ix_sample_organ", "organ", "drawn_at"),
    )
    op.create_table(
        "sample_file",
        sa.Column("sample", sa.String, sa.ForeignKey("sample.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("petition", sa.String, sa.ForeignKey("petition.id"), nullable=False),
        sa.Column("checked_at", Instant),
        sa.Index("ix_sample_file_petition", "petition"),
    )
    op.create_table(
        "sample_defect",
        sa.Column("sample", sa.String, primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("clause", sa.String, primary_key=True),
        sa.Column("material", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    """What was drawn and found stays an entry of the chain; the lists are lost."""
    for table in ("sample_defect", "sample_file", "sample"):
        op.drop_table(table)
