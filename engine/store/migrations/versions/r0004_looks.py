"""Let entries commit to looks: which entry of the chain of reading names each, and nothing that is named is changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NOBODY_YET = sa.text("entry is null")


def upgrade() -> None:
    """Add the column, the index of what waits, and the guards."""
    op.add_column("viewing", sa.Column("entry", sa.Integer(), nullable=True))
    op.create_index(
        "ix_viewing_unsealed",
        "viewing",
        ["seen_at"],
        sqlite_where=_NOBODY_YET,
        postgresql_where=_NOBODY_YET,
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if sqlite else POSTGRESQL:
        op.execute(sa.text(statement))


def downgrade() -> None:
    """Forget who commits to which look."""
    raise NotImplementedError("restore a backup instead")


SQLITE = (
    "create trigger viewing_unchanged before update on viewing when old.entry is not null begin "
    "select raise(abort, 'the log of looks is written once'); end",
    "create trigger viewing_kept before delete on viewing when old.entry is not null begin "
    "select raise(abort, 'the log of looks is written once'); end",
)
POSTGRESQL = (
    "create trigger viewing_unchanged before update or delete on viewing "
    "for each row when (old.entry is not null) execute function refuse_change()",
    "create trigger viewing_kept before truncate on viewing for each statement execute function refuse_change()",
)
