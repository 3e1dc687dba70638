"""The gate, fifth room: no loop without a wait, no process inside itself, nothing that multiplies without bound."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from engine.procedure.drawing import WAITING, Drawing, Kind, Node, Scope
from engine.procedure.findings import Findings

MAX_SIZE: Final = 5_000
"""Elements of a process with everything it calls unfolded."""

MAX_CHAIN: Final = 250
"""Elements that may follow each other without a wait."""

MAX_TOKENS: Final = 1_000
"""Tokens that the parallel branches of one scope may grow to."""

Following = Callable[[str], Iterable[str]]


def check_paths(drawing: Drawing, findings: Findings) -> None:
    """Check the loops, calls and sizes of *drawing*."""
    if _calls_itself(drawing, findings):
        return
    quick = _quick_scopes(drawing)
    for scope in drawing.scopes.values():
        _check_waits(scope, drawing, quick, findings)
        _check_tokens(scope, findings)
        _check_joins(scope, findings)
    _check_sizes(drawing, findings)


def _inner_scopes(drawing: Drawing, scope: str) -> list[str]:
    found = drawing.scopes.get(scope)
    inner = (drawing.inner(node) for node in found.nodes) if found else ()
    return [name for name in inner if name is not None and name in drawing.scopes]


def _calls_itself(drawing: Drawing, findings: Findings) -> bool:
    loop = _cycle(drawing.scopes, lambda scope: _inner_scopes(drawing, scope))
    if loop:
        findings.add("recursive_call", drawing.scopes[loop[0]].file, loop[0], path=" → ".join(loop))
    return bool(loop)


def _cycle(nodes: Iterable[str], following: Following) -> list[str]:
    """A cycle of the graph as a path that ends where it begins, or nothing."""
    done: set[str] = set()
    for start in nodes:
        if start in done:
            continue
        path, here = [start], {start}
        ways = [iter(tuple(following(start)))]
        while ways:
            step = next(ways[-1], None)
            if step is None:
                ways.pop()
                last = path.pop()
                here.discard(last)
                done.add(last)
            elif step in here:
                return [*path[path.index(step) :], step]
            elif step not in done:
                path.append(step)
                here.add(step)
                ways.append(iter(tuple(following(step))))
    return []


def _inside_out(drawing: Drawing) -> list[Scope]:
    """All scopes, inner and called ones before those that hold them."""
    order: list[Scope] = []
    seen: set[str] = set()

    def visit(root: str) -> None:
        stack = [(root, iter(_inner_scopes(drawing, root)))]
        seen.add(root)
        while stack:
            scope, inner = stack[-1]
            step = next(inner, None)
            if step is None:
                order.append(drawing.scopes[scope])
                stack.pop()
            elif step not in seen:
                seen.add(step)
                stack.append((step, iter(_inner_scopes(drawing, step))))

    for name in drawing.scopes:
        if name not in seen:
            visit(name)
    return order


def _waits(node: Node, drawing: Drawing, quick: set[str]) -> bool:
    if node.kind in WAITING:
        return True
    inner = drawing.inner(node)
    return inner is not None and inner not in quick


def _quick_scopes(drawing: Drawing) -> set[str]:
    """The scopes that a token may pass from start to end without any wait."""
    quick: set[str] = set()
    for scope in _inside_out(drawing):
        stack = [node.id for node in scope.of(Kind.START)]
        reached = set(stack)
        while stack:
            node = scope.by_id[stack.pop()]
            if _waits(node, drawing, quick):
                continue
            if node.kind is Kind.END:
                quick.add(scope.id)
                break
            for line in scope.leaving[node.id]:
                if line.target in scope.by_id and line.target not in reached:
                    reached.add(line.target)
                    stack.append(line.target)
    return quick


def _check_waits(scope: Scope, drawing: Drawing, quick: set[str], findings: Findings) -> None:
    moving = [node.id for node in scope.nodes if not _waits(node, drawing, quick)]
    known = set(moving)

    def following(node: str) -> list[str]:
        return [line.target for line in scope.leaving.get(node, ()) if line.target in known]

    loop = _cycle(moving, following)
    if loop:
        findings.add("engine_loop", scope.file, loop[0], path=" → ".join(loop[:12]))
        return
    longest = _longest(moving, following)
    if longest > MAX_CHAIN:
        findings.add("too_long", scope.file, scope.id, size=longest, limit=MAX_CHAIN)


def _longest(nodes: list[str], following: Following) -> int:
    length: dict[str, int] = {}
    for node in _after_first(nodes, following):
        length[node] = 1 + max((length[step] for step in following(node)), default=0)
    return max(length.values(), default=0)


def _after_first(nodes: Iterable[str], following: Following) -> list[str]:
    """The nodes, each after all that follow it; edges that close a loop are left out of account."""
    order: list[str] = []
    seen: set[str] = set()
    for start in nodes:
        if start in seen:
            continue
        seen.add(start)
        stack = [(start, iter(tuple(following(start))))]
        while stack:
            node, ways = stack[-1]
            step = next(ways, None)
            if step is None:
                order.append(node)
                stack.pop()
            elif step not in seen:
                seen.add(step)
                stack.append((step, iter(tuple(following(step)))))
    return order


def _check_tokens(scope: Scope, findings: Findings) -> None:
    """Count, loops aside, how many tokens unjoined parallel branches can bring to one node."""
    order = list(
        reversed(_after_first([n.id for n in scope.of(Kind.START, Kind.BOUNDARY)], scope.after))
    )
    place = {node: index for index, node in enumerate(order)}
    tokens = dict.fromkeys(order, 0)
    for name in order:
        node = scope.by_id.get(name)
        if node is None:
            continue
        arriving = [
            tokens.get(line.source, 0)
            for line in scope.entering[name]
            if _before(place, line.source, name)
        ]
        joins = node.kind in {Kind.PARALLEL, Kind.INCLUSIVE}
        tokens[name] = max(1, max(arriving, default=1) if joins else sum(arriving))
        if tokens[name] > MAX_TOKENS:
            findings.add("token_bomb", scope.file, name)
            return


def _before(place: dict[str, int], source: str, target: str) -> bool:
    return source in place and place[source] < place[target]


def _check_joins(scope: Scope, findings: Findings) -> None:
    """A parallel join that cannot have a token on every way in before it fires never fires."""
    for gateway in scope.of(Kind.PARALLEL):
        sources = [line.source for line in scope.entering[gateway.id]]
        if len(sources) < 2:
            continue
        reached = _reached_without(scope, gateway.id)
        if not any(source in reached for source in sources):
            continue  # nothing comes here at all, which is told elsewhere
        for source in sources:
            if source not in reached:
                findings.add("join_waits_for_itself", scope.file, gateway.id, source=source)


def _reached_without(scope: Scope, gateway: str) -> set[str]:
    stack = [node.id for node in scope.of(Kind.START)]
    reached = set(stack)
    while stack:
        for target in scope.after(stack.pop()):
            if target not in reached and target != gateway:
                reached.add(target)
                stack.append(target)
    return reached


def _check_sizes(drawing: Drawing, findings: Findings) -> None:
    sizes: dict[str, int] = {}
    for scope in _inside_out(drawing):
        sizes[scope.id] = len(scope.nodes) + sum(
            sizes[inner] for inner in _inner_scopes(drawing, scope.id)
        )
        if sizes[scope.id] > MAX_SIZE:
            findings.add("too_large", scope.file, scope.id, size=sizes[scope.id], limit=MAX_SIZE)
            return
