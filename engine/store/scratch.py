"""Databases for a while: made empty beside others on the same server and dropped afterwards, or held in memory alone."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from alembic import command
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from engine.record.keys import KeyRing
from engine.store.connect import IN_MEMORY
from engine.store.migrate import configuration
from engine.store.store import Store

PREFIX = "petition_scratch_"


@contextmanager
def scratch_database(server: str) -> Iterator[str]:
    """The URL of a new, empty PostgreSQL database on the server of the URL *server*, dropped at the end.

    The database that *server* names is only used to say so; nothing is written in it.
    """
    name = PREFIX + secrets.token_hex(6)
    target = make_url(server).set(drivername="postgresql+psycopg")
    control = create_engine(target, isolation_level="AUTOCOMMIT")
    try:
        with control.connect() as connection:
            connection.execute(
                text(f"create database \"{name}\" template template0 encoding 'UTF8'")
            )
        try:
            yield target.set(database=name).render_as_string(hide_password=False)
        finally:
            with control.connect() as connection:
                connection.execute(text(f'drop database "{name}" with (force)'))
    finally:
        control.dispose()


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a store in memory held at one moment, with its keys: any number of stores can be made from it."""

    content: bytes
    keys: KeyRing

    @classmethod
    def of(cls, store: Store) -> Imprint:
        """The imprint of *store*, which lies in memory."""
        with store.engine.connect() as connection:
            return cls(_database(connection.connection.driver_connection).serialize(), store.keys)

    def store(self) -> Store:
        """A store in memory with this content, apart from all others."""
        store = Store(IN_MEMORY, keys=self.keys)
        with store.engine.connect() as connection:
            _database(connection.connection.driver_connection).deserialize(self.content)
        return store


def store_in_memory() -> Store:
    """An empty store at this version, under a key of its own, that is gone when it is closed."""
    store = Store(IN_MEMORY, keys=KeyRing.fresh())
    with store.engine.begin() as connection:
        command.upgrade(configuration(connection), "head")
    return store


def _database(connection: object) -> sqlite3.Connection:
    return cast(sqlite3.Connection, connection)
