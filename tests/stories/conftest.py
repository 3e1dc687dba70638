"""The stories, each telling of them played once per session and then looked at by many tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.demo.journeys import read_journeys
from engine.demo.travel import Caravan, Counter, Door, Traveller
from engine.settings import sqlite_url
from tests.stories.front_door import FrontDoor
from tests.stories.worlds import LONG_AFTER, World, new_world, setting_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """All journeys, played through one door on one database."""

    world: World
    travellers: dict[str, Traveller]


class Library:
    """Plays the stories when first asked for them."""

    def __init__(self, request: pytest.FixtureRequest, folder: Path) -> None:
        self._request = request
        self._folder = folder
        self._told: dict[tuple[str, str], Telling] = {}

    def telling(self, door: str, database: str) -> Telling:
        """The stories through *door* (``counter`` or ``pages``) on *database*."""
        if (door, database) not in self._told:
            data = self._folder / f"{door}-{database}"
            world = new_world(data, self._url(database, data))
            through: Door = FrontDoor(world.house) if door == "pages" else Counter(world.house)
            caravan = Caravan(world.house, world.clock, door=through)
            played = caravan.play(setting_out(read_journeys()), until=LONG_AFTER)
            travellers = {one.journey.id: one for one in played}
            self._told[door, database] = Telling(world=world, travellers=travellers)
        return self._told[door, database]

    def close(self) -> None:
        """Give the databases back."""
        for telling in self._told.values():
            telling.world.store.close()

    def _url(self, database: str, data: Path) -> str:
        if database == "sqlite":
            return sqlite_url(data / "petition.db")
        return str(self._request.getfixturevalue("postgres_server").new_database())


@pytest.fixture(scope="session")
def library(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    """All tellings of this session."""
    shelf = Library(request, tmp_path_factory.mktemp("stories"))
    yield shelf
    shelf.close()
