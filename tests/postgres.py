"""Fixtures: a PostgreSQL server for the session and a database of one's own for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.missing import missing
from tests.postgres_server import NoPostgresError, PostgresServer


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A server for this process; `new_database(template=url)` copies a migrated database in under 0.1 s."""
    try:
        server = PostgresServer()
    except NoPostgresError as error:
        missing("PostgreSQL", tried=str(error))
    with server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The URL of an empty database that is dropped after the test."""
    url = postgres_server.new_database()
    yield url
    postgres_server.drop_database(url)
