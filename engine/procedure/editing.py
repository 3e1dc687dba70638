"""Small changes of a diagram's text: attributes of an element, and a step put in after another, layout included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from engine.errors import BadInput, NotFound
from engine.procedure.canonical import canonical
from engine.procedure.findings import Findings
from engine.procedure.vocabulary import NAMESPACE
from engine.procedure.xml import BPMN, children, read_xml
from engine.text import Text

Element = Any

_DI: Final = "{http://www.omg.org/spec/BPMN/20100524/DI}"
_DC: Final = "{http://www.omg.org/spec/DD/20100524/DC}"
_POINTS: Final = "{http://www.omg.org/spec/DD/20100524/DI}"
_WIDTH, _HEIGHT, _GAP = 140, 80, 50


def with_words(
    diagram: bytes, element: str, *, name: str, words: Mapping[str, str | None]
) -> bytes:
    """*diagram* with another *name* and other *words* of ours on *element*; a word that is None or empty is taken away.

    Raises NotFound.
    """
    root = _read(diagram)
    found = _find(root, element)
    _put(found, "name", name)
    for word, value in words.items():
        _put(found, f"{{{NAMESPACE}}}{word}", value)
    return canonical(etree.tostring(root, encoding="UTF-8", xml_declaration=True), diagram)


def with_step_after(
    diagram: bytes, after: str, *, id: str, name: str, words: Mapping[str, str]
) -> bytes:
    """*diagram* with a task *id* on the only way out of *after*, in the same lane; what lies right of it moves on.

    Where *words* name a table it decides by that; else people work on it: those who work on *after*, unless *words* say
    otherwise.

    Raises NotFound; BadInput where there is no way out, or more than one.
    """
    root = _read(diagram)
    before = _find(root, after)
    scope = before.getparent()
    ways = [one for one in children(scope, "sequenceFlow") if one.get("sourceRef") == after]
    if len(ways) != 1:
        raise BadInput({"after": _NO_WAY})
    (way,) = ways
    target = _find(root, way.get("targetRef"))
    kind = "businessRuleTask" if "table" in words else "userTask"
    task = etree.SubElement(scope, f"{{{BPMN}}}{kind}", id=id, name=name)
    onward = f"{id}_to_{target.get('id')}"
    by = () if "table" in words else ("role", "organ")
    beside = {word: before.get(f"{{{NAMESPACE}}}{word}") for word in by}
    for word, value in {**beside, **words}.items():
        _put(task, f"{{{NAMESPACE}}}{word}", value)
    _refer(task, "incoming", way.get("id"))
    _refer(task, "outgoing", onward)
    etree.SubElement(
        scope, f"{{{BPMN}}}sequenceFlow", id=onward, sourceRef=id, targetRef=target.get("id")
    )
    way.set("targetRef", id)
    for reference in children(target, "incoming"):
        if (reference.text or "").strip() == way.get("id"):
            reference.text = onward
    _join_lane(root, after, id)
    _draw(root, after, way.get("id"), id, onward)
    return canonical(etree.tostring(root, encoding="UTF-8", xml_declaration=True), diagram)


def _read(diagram: bytes) -> Element:
    root = read_xml("", diagram, Findings())
    if root is None:
        raise NotFound(Text("这个文件不是可读的流程图", "this file is no readable diagram"))
    return root


def _find(root: Element, id: str | None) -> Element:
    for element in root.iter(f"{{{BPMN}}}*"):
        if id and element.get("id") == id:
            return element
    raise NotFound(Text(f"流程图中没有元素{id}", f"the diagram has no element {id}"))


def _put(element: Element, attribute: str, value: str | None) -> None:
    if value:
        element.set(attribute, value)
    else:
        element.attrib.pop(attribute, None)


def _refer(element: Element, kind: str, id: str) -> None:
    etree.SubElement(element, f"{{{BPMN}}}{kind}").text = id


def _join_lane(root: Element, neighbour: str, id: str) -> None:
    for reference in root.iter(f"{{{BPMN}}}flowNodeRef"):
        if (reference.text or "").strip() == neighbour:
            joined = etree.Element(reference.tag)
            joined.text = id
            reference.addnext(joined)
            return


def _draw(root: Element, after: str, way: str, id: str, onward: str) -> None:
    """Room for the step right of *after*, its shape, and the two flows. A diagram without layout gets none."""
    shapes = {one.get("bpmnElement"): one for one in root.iter(f"{_DI}BPMNShape", f"{_DI}BPMNEdge")}
    if after not in shapes or way not in shapes:
        return
    x, y, width, height = _box(shapes[after])
    _shift(root, x + width)
    left, middle = x + width + _GAP, y + height / 2
    plane = shapes[after].getparent()
    shape = etree.SubElement(plane, f"{_DI}BPMNShape", id=f"{id}_shape", bpmnElement=id)
    _bounds(shape, left, middle - _HEIGHT / 2, _WIDTH, _HEIGHT)
    points = [
        (float(p.get("x")), float(p.get("y"))) for p in shapes[way].iter(f"{_POINTS}waypoint")
    ]
    start = left + _WIDTH
    _points(shapes[way], [(x + width, middle), (left, middle)])
    edge = etree.SubElement(plane, f"{_DI}BPMNEdge", id=f"{onward}_edge", bpmnElement=onward)
    end = points[-1]
    bend = (
        [] if end[1] == middle else [((start + end[0]) / 2, middle), ((start + end[0]) / 2, end[1])]
    )
    _points(edge, [(start, middle), *bend, end])


def _shift(root: Element, from_x: float) -> None:
    """Move what lies right of *from_x*, and widen what lies around it."""
    by = _WIDTH + _GAP
    for bounds in root.iter(f"{_DC}Bounds"):
        x, width = float(bounds.get("x")), float(bounds.get("width"))
        if x >= from_x:
            bounds.set("x", _number(x + by))
        elif x + width > from_x and bounds.getparent().tag == f"{_DI}BPMNShape":
            bounds.set("width", _number(width + by))
    for point in root.iter(f"{_POINTS}waypoint"):
        if float(point.get("x")) > from_x:
            point.set("x", _number(float(point.get("x")) + by))


def _box(shape: Element) -> tuple[float, float, float, float]:
    bounds = shape.find(f"{_DC}Bounds")
    x, y, width, height = (float(bounds.get(name)) for name in ("x", "y", "width", "height"))
    return x, y, width, height


def _bounds(shape: Element, x: float, y: float, width: float, height: float) -> None:
    numbers = {"x": x, "y": y, "width": width, "height": height}
    etree.SubElement(
        shape, f"{_DC}Bounds", {name: _number(value) for name, value in numbers.items()}
    )


def _points(edge: Element, points: list[tuple[float, float]]) -> None:
    for old in edge.findall(f"{_POINTS}waypoint"):
        edge.remove(old)
    for at, (x, y) in enumerate(points):
        edge.insert(at, etree.Element(f"{_POINTS}waypoint", x=_number(x), y=_number(y)))


def _number(value: float) -> str:
    return f"{value:g}"


_NO_WAY: Final = Text(
    "只能插在恰有一条出路的元素之后",
    "a step can only be put after an element with exactly one way out",
)
