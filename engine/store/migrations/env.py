"""Run by Alembic: the connection is handed over by :mod:`engine.store.migrate`, whose transaction it is."""

from __future__ import annotations

from alembic import context

from engine.store.tables import METADATA


def run() -> None:
    """Run the steps on the connection that was handed over."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=METADATA,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
