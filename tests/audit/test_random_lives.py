"""Whatever people do in an office, the record alone rebuilds every state of every petition."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from tests.audit.test_replay import replayed
from tests.effort import effort
from tests.model.choosing import Rolled
from tests.model.place import Place
from tests.model.place import found as empty_office
from tests.model.playing import Play
from tests.model.test_office_keeps_the_statute import MORNINGS, live

A_LIFE = 60
"""Steps in the life of an office; several petitions live in each."""


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of a demonstration office without petitions, to be copied."""
    return empty_office(tmp_path_factory.mktemp("founded") / "data")


@pytest.mark.parametrize("seed", range(effort(35, long=500)))
def test_petitions_of_random_lives_replay_to_what_is_stored(
    seed: int, founded: Path, tmp_path: Path
) -> None:
    choose = Rolled(10_000 + seed)
    place = Place.copied(founded, tmp_path / "data", opens=choose.one_of(MORNINGS))
    with suppress(
        AssertionError
    ):  # what the model has against the office is for its own test to say
        live(Play(place), choose, A_LIFE)
    found = replayed(place.house)
    place.house.store.close()

    assert {one.petition: one.divergence for one in found if not one.equal} == {}
    assert found
