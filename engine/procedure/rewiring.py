"""Changes of how a diagram hangs together: flows, conditions, lanes, calls, and elements taken out, layout included."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from lxml import etree

from engine.errors import BadInput
from engine.procedure.strokes import (
    DI,
    Point,
    bound,
    box,
    find,
    forget,
    lead,
    put,
    read_diagram,
    refer,
    shapes,
    written,
)
from engine.procedure.xml import BPMN, children, local, words_in
from engine.text import Text

Element = Any

_CHOOSING: Final = frozenset({"exclusiveGateway", "inclusiveGateway"})


def lanes_in(diagram: bytes) -> tuple[tuple[str, str], ...]:
    """The lanes of *diagram* that are not divided further, by id and name. Raises NotFound."""
    root = read_diagram(diagram)
    return tuple(
        (lane.get("id", ""), lane.get("name", ""))
        for lane in root.iter(f"{{{BPMN}}}lane")
        if not children(lane, "childLaneSet")
    )


def with_flow(diagram: bytes, flow: str, *, target: str, condition: str, default: bool) -> bytes:
    """*diagram* with *flow* leading to *target*, under *condition* (empty: none), as the default way of its gateway or not.

    Raises NotFound; BadInput where the target lies elsewhere.
    """
    root = read_diagram(diagram)
    line = find(root, flow)
    source, goal = find(root, line.get("sourceRef")), find(root, target)
    if goal.getparent() is not source.getparent():
        raise BadInput({"target": _ELSEWHERE})
    if target != line.get("targetRef"):
        _lead_to(root, line, source, goal)
    wanted = "" if default else condition
    said = [words_in(old) for old in children(line, "conditionExpression")]
    if said != ([wanted] if wanted else []):
        for old in children(line, "conditionExpression"):
            line.remove(old)
        if wanted:
            etree.SubElement(line, f"{{{BPMN}}}conditionExpression").text = wanted
    if local(source) in _CHOOSING and (default or source.get("default") == flow):
        put(source, "default", flow if default else None)
    return written(root, diagram)


def with_new_flow(diagram: bytes, source: str, *, id: str, target: str) -> bytes:
    """*diagram* with one more flow *id* from *source* to *target*. Raises NotFound; BadInput where that lies elsewhere."""
    root = read_diagram(diagram)
    start, goal = find(root, source), find(root, target)
    if goal.getparent() is not start.getparent():
        raise BadInput({"target": _ELSEWHERE})
    line = etree.SubElement(
        start.getparent(), f"{{{BPMN}}}sequenceFlow", id=id, sourceRef=source, targetRef=target
    )
    refer(start, "outgoing", id)
    refer(goal, "incoming", id)
    _draw(root, line, start, goal)
    return written(root, diagram)


def without(diagram: bytes, id: str) -> bytes:
    """*diagram* without the element or flow *id*, with what hangs on it: its border events, and their flows.

    Where one way led in and one led on, the way in leads on. Raises NotFound.
    """
    root = read_diagram(diagram)
    element = find(root, id)
    if local(element) != "sequenceFlow":
        _bridge(root, element)
    gone = {id}
    for one in element.getparent():
        if one.get("attachedToRef") in gone:
            gone.add(one.get("id"))
    gone |= {one.get("id") for one in element.iter(f"{{{BPMN}}}*") if one.get("id")}
    for line in list(
        root.iter(f"{{{BPMN}}}sequenceFlow", f"{{{BPMN}}}association", f"{{{BPMN}}}messageFlow")
    ):
        if gone & {line.get("sourceRef"), line.get("targetRef")}:
            gone.add(line.get("id"))
    for one in list(root.iter(f"{{{BPMN}}}*")):
        if one.get("default") in gone:
            put(one, "default", None)
        if one.get("id") in gone and one.getparent() is not None:
            one.getparent().remove(one)
    for lost in gone:
        forget(root, lost)
    return written(root, diagram)


def in_lane(diagram: bytes, element: str, lane: str) -> bytes:
    """*diagram* with *element* in *lane*, moved up or down to it. Raises NotFound."""
    root = read_diagram(diagram)
    node, goal = find(root, element), find(root, lane)
    for reference in list(root.iter(f"{{{BPMN}}}flowNodeRef")):
        if words_in(reference) == element:
            reference.getparent().remove(reference)
    etree.SubElement(goal, f"{{{BPMN}}}flowNodeRef").text = element
    drawn = shapes(root)
    if element in drawn and lane in drawn:
        _, y, _, height = box(drawn[element])
        _, top, _, high = box(drawn[lane])
        _move(root, node, top + (high - height) / 2 - y)
    return written(root, diagram)


def calling(diagram: bytes, element: str, process: str) -> bytes:
    """*diagram* with the call *element* calling *process*. Raises NotFound."""
    root = read_diagram(diagram)
    put(find(root, element), "calledElement", process)
    return written(root, diagram)


def _lead_to(root: Element, line: Element, source: Element, goal: Element) -> None:
    id = line.get("id")
    for reference in list(root.iter(f"{{{BPMN}}}incoming")):
        if words_in(reference) == id:
            reference.getparent().remove(reference)
    line.set("targetRef", goal.get("id"))
    refer(goal, "incoming", id)
    _draw(root, line, source, goal)


def _bridge(root: Element, element: Element) -> None:
    """Let the only way into *element* lead to where the only way out of it led."""
    scope, id = element.getparent(), element.get("id")
    into = [one for one in children(scope, "sequenceFlow") if one.get("targetRef") == id]
    out = [one for one in children(scope, "sequenceFlow") if one.get("sourceRef") == id]
    if len(into) != 1 or len(out) != 1 or out[0].get("targetRef") == into[0].get("sourceRef"):
        return
    _lead_to(
        root, into[0], find(root, into[0].get("sourceRef")), find(root, out[0].get("targetRef"))
    )


def _move(root: Element, node: Element, by: float) -> None:
    """Shift *node* and its border events down *by*, and draw their flows anew."""
    drawn = shapes(root)
    moved = [node, *(one for one in node.getparent() if one.get("attachedToRef") == node.get("id"))]
    for one in (inner for each in moved for inner in each.iter(f"{{{BPMN}}}*")):
        if one.get("id") in drawn and local(one) != "sequenceFlow":
            x, y, width, height = box(drawn[one.get("id")])
            bound(drawn[one.get("id")], x, y + by, width, height)
    ids = {one.get("id") for one in moved}
    for line in children(node.getparent(), "sequenceFlow"):
        if ids & {line.get("sourceRef"), line.get("targetRef")}:
            _draw(root, line, find(root, line.get("sourceRef")), find(root, line.get("targetRef")))


def _draw(root: Element, line: Element, source: Element, goal: Element) -> None:
    """Draw *line* from *source* to *goal*. A diagram without layout gets none."""
    drawn = shapes(root)
    if source.get("id") not in drawn or goal.get("id") not in drawn:
        return
    edge = drawn.get(line.get("id"))
    if edge is None:
        plane = drawn[source.get("id")].getparent()
        edge = etree.SubElement(
            plane, f"{DI}BPMNEdge", id=f"{line.get('id')}_edge", bpmnElement=line.get("id")
        )
    for label in list(edge.iter(f"{DI}BPMNLabel")):
        edge.remove(label)
    lead(edge, list(_way(box(drawn[source.get("id")]), box(drawn[goal.get("id")]))))


def _way(
    start: tuple[float, float, float, float], end: tuple[float, float, float, float]
) -> Iterable[Point]:
    """In right angles: from side to side where the goal lies ahead, else below both."""
    (x1, y1, width, height), (x2, y2, wide, high) = start, end
    middle, goal = y1 + height / 2, y2 + high / 2
    if x2 > x1 + width:
        turn = (x1 + width + x2) / 2
        bend = [] if middle == goal else [(turn, middle), (turn, goal)]
        return [(x1 + width, middle), *bend, (x2, goal)]
    under = max(y1 + height, y2 + high) + _BELOW
    out, into = x1 + width / 2, x2 + wide / 2
    return [(out, y1 + height), (out, under), (into, under), (into, y2 + high)]


_BELOW: Final = 30
_ELSEWHERE: Final = Text(
    "只能连到同一流程或子流程中的元素",
    "a flow leads to an element of the same process or sub-process alone",
)
