"""Decision trees: what somebody answers, by what they ask on the way. Grown by asking, and reduced to what matters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Value = object
Tree = object
"""A Node, or a leaf: an answer."""
Ask = Callable[[str], Value]
Run = Callable[[Ask], object]


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A question: the tree goes on with the child for the value found."""

    name: str
    children: Mapping[Value, Tree]


class Grower:
    """Grows trees over *domain* and shares what is equal, so that identity tells whether two answers differ."""

    def __init__(self, domain: Callable[[str], Sequence[Value]]) -> None:
        self._domain = domain
        self._nodes: dict[tuple[object, ...], Node] = {}
        self._leaves: dict[object, object] = {}

    def grow(self, run: Run) -> Tree:
        """The tree of all that *run* can answer; it must depend on nothing but what it asks."""
        return self._grown(run, {})

    def _grown(self, run: Run, given: Mapping[str, Value]) -> Tree:
        known = dict(given)
        asked: list[str] = []

        def ask(name: str) -> Value:
            if name not in known:
                known[name] = self._domain(name)[0]
                asked.append(name)
            return known[name]

        leaf = run(ask)
        tree: Tree = self._leaves.setdefault(leaf, leaf)
        for place in reversed(range(len(asked))):
            name = asked[place]
            before = {**given, **{one: known[one] for one in asked[:place]}}
            first, *others = self._domain(name)
            children = {first: tree}
            children |= {value: self._grown(run, {**before, name: value}) for value in others}
            tree = self._shared(name, children)
        return tree

    def _shared(self, name: str, children: dict[Value, Tree]) -> Tree:
        found = list(children.values())
        if all(child is found[0] for child in found):
            return found[0]
        key = (name, *((value, id(child)) for value, child in children.items()))
        return self._nodes.setdefault(key, Node(name, children))


class Remembered:
    """*run*, which asks the same again for what it has asked before, but works its answer out once only."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._next: dict[tuple[tuple[str, Value], ...], str] = {}
        self._leaves: dict[tuple[tuple[str, Value], ...], object] = {}

    def __call__(self, ask: Ask) -> object:
        asked: tuple[tuple[str, Value], ...] = ()
        while (name := self._next.get(asked)) is not None:
            asked = (*asked, (name, ask(name)))
        return self._leaves[asked] if asked in self._leaves else self._worked_out(ask)

    def _worked_out(self, ask: Ask) -> object:
        asked: dict[str, Value] = {}

        def noted(name: str) -> Value:
            if name not in asked:
                self._next[tuple(asked.items())] = name
                asked[name] = ask(name)
            return asked[name]

        leaf = self._run(noted)
        self._leaves[tuple(asked.items())] = leaf
        return leaf


def nodes(*trees: Tree) -> Iterator[Node]:
    """Every node of *trees*, each once."""
    return (one for one in _parts(trees) if isinstance(one, Node))


def leaves(*trees: Tree) -> Iterator[object]:
    """Every leaf of *trees*, each once."""
    return (one for one in _parts(trees) if not isinstance(one, Node))


def _parts(trees: Sequence[Tree]) -> Iterator[object]:
    seen: set[int] = set()
    stack = list(trees)
    while stack:
        one = stack.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if isinstance(one, Node):
            stack.extend(one.children.values())
