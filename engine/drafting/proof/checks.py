"""The rules held against every state of a walk. Each breach is told once for each element, with the first run to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from engine.drafting.proof import stage, verbs
from engine.drafting.proof.deeds import owed
from engine.drafting.proof.net import CLOCK, Place
from engine.drafting.proof.stage import ALIVE, OPEN_STATES, clock
from engine.drafting.proof.states import Spot, State
from engine.drafting.proof.telling import Told
from engine.drafting.proof.verbs import Refusal
from engine.drafting.proof.walk import Walk
from engine.drafting.proof.world import World
from engine.procedure.drawing import Kind
from engine.statute.duties import Owed
from engine.statute.provisions import Limit, Unit
from engine.text import Text

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEEK, _WORKING = 7, 5


@dataclass(frozen=True, slots=True)
class _Missing:
    """What a marking lacks: limits nobody listens to, powers nobody offers, duties that no step ahead can end."""

    unheard: list[tuple[Limit, int]]
    unoffered: list[tuple[Limit, int, str]]
    past: list[tuple[Owed, int]]
    limits: list[Place]


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
        self._ends = {
            place.index: world.may_end(place) for place in world.net.places if place.node.act
        }
        self._limits = limits
        self._done: dict[frozenset[int], frozenset[int]] = {}
        self._seen: dict[int, _Missing] = {}

    def look(self, state: State) -> None:
        """Hold the rules against *state*."""
        spot, store = state.spot, state.store
        if spot.view.finished:
            self._at_the_end(state)
            return
        known = self._seen.get(id(spot))
        if known is None:
            known = self._seen[id(spot)] = self._of_spot(spot)
        for rule, at in known.unheard:
            if store[at] in ALIVE:
                self._tell("duty_without_clock", state, rule.article, limit=rule.title, id=rule.id)
        for rule, at, act in known.unoffered:
            if store[at] in ALIVE:
                title = verbs.ACTS[act].title
                self._tell("power_not_offered", state, rule.article, limit=rule.title, act=title)
        for duty, at in known.past:
            if store[at] is True:
                self._tell("duty_passed_by", state, duty.article, duty=duty.title)
        for place in known.limits:
            self._outlasting(place, state)

    def _tell(self, rule: str, state: State, clause: str | None, **values: Any) -> None:
        self._told.add(rule, self._resting(state) or state.step.element, state, clause, **values)

    def _of_spot(self, spot: Spot) -> _Missing:
        acts = {place.node.act for _, place, _ in spot.steps}
        ahead = self._world.horizon.reached_from(spot.view.places)
        done = self._ended_at(ahead.intersection(self._ends))
        return _Missing(
            unheard=[
                (rule, at) for limit, rule, at in self._duties if limit not in spot.view.clocks
            ],
            unoffered=[one for one in self._powers if one[2] not in acts],
            past=[(duty, at) for duty, at in self._owed if at not in done],
            limits=[place for _, place in spot.view.limits],
        )

    def _ended_at(self, places: frozenset[int]) -> frozenset[int]:
        if places not in self._done:
            self._done[places] = frozenset().union(*(self._ends[place] for place in places))
        return self._done[places]

    def _at_the_end(self, state: State) -> None:
        ended = state.step.element
        for _, rule, at in self._duties:
            if state.store[at] in OPEN_STATES:
                self._told.add("end_with_duty", ended, state, rule.article, duty=rule.title)
        for duty, at in self._owed:
            if state.store[at] is True:
                self._told.add("duty_passed_by", ended, state, duty.article, duty=duty.title)

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

    def _resting(self, state: State) -> str | None:
        """Where the drawing rests: the step that has just opened, else any, else the innermost place where a token is."""
        view = state.spot.view
        before = state.before.spot.view.steps if state.before is not None else []
        known = {place.index for _, place in before}
        steps = [place for _, place in view.steps]
        for place in (*(one for one in steps if one.index not in known), *reversed(steps)):
            return place.id
        return self._world.net.places[view.places[-1]].id if view.places else None

    # -- after the walk --------------------------------------------------------------------------------------------------

    def look_back(self, walk: Walk) -> None:
        """Hold against the whole walk what shows only at its end."""
        for state, place, refusal in walk.refusals:
            self._refused(state, place, refusal)
        self._waiting(walk)

    def _refused(self, state: State, place: Place, refusal: Refusal) -> None:
        act = verbs.ACTS[refusal.act]
        zh = _DAY.sub("届满日", refusal.text.zh).rstrip("。")
        en = _DAY.sub("its last day", refusal.text.en).rstrip(".")
        self._told.add(
            "refused_step", place.id, state, refusal.article, act=act.title, why=Text(zh, en)
        )

    def _waiting(self, walk: Walk) -> None:
        """States from which no end is reached unless somebody who need not act does; what is refused is told already."""
        front = [state for state in walk.states if state.spot.view.finished or state.refused]
        reached = {id(state) for state in front}
        while front:
            for before in front.pop().back:
                if id(before) not in reached:
                    reached.add(id(before))
                    front.append(before)
        stuck = [state for state in walk.states if id(state) not in reached]
        if stuck:
            state = min(_shown(stuck), key=lambda one: (len(one.spot.view.places), one.number))
            where = self._named(state.spot)
            self._tell("waits_for_ever", state, self._still_owed(state), where=where)

    def _still_owed(self, state: State) -> str | None:
        running = [rule.article for _, rule, at in self._duties if state.store[at] in OPEN_STATES]
        open_ = [duty.article for duty, at in self._owed if state.store[at] is True]
        return next(iter([*running, *open_]), None)

    def _named(self, spot: Spot) -> str:
        places = [self._world.net.places[one] for one in spot.view.places]
        return "、".join(place.node.name or place.id for place in places if place.inner is None)


def _shown(stuck: list[State]) -> list[State]:
    """Those of *stuck* that show best what is the matter: nothing moves there any more, or it goes round for ever."""
    inside = {id(one) for one in stuck}
    left = {id(before) for one in stuck for before in one.back}
    sources = {id(one): {id(before) for before in one.back} & inside for one in stuck}
    follows: dict[int, list[int]] = {}
    for one, many in sources.items():
        for before in many:
            follows.setdefault(before, []).append(one)
    front = [one for one, many in sources.items() if not many]
    while front:  # who is not come to again is on no circle
        first = front.pop()
        for one in follows.get(first, ()):
            sources[one].discard(first)
            if not sources[one]:
                front.append(one)
    return [one for one in stuck if id(one) not in left or sources[id(one)]] or stuck


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
