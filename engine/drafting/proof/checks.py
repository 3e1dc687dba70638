"""The rules held against every state of a walk. Each breach is told once for each element, with the first run to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from engine.drafting.proof import stage, verbs
from engine.drafting.proof.deeds import owed
from engine.drafting.proof.net import CLOCK, Place
from engine.drafting.proof.stage import ALIVE, OPEN_STATES, clock
from engine.drafting.proof.telling import Told
from engine.drafting.proof.verbs import Refusal
from engine.drafting.proof.walk import Spot, State, Walk
from engine.drafting.proof.world import World
from engine.procedure.drawing import Kind
from engine.statute.provisions import Limit, Unit
from engine.text import Text

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEEK, _WORKING = 7, 5


class Checks:
    """The rules, on one world. ``look`` is called with each state as it is found."""

    def __init__(self, world: World, told: Told) -> None:
        self._world = world
        self._told = told
        index = world.memory.index
        limits = [(limit, world.limit(limit), index[clock(limit)]) for limit in stage.limits_kept()]
        self._duties = [one for one in limits if not one[1].is_power]
        self._powers = [
            (world.limit(limit), index[clock(limit)], act) for act, limit in world.powers.items()
        ]
        self._owed = [(rule, index[owed(rule.id)]) for rule in world.duties]
        self._limits = limits
        self._seen: dict[
            int, tuple[list[tuple[Limit, int]], list[tuple[Limit, int, str]], list[Place]]
        ] = {}

    def look(self, state: State) -> None:
        """Hold the rules against *state*."""
        spot, store = state.spot, state.store
        if spot.view.finished:
            self._at_the_end(state)
            return
        known = self._seen.get(id(spot))
        if known is None:
            known = self._seen[id(spot)] = self._of_spot(spot)
        unheard, unoffered, limits = known
        for rule, at in unheard:
            if store[at] in ALIVE:
                self._told.add(
                    "duty_without_clock",
                    self._resting(spot),
                    state,
                    rule.article,
                    limit=rule.title,
                    id=rule.id,
                )
        for rule, at, act in unoffered:
            if store[at] in ALIVE:
                title = verbs.ACTS[act].title
                self._told.add(
                    "power_not_offered",
                    self._resting(spot),
                    state,
                    rule.article,
                    limit=rule.title,
                    act=title,
                )
        for place in limits:
            self._outlasting(place, state)

    def _of_spot(
        self, spot: Spot
    ) -> tuple[list[tuple[Limit, int]], list[tuple[Limit, int, str]], list[Place]]:
        acts = {place.node.act for _, place, _ in spot.steps}
        return (
            [(rule, at) for limit, rule, at in self._duties if limit not in spot.view.clocks],
            [(rule, at, act) for rule, at, act in self._powers if act not in acts],
            [place for _, place in spot.view.limits],
        )

    def _at_the_end(self, state: State) -> None:
        ended = state.step.element
        for _, rule, at in self._duties:
            if state.store[at] in OPEN_STATES:
                self._told.add("end_with_duty", ended, state, rule.article, duty=rule.title)
        for duty, at in self._owed:
            if state.store[at] is True:
                self._told.add("end_with_duty", ended, state, duty.article, duty=duty.title)

    def _outlasting(self, place: Place, state: State) -> None:
        amount = self._world.net.amount(place)
        within = place.node.words.get("within")
        if amount is None:
            return
        for _, rule, at in self._limits:
            asked = within is None or rule.id == self._world.limits.get(within)
            if (
                asked
                and state.store[at] in ALIVE
                and rule.length
                and _days(*amount) > _days(rule.length, rule.unit.value)
            ):
                self._told.add(
                    "limit_may_outlast",
                    place.id,
                    state,
                    rule.article,
                    limit=place.node.words["limit"],
                    law=rule.title,
                )

    def _resting(self, spot: Spot) -> str | None:
        """Where the drawing rests: its first open step, else the innermost place where a token is."""
        for _, place, _ in spot.steps:
            return place.id
        return self._world.net.places[spot.view.places[-1]].id if spot.view.places else None

    # -- after the walk --------------------------------------------------------------------------------------------------

    def look_back(self, walk: Walk) -> None:
        """Hold against the whole walk what shows only at its end."""
        for state, place, refusal in walk.refusals:
            self._refused(state, place, refusal)
        self._waiting(walk)

    def _refused(self, state: State, place: Place, refusal: Refusal) -> None:
        act = verbs.ACTS[refusal.act]
        why = Text(_DAY.sub("届满日", refusal.text.zh), _DAY.sub("its last day", refusal.text.en))
        self._told.add("refused_step", place.id, state, refusal.article, act=act.title, article=refusal.article,
                       why=Text(why.zh.rstrip("。"), why.en.rstrip(".")))  # fmt: skip

    def _waiting(self, walk: Walk) -> None:
        """States from which no end is reached unless somebody who need not act does; what is refused is told already."""
        front = [state for state in walk.states if state.spot.view.finished or state.refused]
        reached = {id(state) for state in front}
        while front:
            for before in front.pop().back:
                if id(before) not in reached:
                    reached.add(id(before))
                    front.append(before)
        for state in walk.states:
            if id(state) not in reached:
                self._told.add("waits_for_ever", self._resting(state.spot), state, self._still_owed(state),
                               where=self._named(state.spot))  # fmt: skip
                return

    def _still_owed(self, state: State) -> str | None:
        open_ = [duty.article for duty, at in self._owed if state.store[at] is True]
        running = [rule.article for _, rule, at in self._duties if state.store[at] in OPEN_STATES]
        return next(iter([*open_, *running]), None)

    def _named(self, spot: Spot) -> str:
        places = [self._world.net.places[one] for one in spot.view.places]
        return "、".join(place.node.name or place.id for place in places if place.inner is None)


def clocks_that_never_fire(world: World) -> Iterator[tuple[Place, Limit]]:
    """The clock events that no walk has seen happen."""
    for place in world.net.places:
        for kind, word, event in place.hears:
            one = world.net.places[event]
            if kind == CLOCK and one.id not in world.game.visited:
                yield one, world.limit(word)


def interrupting_duties(world: World) -> Iterator[tuple[Place, Limit]]:
    """The boundary timers by which the passing of a duty would take work away."""
    for place in world.net.places:
        if place.kind is Kind.BOUNDARY and place.node.interrupting:
            for kind, word, _ in place.hears:
                if kind == CLOCK and not world.limit(word).is_power:
                    yield place, world.limit(word)


def _days(amount: int, unit: str) -> float:
    return amount * _WEEK / _WORKING if unit == Unit.WORKING_DAYS else amount
