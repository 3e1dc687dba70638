"""A file of several processes → a file for each. In each the others' pools stand empty, so that message flows stay."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any, Final

from lxml import etree

from engine.errors import BadInput
from engine.procedure.foreign.naming import FLOW_NODES, references
from engine.procedure.foreign.notes import Notes
from engine.procedure.xml import BPMN, children, local, namespace
from engine.text import Text

Element = Any

DI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
MOST_PROCESSES: Final = 50
_ENDS: Final = ("sourceRef", "targetRef")


def split(root: Element, notes: Notes) -> list[tuple[str, Element, Notes]]:
    """The processes of *root*, each with its id, as the root of a file of its own and with what is to be said of it.

    *notes* are those of the whole file, told with the first. Raises BadInput for more than MOST_PROCESSES.
    """
    processes = children(root, "process")
    _empty_pools(root, processes, notes)
    processes = children(root, "process")
    if len(processes) > MOST_PROCESSES:
        raise BadInput({"file": _TOO_MANY.filled(n=len(processes), most=MOST_PROCESSES)})
    if len(processes) == 1:
        return [(processes[0].get("id"), root, notes)]
    notes.add("split", n=len(processes))
    owners = {
        one.get("id"): process.get("id")
        for process in processes
        for one in process.iter()
        if one.get("id")
    }
    shared = [one for one in children(root) if local(one) not in {"process", "collaboration"}]
    return [
        (
            process.get("id"),
            *_alone(
                root,
                process,
                _needed(shared, root, process) if at else shared,
                owners,
                Notes() if at else notes,
            ),
        )
        for at, process in enumerate(processes)
    ]


def _empty_pools(root: Element, processes: Iterable[Element], notes: Notes) -> None:
    """Processes without content are what some modelers write for an empty pool. One stays if there is nothing else."""
    pools = {one.get("processRef"): one for one in root.iter(f"{{{BPMN}}}participant")}
    empty = [one for one in processes if not children(one, *FLOW_NODES)]
    if len(empty) == len(children(root, "process")):
        del empty[0]
    for process in empty:
        pool = pools.get(process.get("id"))
        if pool is not None:
            del pool.attrib["processRef"]
        for lane_set in children(process, "laneSet"):
            for lane in lane_set.iter(f"{{{BPMN}}}lane"):
                _undraw(root, lane.get("id"))
        notes.add(
            "empty_process", pool.get("id") if pool is not None else None, process.get("name", "")
        )
        root.remove(process)


def _undraw(root: Element, id: str) -> None:
    for shape in list(root.iter(f"{{{DI}}}BPMNShape", f"{{{DI}}}BPMNEdge")):
        if shape.get("bpmnElement") == id:
            shape.getparent().remove(shape)


def _alone(
    root: Element, process: Element, shared: list[Element], owners: dict[str, str], notes: Notes
) -> tuple[Element, Notes]:
    """The root of a file that holds *process* alone."""
    mine = process.get("id")
    own = etree.Element(root.tag, dict(root.attrib), nsmap=root.nsmap)
    collaboration = _collaboration(root, mine, owners, notes)
    if collaboration is not None:
        own.append(collaboration)
    own.extend(copy.deepcopy(one) for one in shared)
    own.append(copy.deepcopy(process))
    drawn = {one.get("id") for one in own.iter() if one.get("id")}
    for diagram in root.iter(f"{{{DI}}}BPMNDiagram"):
        taken = _drawing(diagram, drawn, mine, collaboration)
        if taken is not None:
            own.append(taken)
    return own, notes


def _needed(shared: Iterable[Element], root: Element, process: Element) -> list[Element]:
    """Of the messages, errors, categories, … that the file shares, those that *process* or a message flow names."""
    waiting = [process, *children(root, "collaboration")]
    by_id = {one.get("id"): top for top in shared for one in top.iter() if one.get("id")}
    needed = {id(one): one for one in shared if not one.get("id")}
    while waiting:
        for _, _, value in references(waiting.pop()):
            top = by_id.get(value)
            if top is not None and id(top) not in needed:
                needed[id(top)] = top
                waiting.append(top)
    return [one for one in shared if id(one) in needed]


def _collaboration(
    root: Element, mine: str, owners: dict[str, str], notes: Notes
) -> Element | None:
    found = [
        one
        for one in children(root, "collaboration")
        if any(pool.get("processRef") == mine for pool in children(one, "participant"))
    ]
    if not found:
        return None
    collaboration = copy.deepcopy(found[0])
    pool_of: dict[str, str] = {}
    for pool in children(collaboration, "participant"):
        process = pool.get("processRef")
        if process is None:
            continue
        pool_of.setdefault(process, pool.get("id"))
        if process != mine:
            del pool.attrib["processRef"]
            notes.add("black_box", pool.get("id"), pool.get("name", ""))
    for flow in children(collaboration, "messageFlow"):
        _end_at_pools(flow, mine, owners, pool_of, notes)
    return collaboration


def _end_at_pools(
    flow: Element, mine: str, owners: dict[str, str], pool_of: dict[str, str], notes: Notes
) -> None:
    ends = {end: owners.get(flow.get(end, "")) for end in _ENDS}
    for end, owner in ends.items():
        if owner is None or owner == mine:
            continue
        if owner not in pool_of:
            notes.add("message_flow", flow.get("id"), flow.get("name", ""))
            flow.getparent().remove(flow)
            return
        flow.set(end, pool_of[owner])
        notes.add("message_flow_end", flow.get("id"), flow.get("name", ""))
    if flow.get("sourceRef") == flow.get("targetRef"):
        flow.getparent().remove(flow)  # within one of the others: drawn there


def _drawing(
    diagram: Element, drawn: set[str], mine: str, collaboration: Element | None
) -> Element | None:
    """What *diagram* shows of the elements *drawn*, or None."""
    taken = copy.deepcopy(diagram)
    plane = next((one for one in taken if local(one) == "BPMNPlane"), None)
    if plane is None:
        return None
    for shape in list(plane):
        if namespace(shape) == DI and shape.get("bpmnElement") not in drawn:
            plane.remove(shape)
    if not len(plane):
        return None
    if plane.get("bpmnElement") not in drawn:
        plane.set("bpmnElement", mine if collaboration is None else collaboration.get("id"))
    return taken


_TOO_MANY: Final = Text(
    "文件中有{n}个流程,一次最多{most}个;请分成几个文件",
    "the file holds {n} processes, at most {most} are taken at a time: divide it into several files",
)
