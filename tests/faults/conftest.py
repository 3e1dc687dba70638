"""An office on each database, with petitions under way and a clock that is turned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from engine.bench.workplace import Workplace, measured_source, workplace
from tests.faults import workers
from tests.faults.journal import SENT, Journal, Told, told


@dataclass(frozen=True, slots=True)
class Battered:
    """An office whose processes are struck down, and the journals that they leave."""

    place: Workplace
    journals: Path

    def shift(self, *, seed: int, point: str | None = None, passes: int = 1) -> workers.Shift:
        """Work for one process at the office, at the present instant."""
        return workers.Shift(
            settings=self.place.settings,
            now=self.place.clock.now(),
            seed=seed,
            point=point,
            passes=passes,
            journals=self.journals,
        )

    def register(self, count: int) -> list[str]:
        """*count* more petitions, noted as sent. Returns their ids."""
        commands = [self.place.registration() for _ in range(count)]
        journal = Journal(self.journals / "office.jsonl")
        for command in commands:
            journal.note(SENT, command.key)
        return self.place.carried_out(commands)

    def told(self) -> Told:
        """What the clerks' journals say."""
        return told(self.journals)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workplace]:
    """An office on a database of its own, with the measured drawing in force."""
    server = None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_server").url("postgres")
    with workplace(request.param, server=server, directory=tmp_path) as made:
        made.deploy(measured_source())
        yield made


@pytest.fixture
def battered(place: Workplace, tmp_path: Path) -> Battered:
    journals = tmp_path / "journals"
    journals.mkdir()
    return Battered(place, journals)


@pytest.fixture(scope="session")
def processes() -> ForkServerContext:
    return workers.processes()
