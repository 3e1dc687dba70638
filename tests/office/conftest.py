"""A furnished office: on SQLite, or on each database where it matters."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.settings import Settings, sqlite_url
from tests.office.counters import Counter, counter_at, furnish


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office on SQLite, to be copied."""
    data = tmp_path_factory.mktemp("furnished") / "data"
    furnish(Settings(data=data, database_url=sqlite_url(data / "petition.db")))
    return data


@pytest.fixture
def counter(furnished: Path, tmp_path: Path) -> Iterator[Counter]:
    """A counter on SQLite."""
    yield from _on_sqlite(furnished, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def crowded(request: pytest.FixtureRequest, furnished: Path, tmp_path: Path) -> Iterator[Counter]:
    """A counter on each database, for those who come at the same moment."""
    if request.param == "sqlite":
        yield from _on_sqlite(furnished, tmp_path)
        return
    settings = Settings(
        data=tmp_path / "data", database_url=request.getfixturevalue("postgres_url")
    )
    furnish(settings)
    made = counter_at(settings.data, settings.database_url)
    yield made
    made.house.store.close()


def _on_sqlite(furnished: Path, tmp_path: Path) -> Iterator[Counter]:
    data = tmp_path / "data"
    shutil.copytree(furnished, data)
    made = counter_at(data, sqlite_url(data / "petition.db"))
    yield made
    made.house.store.close()
