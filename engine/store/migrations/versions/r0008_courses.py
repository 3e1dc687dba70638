"""Lay down what is counted over all petitions. It is told out of the records that are there already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of courses, nothing being told yet, and the index of open petitions by age."""
    _tables()
    op.execute("insert into course_state (id, place) values (1, 0)")
    op.create_index(
        "ix_petition_open",
        "petition",
        ["received_on"],
        sqlite_where=sa.text("closed_at is null"),
        postgresql_where=sa.text("closed_at is null"),
    )


def downgrade() -> None:
    """Nothing is lost: it is told anew."""
    op.drop_index("ix_petition_open", "petition")
    for table in ("course_finding", "course_hold", "course_stay", "course", "course_way", "course_state"):  # fmt: skip
        op.drop_table(table)


def _petition() -> sa.Column[str]:
    return sa.Column("petition", sa.String, sa.ForeignKey("petition.id"), primary_key=True)


def _place() -> sa.Column[int]:
    return sa.Column("place", sa.Integer, primary_key=True, autoincrement=False)


def _tables() -> None:
    op.create_table(
        "course_state",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("place", sa.BigInteger, nullable=False),
        sa.CheckConstraint("id = 1", name="only_one"),
    )
    op.create_table(
        "course_way",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("acts", sa.Text, nullable=False),
    )
    op.create_table(
        "course",
        _petition(),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("way", sa.String, sa.ForeignKey("course_way.id"), nullable=False),
        sa.Column("began", sa.BigInteger, nullable=False),
        sa.Column("ended", sa.BigInteger),
        sa.Index("ix_course_way", "way"),
    )
    op.create_table(
        "course_stay",
        _petition(),
        _place(),
        sa.Column("element", sa.String, nullable=False),
        sa.Column("entered", sa.BigInteger, nullable=False),
        sa.Column("left", sa.BigInteger),
        sa.Column("breaches", sa.Integer, nullable=False),
        sa.Index("ix_course_stay_element", "element", "petition"),
    )
    op.create_table(
        "course_hold",
        _petition(),
        _place(),
        sa.Column("holder", sa.String, nullable=False),
        sa.Column("transit", sa.Boolean, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger),
        sa.Index("ix_course_hold_holder", "holder", "petition"),
    )
    op.create_table(
        "course_finding",
        _petition(),
        _place(),
        sa.Column("limit_id", sa.String, nullable=False),
        sa.Column("debtor", sa.String),
        sa.Column("power", sa.Boolean, nullable=False),
        sa.Column("finding", sa.String, nullable=False),
        sa.Column("legal_due", sa.Date),
        sa.Column("started_on", sa.Date),
        sa.Column("days", sa.Integer),
        sa.Column("doubts", sa.Integer, nullable=False),
        sa.Index("ix_course_finding_limit", "limit_id", "legal_due"),
    )
