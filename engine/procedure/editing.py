"""Small changes of a diagram's text: attributes of an element, and a step put in after another, layout included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from engine.errors import BadInput
from engine.procedure.strokes import (
    DC,
    DI,
    POINTS,
    bound,
    box,
    find,
    lead,
    number,
    points,
    put,
    read_diagram,
    refer,
    shapes,
    written,
)
from engine.procedure.vocabulary import NAMESPACE
from engine.procedure.xml import BPMN, children
from engine.text import Text

Element = Any

_WIDTH, _HEIGHT, _GAP = 140, 80, 50


def with_words(
    diagram: bytes, element: str, *, name: str, words: Mapping[str, str | None]
) -> bytes:
    """*diagram* with another *name* and other *words* of ours on *element*; a word that is None or empty is taken away.

    Raises NotFound.
    """
    root = read_diagram(diagram)
    found = find(root, element)
    put(found, "name", name)
    for word, value in words.items():
        put(found, f"{{{NAMESPACE}}}{word}", value)
    return written(root, diagram)


def with_step_after(
    diagram: bytes, after: str, *, id: str, name: str, words: Mapping[str, str]
) -> bytes:
    """*diagram* with a task *id* on the only way out of *after*, in the same lane; what lies right of it moves on.

    Where *words* name a table it decides by that; else people work on it: those who work on *after*, unless *words* say
    otherwise.

    Raises NotFound; BadInput where there is no way out, or more than one.
    """
    root = read_diagram(diagram)
    before = find(root, after)
    scope = before.getparent()
    ways = [one for one in children(scope, "sequenceFlow") if one.get("sourceRef") == after]
    if len(ways) != 1:
        raise BadInput({"after": _NO_WAY})
    (way,) = ways
    target = find(root, way.get("targetRef"))
    kind = "businessRuleTask" if "table" in words else "userTask"
    task = etree.SubElement(scope, f"{{{BPMN}}}{kind}", id=id, name=name)
    onward = f"{id}_to_{target.get('id')}"
    by = () if "table" in words else ("role", "organ")
    beside = {word: before.get(f"{{{NAMESPACE}}}{word}") for word in by}
    for word, value in {**beside, **words}.items():
        put(task, f"{{{NAMESPACE}}}{word}", value)
    refer(task, "incoming", way.get("id"))
    refer(task, "outgoing", onward)
    etree.SubElement(
        scope, f"{{{BPMN}}}sequenceFlow", id=onward, sourceRef=id, targetRef=target.get("id")
    )
    way.set("targetRef", id)
    for reference in children(target, "incoming"):
        if (reference.text or "").strip() == way.get("id"):
            reference.text = onward
    _join_lane(root, after, id)
    _draw(root, after, way.get("id"), id, onward)
    return written(root, diagram)


def _join_lane(root: Element, neighbour: str, id: str) -> None:
    for reference in root.iter(f"{{{BPMN}}}flowNodeRef"):
        if (reference.text or "").strip() == neighbour:
            joined = etree.Element(reference.tag)
            joined.text = id
            reference.addnext(joined)
            return


def _draw(root: Element, after: str, way: str, id: str, onward: str) -> None:
    """Room for the step right of *after*, its shape, and the two flows. A diagram without layout gets none."""
    drawn = shapes(root)
    if after not in drawn or way not in drawn:
        return
    x, y, width, height = box(drawn[after])
    _shift(root, x + width)
    left, middle = x + width + _GAP, y + height / 2
    plane = drawn[after].getparent()
    shape = etree.SubElement(plane, f"{DI}BPMNShape", id=f"{id}_shape", bpmnElement=id)
    bound(shape, left, middle - _HEIGHT / 2, _WIDTH, _HEIGHT)
    end = points(drawn[way])[-1]
    start = left + _WIDTH
    lead(drawn[way], [(x + width, middle), (left, middle)])
    edge = etree.SubElement(plane, f"{DI}BPMNEdge", id=f"{onward}_edge", bpmnElement=onward)
    bend = (
        [] if end[1] == middle else [((start + end[0]) / 2, middle), ((start + end[0]) / 2, end[1])]
    )
    lead(edge, [(start, middle), *bend, end])


def _shift(root: Element, from_x: float) -> None:
    """Move what lies right of *from_x*, and widen what lies around it."""
    by = _WIDTH + _GAP
    for bounds in root.iter(f"{DC}Bounds"):
        x, width = float(bounds.get("x")), float(bounds.get("width"))
        if x >= from_x:
            bounds.set("x", number(x + by))
        elif x + width > from_x and bounds.getparent().tag == f"{DI}BPMNShape":
            bounds.set("width", number(width + by))
    for point in root.iter(f"{POINTS}waypoint"):
        if float(point.get("x")) > from_x:
            point.set("x", number(float(point.get("x")) + by))


_NO_WAY: Final = Text(
    "只能插在恰有一条出路的元素之后",
    "a step can only be put after an element with exactly one way out",
)
