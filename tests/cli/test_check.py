"""``petition check``: the shipped drawings conform, and what would run wrongly is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.bootstrap import PROCESSES
from tests.cli.conftest import Asked


def test_the_shipped_drawings_conform(ask: Asked) -> None:
    status, out, _ = ask("check", PROCESSES, "--json")

    assert status == 0
    assert json.loads(out)["conforms"] is True


def test_a_drawing_alone_is_completed_with_the_shipped_ones_that_it_calls(ask: Asked) -> None:
    status, out, _ = ask("check", PROCESSES / "petition.bpmn")

    assert status == 0
    assert "符合要求" in out


def test_the_states_that_were_walked_are_told(ask: Asked) -> None:
    status, out, _ = ask("check", PROCESSES / "supervision.bpmn", "--json")

    assert status == 0
    assert json.loads(out)["states"] > 0


def test_a_drawing_that_breaks_the_law_is_refused_with_its_clause_and_a_run(
    ask: Asked, tmp_path: Path
) -> None:
    file = tmp_path / "supervision.bpmn"
    text = (PROCESSES / "supervision.bpmn").read_text("utf-8")
    file.write_text(text.replace(">rectified<", ">not rectified<"), "utf-8")
    status, out, _ = ask("check", file, "--json")
    finding = json.loads(out)["findings"][0]

    assert status == 1
    assert (finding["rule"], finding["clause"]) == ("duty_passed_by", "40(1)")
    first = finding["run"][0]
    assert set(first) == {"element", "kind", "word", "choice", "words"}
    assert (first["kind"], first["word"]) == ("start", "open_supervision")


def test_the_gate_alone_walks_nothing(ask: Asked) -> None:
    status, out, _ = ask("check", PROCESSES, "--no-proof", "--json")

    assert status == 0
    assert json.loads(out)["states"] == 0


def test_too_many_states_are_refused(ask: Asked) -> None:
    status, out, _ = ask("check", PROCESSES / "supervision.bpmn", "--states", "2", "--json")

    assert status == 1
    assert json.loads(out)["findings"][0]["rule"] == "too_large_to_decide"


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The drawing of the routing, naming an act that the statute does not know."""
    file = tmp_path / "routing.bpmn"
    text = (PROCESSES / "routing.bpmn").read_text("utf-8")
    file.write_text(text.replace('petition:act="accept"', 'petition:act="dance"'), "utf-8")
    return file


def test_a_drawing_beyond_the_vocabulary_is_refused_with_element_and_reason(
    ask: Asked, changed: Path
) -> None:
    status, out, _ = ask("check", changed, "--json")
    said = json.loads(out)

    assert status == 1
    assert said["conforms"] is False
    first = said["findings"][0]
    assert {"rule", "clause", "severity", "element", "message", "run"} <= set(first)
    assert first["severity"] == "refuse"
    assert "dance" in first["message"]


def test_the_findings_read_well_without_json(ask: Asked, changed: Path) -> None:
    status, out, _ = ask("check", changed)

    assert status == 1
    assert "routing.bpmn#" in out
    assert out.splitlines()[-1] == "不符合要求"


@pytest.mark.parametrize("content", [b"", b"no xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_what_is_no_drawing_is_refused(ask: Asked, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "routing.bpmn"
    file.write_bytes(content)

    assert ask("check", file)[0] == 1


def test_a_missing_or_foreign_file_is_unusable(ask: Asked, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"")

    for path in (tmp_path / "none.bpmn", picture):
        status, out, err = ask("check", path)
        assert (status, out) == (2, "")
        assert err.count("\n") == 1
