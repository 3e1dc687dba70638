"""The layout as it stands in a file (BPMN DI): what of it is usable, and what a plan adds to it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from lxml import etree

from engine.procedure.foreign.layout.boxes import Box, Plan, Point
from engine.procedure.xml import local

Element = Any

DI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC: Final = "http://www.omg.org/spec/DD/20100524/DC"
_DD: Final = "http://www.omg.org/spec/DD/20100524/DI"
_PREFIXES: Final = {"bpmndi": DI, "dc": _DC, "di": _DD}
_FARTHEST: Final = 1_000_000
_POOLS: Final = frozenset({"participant", "lane"})


def planes(root: Element) -> list[Element]:
    """The planes of all diagrams in *root*."""
    return list(root.iter(f"{{{DI}}}BPMNPlane"))


def parts(plane: Element) -> Iterator[Element]:
    """The shapes and edges on *plane*."""
    return (one for one in plane if one.tag in {f"{{{DI}}}BPMNShape", f"{{{DI}}}BPMNEdge"})


def clear_unusable(plane: Element, known: Collection[str]) -> int:
    """Take off *plane* what has no coordinates, is there twice, or is of nothing that is *known*. Returns how many."""
    seen: set[str] = set()
    gone = [one for one in parts(plane) if not _usable(one, known, seen)]
    for one in gone:
        plane.remove(one)
    return len(gone)


def drawn(plane: Element) -> Plan:
    """The usable parts of *plane* as a plan."""
    found = Plan()
    for one in parts(plane):
        box, points = _box(one), _points(one)
        if box is not None:
            found.boxes[one.get("bpmnElement")] = box
        elif points:
            found.lines[one.get("bpmnElement")] = points
    return found


def new_plane(root: Element, about: str) -> Element:
    """An empty plane for the element *about*, as the first of *root*."""
    diagram = etree.Element(f"{{{DI}}}BPMNDiagram", nsmap=_PREFIXES)
    diagram.set("id", f"{about}_diagram")
    present = [one for one in root if one.tag == f"{{{DI}}}BPMNDiagram"]
    if present:
        present[0].addprevious(diagram)
    else:
        root.append(diagram)
    return etree.SubElement(diagram, f"{{{DI}}}BPMNPlane", id=f"{about}_plane", bpmnElement=about)


def put(plane: Element, plan: Plan, kinds: dict[str, str]) -> None:
    """Draw *plan* on *plane*; *kinds* says what each element is."""
    for id, box in plan.boxes.items():
        shape = etree.SubElement(plane, f"{{{DI}}}BPMNShape", id=f"{id}_di", bpmnElement=id)
        if kinds.get(id) in _POOLS:
            shape.set("isHorizontal", "true")
        if id in plan.open:
            shape.set("isExpanded", "true")
        if kinds.get(id) == "exclusiveGateway":
            shape.set("isMarkerVisible", "true")
        sides = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
        etree.SubElement(
            shape, f"{{{_DC}}}Bounds", {name: f"{round(value)}" for name, value in sides.items()}
        )
    for id, points in plan.lines.items():
        edge = etree.SubElement(plane, f"{{{DI}}}BPMNEdge", id=f"{id}_di", bpmnElement=id)
        for x, y in _bends(points):
            etree.SubElement(edge, f"{{{_DD}}}waypoint", x=f"{round(x)}", y=f"{round(y)}")


def _bends(points: Iterable[Point]) -> list[Point]:
    """*points* without those that repeat the one before."""
    found: list[Point] = []
    for point in points:
        if not found or found[-1] != point:
            found.append(point)
    return found if len(found) > 1 else found * 2


def _usable(part: Element, known: Collection[str], seen: set[str]) -> bool:
    about = part.get("bpmnElement")
    if about not in known or about in seen:
        return False
    seen.add(about)
    return _box(part) is not None or bool(_points(part))


def _box(shape: Element) -> Box | None:
    bounds = shape.find(f"{{{_DC}}}Bounds")
    if local(shape) != "BPMNShape" or bounds is None:
        return None
    sides = [_number(bounds.get(name)) for name in ("x", "y", "width", "height")]
    known = [one for one in sides if one is not None]
    return Box(*known) if len(known) == len(sides) and min(known[2:]) > 0 else None


def _points(edge: Element) -> list[Point]:
    if local(edge) != "BPMNEdge":
        return []
    found = [
        (_number(one.get("x")), _number(one.get("y"))) for one in edge.iter(f"{{{_DD}}}waypoint")
    ]
    return [] if len(found) < 2 or any(None in one for one in found) else found  # type: ignore[return-value]


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= _FARTHEST else None
