"""What of a diagram is not drawn gets its place: all of it, or below what is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.procedure.foreign.layout.boxes import DOWN, EDGE, STEP, Box, Plan, across
from engine.procedure.foreign.layout.interchange import (
    clear_unusable,
    drawn,
    new_plane,
    parts,
    planes,
    put,
)
from engine.procedure.foreign.layout.scopes import scope_plan
from engine.procedure.foreign.naming import ARTIFACTS, FLOW_NODES, FLOWS, SUB_PROCESSES
from engine.procedure.foreign.notes import Notes
from engine.procedure.xml import BPMN, children, local

Element = Any

_LEFT, _TOP = 160, 80
"""Where a drawing begins."""


def complete(root: Element, notes: Notes) -> None:
    """Draw in *root*, which holds one process, what is not drawn yet, and drop what is drawn unusably."""
    (process,) = children(root, "process")
    collaboration = next(iter(children(root, "collaboration")), None)
    about = process if collaboration is None else collaboration
    elements = {one.get("id"): one for one in root.iter(f"{{{BPMN}}}*") if one.get("id")}
    plane = _main_plane(root, about, process, elements, notes)
    there = Plan()
    for one in planes(root):
        if one is plane or local(elements[one.get("bpmnElement")]) in SUB_PROCESSES:
            there.take(drawn(one))
    if any(one.get("id") in there.boxes for one in children(process, *FLOW_NODES)):
        added = _missing(process, collaboration, there, notes)
    else:
        for part in list(parts(plane)):
            plane.remove(part)
        added = whole(process, collaboration)
        if added.boxes:
            notes.add("laid_out", process.get("id"), process.get("name", ""))
    put(plane, added, {id: local(one) for id, one in elements.items()})


def _main_plane(
    root: Element, about: Element, process: Element, elements: Mapping[str, Element], notes: Notes
) -> Element:
    """The plane that shows most of *process*, as the first of the file."""
    bad = 0
    candidates: list[Element] = []
    for plane in planes(root):
        if plane.get("bpmnElement") not in elements:
            plane.set("bpmnElement", about.get("id"))
        bad += clear_unusable(plane, elements)
        if local(elements[plane.get("bpmnElement")]) not in SUB_PROCESSES:
            candidates.append(plane)
    if bad:
        notes.add("drawn_badly", n=bad)
    if not candidates:
        return new_plane(root, about.get("id"))
    main = max(candidates, key=lambda one: sum(1 for _ in parts(one)))
    pools = {one.get("id") for one in children(about, "participant")}
    if elements[main.get("bpmnElement")] not in {about, process} or any(
        one.get("bpmnElement") in pools for one in parts(main)
    ):
        main.set("bpmnElement", about.get("id"))
    if len(candidates) > 1:
        notes.add("other_planes", n=len(candidates) - 1)
        first = next(iter(planes(root))).getparent()
        if first is not main.getparent():
            first.addprevious(main.getparent())
    return main


def whole(process: Element, collaboration: Element | None) -> Plan:
    """A layout of *process*, its lanes, its pool and the pools beside it."""
    plan = scope_plan(process)
    content = plan.extent()
    _lanes(process, plan, content)
    if collaboration is not None:
        _pools(process, collaboration, plan)
    corner = plan.extent()
    plan.move(_LEFT - corner.x, _TOP - corner.y)
    return plan


def _lanes(process: Element, plan: Plan, content: Box) -> None:
    """The lanes around what lies in them, inner ones within outer ones."""
    bands = iter(plan.bands)
    depth = max((_depth(lanes) for lanes in children(process, "laneSet")), default=0)
    left, right = content.x - EDGE * (depth + 1), content.right + EDGE

    def draw(lane: Element, level: int) -> tuple[float, float]:
        inner = [one for lanes in children(lane, "childLaneSet") for one in children(lanes, "lane")]
        ends = [draw(one, level + 1) for one in inner] or [next(bands)]
        top, bottom = ends[0][0], ends[-1][1]
        x = left + EDGE * level
        plan.boxes[lane.get("id")] = Box(x, top, right - x, bottom - top)
        return top, bottom

    for lanes in children(process, "laneSet"):
        for lane in children(lanes, "lane"):
            draw(lane, 0)


def _depth(lanes: Element) -> int:
    inner = [one for lane in children(lanes, "lane") for one in children(lane, "childLaneSet")]
    return 1 + max(map(_depth, inner), default=0)


def _pools(process: Element, collaboration: Element, plan: Plan) -> None:
    around = plan.extent()
    margin = 0 if plan.bands else EDGE
    own = Box(
        around.x - EDGE - margin, around.y - margin, around.width + EDGE + 2 * margin, around.height + 2 * margin
    )  # fmt: skip
    below = own.bottom + 2 * DOWN
    for pool in children(collaboration, "participant"):
        if pool.get("processRef") == process.get("id"):
            plan.boxes[pool.get("id")] = own
        else:
            plan.boxes[pool.get("id")] = Box(own.x, below, own.width, STEP[1])
            below += STEP[1] + DOWN
    _messages(collaboration, plan)


def _messages(collaboration: Element, plan: Plan, known: Plan | None = None) -> None:
    boxes = plan.boxes if known is None else known.boxes | plan.boxes
    for flow in children(collaboration, "messageFlow"):
        ends = boxes.get(flow.get("sourceRef")), boxes.get(flow.get("targetRef"))
        if ends[0] and ends[1] and not (known and flow.get("id") in known.lines):
            (x1, y1), (x2, y2) = across(ends[0], ends[1])
            x = x1 if ends[0].width < ends[1].width else x2
            plan.lines[flow.get("id")] = [(x, y1), (x, y2)]


def _missing(process: Element, collaboration: Element | None, there: Plan, notes: Notes) -> Plan:
    """What is not drawn, in rows below what is."""
    added = Plan()
    y = there.extent().bottom + 2 * DOWN
    x = there.extent().x
    for scope in process.iter(f"{{{BPMN}}}*"):
        if local(scope) not in SUB_PROCESSES | {"process"} or scope.get("id") in added.open:
            continue
        lost = [
            one
            for one in children(scope, *FLOW_NODES, *ARTIFACTS)
            if one.get("id") not in there.boxes and one.get("id") not in added.boxes
        ]
        if lost:
            plan = scope_plan(scope, [one for one in lost if local(one) in FLOW_NODES])
            plan.boxes = {id: box for id, box in plan.boxes.items() if id not in there.boxes}
            plan.lines = {id: line for id, line in plan.lines.items() if id not in there.lines}
            extent = plan.extent()
            plan.move(x - extent.x, y - extent.y)
            y += extent.height + DOWN
            added.take(plan)
            for one in lost:
                notes.add("placed", one.get("id"), one.get("name", ""))
    _joined(process, there, added)
    if collaboration is not None:
        _missing_pools(process, collaboration, there, added)
    return added


def _joined(process: Element, there: Plan, added: Plan) -> None:
    """The flows of which at least one end was drawn, and that were not."""
    boxes = there.boxes | added.boxes
    for flow in process.iter(f"{{{BPMN}}}*"):
        id = flow.get("id")
        if local(flow) not in FLOWS or id in there.lines or id in added.lines:
            continue
        ends = boxes.get(flow.get("sourceRef")), boxes.get(flow.get("targetRef"))
        if ends[0] and ends[1]:
            added.lines[id] = across(ends[0], ends[1])


def _missing_pools(process: Element, collaboration: Element, there: Plan, added: Plan) -> None:
    known = Plan(boxes={**there.boxes, **added.boxes}, lines={**there.lines, **added.lines})
    around = known.extent()
    below = around.bottom + 2 * DOWN
    for pool in children(collaboration, "participant"):
        if pool.get("id") in there.boxes:
            continue
        if pool.get("processRef") == process.get("id"):
            added.boxes[pool.get("id")] = Box(
                around.x - 2 * EDGE, around.y - EDGE, around.width + 3 * EDGE, around.height + 2 * EDGE
            )  # fmt: skip
        else:
            added.boxes[pool.get("id")] = Box(around.x - 2 * EDGE, below, around.width, STEP[1])
            below += STEP[1] + DOWN
    _messages(collaboration, added, known)
