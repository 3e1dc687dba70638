"""The walk itself: every state that a drawing can reach, breadth first, so that the first way found is a shortest one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.acts.act import ActKind
from engine.drafting.proof import stage, verbs
from engine.drafting.proof.deeds import Move, Option, leaf_of
from engine.drafting.proof.game import START
from engine.drafting.proof.memory import Store
from engine.drafting.proof.net import ACT, CLOCK, LIMIT, Place
from engine.drafting.proof.stage import ALIVE
from engine.drafting.proof.states import Spot, State, Step, TooLarge
from engine.drafting.proof.tokens import Endless, Marking, News
from engine.drafting.proof.verbs import Refusal
from engine.drafting.proof.world import World

MOST_STATES: Final = 60_000
"""A drawing with more states than this is too large to decide."""


Seen = Callable[[State], None]


class Walk:
    """All states of *world*. ``states`` are in the order in which they were found.

    *look* is shown each state as it is found. *forgetful* walks join states between which nothing can make a difference;
    others do not, and find the same.
    """

    def __init__(
        self,
        world: World,
        *,
        look: Seen | None = None,
        most: int = MOST_STATES,
        forgetful: bool = True,
    ) -> None:
        self.world = world
        self._look = look
        self.states: list[State] = []
        self.refusals: list[tuple[State, Place, Refusal]] = []
        self._most = most
        self._forgetful = forgetful
        self._index = world.memory.index
        self._known: dict[tuple[int, Store, frozenset[str]], State] = {}
        self._spots: dict[Marking, Spot] = {}
        self._front: deque[State] = deque()
        self._looked_at = world.horizon.looked_at
        self._everything = world.horizon.everything

    def go(self) -> Walk:
        """Walk to the fixed point. Raises TooLarge."""
        try:
            for option in self.world.beginnings():
                self._begin(option)
            while self._front:
                self._leave(self._front.popleft())
        except Endless as fault:
            raise TooLarge(str(fault)) from fault
        return self

    def _begin(self, option: Option) -> None:
        move = leaf_of(option.tree, self.world.memory.blank)
        if isinstance(move, Refusal):
            return
        for more in self.world.either_way:
            store = self.world.written(self.world.memory.blank, move.writes)
            for at, _, value in more:
                store[at] = value
            choice = (*option.choice, *((name, str(value).lower()) for _, name, value in more))
            step = Step("start", option.word, choice=choice)
            self._reach(None, self._moved(None, START, store), store, step)

    # -- from one state ----------------------------------------------------------------------------------------------

    def _leave(self, state: State) -> None:
        if state.spot.view.finished:
            self._reopen(state)
            return
        self._steps(state)
        self._standing(state)
        self._clocks(state)
        for token, place in state.spot.view.limits:
            self._go(state, News(LIMIT, token=token, event=place.index), list(state.store),
                     Step("limit", place.node.words["limit"], place.id))  # fmt: skip

    def _steps(self, state: State) -> None:
        for token, place, options in state.spot.steps:
            act = place.node.act
            refusal: Refusal | None = None
            done = False
            for option in options:
                move = leaf_of(option.tree, state.store)
                if isinstance(move, Refusal):
                    refusal = refusal or move
                    continue
                done = True
                store = self.world.written(state.store, move.writes)
                step = Step("act" if act else "form", option.word, place.id, option.choice)
                messages = [move.message] if move.message else []
                if act is not None and _stands(act):
                    messages.append(act)
                self._go(state, News("step", token=token), store, step, messages,
                         freely=not self._uses_power(act, state.store))  # fmt: skip
            if refusal is not None and not done:
                state.refused.append((place, refusal))
                self.refusals.append((state, place, refusal))

    def _standing(self, state: State) -> None:
        view = state.spot.view
        due_here = {place.node.act for _, place, _ in state.spot.steps}
        for act, options in self._standing_options:
            if act in due_here or act not in state.alive:
                continue
            heard = act in view.acts
            for option in options:
                move = leaf_of(option.tree, state.store)
                if isinstance(move, Refusal):
                    continue
                store = self.world.written(state.store, move.writes)
                step = Step("standing", act, None, option.choice)
                if heard:
                    self._go(state, News(ACT, act), store, step, freely=False)
                elif tuple(store) != state.store:
                    self._reach(state, state.spot, store, step, freely=False)

    @property
    def _standing_options(self) -> list[tuple[str, tuple[Option, ...]]]:
        if self._options is None:
            self._options = [(act, self.world.of_act(act)) for act in self.world.standing]
        return self._options

    _options: list[tuple[str, tuple[Option, ...]]] | None = None

    def _clocks(self, state: State) -> None:
        store = state.store
        for limit, (at, tree) in self.world.clocks.items():
            if store[at] not in ALIVE or self._later(limit, store):
                continue
            move = leaf_of(tree, store)
            if isinstance(move, Refusal):
                continue
            after = self.world.written(store, move.writes)
            step = Step("clock", limit)
            if limit in state.spot.view.clocks:
                self._go(state, News(CLOCK, limit), after, step)
            else:
                self._reach(state, state.spot, after, step)

    def _later(self, limit: str, store: Store) -> bool:
        """Whether a shorter limit that the same event starts still runs: clocks started together keep their order."""
        shorter = stage.earlier().get(limit)
        return shorter is not None and store[self._index[stage.clock(shorter)]] in ALIVE

    def _reopen(self, state: State) -> None:
        if not self._may_reopen(state.store):
            return
        for option in self.world.of_act("reopen"):
            move = leaf_of(option.tree, state.store)
            if isinstance(move, Move):
                store = self.world.written(state.store, move.writes)
                spot = self._moved(None, START, store)
                self._reach(
                    state, spot, store, Step("reopen", "reopen", choice=option.choice), freely=False
                )

    def _may_reopen(self, store: Sequence[object]) -> bool:
        at = self._index.get("closing")
        return at is not None and store[at] == "lapsed"

    def _uses_power(self, act: str | None, store: Store) -> bool:
        """Whether *act* uses a power that is still alive, so that nobody has to do it; whoever was excused has asked."""
        limit = self.world.powers.get(act or "")
        return limit is not None and store[self._index[stage.clock(limit)]] in ALIVE

    # -- to the next ---------------------------------------------------------------------------------------------------

    def _go(
        self, state: State, news: News, store: list[object], step: Step, messages: list[str] | None = None,
        *, freely: bool = True,
    ) -> None:  # fmt: skip
        spot = self._moved(state.spot, news, store)
        for message in messages or ():
            if message in spot.view.acts:
                spot = self._moved(spot, News(ACT, message), store)
        self._reach(state, spot, store, step, freely=freely)

    def _moved(self, spot: Spot | None, news: News, store: list[object]) -> Spot:
        """The spot after *news*; what decision tables decide is written to *store*."""
        moves = self._beginnings if spot is None else spot.moves
        known = moves.get(news)
        while type(known) is tuple:
            known = known[1].get(store[known[0]])
        if not isinstance(known, _Played):
            known = self._played(spot, news, store, moves)
        if known.decided:
            self.world.decided(store, known.decided)
        return known.spot

    @property
    def _beginnings(self) -> dict[News, object]:
        if self._first is None:
            self._first = {}
        return self._first

    _first: dict[News, object] | None = None

    def _played(
        self, spot: Spot | None, news: News, store: list[object], moves: dict[News, object]
    ) -> _Played:
        asked: list[tuple[int, object]] = []
        seen: set[int] = set()
        decided: dict[str, object] = {}

        def read(name: str) -> object:
            if name in decided:
                return decided[name]
            at = self._index[name]
            if at not in seen:
                seen.add(at)
                asked.append((at, store[at]))
            return store[at]

        marking = self.world.game.move(
            spot.marking if spot else None, news, read, decided.__setitem__
        )
        played = _Played(self._spot(marking), decided)
        _remember(moves, news, asked, played)
        return played

    def _spot(self, marking: Marking) -> Spot:
        known = self._spots.get(marking)
        if known is None:
            view = self.world.game.view(marking)
            steps = [(token, place, self.world.at_step(place)) for token, place in view.steps]
            known = self._spots[marking] = Spot(marking, view, steps)
        return known

    def _reach(
        self,
        before: State | None,
        spot: Spot,
        store: list[object],
        step: Step,
        *,
        freely: bool = True,
    ) -> None:
        kept, alive = self._kept(spot, store)
        key = (id(spot), kept, alive)
        state = self._known.get(key)
        if state is None:
            if len(self.states) >= self._most:
                raise TooLarge
            state = State(len(self.states), spot, kept, alive, before, step)
            self._known[key] = state
            self.states.append(state)
            self._front.append(state)
            if self._look is not None:
                self._look(state)
        if before is not None and freely:
            state.back.append(before)

    def _kept(self, spot: Spot, store: list[object]) -> tuple[Store, frozenset[str]]:
        """What is remembered of *store* at *spot*, only what can still make a difference, and what is still alive."""
        if not self._forgetful or (not spot.marking and self._may_reopen(store)):
            return tuple(store), self._everything
        key = self._looked_at(store)
        known = spot.forget.get(key)
        if known is None:
            places = spot.view.places
            alive = self.world.horizon.alive(places, store) if spot.marking else frozenset[str]()
            known = spot.forget[key] = (self.world.memory.forgetting(places, alive), alive)
        forget, alive = known
        return forget(tuple(store)), alive


@dataclass(frozen=True, slots=True, eq=False)
class _Played:
    spot: Spot
    decided: dict[str, object]


def _remember(
    moves: dict[News, object], news: News, asked: list[tuple[int, object]], played: _Played
) -> None:
    """Keep *played* under what it asked on the way."""
    if not asked:
        moves[news] = played
        return
    if news not in moves:
        moves[news] = (asked[0][0], {})
    node: Any = moves[news]
    for place, (_, value) in enumerate(asked):
        if place == len(asked) - 1:
            node[1][value] = played
        else:
            node = node[1].setdefault(value, (asked[place + 1][0], {}))


def _stands(act: str) -> bool:
    verb = verbs.ACTS.get(act)
    return verb is not None and verb.kind is ActKind.STANDING
