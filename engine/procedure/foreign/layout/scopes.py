"""The layout of what lies in one process or sub-process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from engine.procedure.foreign.layout import boxes
from engine.procedure.foreign.layout.boxes import ACROSS, DOWN, EDGE, Box, Plan, across
from engine.procedure.foreign.layout.grid import Grid
from engine.procedure.foreign.layout.ranking import columns, rows
from engine.procedure.foreign.naming import ARTIFACTS, FLOW_NODES, SUB_PROCESSES
from engine.procedure.xml import children, local, words_in

Element = Any


def scope_plan(scope: Element, only: Iterable[Element] | None = None) -> Plan:
    """A layout of what lies in *scope*, or of *only* these nodes of it, with its upper left corner at 0, 0."""
    listed = children(scope, *FLOW_NODES) if only is None else list(only)
    return _Scope(scope, [one for one in listed if local(one) in FLOW_NODES]).plan()


class _Scope:
    def __init__(self, scope: Element, nodes: Sequence[Element]) -> None:
        ids = {one.get("id") for one in nodes}
        self.scope = scope
        self.hosts = {
            one.get("id"): one.get("attachedToRef")
            for one in nodes
            if local(one) == "boundaryEvent" and one.get("attachedToRef") in ids
        }
        self.nodes = [one for one in nodes if one.get("id") not in self.hosts]
        self.flows = [
            (one.get("id"), one.get("sourceRef"), one.get("targetRef"))
            for one in children(scope, "sequenceFlow")
            if one.get("sourceRef") in ids and one.get("targetRef") in ids
        ]
        self.inside = {
            one.get("id"): scope_plan(one)
            for one in self.nodes
            if local(one) in SUB_PROCESSES and children(one, *FLOW_NODES)
        }
        self.bands = _bands(scope, [one.get("id") for one in self.nodes])

    def plan(self) -> Plan:
        """Columns and rows first, then boxes, then lines."""
        ids = [one.get("id") for one in self.nodes]
        pairs = [
            (self.hosts.get(source, source), self.hosts.get(target, target))
            for _, source, target in self.flows
        ]
        pairs = [(source, target) for source, target in pairs if source != target]
        column = columns(ids, pairs)
        row = rows(ids, pairs, column, self.bands)
        cells = {id: (column[id], (self.bands[id], row[id])) for id in ids}
        sizes = {one.get("id"): self._size(one) for one in self.nodes}
        lanes = len(leaf_lanes(self.scope))
        for band in set(range(lanes)) - {row[0] for _, row in cells.values()}:
            cells[f" {band}"], sizes[f" {band}"] = (0, (band, 0)), (0, boxes.NOTE[1])
        grid = Grid(cells, sizes)
        made = Plan(boxes={id: grid.box(id) for id in ids}, open=set(self.inside))
        made.bands = grid.bands(lanes)
        for id, inner in self.inside.items():
            inner.move(made.boxes[id].x + EDGE, made.boxes[id].y + EDGE)
            made.take(inner)
        self._attach(made)
        for id, source, target in self.flows:
            host = self.hosts.get(source)
            made.lines[id] = grid.way(
                host or source,
                made.boxes[source],
                self.hosts.get(target, target),
                made.boxes[target],
                below=host is not None,
            )
        _artifacts(self.scope, self.nodes, made)
        return made

    def _size(self, node: Element) -> tuple[float, float]:
        if node.get("id") in self.inside:
            extent = self.inside[node.get("id")].extent()
            self.inside[node.get("id")].move(-extent.x, -extent.y)
            return extent.width + 2 * EDGE, extent.height + 2 * EDGE
        kind = local(node)
        if kind.endswith("Event"):
            return boxes.EVENT
        return boxes.GATEWAY if kind.endswith("Gateway") else boxes.STEP

    def _attach(self, made: Plan) -> None:
        """Boundary events sit on the lower edge of their host, from the right."""
        width, height = boxes.EVENT
        count: dict[str, int] = defaultdict(int)
        for id, host in self.hosts.items():
            around = made.boxes[host]
            count[host] += 1
            x = max(around.right - count[host] * (width + 8), around.x - width / 2)
            made.boxes[id] = Box(x, around.bottom - height / 2, width, height)


def _bands(scope: Element, ids: Sequence[str]) -> dict[str, int]:
    """The lane of each node by its number; what lies in no lane comes after them."""
    found: dict[str, int] = {}
    lanes = leaf_lanes(scope)
    for number, lane in enumerate(lanes):
        for reference in children(lane, "flowNodeRef"):
            found.setdefault(words_in(reference), number)
    return {id: found.get(id, len(lanes)) for id in ids}


def leaf_lanes(scope: Element) -> list[Element]:
    """The lanes of *scope* that are not divided further, from the top down."""
    waiting = [lane for lanes in children(scope, "laneSet") for lane in children(lanes, "lane")]
    found: list[Element] = []
    while waiting:
        lane = waiting.pop(0)
        inner = [one for lanes in children(lane, "childLaneSet") for one in children(lanes, "lane")]
        if inner:
            waiting[:0] = inner
        else:
            found.append(lane)
    return found


def _artifacts(scope: Element, nodes: Iterable[Element], made: Plan) -> None:
    """Notes, data and groups in a row below, each joined to what it is about."""
    listed = children(scope, *ARTIFACTS)
    if not listed:
        return
    extent = made.extent()
    x, y = extent.x, extent.bottom + DOWN
    for one in listed:
        size = _ARTIFACT_SIZES.get(local(one), boxes.NOTE)
        made.boxes[one.get("id")] = Box(x, y, *size)
        x += size[0] + ACROSS
    joined = [
        (one.get("id"), one.get("sourceRef"), one.get("targetRef"))
        for one in children(scope, "association")
    ]
    joined += [
        (one.get("id"), node.get("id"), words_in(end))
        for node in nodes
        for one in children(node, "dataInputAssociation", "dataOutputAssociation")
        for end in children(one, "sourceRef", "targetRef")
    ]
    for id, source, target in joined:
        if id and source in made.boxes and target in made.boxes:
            made.lines[id] = across(made.boxes[source], made.boxes[target])


_ARTIFACT_SIZES = {"dataObjectReference": boxes.DATA, "dataStoreReference": boxes.STORE}
