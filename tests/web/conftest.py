"""Fixtures: a lived-in office, made once and copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web import office as offices
from tests.web.office import Office


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of a demonstration office with petitions at every stage; to be copied."""
    return offices.lived_in(tmp_path_factory.mktemp("lived-in") / "data")


@pytest.fixture
def office(lived_in: Path, tmp_path: Path) -> Iterator[Office]:
    """An office of one's own, whose clock stands still."""
    made = offices.copied(lived_in, tmp_path / "data")
    yield made
    made.house.store.close()


@pytest.fixture
def demonstration(lived_in: Path, tmp_path: Path) -> Iterator[Office]:
    """A demonstration office of one's own, whose clock may be turned."""
    made = offices.copied(lived_in, tmp_path / "data", demonstration=True)
    yield made
    made.house.store.close()
