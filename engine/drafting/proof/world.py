"""Everything a walk needs of one procedure: its net, what may be done where, and what is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import product
from typing import Final

from engine.drafting.proof import stage, verbs
from engine.drafting.proof.deeds import Deeds, Option
from engine.drafting.proof.game import Game
from engine.drafting.proof.horizon import Horizon
from engine.drafting.proof.memory import Memory
from engine.drafting.proof.net import ACT, Net, Place
from engine.drafting.proof.readers import Readers
from engine.drafting.proof.stage import clock
from engine.drafting.proof.verbs import Case
from engine.petition.forms import Form
from engine.procedure.drawing import Kind
from engine.procedure.gate import Examined
from engine.statute.duties import load_duties
from engine.statute.provisions import Actor, Limit

FOLLOWED: Final = ("withdraw", "object", "dispute", "reroute", "order_hearing")
"""Standing acts that change where a petition stands: they may come whether the drawing listens or not."""
SUPERVISION: Final = "open_supervision"


class World:
    """One process of a version, ready to be walked."""

    def __init__(
        self, examined: Examined, process: str, limits: Mapping[str, str], forms: Mapping[str, Form]
    ) -> None:
        self.process = process
        self.limits = limits
        self.net = Net(examined.drawing, process, limits)
        self.game = Game(self.net, examined.conditions, examined.tables)
        self.duties = load_duties()
        self._forms = forms
        start = self.net.places[self.net.rooms[0].start]
        self.opened_by = start.node.act or "register"
        self.supervises = self.opened_by == SUPERVISION
        readers = Readers(self, examined)
        self.memory: Memory = readers.memory()
        self.horizon: Horizon = readers.horizon(self.memory)
        self._deeds = Deeds(self.memory.index, self.duties)
        self.written = self._deeds.written
        self.decided = self._deeds.decided

    def at_step(self, place: Place) -> tuple[Option, ...]:
        """What can be done at the step *place*."""
        if place.node.act is not None:
            return self.of_act(place.node.act, place.node.slot or "organ")
        form = self._forms.get(place.node.words.get("form", ""))
        return self._deeds.of_form(form) if form is not None else ()

    def of_act(self, act: str, slot: str | None = None) -> tuple[Option, ...]:
        """What *act* can do."""
        return tuple(self._deeds.of_case(case) for case in self.cases(act, slot))

    def may_end(self, place: Place) -> frozenset[int]:
        """Where the duties are remembered that a step at *place* may do, or lawfully let fall away."""
        options = self.at_step(place) if place.kind is Kind.USER_TASK else ()
        return frozenset(at for option in options for at in self._deeds.ended_by(option))

    @cached_property
    def clocks(self) -> dict[str, tuple[int, object]]:
        """For each limit where its state is remembered, and what follows when it passes."""
        return {
            limit: (
                self.memory.index[clock(limit)],
                self._deeds.ready(clock(limit), verbs.passing(limit)),
            )
            for limit in stage.limits_kept()
        }

    def beginnings(self) -> Iterator[Option]:
        """All the ways in which a file can be opened, the part of who opens it among the choices."""
        for slot in ("supervising_office",) if self.supervises else ("office", "organ"):
            for option in self.of_act(self.opened_by, slot):
                yield replace(option, choice=((verbs.RECEIVER, slot), *option.choice))

    @cached_property
    def either_way(self) -> tuple[tuple[tuple[int, str, bool], ...], ...]:
        """What a beginning leaves open: all combinations, as place, name and value."""
        asked = [
            one for one in verbs.EITHER_WAY.get(self.opened_by, ()) if one in self.memory.index
        ]
        return tuple(
            product(
                *(
                    tuple((self.memory.index[one], one, value) for value in (False, True))
                    for one in asked
                )
            )
        )

    def cases(self, act: str, slot: str | None = None) -> tuple[Case, ...]:
        """What *act* can do, before it is made ready for this process; nothing for an event that is no act."""
        if act not in verbs.ACTS:
            return ()
        parts = [one.slot.value for one in verbs.ACTS[act].by]
        return verbs.cases(act, slot or (parts[0] if parts else "office"))

    @cached_property
    def standing(self) -> tuple[str, ...]:
        """The standing acts that a walk follows: those that change where a file stands, and those that are listened to."""
        listened = {
            word for place in self.net.places for kind, word, _ in place.hears if kind == ACT
        }
        listened |= {act for room in self.net.rooms for act in room.beside}
        followed = ("annul_supervision",) if self.supervises else FOLLOWED
        return tuple(dict.fromkeys((*followed, *sorted(listened & verbs.ACTS.keys()))))

    @cached_property
    def powers(self) -> dict[str, str]:
        """The step acts by which a petitioner uses a power, each with the limit of that power."""
        used = (
            (act.id, self.limit(word.removeprefix("close:")))
            for act in verbs.ACTS.values()
            for word in act.clocks
            if word.startswith("close:")
        )
        return {
            act: rule.id for act, rule in used if rule.is_power and rule.actor is Actor.PETITIONER
        }

    def limit(self, id: str) -> Limit:
        """The rule of the limit *id*."""
        return stage.RECKONER.law.limit_by_id(id)
