"""Note what was erased, and let the reasons of looks be sealed under the keys of their files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.columns import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_UNSWEPT = sa.text("not swept")


def upgrade() -> None:
    """Add the table, with what was erased before: nobody has swept after that."""
    op.create_table(
        "erasure",
        sa.Column("petition", sa.String, sa.ForeignKey("petition.id"), primary_key=True),
        sa.Column("entry", sa.Integer, nullable=False),
        sa.Column("erased_at", Instant, nullable=False),
        sa.Column("swept", sa.Boolean, nullable=False),
    )
    op.create_index(
        "ix_erasure_unswept",
        "erasure",
        ["erased_at"],
        sqlite_where=_UNSWEPT,
        postgresql_where=_UNSWEPT,
    )
    op.execute(sa.text(ERASED_BEFORE))
    op.add_column("viewing", sa.Column("sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Reasons that were sealed cannot be laid open again for good."""
    raise NotImplementedError("restore a backup instead")


ERASED_BEFORE = """
insert into erasure (petition, entry, erased_at, swept)
select petition.id, max(entry.seq), max(entry.recorded_at), false
from petition join entry on entry.petition = petition.id
where petition.wrapped_key is null and entry.act = 'erase'
group by petition.id
"""
