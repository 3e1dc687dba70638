"""Fixtures: a town in which a petition waits before every act of the road, and people at their screens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.town import Town, built
from tests.model.place import found


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town that every test leaves as it was."""
    folder = tmp_path_factory.mktemp("town")
    made = built(found(folder / "founded"), folder / "data")
    yield made
    made.place.house.store.close()


@pytest.fixture
def own_town(town: Town, tmp_path: Path) -> Iterator[Town]:
    """A town of one's own, to be changed."""
    made = town.copied(tmp_path / "data")
    yield made
    made.place.house.store.close()
