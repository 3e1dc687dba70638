"""Give simulations their table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import Instant

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "simulation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("beat_at", Instant()),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Integer(), nullable=False),
        sa.Column("came_out", sa.Text()),
        sa.Column("why", sa.Text()),
        sa.CheckConstraint(
            "state in ('waiting', 'running', 'done', 'stopped', 'failed')",
            name=op.f("ck_simulation_state"),
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_simulation_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_simulation")),
    )
    op.create_index("ix_simulation_about", "simulation", ["about", "asked_at"])
    op.create_index("ix_simulation_state", "simulation", ["state"])


def downgrade() -> None:
    """What came out of simulations is nobody's to lose: the way back is a backup."""
    raise NotImplementedError("restore a backup instead")
