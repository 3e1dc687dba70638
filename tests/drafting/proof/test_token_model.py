"""The fast token model of the proof moves as the real engine moves, wherever chance leads them."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping

from engine.bootstrap import PROCESSES, vocabulary
from engine.drafting.proof.game import START, Game
from engine.drafting.proof.net import ACT, CLOCK, LIMIT, Net
from engine.drafting.proof.tokens import Marking, News
from engine.procedure import Procedure, Source, Vocabulary
from engine.procedure.gate import examine
from engine.procedure.vocabulary import FactKind
from engine.statute.law import load_law
from tests.effort import effort
from tests.procedure import diagrams as draw
from tests.procedure.random_diagrams import sketch, tangle
from tests.procedure.small_world import WORDS, Petition
from tests.procedure.test_joins import GATEWAYS_AND_TASKS

SEEDS = effort(60, long=3000)
MOVES = 40
WITHOUT_END = 1000


class _Both:
    """One petition on the real engine and in the model, told the same."""

    def __init__(
        self, source: Source, words: Vocabulary, process: str, facts: Mapping[str, object]
    ) -> None:
        examined = examine(source, words)
        self.procedure = Procedure(source, words, examined)
        net = Net(examined.drawing, process, words.limits)
        self.game = Game(net, examined.conditions, examined.tables, most_beside=WITHOUT_END)
        self.decided: dict[str, object] = {}
        self.petition = Petition(self.procedure, process, facts=dict(facts))
        self.marking: Marking = self._move(None, START)

    def _move(self, marking: Marking | None, news: News) -> Marking:
        def read(name: str) -> object:
            return self.decided.get(name, self.petition.facts.get(name))

        return self.game.move(marking, news, read, self.decided.__setitem__)

    def differences(self) -> list[str]:
        view, progress = self.game.view(self.marking), self.petition.progress
        ours = {
            "steps": sorted(place.id for _, place in view.steps),
            "clocks": sorted(view.clocks),
            "acts": sorted(view.acts),
            "finished": view.finished,
        }
        real = {
            "steps": sorted(self.petition.open),
            "clocks": sorted(progress.listening()),
            "acts": sorted(progress.awaiting()),
            "finished": progress.finished,
        }
        return [
            f"{name}: model {ours[name]}, engine {real[name]}"
            for name in ours
            if ours[name] != real[name]
        ]

    def do(self, element: str) -> None:
        token = next(
            number for number, place in self.game.view(self.marking).steps if place.id == element
        )
        self.petition.do(element)
        self.marking = self._move(self.marking, News("step", token=token))

    def tell(self, kind: str, word: str) -> None:
        self.petition.act(word) if kind == ACT else self.petition.fire(word)
        self.marking = self._move(self.marking, News(kind, word))

    def wait(self) -> None:
        due = self.petition.progress.next_internal()
        assert due is not None
        self.petition.now = max(due, self.petition.now)
        self.petition.progress.use(self.petition.facts)
        for fired in self.petition.progress.fire_internal(due):
            token, place = next(
                (number, place)
                for number, place in self.game.view(self.marking).limits
                if place.id == fired.element
            )
            self.marking = self._move(self.marking, News(LIMIT, token=token, event=place.index))


def _facts(procedure: Procedure, dice: random.Random) -> dict[str, object]:
    return {
        name: dice.choice(word.domain)
        for name, word in sorted(procedure.facts.items())
        if word.kind in {FactKind.BOOLEAN, FactKind.ENUM}
    }


def _play(both: _Both, dice: random.Random, told: Counter[str]) -> list[str]:
    done: list[str] = []
    for _ in range(MOVES):
        if wrong := both.differences():
            return [*done, *wrong]
        progress = both.petition.progress
        moves = [("step", element) for element in sorted(set(both.petition.open))] * 3
        moves += [(CLOCK, word) for word in sorted(progress.listening())]
        moves += [(ACT, word) for word in sorted(progress.awaiting())]
        moves += [(LIMIT, "")] if progress.next_internal() else []
        if not moves:
            break
        both.petition.facts = {**both.petition.facts, **_facts(both.procedure, dice)}
        kind, word = dice.choice(moves)
        done.append(f"{kind} {word}")
        told[kind] += 1
        if kind == "step":
            both.do(word)
        elif kind == LIMIT:
            both.wait()
        else:
            both.tell(kind, word)
    return []


def _with_limits(process: str, dice: random.Random) -> str:
    """*process* with some of its clocks turned into limits of the office's own."""

    def turned(found: re.Match[str]) -> str:
        return f'petition:limit="{dice.randint(1, 9)} days"' if dice.random() < 0.4 else found[0]

    return re.sub(r'petition:clock="\w+"', turned, process)


def test_random_diagrams_move_alike() -> None:
    told: Counter[str] = Counter()
    wrong: dict[int, list[str]] = {}
    for seed in range(SEEDS):
        dice = random.Random(seed)
        processes, _ = sketch(seed, loose_joins=True)
        source = draw.version(*(_with_limits(one, dice) for one in processes))
        if difference := _play(_Both(source, WORDS, "p", {}), dice, told):
            wrong[seed] = difference

    assert wrong == {}
    assert min(told[kind] for kind in ("step", CLOCK, ACT, LIMIT)) > SEEDS / 4


def test_tangles_of_gateways_move_alike() -> None:
    told: Counter[str] = Counter()
    wrong: dict[int, list[str]] = {}
    for seed in range(SEEDS):
        joined, _ = sketch(seed, loose_joins=True, only=GATEWAYS_AND_TASKS)
        for source in (draw.version(tangle(seed)), draw.version(*joined)):
            if examine(source, WORDS).findings.refused():
                continue
            if difference := _play(_Both(source, WORDS, "p", {}), random.Random(seed), told):
                wrong[seed] = difference

    assert wrong == {}
    assert told["step"] > 5 * SEEDS


def test_the_shipped_drawings_move_alike() -> None:
    source, words = Source.in_directory(PROCESSES), vocabulary(load_law())
    told: Counter[str] = Counter()
    for process in ("petition", "supervision"):
        for seed in range(effort(15, long=400)):
            dice = random.Random(seed)
            both = _Both(source, words, process, {})

            assert _play(both, dice, told) == [], seed

    assert told["step"] > told[CLOCK] > 0
