"""What can still happen from a marking on: which standing acts the statute may yet allow, and which clocks may yet run.

An act that the statute refuses now and for ever more, because nothing ahead can change what it is refused for, is dead: its
events never happen, and nobody asks what it would ask. So a petition that is being handled no longer remembers what only an
objection to its transfer would bring up again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter

from engine.drafting.proof.net import Net, Place
from engine.drafting.proof.trees import Node, Tree, nodes

Values = Mapping[str, frozenset[object]]
"""For each name the values that something writes to it."""


class Horizon:
    """Works out, on *net*, what is still alive.

    *trees* are those of each standing act and clock, *lives* says of a leaf whether the act is done there, *writes* what
    each step may write, by place, and each standing act and clock, by word.
    """

    def __init__(
        self,
        net: Net,
        index: Mapping[str, int],
        trees: Mapping[str, Sequence[Tree]],
        steps: Mapping[int, Values],
        words: Mapping[str, Values],
        *,
        living: type,
    ) -> None:
        self._net = net
        self._index = index
        self._trees = trees
        self._steps = steps
        self._words = words
        self._living = living
        self._writing = frozenset(steps)
        self._written: dict[tuple[frozenset[int], frozenset[str]], Values] = {}
        self._reach: dict[tuple[int, frozenset[str]], frozenset[int]] = {}
        self._ahead: dict[tuple[frozenset[int], frozenset[str]], Values] = {}
        self._anywhere = frozenset(one for many in net.rooms[0].beside.values() for one in many)
        self._same: dict[frozenset[str], frozenset[str]] = {}
        self.everything = frozenset(trees)
        self._known: dict[tuple[object, ...], bool] = {}
        names = {word: {node.name for node in nodes(*many)} for word, many in trees.items()}
        self._asked = {word: self._found(many) for word, many in names.items()}
        self.looked_at = self._found({name for many in names.values() for name in many})

    def _found(self, names: Iterable[str]) -> Callable[[Sequence[object]], object]:
        """Takes the values of *names* out of a store."""
        places = sorted(self._index[name] for name in names)
        return itemgetter(*places) if places else lambda store: None

    def alive(self, places: Iterable[int], store: Sequence[object]) -> frozenset[str]:
        """The standing acts and clocks that may still come about from *places* and *store*."""
        here = frozenset(places) | self._anywhere
        dead = frozenset(self._trees)
        while True:
            ahead = self._written_ahead(here, dead)
            risen = {word for word in dead if self._may_come(word, store, ahead)}
            if not risen:
                found = self.everything - dead
                return self._same.setdefault(found, found)
            dead -= risen

    def reached_from(self, places: Iterable[int]) -> frozenset[int]:
        """All places to which tokens at *places* may come, whatever happens."""
        here = frozenset(places) | self._anywhere
        return frozenset().union(*(self.reach(place, frozenset()) for place in here))

    def reach(self, place: int, dead: frozenset[str]) -> frozenset[int]:
        """The places to which a token that rests at *place* may come while the acts in *dead* never happen."""
        acts = frozenset(word for word in dead if not word.startswith("clock:"))
        key = (place, acts)
        if key not in self._reach:
            self._reach[key] = self._reached(place, acts)
        return self._reach[key]

    def _reached(self, start: int, dead: frozenset[str]) -> frozenset[int]:
        places = self._net.places
        found: set[int] = set()
        stack = [start]
        if places[start].inner is not None:
            # What goes on inside has tokens of its own.
            stack = [
                *(target for target, _ in places[start].outs),
                *self._beside(places[start], dead),
            ]
        while stack:
            one = places[stack.pop()]
            if one.index in found:
                continue
            found.add(one.index)
            if one.hears and one.host is None and self._net.deaf(one.index, dead):
                continue
            stack.extend(target for target, _ in one.outs)
            stack.extend(self._beside(one, dead))
            if one.inner is not None:
                stack.append(self._net.rooms[one.inner].start)
        return frozenset(found)

    def _beside(self, place: Place, dead: frozenset[str]) -> list[int]:
        found = [event for event in place.events if not self._net.deaf(event, dead)]
        if place.inner is not None:
            beside = self._net.rooms[place.inner].beside
            found += [one for act, many in beside.items() if act not in dead for one in many]
        return found

    def _written_ahead(self, places: frozenset[int], dead: frozenset[str]) -> Values:
        key = (places, dead)
        known = self._ahead.get(key)
        if known is None:
            steps = (
                frozenset().union(*(self.reach(place, dead) for place in places)) & self._writing
            )
            same = (steps, dead)
            if same not in self._written:
                living = [values for word, values in self._words.items() if word not in dead]
                self._written[same] = _merged([*(self._steps[one] for one in steps), *living])
            known = self._ahead[key] = self._written[same]
        return known

    def _may_come(self, word: str, store: Sequence[object], ahead: Values) -> bool:
        key = (word, id(ahead), self._asked[word](store))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = any(
                self._may(tree, store, ahead) for tree in self._trees[word]
            )
        return known

    def _may(self, tree: Tree, store: Sequence[object], ahead: Values) -> bool:
        """Whether some leaf of *tree* at which it is done can be come to."""
        stack = [tree]
        while stack:
            one = stack.pop()
            if not isinstance(one, Node):
                if isinstance(one, self._living):
                    return True
                continue
            now = store[self._index[one.name]]
            later = ahead.get(one.name, frozenset())
            stack.extend(
                child for value, child in one.children.items() if value == now or value in later
            )
        return False


def _merged(sources: Iterable[Values]) -> Values:
    found: dict[str, set[object]] = {}
    for values in sources:
        for name, many in values.items():
            found.setdefault(name, set()).update(many)
    return {name: frozenset(many) for name, many in found.items()}
