"""Elements, references and shapes in a diagram's text: found, written and taken away."""

from __future__ import annotations

from typing import Any, Final

from lxml import etree

from engine.errors import NotFound
from engine.procedure.canonical import canonical
from engine.procedure.findings import Findings
from engine.procedure.xml import BPMN, read_xml
from engine.text import Text

Element = Any
Point = tuple[float, float]

DI: Final = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC: Final = "{http://www.omg.org/spec/DD/20100524/DC}"
POINTS: Final = "{http://www.omg.org/spec/DD/20100524/DI}"


def read_diagram(diagram: bytes) -> Element:
    """The root of *diagram*. Raises NotFound where it cannot be read."""
    root = read_xml("", diagram, Findings())
    if root is None:
        raise NotFound(Text("这个文件不是可读的流程图", "this file is no readable diagram"))
    return root


def written(root: Element, before: bytes) -> bytes:
    """*root* in the one way to write it, in the order of the text *before*."""
    return canonical(etree.tostring(root, encoding="UTF-8", xml_declaration=True), before)


def find(root: Element, id: str | None) -> Element:
    """The element *id*. Raises NotFound."""
    for element in root.iter(f"{{{BPMN}}}*"):
        if id and element.get("id") == id:
            return element
    raise NotFound(Text(f"流程图中没有元素{id}", f"the diagram has no element {id}"))


def put(element: Element, attribute: str, value: str | None) -> None:
    """Write *attribute*, or take it away where there is no *value*."""
    if value:
        element.set(attribute, value)
    else:
        element.attrib.pop(attribute, None)


def refer(element: Element, kind: str, id: str) -> None:
    """Let *element* refer to *id* as its *kind* (``incoming``, ``outgoing``)."""
    etree.SubElement(element, f"{{{BPMN}}}{kind}").text = id


def forget(root: Element, id: str) -> None:
    """Take away every reference that consists of *id*, and what draws it."""
    for element in list(
        root.iter(f"{{{BPMN}}}incoming", f"{{{BPMN}}}outgoing", f"{{{BPMN}}}flowNodeRef")
    ):
        if (element.text or "").strip() == id:
            element.getparent().remove(element)
    for part in list(root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge")):
        if part.get("bpmnElement") == id:
            part.getparent().remove(part)


def shapes(root: Element) -> dict[str, Element]:
    """The shapes and edges of *root* by what they draw."""
    return {one.get("bpmnElement"): one for one in root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge")}


def box(shape: Element) -> tuple[float, float, float, float]:
    """Left, top, width and height of *shape*."""
    bounds = shape.find(f"{DC}Bounds")
    x, y, width, height = (float(bounds.get(name)) for name in ("x", "y", "width", "height"))
    return x, y, width, height


def bound(shape: Element, x: float, y: float, width: float, height: float) -> None:
    """Give *shape* its place and size."""
    bounds = shape.find(f"{DC}Bounds")
    if bounds is None:
        bounds = etree.SubElement(shape, f"{DC}Bounds")
    for name, value in {"x": x, "y": y, "width": width, "height": height}.items():
        bounds.set(name, number(value))


def points(edge: Element) -> list[Point]:
    """The points of *edge*."""
    return [(float(one.get("x")), float(one.get("y"))) for one in edge.iter(f"{POINTS}waypoint")]


def lead(edge: Element, through: list[Point]) -> None:
    """Let *edge* lead *through* these points."""
    for old in edge.findall(f"{POINTS}waypoint"):
        edge.remove(old)
    for at, (x, y) in enumerate(through):
        edge.insert(at, etree.Element(f"{POINTS}waypoint", x=number(x), y=number(y)))


def number(value: float) -> str:
    """A coordinate as it is written."""
    return f"{value:g}"
