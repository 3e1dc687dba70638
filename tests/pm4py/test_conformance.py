"""pm4py reads our logs whole, lawful runs fit the drawing, and runs that lack a step do not (see README.md here)."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.bootstrap import House
from tests.audit.conftest import house, on_sqlite
from tests.effort import effort
from tests.pm4py import environment, files

__all__ = ["house", "on_sqlite"]


def test_lawful_runs_fit_the_drawing_and_planted_deviations_do_not(
    house: House, tmp_path: Path
) -> None:
    if not environment.made():
        pytest.skip("pm4py has no environment here: .venv/bin/python -m tests.pm4py makes one")
    made = files.written(house, tmp_path)

    said = environment.asked(made.xes, made.ocel, made.model, most=effort(2, long=1000))

    assert (said["cases"], said["events"]) == (made.told.petitions, made.told.events)
    assert said["object_events"] == made.told.events
    assert said["objects"] == made.ocel.read_text("utf-8").count('{"id":') - made.told.events
    assert said["unlabelled"] == []
    assert said["lawful"]["fit"] == said["lawful"]["runs"] > 30
    assert said["lawful"]["worst"] == said["lawful"]["aligned_worst"] == 1.0
    for step, planted in said["planted"].items():
        assert (planted["fit"], planted["runs"] > 0) == (0, True), step
        assert max(planted["best"], planted["aligned_best"]) < 1.0, step
