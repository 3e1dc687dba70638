"""What a walk remembers: only what somebody can still ask for, and only as finely as they ask.

A *reader* is a gateway, a decision table, an act at a step, a standing act or a clock. Each tells some values of some facts
and clocks apart. At a marking, two values that no reader still ahead can tell apart are made one. That is sound, because
nothing that can follow differs; and it keeps the number of states small without anybody saying what matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from engine.drafting.proof.net import Net, Place
from engine.procedure.drawing import Kind

Classes = Mapping[object, object]
Reader = dict[str, list[Classes]]
Store = tuple[object, ...]
Forget = Callable[[Store], Store]


class Ahead:
    """For each place what may still be asked from there on, before it is written anew, as a set of bits.

    Worked out backwards over the net to a fixed point: what a place reads is ahead of it, and so is all that is ahead of
    the places it leads to, but for what it always writes. Events of the acts in *dead* never happen.
    """

    def __init__(
        self, net: Net, reads: Sequence[int], keeps: Sequence[int], dead: frozenset[str]
    ) -> None:
        self._net = net
        self._reads = reads
        self._keeps = keeps
        self._dead = dead
        self._found = [0] * len(net.places)
        ways = [self._leads_to(place) for place in net.places]
        changed = True
        while changed:
            changed = False
            for place in reversed(net.places):
                found = 0
                for one in ways[place.index]:
                    found |= self._found[one]
                found = (found & keeps[place.index]) | reads[place.index]
                if place.events or place.inner is not None:
                    found |= self._beside(place)
                if found != self._found[place.index]:
                    self._found[place.index] = found
                    changed = True

    def resting(self, places: Iterable[int]) -> int:
        """What is ahead while tokens rest at *places*; one inside a sub-process there has its own place."""
        found = self._anywhere(0)
        for index in places:
            place = self._net.places[index]
            found |= self._found[index] if place.inner is None else self._beside(place)
        return found

    def _beside(self, place: Place) -> int:
        """What may follow beside or instead of what goes on inside *place*."""
        found = 0 if place.inner is None else self._anywhere(place.inner)
        for event in place.events:
            if not self._net.deaf(event, self._dead):
                found |= self._found[event]
        return found

    def _anywhere(self, room: int) -> int:
        """What is ahead while *room* is at work, because its event sub-processes may start."""
        found = 0
        for act, places in self._net.rooms[room].beside.items():
            if act not in self._dead:
                for place in places:
                    found |= self._found[place]
        return found

    def _leads_to(self, place: Place) -> list[int]:
        if place.inner is not None:
            return [self._net.rooms[place.inner].start]
        if place.kind is Kind.END:
            return self._net.after_end(place)
        if place.hears and self._net.deaf(place.index, self._dead):
            return []
        return [target for target, _ in place.outs]


class Memory:
    """The names that are remembered, their domains, and who reads them from where.

    *readers* and *writers* (what is always written) stand by the place they belong to, *words* by the standing act or clock
    that reads; *always* reads whatever is the case.
    """

    def __init__(
        self,
        net: Net,
        domains: Mapping[str, Sequence[object]],
        readers: Mapping[int, Reader],
        writers: Mapping[int, frozenset[str]],
        words: Mapping[str, Reader],
        always: Reader,
    ) -> None:
        named = {name for reader in (*readers.values(), *words.values(), always) for name in reader}
        self.names = tuple(sorted(named))
        self.index = {name: at for at, name in enumerate(self.names)}
        self.domains = [tuple(domains[name]) for name in self.names]
        self.blank: Store = tuple(domain[0] for domain in self.domains)
        self._net = net
        self._words = words
        self._always = always
        self._keys = [
            (name, classes) for reader in readers.values() for name, classes in reader.items()
        ]
        numbers = iter(range(len(self._keys)))
        self._reads = [0] * len(net.places)
        for place, reader in readers.items():
            self._reads[place] = sum(1 << next(numbers) for _ in reader)
        self._bits = {
            name: sum(1 << bit for bit, (one, _) in enumerate(self._keys) if one == name)
            for name in named
        }
        self._readers_of = {
            name: frozenset(word for word, reader in words.items() if name in reader)
            for name in named
        }
        self._same: dict[tuple[int, int, frozenset[str]], dict[object, object] | None] = {}
        self._keeps = [
            ~sum(self._bits.get(name, 0) for name in writers.get(place.index, ()))
            for place in net.places
        ]
        self._aheads: dict[frozenset[str], Ahead] = {}
        self._forgetting: dict[tuple[int, frozenset[str]], Forget] = {}

    def forgetting(self, places: Iterable[int], alive: frozenset[str]) -> Forget:
        """What may be forgotten while tokens rest at *places* and only the standing acts and clocks *alive* can come."""
        dead = frozenset(
            word for word in self._words if word not in alive and not word.startswith("clock:")
        )
        if dead not in self._aheads:
            self._aheads[dead] = Ahead(self._net, self._reads, self._keeps, dead)
        key = (self._aheads[dead].resting(places), alive)
        if key not in self._forgetting:
            self._forgetting[key] = self._merging(*key)
        return self._forgetting[key]

    def _merging(self, live: int, alive: frozenset[str]) -> Forget:
        found = self._merged(live, alive)

        def forget(store: Store) -> Store:
            kept = list(store)
            for at, same in found:
                kept[at] = same[kept[at]]
            return tuple(kept)

        return forget

    def _merged(self, live: int, alive: frozenset[str]) -> list[tuple[int, dict[object, object]]]:
        found = []
        for at, name in enumerate(self.names):
            words = alive & self._readers_of.get(name, frozenset())
            key = (at, live & self._bits[name], words)
            if key not in self._same:
                self._same[key] = self._joined(name, *key)
            same = self._same[key]
            if same is not None:
                found.append((at, same))
        return found

    def _joined(
        self, name: str, at: int, live: int, words: frozenset[str]
    ) -> dict[object, object] | None:
        """For each value of *name* the one it is as good as; None where each is told from every other."""
        asked = list(self._always.get(name, ()))
        for word in words:
            asked += self._words[word][name]
        for bit, (_, many) in enumerate(self._keys):
            if live >> bit & 1:
                asked += many
        first: dict[tuple[object, ...], object] = {}
        same = {
            value: first.setdefault(tuple(classes[value] for classes in asked), value)
            for value in self.domains[at]
        }
        return same if any(one != value for value, one in same.items()) else None
