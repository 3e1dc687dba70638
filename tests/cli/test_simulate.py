"""``petition simulate``: the version in force on its own, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Asked


def test_a_version_is_simulated_with_what_a_file_assumes(
    office: Path, ask: Asked, tmp_path: Path
) -> None:
    file = tmp_path / "ours.toml"
    file.write_text('arrivals = 4\n[staff]\n"organ.clerk" = 7\n', encoding="utf-8")
    status, said, told = ask("simulate", "-n", "20", "--seed", "2", "--assumptions", file, "--json")

    report = json.loads(said)
    assert (status, report["seed"], report["base"]) == (0, 2, None)
    assert report["assumptions"]["arrivals"] == 4
    assert report["assumptions"]["staff"]["organ.clerk"] == 7
    assert report["tried"]["petitions"] == report["tried"]["over"] == 20
    assert report["tried"]["clauses"]["T1"]["begun"] > 5
    assert "40/40" in told or "/40" in told


def test_what_makes_no_sense_is_one_line(office: Path, ask: Asked, tmp_path: Path) -> None:
    broken, wrong = tmp_path / "broken.toml", tmp_path / "wrong.toml"
    broken.write_text("arrivals =", encoding="utf-8")
    wrong.write_text("arrivals = -1", encoding="utf-8")
    for words in (
        ("-n", "3"), ("--version", "abcdef0"), ("--seed", "-4"), ("--assumptions", str(broken)),
        ("--assumptions", str(wrong)),
    ):  # fmt: skip
        status, said, told = ask("simulate", *words)
        assert (status, said) == (2, ""), words
        assert len(told.splitlines()) == 1, told
    assert ask("simulate", "--draft", "nothing")[0] == 1
