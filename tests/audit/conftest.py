"""Fixtures: a lived-in office on either database, to be replayed and to be tampered with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.bootstrap import House, open_house
from engine.clock import ManualClock
from engine.demo.founding import found
from engine.settings import Settings, sqlite_url

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
PETITIONS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """An office with petitions at every stage, and how to open it."""

    settings: Settings

    def open(self) -> House:
        """A house of its own on it, which has read nothing yet."""
        return open_house(self.settings, clock=ManualClock(NOW))


def lived(data: Path, url: str, petitions: int = PETITIONS) -> Lived:
    """Found an office at *url*."""
    settings = Settings(data=data, database_url=url)
    found(settings, petitions=petitions, until=ManualClock(NOW))
    return Lived(settings=settings)


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    """The demonstration on SQLite; nobody changes it."""
    data = tmp_path_factory.mktemp("lived") / "data"
    return lived(data, sqlite_url(data / "petition.db"))


@pytest.fixture
def house(on_sqlite: Lived) -> Iterator[House]:
    """A house on the demonstration, which nobody changes."""
    opened = on_sqlite.open()
    yield opened
    opened.store.close()
