"""A migrated store on each database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.record.keys import KeyRing
from engine.settings import sqlite_url
from engine.store.migrate import upgrade
from engine.store.store import Store
from tests.store.samples import furnish

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database at this version, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "petition.db"
    upgrade(sqlite_url(path))
    return path


@pytest.fixture(scope="session")
def migrated_postgres(request: pytest.FixtureRequest) -> str:
    """A PostgreSQL database at this version, to be copied."""
    server = request.getfixturevalue("postgres_server")
    url = server.new_database()
    upgrade(url)
    return str(url)


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated database of one's own."""
    if request.param == "sqlite":
        path = tmp_path / "petition.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield sqlite_url(path)
        return
    server = request.getfixturevalue("postgres_server")
    made = server.new_database(template=request.getfixturevalue("migrated_postgres"))
    yield made
    server.drop_database(made)


@pytest.fixture
def keys() -> KeyRing:
    return KeyRing.fresh()


@pytest.fixture
def bare_store(url: str, keys: KeyRing) -> Iterator[Store]:
    """A store without organs."""
    store = Store(url, keys=keys)
    yield store
    store.close()


@pytest.fixture
def store(bare_store: Store) -> Store:
    """A store with the organs and people of :mod:`tests.store.samples`."""
    furnish(bare_store)
    return bare_store
