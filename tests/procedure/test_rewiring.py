"""How a diagram hangs together can be changed in its text, and nothing is left hanging."""

from __future__ import annotations

import pytest

from engine.bootstrap import shipped_source, vocabulary
from engine.errors import BadInput, NotFound
from engine.procedure import check
from engine.procedure.drawing import Kind
from engine.procedure.findings import Findings
from engine.procedure.parsing import parse_drawing
from engine.procedure.rewiring import calling, in_lane, lanes_in, with_flow, with_new_flow, without
from engine.procedure.xml import read_xml
from engine.statute.law import load_law
from tests.effort import effort

SHIPPED = shipped_source()
WORDS = vocabulary(load_law())
HANDLING = "handling.bpmn"
_HANGING = {"broken_flow", "broken_default", "broken_attachment", "id_twice", "xml_broken"}


def _scopes(file: str, diagram: bytes):  # type: ignore[no-untyped-def]
    root = read_xml(file, diagram, Findings())
    return parse_drawing({file: root}).scopes


@pytest.mark.parametrize("file", SHIPPED.diagrams())
def test_a_flow_that_is_left_as_it_is_leaves_the_text_as_it_is(file: str) -> None:
    diagram = SHIPPED.files[file]
    for scope in _scopes(file, diagram).values():
        for line in scope.lines:
            again = with_flow(
                diagram, line.id, target=line.target, condition=line.condition or "",
                default=scope.by_id[line.source].default == line.id,
            )  # fmt: skip
            assert again == diagram, line.id


@pytest.mark.parametrize("file", SHIPPED.diagrams())
def test_nothing_is_left_hanging_when_an_element_is_taken_out(file: str) -> None:
    diagram = SHIPPED.files[file]
    for scope in _scopes(file, diagram).values():
        for node in scope.nodes[:: effort(5, long=1)]:
            left = without(diagram, node.id)
            found = check(SHIPPED.with_files({file: left}), WORDS)
            assert not _HANGING & {one.rule for one in found}, node.id
            for attribute in ("id", "bpmnElement", "sourceRef", "attachedToRef"):
                assert f' {attribute}="{node.id}"'.encode() not in left
            into, out = scope.entering[node.id], scope.leaving[node.id]
            if len(into) == len(out) == 1 and into[0].source != out[0].target:
                after = next(
                    one for one in _scopes(file, left)[scope.id].lines if one.id == into[0].id
                )
                assert after.target == out[0].target


def test_a_flow_is_led_elsewhere_and_one_more_is_added() -> None:
    diagram = SHIPPED.files[HANDLING]
    scope = _scopes(HANDLING, diagram)["handling"]
    line = next(one for one in scope.lines if scope.by_id[one.source].kind is Kind.USER_TASK)
    goal = next(one.id for one in scope.nodes if one.kind is Kind.END)
    led = with_flow(diagram, line.id, target=goal, condition="", default=False)
    (after,) = (one for one in _scopes(HANDLING, led)["handling"].lines if one.id == line.id)
    assert after.target == goal
    more = with_new_flow(diagram, line.source, id="one_more", target=goal)
    assert b'<bpmndi:BPMNEdge id="one_more_edge" bpmnElement="one_more">' in more
    assert not _HANGING & {one.rule for one in check(SHIPPED.with_files({HANDLING: more}), WORDS)}
    with pytest.raises(NotFound):
        with_new_flow(diagram, line.source, id="lost", target="nowhere")


def test_a_flow_never_leaves_its_scope() -> None:
    for file, diagram in SHIPPED.diagrams().items():
        scopes = _scopes(file, diagram)
        inner = [scope for scope in scopes.values() if scope.parent]
        if inner:
            outside = scopes[str(inner[0].parent)].nodes[0].id
            with pytest.raises(BadInput):
                with_new_flow(diagram, inner[0].nodes[0].id, id="out", target=outside)
            return
    raise AssertionError("no shipped diagram has a sub-process")


def test_a_step_is_put_into_another_lane_and_a_call_calls_another() -> None:
    for file, diagram in SHIPPED.diagrams().items():
        lanes = [id for id, _ in lanes_in(diagram)]
        for scope in _scopes(file, diagram).values():
            for node in scope.nodes:
                if node.lane and len(lanes) > 1 and not scope.parent:
                    other = next(one for one in lanes if one != node.lane.id)
                    after = _scopes(file, in_lane(diagram, node.id, other))[scope.id].by_id[node.id]
                    assert after.lane is not None
                    assert after.lane.id == other
                if node.kind is Kind.CALL:
                    called = calling(diagram, node.id, "another")
                    assert _scopes(file, called)[scope.id].by_id[node.id].called == "another"
