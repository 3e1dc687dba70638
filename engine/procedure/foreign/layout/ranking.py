"""Which column and which row an element takes: columns by the longest way from the start, rows beside those before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Pairs = Iterable[tuple[str, str]]


def columns(nodes: Sequence[str], pairs: Pairs) -> dict[str, int]:
    """The column of each of *nodes*, so that each of *pairs* leads on, but for those that close a loop."""
    after: dict[str, list[str]] = defaultdict(list)
    entered: set[str] = set()
    for source, target in pairs:
        after[source].append(target)
        entered.add(target)
    order = _finished(sorted(nodes, key=lambda one: one in entered), after)
    place = {node: at for at, node in enumerate(order)}
    column = dict.fromkeys(nodes, 0)
    for node in order:
        for target in after[node]:
            if place[target] > place[node]:
                column[target] = max(column[target], column[node] + 1)
    return column


def _finished(roots: Iterable[str], after: Mapping[str, list[str]]) -> list[str]:
    """All nodes so that each stands before those to which it leads, loops aside: the way back of a walk in depth."""
    seen: set[str] = set()
    done: list[str] = []
    for root in roots:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(after.get(root, ())))]
        while stack:
            node, ways = stack[-1]
            following = next((one for one in ways if one not in seen), None)
            if following is None:
                stack.pop()
                done.append(node)
            else:
                seen.add(following)
                stack.append((following, iter(after.get(following, ()))))
    return done[::-1]


def rows(
    nodes: Sequence[str], pairs: Pairs, column: Mapping[str, int], band: Mapping[str, int]
) -> dict[str, int]:
    """The row of each of *nodes* within its *band*: that of the first before it in the band, or the next that is free."""
    before: dict[str, list[str]] = defaultdict(list)
    for source, target in pairs:
        if column[source] < column[target]:
            before[target].append(source)
    row: dict[str, int] = {}
    used: dict[tuple[int, int], set[int]] = defaultdict(set)
    lowest: dict[tuple[int, int], int] = defaultdict(int)
    for node in sorted(nodes, key=lambda one: column[one]):
        cell = band[node], column[node]
        here = [row[one] for one in before[node] if band[one] == band[node] and one in row]
        wanted = min(here, default=0)
        if wanted in used[cell]:
            wanted = max(wanted, lowest[cell])
        used[cell].add(wanted)
        lowest[cell] = max(lowest[cell], wanted + 1)
        row[node] = wanted
    return row
