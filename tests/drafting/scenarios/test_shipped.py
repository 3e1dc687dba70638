"""The shipped scenarios go as they say on the shipped version, and cover the ends of the procedure."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.bootstrap import PROCESSES, shipped_source
from engine.demo.journeys import read_journeys
from engine.drafting.scenarios.playing import Played, play
from engine.drafting.scenarios.private_office import PrivateOffices
from engine.drafting.scenarios.reading import read_file, read_scenario
from engine.drafting.scenarios.writing import write_scenario
from tests.drafting.scenarios.conftest import the_offices

FILES = sorted((PROCESSES / "scenarios").glob("*.toml"))
_played: dict[Path, Played] = {}


def played(path: Path) -> Played:
    if path not in _played:
        offices = the_offices()
        _played[path] = play(offices, shipped_source(), read_file(path, offices.usual))
    return _played[path]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_scenario_goes_as_it_says(path: Path) -> None:
    assert played(path).difference is None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_scenario_is_called_like_its_file_and_can_be_written_again(
    path: Path, offices: PrivateOffices
) -> None:
    scenario = read_file(path, offices.usual)
    written = write_scenario(scenario, offices.usual)

    assert scenario.id == path.stem
    assert read_scenario(written, offices.usual) == scenario
    assert write_scenario(read_scenario(written, offices.usual), offices.usual) == written


def test_every_end_of_the_procedure_is_come_to() -> None:
    ends = {end for journey in read_journeys() for end in journey.closings.values()}
    expected = {
        move.expect.closing
        for path in FILES
        for move in played(path).scenario.moves
        if move.expect is not None and move.expect.closing
    }

    assert ends - expected == set()


def test_every_clock_with_a_number_is_started_and_stopped_in_some_scenario() -> None:
    clocks = {clock for path in FILES for clock in played(path).coverage.clocks}

    for limit in ("T1", "T3", "T4", "T5", "T7", "T8", "T9", "T10"):
        assert (limit, "opened") in clocks
        assert {(limit, "met"), (limit, "late")} & clocks, limit
    assert {("T5", "passed"), ("T5", "extended"), ("T10", "suspended")} <= clocks
