"""The picture of a diagram: shapes and lines with their places."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tests.processes.shipped import BPMN, tree

BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"
Point = tuple[float, float]

DRAWN = {
    "startEvent", "endEvent", "userTask", "exclusiveGateway", "parallelGateway", "callActivity", "subProcess",
    "boundaryEvent", "lane", "participant",
}  # fmt: skip


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    def holds(self, other: Box) -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )

    def meets(self, other: Box) -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def has_on_its_edge(self, point: Point) -> bool:
        x, y = point
        inside = self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height
        on_side = x in {self.x, self.x + self.width} or y in {self.y, self.y + self.height}
        return inside and on_side


def _box(bounds: ET.Element | None) -> Box:
    assert bounds is not None
    return Box(*(float(bounds.get(side, "nan")) for side in ("x", "y", "width", "height")))


class Picture:
    """One diagram: its elements, and where each is drawn."""

    def __init__(self, name: str) -> None:
        root = tree(name)
        self.elements = {
            one.get("id", ""): one
            for one in root.iter()
            if one.tag.startswith(BPMN) and one.tag.removeprefix(BPMN) in DRAWN
        }
        self.flows = {one.get("id", ""): one for one in root.iter(f"{BPMN}sequenceFlow")}
        self.parents = {
            child.get("id", ""): parent.get("id", "")
            for parent in root.iter()
            for child in parent
            if child.get("id")
        }
        self.lane_of = {
            (node.text or "").strip(): lane.get("id", "")
            for lane in root.iter(f"{BPMN}lane")
            for node in lane.iter(f"{BPMN}flowNodeRef")
        }
        self.shapes = {
            shape.get("bpmnElement", ""): _box(shape.find(f"{DC}Bounds"))
            for shape in root.iter(f"{BPMNDI}BPMNShape")
        }
        self.edges = {
            edge.get("bpmnElement", ""): [
                (float(point.get("x", "nan")), float(point.get("y", "nan")))
                for point in edge.iter(f"{DI}waypoint")
            ]
            for edge in root.iter(f"{BPMNDI}BPMNEdge")
        }
        self.labels = {
            drawn.get("bpmnElement", ""): _box(label.find(f"{DC}Bounds"))
            for drawn in root.iter()
            if (label := drawn.find(f"{BPMNDI}BPMNLabel")) is not None
        }

    def kind(self, id: str) -> str:
        return self.elements[id].tag.removeprefix(BPMN)

    def siblings(self, id: str, other: str) -> bool:
        return self.parents.get(id) == self.parents.get(other)

    @cached_property
    def nodes(self) -> list[str]:
        return [id for id in self.elements if self.kind(id) not in {"lane", "participant"}]

    def segments(self) -> Iterator[tuple[str, Point, Point]]:
        for id, points in self.edges.items():
            for start, end in pairwise(points):
                yield id, start, end


def cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether an upright and a level line cross in their middles."""
    for (a, b), (c, d) in ((one, other), (other, one)):
        if a[0] == b[0] and c[1] == d[1]:
            level, upright = sorted((c[0], d[0])), sorted((a[1], b[1]))
            return level[0] < a[0] < level[1] and upright[0] < c[1] < upright[1]
    return False
