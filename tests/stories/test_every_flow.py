"""Every sequence flow of every shipped diagram is taken by some story; what no story takes is named."""

from __future__ import annotations

from lxml import etree

from engine.bootstrap import shipped_source
from tests.stories.conftest import Library

FLOW = "{http://www.omg.org/spec/BPMN/20100524/MODEL}sequenceFlow"


def flows_of(name: str, content: bytes) -> dict[str, str]:
    """The flows of a diagram: id to ``diagram: from → to``."""
    root = etree.fromstring(content)
    return {
        flow.get("id"): f"{name}: {flow.get('sourceRef')} → {flow.get('targetRef')}"
        for flow in root.iter(FLOW)
    }


def shipped_flows() -> dict[str, str]:
    diagrams = {
        name: content for name, content in shipped_source().files.items() if name.endswith(".bpmn")
    }
    return {
        id: words for name, content in diagrams.items() for id, words in flows_of(name, content).items()
    }


def test_every_flow_of_every_diagram_is_taken(library: Library) -> None:
    taken = library.telling("counter", "sqlite").world.flows
    shipped = shipped_flows()

    missing = sorted(words for id, words in shipped.items() if id not in taken)
    print(f"{len(shipped) - len(missing)} of {len(shipped)} flows are taken")
    print("\n".join(missing))

    assert missing == []
    assert taken <= set(shipped)
