"""One office for all tests of a session, never written to; and one of one's own where a test writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.dossier.world import World, database_of, exported, lived_in, workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken out of the office: dossiers with and without personal data, one of another petition, and last of all
    its whole database. The office itself does nothing after that, else its witness knows more than the database.
    """

    world: World
    closed: bytes
    opened: bytes
    other: bytes
    database: bytes


@pytest.fixture(scope="session")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Taken]:
    with workplace("sqlite", server=None, directory=tmp_path_factory.mktemp("office")) as place:
        world = lived_in(place)
        heads = tuple(world.last.read(one.note) for one in world.heads)
        opened = exported(place.house, world, purpose="复核", heads=heads)
        closed = exported(place.house, world, heads=heads)
        other = exported(place.house, world, petition=world.other)
        yield Taken(
            world=world, closed=closed, opened=opened, other=other, database=database_of(world)
        )


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: object) -> Iterator[World]:
    server = None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_server").url("postgres")
    with workplace(request.param, server=server) as place:
        yield lived_in(place)
