"""Lay down the log over all entries. Those that are there already wait to become its first leaves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, the trigger that makes entries pending, and the guards."""
    _tables()
    op.execute("insert into log_pending (petition, seq) select petition, seq from entry")
    op.get_bind().execute(
        sa.text(
            "insert into log_state (id, hash, epoch, size, edge) values (1, 'sha256', 1, 0, :edge)"
        ),
        {"edge": b""},
    )
    for statement in SQLITE if _sqlite() else POSTGRESQL:
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    """A log that was signed is not taken back: the way back is a backup."""
    raise NotImplementedError("restore a backup instead")


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


KEPT = ("log_leaf", "log_node", "log_checkpoint")
SQLITE = (
    "create trigger entry_pending after insert on entry begin "
    "insert into log_pending (petition, seq) values (new.petition, new.seq); end",
    *(
        f"create trigger {table}_{name} before {verb} on {table} begin "
        "select raise(abort, 'the log is written once'); end"
        for table in KEPT
        for name, verb in (("unchanged", "update"), ("kept", "delete"))
    ),
)
POSTGRESQL = (
    "create function note_pending() returns trigger language plpgsql as $$ "
    "begin insert into log_pending (petition, seq) values (new.petition, new.seq); return null; end $$",
    "create trigger entry_pending after insert on entry for each row execute function note_pending()",
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


def _tables() -> None:
    op.create_table(
        "log_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("edge", sa.LargeBinary(), nullable=False),
        sa.Column("heads_on", sa.Date(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_log_state_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_state")),
    )
    op.create_table(
        "log_pending",
        sa.Column("petition", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("petition", "seq", name=op.f("pk_log_pending")),
    )
    op.create_table(
        "log_leaf",
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("petition", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_log_leaf")),
        sa.UniqueConstraint("petition", "seq", name=op.f("uq_log_leaf_petition_seq")),
    )
    op.create_table(
        "log_node",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "place", name=op.f("pk_log_node")),
    )
    op.create_table(
        "log_checkpoint",
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("signed_at", Instant(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("epoch", "size", name=op.f("pk_log_checkpoint")),
    )
