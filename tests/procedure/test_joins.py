"""Joins wait for exactly what BPMN says they wait for, also in loops, whatever the order."""

from __future__ import annotations

import random

import pytest

from engine.procedure import Procedure, check, load
from engine.procedure.findings import refusals
from tests.procedure import diagrams as draw
from tests.procedure.random_diagrams import sketch, tangle
from tests.procedure.small_world import WORDS, Petition, begin
from tests.procedure.token_game import TokenGame, python_truth

ORDERS = 300
ROUNDS = 4


def _loop(kind: str) -> Procedure:
    """Three branches between gateways of *kind*, inside a loop."""
    branches = ("u1", "u2", "u3")
    conditions = dict(zip(branches, ("c1", "c2", None), strict=True)) if kind == "inclusive" else {}
    parts = [
        draw.start(),
        draw.task("round"),
        draw.gateway("exclusive", "merge"),
        draw.gateway(kind, "split", "split__u3" if kind == "inclusive" else None),
        draw.gateway(kind, "join"),
        draw.gateway("exclusive", "more", "more__done"),
        draw.end(),
        draw.chain("begin", "merge", "round", "split"),
        draw.flow("more", "merge", "again"),
        draw.chain("join", "more", "done"),
    ]
    for name in branches:
        parts += [
            draw.task(name),
            draw.flow("split", name, conditions.get(name)),
            draw.flow(name, "join"),
        ]
    return load(draw.version(draw.process("p", *parts)), WORDS)


def _facts(dice: random.Random) -> dict[str, object]:
    facts: dict[str, object] = {f"c{number}": dice.random() < 0.6 for number in range(1, 5)}
    return {**facts, "route": dice.choice([None, "a", "b", "c"]), "again": dice.random() < 0.5}


def _play(
    procedure: Procedure, seed: int, *, moves: int, again: int | None = None
) -> tuple[list[str], int]:
    """Play a random game on both; the first difference, or nothing, and how many moves were made."""
    dice = random.Random(seed)
    ours, game = Petition(procedure, saving=True), TokenGame(procedure)
    game.begin(python_truth({}))
    told: list[str] = []
    for _ in range(moves):
        if sorted(ours.open) != game.open or ours.progress.finished != game.finished:
            return [*told, f"ours {sorted(ours.open)}", f"game {game.open}"], len(told)
        if game.finished or not game.open:
            break
        facts = _facts(dice)
        if again is not None:
            facts["again"] = told.count("round") < again
        task = dice.choice(game.open)
        told.append(task)
        ours.do(task, **facts)
        game.complete(task, python_truth(facts))
    return [], len(told)


@pytest.mark.parametrize("kind", ["parallel", "inclusive"])
def test_a_join_in_a_loop_is_right_in_every_random_order(kind: str) -> None:
    procedure = _loop(kind)
    played = [_play(procedure, seed, moves=40, again=ROUNDS) for seed in range(ORDERS)]

    assert [wrong for wrong, _ in played if wrong] == []
    assert min(moves for _, moves in played) >= 2 * ROUNDS


def test_random_diagrams_with_joins_anywhere_follow_the_token_game() -> None:
    wrong: dict[int, list[str]] = {}
    moved = 0
    for seed in range(ORDERS):
        processes, _ = sketch(seed, loose_joins=True, only=GATEWAYS_AND_TASKS)
        difference, moves = _play(load(draw.version(*processes), WORDS), seed, moves=40)
        moved += moves
        if difference:
            wrong[seed] = difference

    assert wrong == {}
    assert moved > 10 * ORDERS


GATEWAYS_AND_TASKS = frozenset({"task", "exclusive", "parallel", "inclusive", "loop", "row"})


def test_tangles_of_gateways_follow_the_token_game() -> None:
    wrong: dict[int, list[str]] = {}
    played = 0
    for seed in range(ORDERS):
        source = draw.version(tangle(seed))
        if refusals(check(source, WORDS)):
            continue
        difference, moves = _play(load(source, WORDS), seed, moves=25)
        played += moves > 0
        if difference:
            wrong[seed] = difference

    assert wrong == {}
    assert played > ORDERS / 2


def test_an_inclusive_join_does_not_wait_for_a_token_that_can_as_well_follow_one_that_waits() -> (
    None
):
    """Clerk b may come in by the way that a already used, so BPMN lets the join fire without b."""
    source = draw.version(
        draw.process(
            "p",
            draw.start(),
            draw.gateway("parallel", "split"),
            *(draw.task(name) for name in ("a", "b", "x", "after")),
            draw.gateway("exclusive", "merge"),
            draw.gateway("exclusive", "choice", "choice__merge"),
            draw.gateway("inclusive", "join"),
            draw.end(),
            draw.chain("begin", "split", "a", "merge", "join", "after", "done"),
            draw.chain("split", "b", "choice", "merge"),
            draw.flow("choice", "x", "urgent"),
            draw.flow("x", "join"),
        )
    )

    assert begin(source, saving=True).do("a").open == ["after", "b"]


def test_an_inclusive_join_looks_only_when_nothing_else_can_move() -> None:
    """The second branch is still under way, through a choice that might have led back to the split."""
    source = draw.version(
        draw.process(
            "p",
            draw.start(),
            draw.gateway("exclusive", "merge"),
            draw.task("first"),
            draw.gateway("parallel", "split"),
            draw.element("intermediateThrowEvent", "milestone"),
            draw.gateway("exclusive", "choice", "choice__join"),
            draw.gateway("inclusive", "join"),
            draw.task("after"),
            draw.end(),
            draw.chain("begin", "merge", "first", "split", "join", "after", "done"),
            draw.chain("split", "milestone", "choice", "join"),
            draw.flow("choice", "merge", "urgent"),
        )
    )

    assert begin(source, saving=True).do("first").open == ["after"]


def test_an_excess_token_at_a_parallel_join_waits_for_its_own_partner() -> None:
    """Two arrivals by one way and one by the other make one firing, not two."""
    source = draw.version(
        draw.process(
            "p",
            draw.start(),
            draw.gateway("parallel", "split"),
            *(draw.task(name) for name in ("left", "right", "extra", "after")),
            draw.gateway("exclusive", "merge"),
            draw.gateway("parallel", "join"),
            draw.end(),
            draw.chain("begin", "split", "left", "merge", "join", "after", "done"),
            draw.chain("split", "extra", "merge"),
            draw.chain("split", "right", "join"),
        )
    )
    petition = begin(source, saving=True).do("left", "extra")

    assert petition.open == ["right"]
    assert petition.do("right").open == ["after"]
    assert not petition.do("after").progress.finished


def test_an_inclusive_join_does_not_wait_for_a_token_that_cannot_come() -> None:
    source = draw.version(
        draw.process(
            "p",
            draw.start(),
            draw.gateway("parallel", "fork"),
            draw.task("aside"),
            draw.end("aside_done"),
            draw.gateway("inclusive", "split", "split__b"),
            draw.task("a"),
            draw.task("b"),
            draw.gateway("inclusive", "join"),
            draw.task("after"),
            draw.end(),
            draw.chain("begin", "fork", "split"),
            draw.chain("fork", "aside", "aside_done"),
            draw.flow("split", "a", "c1"),
            draw.flow("split", "b"),
            draw.chain("a", "join", "after", "done"),
            draw.flow("b", "join"),
        )
    )

    assert begin(source).do("b").open == ["after", "aside"]
