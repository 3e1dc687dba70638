"""Who reads what in a procedure: gateways, tables and acts by place, standing acts and clocks by word, the rules always."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final

from engine.drafting.proof import stage, verbs
from engine.drafting.proof.deeds import decided, owed
from engine.drafting.proof.horizon import Horizon, Values
from engine.drafting.proof.memory import Memory, Reader
from engine.drafting.proof.net import Place
from engine.drafting.proof.stage import ALIVE, EXTENDED, NONE, RUNNING, clock
from engine.drafting.proof.trees import Node, Tree, leaves, nodes
from engine.drafting.proof.verbs import ENDED, Effect, Refusal
from engine.procedure.drawing import CHOOSING, Kind
from engine.procedure.gate import Examined
from engine.text import Text

if TYPE_CHECKING:
    from engine.drafting.proof.world import World

_MOST_CASES: Final = 4096
"""Above so many combinations of facts a gateway is taken to tell every value apart."""


class Readers:
    """Looks through *world* and says what has to be remembered."""

    def __init__(self, world: World, examined: Examined) -> None:
        self._world = world
        self._conditions = examined.conditions
        self._tables = examined.tables
        self._domains: dict[str, Sequence[object]] = {
            name: word.domain for name, word in examined.facts.items()
        }
        self._domains |= stage.SLOTS
        self._domains |= {clock(limit): stage.clock_states(limit) for limit in stage.limits_kept()}
        self._domains |= {owed(rule.id): (False, True) for rule in world.duties}
        self._domains |= {decided(name): (False, True) for name in examined.facts}
        # The facts of the statute that a decision table decides: then no act sets them any more.
        self._decided = {
            name
            for table in examined.tables.values()
            for name in set(table.outputs) - table.new_facts.keys()
        }

    def memory(self) -> Memory:
        """What has to be remembered, and by whom it is asked."""
        found = ((place.index, self._reader(place)) for place in self._world.net.places)
        return Memory(
            self._world.net,
            self._domains,
            readers={place: reader for place, reader in found if reader},
            writers=self._writers(),
            words={word: _reads_of(trees) for word, trees in self._trees().items()},
            always=self._always(),
        )

    def horizon(self, memory: Memory) -> Horizon:
        """What can still come about."""
        steps: dict[int, Values] = {}
        for place in self._world.net.places:
            if place.kind is Kind.RULE_TASK:
                outputs = self._tables[place.node.words["table"]].outputs
                steps[place.index] = {name: frozenset(self._domains[name]) for name in outputs}
            elif trees := self._trees_at(place):
                steps[place.index] = _all_writes(trees)
        words = self._trees()
        return Horizon(
            self._world.net,
            memory.index,
            # A clock asks nothing where it cannot run.
            {word: [_if_running(word, tree) for tree in trees] for word, trees in words.items()},
            steps,
            {word: _all_writes(trees) for word, trees in words.items()},
            living=Effect,
        )

    # -- at places -----------------------------------------------------------------------------------------------------

    def _trees_at(self, place: Place) -> list[Tree]:
        node = place.node
        if place.kind is not Kind.USER_TASK or node.act is None:
            return []
        return [case.tree for case in self._world.cases(node.act, node.slot)]

    def _reader(self, place: Place) -> Reader:
        if place.kind in CHOOSING:
            return self._reads_of_gateway(place)
        if place.kind is Kind.RULE_TASK:
            inputs = self._tables[place.node.words["table"]].inputs
            return {name: [{value: value for value in self._domains[name]}] for name in inputs}
        return _reads_of(self._trees_at(place))

    def _reads_of_gateway(self, place: Place) -> Reader:
        conditions = [self._conditions[line] for _, line in place.outs if line in self._conditions]
        names = sorted(frozenset[str]().union(*(condition.names for condition in conditions)))
        domains = [self._domains[name] for name in names]
        if prod(len(domain) for domain in domains) > _MOST_CASES:
            return {name: [{value: value for value in self._domains[name]}] for name in names}
        rows: dict[str, dict[object, list[object]]] = {
            name: {value: [] for value in self._domains[name]} for name in names
        }
        for values in product(*domains):
            read = dict(zip(names, values, strict=True)).__getitem__
            way = tuple(self._world.game.chosen(place, read))
            for at, name in enumerate(names):
                rows[name][values[at]].append((values[:at], values[at + 1 :], way))
        return {
            name: [{value: tuple(found) for value, found in rows[name].items()}] for name in names
        }

    def _writers(self) -> dict[int, frozenset[str]]:
        """What each step writes whatever is chosen there."""
        return {
            place.index: frozenset.intersection(*map(_always_writes, trees)) - self._decided
            for place in self._world.net.places
            if (trees := self._trees_at(place))
        }

    # -- wherever the tokens are -----------------------------------------------------------------------------------------

    def _trees(self) -> dict[str, list[Tree]]:
        """The trees of each standing act and each clock."""
        world = self._world
        trees: dict[str, list[Tree]] = {
            act: [case.tree for case in world.cases(act)] for act in world.standing
        }
        return trees | {clock(limit): [verbs.passing(limit)] for limit in stage.limits_kept()}

    def _always(self) -> Reader:
        """What the rules ask."""
        reader: Reader = {clock(limit): [self._states(limit)] for limit in stage.limits_kept()}
        names = [*(owed(rule.id) for rule in self._world.duties), *map(decided, self._decided)]
        reader |= {name: [{False: False, True: True}] for name in names}
        if not self._world.supervises:
            reader["closing"] = [{value: value == "lapsed" for value in self._domains["closing"]}]
        return reader

    def _states(self, limit: str) -> Mapping[object, object]:
        """A power matters while it runs; a duty until it is done. How far it was extended matters to readers alone."""
        power = self._world.limit(limit).is_power
        return {
            state: state in ALIVE if power else RUNNING if state == EXTENDED else state
            for state in stage.clock_states(limit)
        }


def _reads_of(trees: Iterable[Tree]) -> Reader:
    """For each name that *trees* ask, a class for each value, equal where nothing ever follows from it."""
    reader: Reader = {}
    for node in nodes(*trees):
        classes = {value: id(child) for value, child in node.children.items()}
        reader.setdefault(node.name, []).append(classes)
    return reader


def _if_running(word: str, tree: Tree) -> Tree:
    if not word.startswith(clock("")):
        return tree
    nothing = Refusal(word, "", Text("", ""))
    return Node(word, {state: tree if state in ALIVE else nothing for state in verbs.domain(word)})


def _all_writes(trees: Iterable[Tree]) -> Values:
    """For each name the values that some outcome of *trees* writes to it."""
    found: dict[str, set[object]] = {}
    for leaf in leaves(*trees):
        if isinstance(leaf, Effect):
            for name, value in leaf.writes:
                found.setdefault(name, set()).add(NONE if value == ENDED else value)
    return {name: frozenset(values) for name, values in found.items()}


def _always_writes(tree: Tree) -> frozenset[str]:
    """The names that every outcome of *tree* writes."""
    written = [
        frozenset(name for name, value in leaf.writes if value != ENDED)
        for leaf in leaves(tree)
        if isinstance(leaf, Effect)
    ]
    return frozenset.intersection(*written) if written else frozenset()
