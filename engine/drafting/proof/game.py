"""How tokens move: a fast model of what ``engine.procedure`` does with SpiffWorkflow, on flat drawings, without time.

A marking is where the tokens rest, as nested tuples in the order of the run. A move takes a marking and what happens and
gives the next marking. It is held against the real engine by random walks (``tests/drafting/proof/test_token_model.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from engine.drafting.proof.net import ACT, CLOCK, Net, Place
from engine.drafting.proof.tokens import Inside, Marking, News, Read, Run, Token, Write, freeze
from engine.procedure.drawing import Kind
from engine.procedure.expressions import Condition
from engine.procedure.tables import Table

MOST_BESIDE: Final = 2
"""Event sub-processes of one kind that run at once in a walk: a third adds nothing that a rule could see."""
START: Final = News("start")


@dataclass(slots=True)
class View:
    """What can be seen of a marking."""

    steps: list[tuple[int, Place]] = field(default_factory=list)
    clocks: set[str] = field(default_factory=set)
    acts: set[str] = field(default_factory=set)
    limits: list[tuple[int, Place]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    finished: bool = False


class Game:
    """The token game on one net. ``visited`` collects the elements at which a token has been, events that happened too."""

    def __init__(
        self,
        net: Net,
        conditions: Mapping[str, Condition],
        tables: Mapping[str, Table],
        *,
        most_beside: int = MOST_BESIDE,
    ) -> None:
        self.net = net
        self._conditions = conditions
        self._tables = tables
        self.most_beside = most_beside
        self.visited: set[str] = set()

    # -- moves -----------------------------------------------------------------------------------------------------

    def move(self, marking: Marking | None, news: News, read: Read, write: Write) -> Marking:
        """The marking after *news*, with facts read by *read*; what decision tables decide is given to *write*.

        Raises Endless.
        """
        run = Run(self, read, write)
        if marking is None:
            top = Inside(0, 0, None)
            run.begin(top)
        else:
            top = self._thaw(marking, 0, None)
            run.bring(top, news)
        run.settle(top)
        return freeze(top)

    def _thaw(self, marking: Marking, index: int, owner: Token | None) -> Inside:
        inside = Inside(index, self.net.rooms[index].depth, owner)
        for place, came, listening, within in marking:
            token = Token(self.net.places[place], inside, came=came, listening=list(listening))
            if within is not None and token.place.inner is not None:
                token.inside = self._thaw(within, token.place.inner, token)
            inside.tokens.append(token)
        return inside

    # -- what can be seen --------------------------------------------------------------------------------------------

    def view(self, marking: Marking) -> View:
        """The open steps, and what is listened to, of *marking*."""
        seen = View(finished=not marking)
        if marking:
            self._look(marking, 0, seen, [0])
        return seen

    def _look(self, marking: Marking, index: int, seen: View, number: list[int]) -> None:
        seen.acts.update(self.net.rooms[index].beside)
        for place_index, _, listening, within in marking:
            token = number[0]
            number[0] += 1
            place = self.net.places[place_index]
            seen.places.append(place_index)
            if place.kind is Kind.USER_TASK:
                seen.steps.append((token, place))
            self._hear(place, token, seen)
            for event in listening:
                self._hear(self.net.places[event], token, seen)
            if within is not None and place.inner is not None:
                self._look(within, place.inner, seen, number)

    def _hear(self, place: Place, token: int, seen: View) -> None:
        for kind, word, event in place.hears:
            if kind == ACT:
                seen.acts.add(word)
            elif kind == CLOCK:
                seen.clocks.add(word)
            else:
                seen.limits.append((token, self.net.places[event]))

    # -- choices -----------------------------------------------------------------------------------------------------

    def chosen(self, place: Place, read: Read) -> list[int]:
        """The ways out that a deciding gateway takes."""
        facts = _Facts(read)
        taken: list[int] = []
        for target, line in place.outs:
            condition = self._conditions.get(line)
            if condition is not None and condition.holds(facts):
                taken.append(target)
                if place.kind is Kind.EXCLUSIVE:
                    break
        return taken or [target for target, line in place.outs if line not in self._conditions][:1]

    def decided(self, place: Place, read: Read) -> dict[str, Any]:
        """What the decision table at *place* decides."""
        return self._tables[place.node.words["table"]].decide(_Facts(read))


class _Facts(Mapping[str, object]):
    """Facts as conditions and tables ask for them."""

    def __init__(self, read: Read) -> None:
        self._read = read

    def get(self, name: str, default: object = None) -> object:
        return self._read(name)

    def __getitem__(self, name: str) -> object:
        return self._read(name)

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError
