"""``petition import-diagram`` and ``export-diagram``."""

from __future__ import annotations

import json
from pathlib import Path

from engine.bootstrap import PROCESSES
from tests.cli.conftest import Asked
from tests.procedure.foreign.samples import OPENED, octets


def test_diagrams_are_taken_in_with_a_report_and_others_refused(ask: Asked, tmp_path: Path) -> None:
    file, nothing, to = tmp_path / "转办.bpmn", tmp_path / "空.bpmn", tmp_path / "processes"
    file.write_bytes(octets(OPENED["pools and message flows"]))
    nothing.write_bytes(b"")
    status, out, err = ask("import-diagram", file, nothing, "--to", to, "--json")
    reports = json.loads(out)["files"]

    assert status == 2
    assert "空.bpmn:文件是空的" in err
    assert sorted(one.name for one in to.iterdir()) == ["answers.bpmn", "asks.bpmn"]
    assert [one.get("diagram") for one in reports] == ["asks.bpmn", "answers.bpmn", None]
    assert any(note["element"] == "pool_b" for note in reports[0]["notes"])

    status, out, _ = ask("import-diagram", file, "--to", to, "--replace")
    assert status == 0
    assert "asks.bpmn" in out
    assert len(list(to.iterdir())) == 2


def test_tidying_keeps_what_other_products_wrote(ask: Asked, tmp_path: Path) -> None:
    file = tmp_path / "demo.bpmn"
    file.write_bytes(octets(OPENED["camunda 8"]))
    assert ask("tidy", file)[0] == 0
    assert (
        b'<zeebe:assignmentDefinition assignee="=demo" candidateGroups="clerks" />'
        in file.read_bytes()
    )


def test_diagrams_are_handed_out_plain(ask: Asked, tmp_path: Path) -> None:
    status, _, _ = ask("export-diagram", PROCESSES / "review.bpmn", "--to", tmp_path)
    written = (tmp_path / "review.bpmn").read_text("utf-8")

    assert status == 0
    assert " petition:" not in written
    assert 'id="re_review' in written or "<bpmn:userTask" in written
