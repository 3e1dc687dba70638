"""Give versions of the procedure their life: who drew each, what was decided about it, and from which day it is in force."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from engine.clock import legal_date
from engine.store.columns import Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, tell what is in force as decisions, and guard what is frozen."""
    op.add_column("procedure", sa.Column("title", sa.String(), nullable=False, server_default=""))
    op.add_column("procedure", sa.Column("base", sa.String(), nullable=True))
    op.add_column("draft", sa.Column("submitted", sa.String(), nullable=True))
    op.add_column(
        "house", sa.Column("plan_version", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_table(
        "procedure_author",
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["procedure"], ["procedure.digest"], name=op.f("fk_procedure_author_procedure")
        ),
        sa.PrimaryKeyConstraint("procedure", "person", name=op.f("pk_procedure_author")),
    )
    op.create_table(
        "procedure_step",
        sa.Column("entry", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["procedure"], ["procedure.digest"], name=op.f("fk_procedure_step_procedure")
        ),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_procedure_step")),
    )
    _tell_what_is_in_force()
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if sqlite else POSTGRESQL:
        op.execute(sa.text(statement))


def downgrade() -> None:
    """Decisions are nobody's to lose: the way back is a backup."""
    raise NotImplementedError("restore a backup instead")


def _tell_what_is_in_force() -> None:
    """Each version that was deployed is one that came with the program and was in force from that day.

    They stand before the first entry, by negative numbers: their entries, named ``deploy``, keep the words of their time.
    """
    connection = op.get_bind()
    kept = connection.execute(
        sa.select(_PROCEDURE).order_by(_PROCEDURE.c.deployed_at, _PROCEDURE.c.digest)
    ).all()
    current = connection.scalar(sa.text("select procedure from house"))
    deployed = [(row.digest, row.deployed_at, row.deployed_by) for row in kept]
    if deployed and deployed[-1][0] != current:
        deployed.append((current, deployed[-1][1], deployed[-1][2]))
    steps = [step for one in deployed for step in _steps(*one)]
    if steps:
        rows = [{"entry": place - len(steps), **step} for place, step in enumerate(steps)]
        connection.execute(sa.insert(_STEP), rows)


def _steps(digest: str, at: datetime, person: str) -> list[dict[str, object]]:
    step = {"procedure": digest, "person": person, "at": at, "reason": ""}
    return [
        {**step, "kind": "ship", "from_day": None},
        {**step, "kind": "enact", "from_day": legal_date(at)},
    ]


_PROCEDURE = sa.table(
    "procedure",
    sa.column("digest", sa.String()),
    sa.column("deployed_at", Instant()),
    sa.column("deployed_by", sa.String()),
)
_STEP = sa.table(
    "procedure_step",
    sa.column("entry", sa.Integer()),
    sa.column("procedure", sa.String()),
    sa.column("kind", sa.String()),
    sa.column("person", sa.String()),
    sa.column("at", Instant()),
    sa.column("reason", sa.String()),
    sa.column("from_day", sa.Date()),
)
_FROZEN = ("procedure", "procedure_file", "procedure_author", "procedure_step")
SQLITE = tuple(
    f"create trigger {table}_{name} before {verb} on {table} begin "
    "select raise(abort, 'versions are written once'); end"
    for table in _FROZEN
    for name, verb in (("unchanged", "update"), ("kept", "delete"))
)
POSTGRESQL = tuple(
    statement
    for table in _FROZEN
    for statement in (
        f"create trigger {table}_unchanged before update or delete on {table} "
        "for each row execute function refuse_change()",
        f"create trigger {table}_kept before truncate on {table} for each statement execute function refuse_change()",
    )
)
