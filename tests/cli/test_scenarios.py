"""``petition scenarios``: plays scenarios in continuous integration."""

from __future__ import annotations

import json
from pathlib import Path

from engine.bootstrap import PROCESSES
from tests.cli.conftest import Asked

BARRED = PROCESSES / "scenarios" / "barred.toml"


def test_every_shipped_scenario_passes(ask: Asked) -> None:
    status, out, progress = ask("scenarios", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    coverage = rows[-1]["coverage"]

    assert status == 0
    assert len(rows) - 1 == len(list((PROCESSES / "scenarios").glob("*.toml"))) >= 12
    assert all(row["passed"] for row in rows[:-1])
    assert coverage["elements"]["accept"] > 1
    assert coverage["clocks"]["T10"]["suspended"] == 1
    assert "petition: 1/" in progress


def test_a_difference_is_told_with_what_was_expected_and_found(ask: Asked, tmp_path: Path) -> None:
    changed = tmp_path / "barred.toml"
    changed.write_text(BARRED.read_text("utf-8").replace('"barred"\n', '"duty"\n', 1), "utf-8")
    changed.write_text(
        BARRED.read_text("utf-8").replace('closing = "barred"', 'closing = "duty"'), "utf-8"
    )
    status, out, _ = ask("scenarios", changed)

    assert status == 1
    assert "closing 预期 duty,实际 barred" in out


def test_what_cannot_be_read_is_unusable(ask: Asked, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("id = 3", "utf-8")

    assert ask("scenarios", broken)[0] == 2
    assert ask("scenarios", tmp_path / "none.toml")[0] == 2
    assert ask("scenarios", "--processes", tmp_path)[0] == 2
    (tmp_path / "empty").mkdir()
    assert ask("scenarios", tmp_path / "empty")[0] == 2


def test_a_version_of_the_office_is_tried_with_its_own_scenarios(ask: Asked, office: Path) -> None:
    status, _, err = ask("scenarios", "--version", "ffffff")
    assert status == 2
    assert "有0个" in err
