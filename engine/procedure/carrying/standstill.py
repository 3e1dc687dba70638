"""Whether a parallel join could wait for ever, from where a petition's tokens are in one scope.

A drawing whose joins are right from its beginning may be wrong from the middle: somebody added a branch to a split that
the petition has passed already. So the tokens are led on by every choice there is. Tokens do not hinder each other, so it
is enough to move the first one until it rests; inclusive joins go on when nothing else can move. Only the part of the scope
from which a parallel join can be reached matters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from engine.procedure.drawing import GATEWAYS, Kind, Scope

MOST_PLACES: Final = 5_000
"""Situations that are looked at before the question counts as undecided."""

_JOINS = frozenset({Kind.PARALLEL, Kind.INCLUSIVE})
_WIDEST_CHOICE: Final = 6

Arrival = tuple[str, str]
"""A join, and the element from which a token has come to it."""
Marking = tuple[tuple[str, ...], tuple[Arrival, ...]]
"""The elements at which a token is, and the arrivals that wait, both sorted."""


def before_joins(scope: Scope) -> frozenset[str]:
    """The elements of *scope* from which a token can reach a parallel join, the joins included."""
    sources: dict[str, list[str]] = {}
    for node in scope.nodes:
        for target in scope.after(node.id):
            sources.setdefault(target, []).append(node.id)
    waiting = [one.id for one in scope.of(Kind.PARALLEL) if len(scope.entering[one.id]) > 1]
    found = set(waiting)
    while waiting:
        fresh = set(sources.get(waiting.pop(), ())) - found
        found |= fresh
        waiting.extend(fresh)
    return frozenset(found)


def joins_without_end(
    scope: Scope, places: Mapping[str, int], arrivals: Mapping[Arrival, int]
) -> frozenset[str] | None:
    """The parallel joins of *scope* that may wait for ever; None where there is too much to look at.

    *places* says how many tokens are at which element, *arrivals* how many wait at joins.
    """
    part = before_joins(scope)
    game = _Game(scope, part)
    first = game.marking(Counter(places), Counter(arrivals))
    seen, waiting = {first}, [first]
    stuck: set[str] = set()
    while waiting:
        tokens, arrived = waiting.pop()
        following = list(game.following(tokens, arrived))
        if not following:
            stuck.update(join for join, _ in arrived)
        fresh = set(following) - seen
        seen |= fresh
        waiting.extend(fresh)
        if len(seen) > MOST_PLACES:
            return None
    return frozenset(stuck)


@dataclass(frozen=True, slots=True)
class _Game:
    """The moves of tokens in the *part* of *scope* that leads to its parallel joins."""

    scope: Scope
    part: frozenset[str]

    def following(self, tokens: tuple[str, ...], arrived: tuple[Arrival, ...]) -> Iterator[Marking]:
        """What can come next."""
        if not tokens:
            yield from self._patient(arrived)
            return
        first, *others = tokens
        for targets in self._ways(first):
            places, arrivals = Counter(others), Counter(arrived)
            for target in targets:
                self._arrive(target, first, places, arrivals)
            yield self.marking(places, arrivals)

    def _ways(self, id: str) -> Iterator[tuple[str, ...]]:
        """The sets of elements to which a token at *id* may go on: several at once, or one of several."""
        node = self.scope.by_id[id]
        targets = tuple(line.target for line in self.scope.leaving[id])
        if node.kind is Kind.INCLUSIVE:
            few = len(targets) <= _WIDEST_CHOICE
            for size in range(1, len(targets) + 1) if few else (1, len(targets)):
                yield from combinations(targets, size)
        elif node.kind in GATEWAYS and node.kind is not Kind.PARALLEL:
            yield from ((target,) for target in targets)
        else:
            yield targets
        for event in self.scope.attached.get(id, ()):
            if event.interrupting:
                yield (event.id,)

    def _arrive(
        self, target: str, source: str, places: Counter[str], arrivals: Counter[Arrival]
    ) -> None:
        ways = [line.source for line in self.scope.entering[target]]
        kind = self.scope.by_id[target].kind
        if kind not in _JOINS or len(ways) < 2:
            places[target] += 1
            return
        arrivals[target, source] += 1
        if kind is Kind.PARALLEL and all(arrivals[target, way] for way in ways):
            arrivals.subtract((target, way) for way in ways)
            places[target] += 1

    def _patient(self, arrived: tuple[Arrival, ...]) -> Iterator[Marking]:
        """One inclusive join goes on with what has come."""
        kinds = self.scope.by_id
        join = next((one for one, _ in arrived if kinds[one].kind is Kind.INCLUSIVE), None)
        if join is not None:
            rest = Counter(arrived)
            rest.subtract({one for one in arrived if one[0] == join})
            yield self.marking(Counter({join: 1}), rest)

    def marking(self, places: Counter[str], arrivals: Counter[Arrival]) -> Marking:
        """Where the tokens are, without those that can reach no parallel join any more."""
        return (
            tuple(sorted(one for one in places.elements() if one in self.part)),
            tuple(sorted(one for one in arrivals.elements() if one[0] in self.part)),
        )
