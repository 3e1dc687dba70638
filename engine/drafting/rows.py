"""A diagram as rows: one for each element, in the order in which a reader meets them, and what may be set on each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from engine.drafting.words import ActChoice, Words
from engine.errors import NotFound
from engine.procedure.drawing import Kind, Line, Node, Scope, Trigger
from engine.procedure.editing import with_step_after, with_words
from engine.procedure.rewiring import calling, in_lane, lanes_in, with_flow, with_new_flow, without
from engine.text import Text

Change = Callable[[bytes], bytes]
"""What makes another text of a diagram."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An element, how deep in sub-processes it lies, and where it leads: each way with the node it reaches."""

    node: Node
    depth: int
    ways: tuple[tuple[Line, Node], ...]


def rows(words: Words, file: str) -> tuple[Row, ...]:
    """The rows of the diagram *file*."""
    return tuple(
        row
        for scope in words.drawing.processes()
        if scope.file == file
        for row in _of_scope(words, scope, 0)
    )


def chapters(words: Words) -> tuple[Scope, ...]:
    """The processes in the order in which a reader meets them: those that nobody calls, then what they call."""
    processes = {scope.id: scope for scope in words.drawing.processes()}
    calls = {
        scope.id: [row.node.called for row in rows(words, scope.file) if row.node.called]
        for scope in processes.values()
    }
    called = {name for names in calls.values() for name in names}
    order = {name: None for name in processes if name not in called}
    waiting = list(order)
    while waiting:
        after = [name for name in calls[waiting.pop(0)] if name in processes and name not in order]
        order |= dict.fromkeys(after)
        waiting += after
    return tuple(processes[name] for name in {**order, **dict.fromkeys(processes)})


def row_of(words: Words, file: str, element: str) -> Row:
    """The row of *element*. Raises NotFound."""
    for row in rows(words, file):
        if row.node.id == element:
            return row
    raise NotFound(Text(f"流程图中没有元素{element}", f"the diagram has no element {element}"))


def attributes_of(node: Node) -> tuple[str, ...]:
    """The words of ours that may stand on *node*, in the order in which they are asked."""
    if node.kind in {Kind.CATCH, Kind.BOUNDARY}:
        return ("clock", "limit", "within") if node.trigger is Trigger.TIMER else ("act",)
    if node.kind is Kind.START:
        return () if node.trigger is Trigger.NONE and node.act is None else ("act",)
    return _ATTRIBUTES.get(node.kind, ())


def acts_for(words: Words, node: Node) -> tuple[ActChoice, ...]:
    """The acts that may be named on *node*."""
    kinds = (
        {"step", "standing"} if node.kind is Kind.USER_TASK
        else {"start"} if node.kind is Kind.START and node.trigger is Trigger.NONE
        else {"standing"}
    )  # fmt: skip
    return tuple(act for act in words.acts if act.kind in kinds)


def changed(element: str, *, name: str, words: Mapping[str, str | None]) -> Change:
    """The change that gives *element* another name and other words; what is empty is taken away."""
    return lambda diagram: with_words(diagram, element, name=name, words=words)


def with_free_step(after: str, *, id: str, name: str, form: str) -> Change:
    """The change that puts a free step *id* with a *form* after the element *after*."""
    return lambda diagram: with_step_after(diagram, after, id=id, name=name, words={"form": form})


def with_way(flow: str, *, target: str, condition: str, default: bool) -> Change:
    """The change that lets *flow* lead to *target* under *condition*, or as the default way."""
    return lambda diagram: with_flow(
        diagram, flow, target=target, condition=condition, default=default
    )


def with_new_way(source: str, *, id: str, target: str) -> Change:
    """The change that adds a flow *id* from *source* to *target*."""
    return lambda diagram: with_new_flow(diagram, source, id=id, target=target)


def taken_out(id: str) -> Change:
    """The change that takes out the element or flow *id* with all that hangs on it."""
    return lambda diagram: without(diagram, id)


def moved(element: str, lane: str) -> Change:
    """The change that puts *element* into *lane*."""
    return lambda diagram: in_lane(diagram, element, lane)


def calls(element: str, process: str) -> Change:
    """The change that lets the call *element* call *process*."""
    return lambda diagram: calling(diagram, element, process)


def targets(words: Words, node: Node, flow: str | None = None) -> tuple[Node, ...]:
    """The nodes to which a way out of *node* may lead: of the same scope, entered by flows, and not led to already."""
    scope = words.drawing.scopes[node.scope]
    taken = {line.target for line in scope.leaving[node.id] if line.id != flow}
    return tuple(
        one
        for one in _in_order(scope)
        if one.id not in taken | {node.id}
        and one.kind not in {Kind.START, Kind.BOUNDARY}
        and not one.event_sub_process
    )


def with_decision(after: str, *, id: str, name: str, table: str) -> Change:
    """The change that puts a task *id*, which decides by *table*, after the element *after*."""
    return lambda diagram: with_step_after(diagram, after, id=id, name=name, words={"table": table})


def free_id(words: Words, wanted: str) -> str:
    """*wanted* as an id, or the next number of it that is free in the draft."""
    stem = wanted.replace("-", "_")
    taken = {
        id
        for scope in words.drawing.scopes.values()
        for id in (scope.id, *scope.by_id, *(line.id for line in scope.lines))
    }
    numbered = (stem if number == 1 else f"{stem}_{number}" for number in count(1))
    return next(id for id in numbered if id not in taken)


_ATTRIBUTES = {
    Kind.USER_TASK: ("act", "form", "organ", "role", "document"),
    Kind.RULE_TASK: ("table",),
    Kind.SUB_PROCESS: ("stage",),
    Kind.CALL: ("stage",),
}


__all__ = [
    "Change", "Line", "Row", "acts_for", "attributes_of", "calls", "changed", "chapters", "free_id", "lanes_in", "moved", "row_of",
    "rows", "taken_out", "targets", "with_decision", "with_free_step", "with_new_way", "with_way",
]  # fmt: skip


def _of_scope(words: Words, scope: Scope, depth: int) -> Iterator[Row]:
    for node in _in_order(scope):
        ways = tuple(
            (line, scope.by_id[line.target])
            for line in scope.leaving[node.id]
            if line.target in scope.by_id
        )
        yield Row(node=node, depth=depth, ways=ways)
        inner = words.drawing.scopes.get(node.id) if node.kind is Kind.SUB_PROCESS else None
        if inner is not None:
            yield from _of_scope(words, inner, depth + 1)


def _in_order(scope: Scope) -> Iterator[Node]:
    """Along the flow from the start, then what is left."""
    waiting = [node.id for node in sorted(scope.nodes, key=lambda one: one.kind is not Kind.START)]
    seen: set[str] = set()
    while waiting:
        here = waiting.pop(0)
        if here in seen or here not in scope.by_id:
            continue
        seen.add(here)
        yield scope.by_id[here]
        waiting = [*scope.after(here), *waiting]
