"""Databases for a while: made empty beside others on the same server, and dropped afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

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
