"""The store: where the paper lies. The only place in the house that commits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from engine.record.keys import KeyRing
from engine.store.connect import READ_ONLY, connect, contention, is_sqlite
from engine.store.desk import Desk
from engine.store.paper import Paper
from engine.store.shelf import Shelf


class Store:
    """One database and its keys. May be used by any number of threads; connects when first asked.

    *url* is ``sqlite:///…`` or ``postgresql+psycopg://…``; the database must have been brought to this version by
    :func:`engine.store.migrate.upgrade`.
    """

    def __init__(self, url: str, *, keys: KeyRing) -> None:
        self._engine = connect(url)
        self._reading = self._engine.execution_options(**_reading_options(self._engine))
        self._keys = keys
        self._shelf = Shelf()

    @property
    def engine(self) -> Engine:
        """The engine, for backups, measurements and tests."""
        return self._engine

    @contextmanager
    def transaction(self) -> Iterator[Paper]:
        """One transaction: committed when the block ends, undone when it raises.

        On SQLite it holds the only write lock from the start. Raises Stale where another transaction was in the way.
        """
        try:
            with self._engine.connect() as connection, connection.begin():
                yield Paper(connection, keys=self._keys, shelf=self._shelf)
        except DBAPIError as error:
            meant = contention(error)
            if meant is None:
                raise
            raise meant from error

    @contextmanager
    def reading(self) -> Iterator[Desk]:
        """One look at the store as it stood at one moment; nothing can be written."""
        with self._reading.connect() as connection, connection.begin():
            yield Desk(connection, keys=self._keys, shelf=self._shelf)

    def setting(self, name: str) -> str | None:
        """The value of the setting *name*, if it was ever set."""
        with self.reading() as desk:
            return desk.setting(name)

    def set_setting(self, name: str, value: str) -> None:
        """Keep *value* under *name*, in a transaction of its own."""
        with self.transaction() as paper:
            paper.set_setting(name, value)

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


def _reading_options(engine: Engine) -> dict[str, object]:
    if is_sqlite(engine):
        return {READ_ONLY: True}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


__all__ = ["Desk", "Paper", "Store"]
