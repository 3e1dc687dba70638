"""Lay down time stamps over checkpoints."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import Instant

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEPT = ("stamp_request", "stamp")
SQLITE = tuple(
    f"create trigger {table}_{name} before {verb} on {table} begin "
    "select raise(abort, 'the log is written once'); end"
    for table in KEPT
    for name, verb in (("unchanged", "update"), ("kept", "delete"))
)
POSTGRESQL = (
    *(
        f"create trigger {table}_unchanged before update or delete on {table} "
        "for each row execute function refuse_change()"
        for table in KEPT
    ),
    *(
        f"create trigger {table}_kept before truncate on {table} for each statement execute function refuse_change()"
        for table in KEPT
    ),
)


def upgrade() -> None:
    """Add the tables and their guards; nothing was stamped yet."""
    op.create_table(
        "stamp_request",
        sa.Column("nonce", sa.String, primary_key=True),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("asked_at", Instant, nullable=False),
    )
    op.create_table(
        "stamp",
        sa.Column("nonce", sa.String, sa.ForeignKey("stamp_request.nonce"), primary_key=True),
        sa.Column("reply", sa.LargeBinary, nullable=False),
        sa.Column("stamped_at", Instant, nullable=False),
        sa.Column("authority", sa.String, nullable=False),
        sa.Column("entry", sa.Integer, nullable=False),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if sqlite else POSTGRESQL:
        op.execute(sa.text(statement))


def downgrade() -> None:
    """A log that was stamped is not taken back: the way back is a backup."""
    raise NotImplementedError("restore a backup instead")
