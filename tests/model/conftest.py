"""Fixtures: an office to be copied, and copies of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from tests.model.place import Place, found

Opened = Callable[[datetime], Place]


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of a demonstration office without petitions, to be copied."""
    return found(tmp_path_factory.mktemp("founded") / "data")


@pytest.fixture
def opened(founded: Path, tmp_path: Path) -> Iterator[Opened]:
    """Opens an office of one's own at an instant."""
    places: list[Place] = []
    numbers = count()

    def at(instant: datetime) -> Place:
        places.append(Place.copied(founded, tmp_path / str(next(numbers)), opens=instant))
        return places[-1]

    yield at
    for place in places:
        place.house.store.close()
