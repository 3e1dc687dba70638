"""From a BPMN tree to the frozen drawing. Total: whatever stands in the tree, the gate is there to object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from engine.procedure.drawing import Drawing, Kind, Lane, Line, Node, Scope, Trigger
from engine.procedure.vocabulary import NAMESPACE
from engine.procedure.xml import children, local, split, words_in

Element = Any

_KINDS: Final = {kind.value: kind for kind in Kind}
_TRIGGERS: Final = {trigger.value: trigger for trigger in Trigger}


def parse_drawing(trees: Mapping[str, Element]) -> Drawing:
    """The drawing made of the diagrams *trees* (file name → root element)."""
    scopes: dict[str, Scope] = {}
    for file, root in trees.items():
        for process in children(root, "process"):
            for scope in _scopes(process, file):
                scopes.setdefault(scope.id, scope)
    return Drawing(scopes=scopes)


def words_of(element: Element) -> dict[str, str]:
    """Our attributes on *element*, without the namespace."""
    named = ((split(name), value) for name, value in element.attrib.items())
    return {word: str(value).strip() for (space, word), value in named if space == NAMESPACE}


def _scopes(process: Element, file: str) -> Iterable[Scope]:
    name = process.get("id", "")
    stack: list[tuple[Element, str | None, Lane | None]] = [(process, None, None)]
    while stack:
        element, parent, lane = stack.pop()
        lanes = _lanes(element)
        scope = element.get("id", "")
        nodes = tuple(
            _node(child, scope, lanes.get(child.get("id", ""), lane))
            for child in children(element, *_KINDS)
        )
        yield Scope(
            id=scope,
            process=name,
            file=file,
            name=element.get("name", ""),
            parent=parent,
            words=words_of(element),
            nodes=nodes,
            lines=tuple(_line(child, scope) for child in children(element, "sequenceFlow")),
        )
        inner = children(element, Kind.SUB_PROCESS)
        stack.extend(
            (child, scope, lanes.get(child.get("id", ""), lane)) for child in reversed(inner)
        )


def _lanes(element: Element) -> dict[str, Lane]:
    """The innermost lane of every node that a lane of *element* lists; inner lanes inherit from outer ones."""
    table: dict[str, Lane] = {}
    stack: list[tuple[Element, Lane | None]] = [
        (lanes, None) for lanes in children(element, "laneSet")
    ]
    while stack:
        holder, outer = stack.pop(0)
        for lane in children(holder, "lane"):
            words = words_of(lane)
            here = Lane(
                id=lane.get("id", ""),
                name=lane.get("name", ""),
                role=words.get("role") or (outer.role if outer else None),
                slot=words.get("organ") or (outer.slot if outer else None),
            )
            for reference in children(lane, "flowNodeRef"):
                table[words_in(reference)] = here
            stack.extend((inner, here) for inner in children(lane, "childLaneSet"))
    return table


def _node(element: Element, scope: str, lane: Lane | None) -> Node:
    kind = _KINDS[local(element)]
    definitions = [child for child in children(element) if local(child).endswith("EventDefinition")]
    trigger = _TRIGGERS.get(local(definitions[0]), Trigger.NONE) if definitions else Trigger.NONE
    interrupting = element.get(
        "cancelActivity" if kind is Kind.BOUNDARY else "isInterrupting", "true"
    )
    return Node(
        id=element.get("id", ""),
        kind=kind,
        name=element.get("name", ""),
        scope=scope,
        words=words_of(element),
        trigger=trigger,
        interrupting=interrupting.strip() not in {"false", "0"},
        attached_to=element.get("attachedToRef"),
        default=element.get("default"),
        called=element.get("calledElement"),
        event_sub_process=is_true(element.get("triggeredByEvent")),
        lane=lane,
    )


def _line(element: Element, scope: str) -> Line:
    conditions = children(element, "conditionExpression")
    return Line(
        id=element.get("id", ""),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        scope=scope,
        condition=words_in(conditions[0]) if conditions else None,
    )


def is_true(value: str | None) -> bool:
    """Whether an XML boolean is true."""
    return (value or "").strip() in {"true", "1"}
