"""Every sequence flow of every shipped diagram is taken by some story; what no story takes is named.

The report is kept in ``.cache/flows.txt``: one line per flow, with what it leads from and to.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from engine.bootstrap import shipped_source
from tests.stories.conftest import Library

FLOW = "{http://www.omg.org/spec/BPMN/20100524/MODEL}sequenceFlow"
REPORT = Path(__file__).parents[2] / ".cache" / "flows.txt"


def flows_of(name: str, content: bytes) -> dict[str, str]:
    """The flows of a diagram: id to ``diagram: from → to``."""
    return {
        flow.get("id"): f"{name}: {flow.get('sourceRef')} → {flow.get('targetRef')}"
        for flow in etree.fromstring(content).iter(FLOW)
    }


def shipped_flows() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, content in shipped_source().files.items():
        if name.endswith(".bpmn"):
            found.update(flows_of(name, content))
    return found


def report(shipped: dict[str, str], taken: set[str]) -> str:
    """How many flows are taken, and each of them with whether it is."""
    lines = sorted(
        f"{'taken  ' if id in taken else 'MISSING'} {words}" for id, words in shipped.items()
    )
    known = len(taken & set(shipped))
    return "\n".join([f"{known} of {len(shipped)} flows are taken", *lines, ""])


def test_every_flow_of_every_diagram_is_taken(library: Library) -> None:
    shipped, taken = shipped_flows(), set(library.telling("counter", "sqlite").world.flows)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(report(shipped, taken), encoding="utf-8")

    assert sorted(words for id, words in shipped.items() if id not in taken) == []


def test_the_report_names_what_is_missing() -> None:
    shipped = {"a": "petition.bpmn: one → two", "b": "petition.bpmn: two → three"}

    assert report(shipped, {"a"}).splitlines() == [
        "1 of 2 flows are taken",
        "MISSING petition.bpmn: two → three",
        "taken   petition.bpmn: one → two",
    ]
