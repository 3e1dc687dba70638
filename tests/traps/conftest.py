"""An office of its own for each test, on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from engine.settings import sqlite_url
from tests.stories.worlds import START, World, new_world
from tests.traps.desk import Desk

OpenDesk = Callable[[date], Desk]


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[OpenDesk]:
    """Opens a desk on a day of one's choice."""
    worlds: list[World] = []

    def opened(on: date) -> Desk:
        data = tmp_path / f"office-{len(worlds)}"
        before = datetime.combine(on - timedelta(days=1), time(), tzinfo=UTC)
        worlds.append(new_world(data, sqlite_url(data / "petition.db"), opened=before))
        return Desk(worlds[-1]).on(on)

    yield opened
    for world in worlds:
        world.store.close()


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    """A desk on an ordinary Monday."""
    return open_desk(START)
