"""Where stock SpiffWorkflow is right, our runtime does exactly the same, saved and reloaded after every move."""

from __future__ import annotations

import random

import pytest

from engine.procedure import Procedure, load
from tests.effort import effort
from tests.procedure import diagrams as draw
from tests.procedure.random_diagrams import ACTS, CLOCKS, GUARDS, sketch
from tests.procedure.small_world import WORDS, Petition
from tests.procedure.stock import Stock

BATCH = 100
BATCHES = effort(5, long=50)
MOVES = 40


def _facts(dice: random.Random) -> dict[str, object]:
    facts: dict[str, object] = {f"c{number}": dice.random() < 0.5 for number in range(1, 5)}
    facts["route"] = dice.choice([None, "a", "b", "c"])
    facts["again"] = dice.random() < 0.45
    return facts


def _walk(procedure: Procedure, document: bytes, seed: int) -> list[str]:
    """Move both engines the same way; what differed first, or nothing."""
    dice = random.Random(seed)
    ours, stock = Petition(procedure, saving=True), Stock(document)
    told: list[str] = []
    for _ in range(MOVES):
        if ours.open != stock.open or ours.progress.finished != stock.finished:
            return [
                *told,
                f"ours {ours.open} {ours.progress.finished}",
                f"stock {stock.open} {stock.finished}",
            ]
        if stock.finished:
            break
        facts, kind = _facts(dice), dice.random()
        ours.facts.update(facts)
        if kind < 0.2 or not stock.open:
            word = dice.choice([*ACTS, *CLOCKS, *GUARDS])
            told.append(word)
            (ours.act if word in ACTS else ours.fire)(word)
            stock.send(word, dict(ours.facts))
        else:
            index = dice.randrange(len(stock.open))
            told.append(stock.open[index])
            step = ours.progress.open_steps()[index]
            ours.progress.complete(step.id, facts=dict(ours.facts), now=ours.now)
            ours.saved()
            stock.complete(index, dict(ours.facts))
    return []


@pytest.mark.parametrize("batch", range(BATCHES))
def test_random_diagrams_run_as_on_stock_spiffworkflow(batch: int) -> None:
    different: dict[int, list[str]] = {}
    kinds: set[str] = set()
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        processes, drawn = sketch(seed)
        kinds |= drawn
        difference = _walk(load(draw.version(*processes), WORDS), draw.document(*processes), seed)
        if difference:
            different[seed] = difference

    assert different == {}
    assert kinds >= {
        "parallel",
        "inclusive",
        "loop",
        "sub",
        "call",
        "events",
        "beside",
        "scoped_guard",
    }
