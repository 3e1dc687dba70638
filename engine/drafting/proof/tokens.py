"""One move of the token game while it lasts: tokens as things that change, brought to rest in the order of the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Final, Protocol

from engine.drafting.proof.net import ACT, CLOCK, LIMIT, Net, Place
from engine.procedure.drawing import Kind, Trigger
from engine.procedure.spiff.workflow import MAX_STEPS

Marking = tuple[Any, ...]
"""Tokens at rest in one room: place, the way it came in by (or -1), the boundary events that still listen, and inside."""

Read = Callable[[str], object]
Write = Callable[[str, object], None]

NOWHERE: Final = -1
MOST_TOKENS: Final = 60
"""More tokens in one room than any drawing needs: they multiply without end."""


class Endless(Exception):
    """Tokens multiply without end, or never come to rest."""


@dataclass(frozen=True, slots=True)
class News:
    """Something that is brought to a drawing: the step that is completed, an act, a clock, or an internal limit.

    ``token`` is the number of the token, in the order of the run, that a step or an internal limit is about.
    """

    kind: str
    word: str = ""
    token: int = 0
    event: int = 0


class Rules(Protocol):
    """What a move asks of its game."""

    net: Net
    most_beside: int
    visited: set[str]

    def chosen(self, place: Place, read: Read) -> list[int]: ...
    def decided(self, place: Place, read: Read) -> dict[str, Any]: ...


@dataclass(slots=True, eq=False)
class Token:
    place: Place
    room: Inside
    came: int = NOWHERE
    ready: bool = False
    gone: bool = False
    listening: list[int] = field(default_factory=list)
    inside: Inside | None = None
    heard: int | None = None


@dataclass(slots=True, eq=False)
class Inside:
    """A room at work."""

    index: int
    depth: int
    owner: Token | None
    tokens: list[Token] = field(default_factory=list)


def freeze(inside: Inside) -> Marking:
    return tuple(
        (t.place.index, t.came, tuple(t.listening), freeze(t.inside) if t.inside else None)
        for t in inside.tokens
    )


class Run:
    """One move, while it lasts."""

    def __init__(self, game: Rules, read: Read, write: Write) -> None:
        self._game = game
        self._net = game.net
        self._read = read
        self._write = write
        self._left = MAX_STEPS

    # -- bringing news ---------------------------------------------------------------------------------------------

    def bring(self, top: Inside, news: News) -> None:
        if news.kind == ACT:
            self._start_beside(top, news.word)
        if news.kind in {ACT, CLOCK}:
            self._tell(top, news.kind, news.word)
            return
        token = next(one for number, one in enumerate(all_tokens(top)) if number == news.token)
        if news.kind == LIMIT:
            self._tell_one(token, news.event)
        else:
            self._leave(token, [target for target, _ in token.place.outs])

    def _start_beside(self, top: Inside, act: str) -> None:
        for inside in list(rooms_at_work(top)):
            for index in self._net.rooms[inside.index].beside.get(act, ()):
                if (
                    sum(token.place.index == index for token in inside.tokens)
                    < self._game.most_beside
                ):
                    inside.tokens.extend(self._entered(inside, index, NOWHERE))

    def _tell(self, top: Inside, kind: str, word: str) -> None:
        """What interrupts goes first and from the outermost room in; whoever is interrupted no longer hears."""
        hearing: list[tuple[bool, int, int, Token, int]] = []
        for number, token in enumerate(all_tokens(top)):
            for place in (token.place, *(self._net.places[one] for one in token.listening)):
                for what, name, event in place.hears:
                    if what == kind and name == word:
                        interrupts = place.host is not None and place.node.interrupting
                        hearing.append((not interrupts, token.room.depth, number, token, event))
        for _, _, _, token, event in sorted(hearing, key=lambda one: one[:3]):
            self._tell_one(token, event)

    def _tell_one(self, token: Token, event: int) -> None:
        place = self._net.places[event]
        if token.gone or token.ready:
            return
        if place.host is None:
            token.ready, token.heard = True, event
            return
        if event not in token.listening:
            return
        self._game.visited.add(place.id)
        if place.node.interrupting:
            self._leave(token, [target for target, _ in place.outs])
        else:
            token.listening.remove(event)
            happened = Token(place, token.room, ready=True)
            token.room.tokens.insert(token.room.tokens.index(token) + 1, happened)

    # -- settling --------------------------------------------------------------------------------------------------

    def begin(self, inside: Inside) -> None:
        start = self._net.rooms[inside.index].start
        inside.tokens.append(Token(self._net.places[start], inside, ready=True))

    def settle(self, top: Inside) -> None:
        moved = True
        while moved:
            moved = False
            for inside in sorted(rooms_at_work(top), key=attrgetter("depth"), reverse=True):
                moved |= self._run_ready(inside)
            moved = moved or self._join_one(top)

    def _run_ready(self, inside: Inside) -> bool:
        ran = False
        while ready := [token for token in inside.tokens if token.ready]:
            for token in ready:
                if token.gone or not token.ready:
                    continue
                self._left -= 1
                if self._left < 0 or len(inside.tokens) > MOST_TOKENS:
                    raise Endless(token.place.id)
                self._step(token)
                ran = True
        return ran

    def _step(self, token: Token) -> None:
        place = token.place
        if place.kind is Kind.END:
            self._end(token)
            return
        if place.kind in {Kind.EXCLUSIVE, Kind.INCLUSIVE}:
            self._leave(token, self._game.chosen(place, self._read))
            return
        if place.kind is Kind.RULE_TASK:
            for name, value in self._game.decided(place, self._read).items():
                self._write(name, value)
        if place.kind is Kind.EVENT_BASED and token.heard is not None:
            self._leave(token, [token.heard])
            return
        self._leave(token, [target for target, _ in place.outs])

    def _end(self, token: Token) -> None:
        self._game.visited.add(token.place.id)
        room = token.room
        if token.place.node.trigger is Trigger.TERMINATE:
            for one in room.tokens:
                one.gone = True
            room.tokens.clear()
        else:
            token.gone = True
            room.tokens.remove(token)
        self._close(room)

    def _leave(self, token: Token, targets: list[int]) -> None:
        room = token.room
        self._game.visited.add(token.place.id)
        at = room.tokens.index(token)
        token.gone = True
        room.tokens[at : at + 1] = [
            one for target in targets for one in self._entered(room, target, token.place.index)
        ]
        self._close(room)

    def _close(self, room: Inside) -> None:
        if not room.tokens and room.owner is not None and not room.owner.gone:
            room.owner.ready, room.owner.inside = True, None

    def _entered(self, room: Inside, index: int, came: int) -> list[Token]:
        place = self._net.places[index]
        token = Token(place, room, listening=list(place.events))
        self._game.visited.add(place.id)
        if place.inner is not None:
            token.inside = Inside(place.inner, room.depth + 1, token)
            self.begin(token.inside)
        elif place.gathers:
            token.came = came
        else:
            token.ready = not place.waits
        return [token]

    # -- joins -----------------------------------------------------------------------------------------------------

    def _join_one(self, top: Inside) -> bool:
        """Let one join fire that may; an inclusive one, whose answer depends on the others, only if no parallel one does."""
        waiting = [
            (token.place.kind is Kind.INCLUSIVE, number, token)
            for number, token in enumerate(all_tokens(top))
            if token.place.gathers and token.came != NOWHERE
        ]
        return any(self._gather(token) for _, _, token in sorted(waiting, key=lambda one: one[:2]))

    def _gather(self, token: Token) -> bool:
        place, room = token.place, token.room
        first: dict[int, Token] = {}
        for one in room.tokens:
            if one.place is place and one.came != NOWHERE:
                first.setdefault(one.came, one)
        if not self._complete(place, room, first):
            return False
        *used, last = first.values()
        for one in used:
            one.gone = True
            room.tokens.remove(one)
        last.came, last.ready = NOWHERE, True
        return True

    def _complete(self, place: Place, room: Inside, first: Mapping[int, Token]) -> bool:
        empty = [way for way in place.ins if way not in first]
        if not empty or place.kind is Kind.PARALLEL:
            return not empty
        upstream = self._net.upstream[place.index]
        places = {one.place.index for one in room.tokens if one.place is not place}
        places.update(event for one in room.tokens for event in one.listening)
        return not any(
            any(at in upstream[way] for way in empty)
            and not any(at in upstream[way] for way in first)
            for at in places
        )


def rooms_at_work(top: Inside) -> Iterator[Inside]:
    """The rooms at work, outer ones first."""
    yield top
    for token in top.tokens:
        if token.inside is not None and not token.gone:
            yield from rooms_at_work(token.inside)


def all_tokens(top: Inside) -> Iterator[Token]:
    """All tokens in the order of the run; those inside an element follow its token."""
    for token in top.tokens:
        yield token
        if token.inside is not None:
            yield from all_tokens(token.inside)
