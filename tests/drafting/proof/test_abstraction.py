"""What the walk forgets, and what the abstract office takes for granted, makes no difference."""

from __future__ import annotations

import random

import pytest

from engine.acts.act import ActKind
from engine.bootstrap import shipped_source, vocabulary
from engine.drafting.proof import stage, verbs
from engine.drafting.proof.checks import Checks
from engine.drafting.proof.telling import Told
from engine.drafting.proof.trees import Grower, Node, Remembered, Tree
from engine.drafting.proof.verbs import Effect, Refusal
from engine.drafting.proof.walk import Walk
from engine.drafting.proof.world import World
from engine.errors import BadInput, Refused
from engine.petition.file import FileKind
from engine.petition.forms import FieldKind, Value
from engine.procedure import Source
from engine.procedure.gate import examine
from engine.statute.law import load_law
from tests.drafting.mutations.redrawing import redrawn
from tests.effort import effort
from tests.procedure import diagrams as draw

WORDS = vocabulary(load_law())
SAMPLES = effort(6, long=300)
_ACTS = sorted(
    id
    for id, act in verbs.ACTS.items()
    if act.kind is not ActKind.OFFICE
    and id not in verbs.BESIDE
    and act.by
    and id != "register_imported"
)


# ---- the acts are asked what matters -----------------------------------------------------------------------------------


def _leaf(tree: Tree, facts: dict[str, object]) -> object:
    while isinstance(tree, Node):
        tree = tree.children[facts[tree.name]]
    return tree


class _Found(dict[str, object]):
    """Values for whatever is asked, drawn by chance."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__()
        self._dice = dice

    def __missing__(self, name: str) -> object:
        self[name] = self._dice.choice(verbs.domain(name))
        return self[name]


@pytest.mark.parametrize("act", _ACTS)
def test_no_other_answer_makes_a_difference_than_those_that_are_varied(act: str) -> None:
    verb = verbs.ACTS[act]
    slot = verb.by[0].slot.value
    supervises = act in {"open_supervision", "supervise", "feedback", "judge_feedback", "recommend_accountability",
                         "annul_supervision"}  # fmt: skip
    kind = FileKind.SUPERVISION if supervises else FileKind.PETITION
    dice = random.Random(act)
    for _ in range(SAMPLES):
        facts = _Found(dice)
        known = {_leaf(case.tree, facts) for case in verbs.cases(act, slot)}
        if all(isinstance(one, Refusal) for one in known):
            continue
        case = dice.choice(
            [one for one in verbs.cases(act, slot) if isinstance(_leaf(one.tree, facts), Effect)]
        )
        situation = stage.situation(facts.__getitem__, slot=slot, kind=kind, closed=act == "reopen")
        usual = dict(verbs.answers_of(act, dict(case.choice), situation))
        for field in verb.form.fields:
            for value in _others(field.kind, tuple(option.value for option in field.options)):
                if field.name in dict(case.choice) or field.name not in usual:
                    continue
                try:
                    outcome = verb.decide(situation, {**usual, field.name: value})
                except (Refused, BadInput):
                    continue
                assert _bare(verbs.effect(outcome), act) in {_bare(one, act) for one in known}, (
                    field.name,
                    value,
                )


def _others(kind: FieldKind, options: tuple[str, ...]) -> tuple[Value, ...]:
    if kind is FieldKind.BOOLEAN:
        return (True, False)
    return options if kind is FieldKind.CHOICE else ()


def _bare(leaf: object, act: str) -> object:
    """An effect without what an act leaves open (the walk takes it either way), and without papers that may differ."""
    if not isinstance(leaf, Effect):
        return leaf
    open_facts = verbs.EITHER_WAY.get(act, ())
    return tuple(write for write in leaf.writes if write[0] not in open_facts)


# ---- nothing that matters is forgotten ---------------------------------------------------------------------------------


def _found(
    source: Source, process: str, *, forgetful: bool
) -> set[tuple[str, str | None, str | None]]:
    examined = examine(source, WORDS)
    assert not examined.findings.refused()
    told = Told(examined.drawing, {})
    world = World(examined, process, WORDS.limits, {})
    checks = Checks(world, told)
    walk = Walk(world, look=checks.look, forgetful=forgetful).go()
    checks.look_back(walk)
    return {(one.rule, one.clause, one.element) for one in told.findings()}


def _small(*parts: str) -> Source:
    own = draw.process("petition", *parts)
    form = draw.FORM.format(name="note").encode()
    return Source({"petition.bpmn": draw.document(own), "forms/note.toml": form})


def _step(act: str, organ: str = "organ", role: str = "clerk") -> str:
    return draw.task(act, act=act, organ=organ, role=role)


SMALL = {
    "sorted and no more": _small(
        draw.start(act="register"), _step("sort", "office"), draw.end(), draw.chain("begin", "sort", "done")
    ),
    "sorted with a clock and transferred": _small(
        draw.start(act="register"), _step("sort", "office"), _step("forward", "office"), draw.end(), draw.end("late_end"),
        draw.boundary("late", "sort", interrupting=False, clock="T1"),
        draw.chain("begin", "sort", "forward", "done"), draw.chain("late", "late_end"),
    ),
    "objected to": _small(
        draw.start(act="register"), _step("forward", "office"), _step("route"), _step("decide_objection", "office"), draw.end(),
        draw.end("other"), draw.boundary("objected", "route", act="object"), draw.chain("begin", "forward", "route", "done"),
        draw.chain("objected", "decide_objection", "other"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SMALL)
def test_a_walk_that_forgets_finds_what_one_that_remembers_everything_finds(name: str) -> None:
    found = _found(SMALL[name], "petition", forgetful=True)

    assert found == _found(SMALL[name], "petition", forgetful=False)
    assert found


@pytest.mark.parametrize(
    "edit",
    [
        ("remove", "feedback"),
        ("end", "supervise_to_feedback", "hasty"),
        ("remove", "judge_feedback"),
    ],
)
def test_forgetting_makes_no_difference_to_supervision(edit: tuple[str, ...]) -> None:
    source = redrawn(edit)

    assert (
        _found(source, "supervision", forgetful=True)
        == _found(source, "supervision", forgetful=False)
        != set()
    )


def test_the_shipped_supervision_passes_either_way() -> None:
    assert _found(shipped_source(), "supervision", forgetful=False) == set()


# ---- trees -------------------------------------------------------------------------------------------------------------


def test_a_tree_asks_only_what_matters() -> None:
    domain = {"a": (1, 2), "b": (1, 2, 3)}.__getitem__
    tree = Grower(domain).grow(lambda ask: ask("b") == 3 and ask("a") in {1, 2})

    assert isinstance(tree, Node)
    assert tree.name == "b"
    assert tree.children == {1: False, 2: False, 3: True}


def test_what_was_worked_out_is_not_worked_out_again() -> None:
    done: list[object] = []

    def run(ask: object) -> object:
        done.append(ask)
        return (ask("a"), ask("b")) if ask("a") else None  # type: ignore[operator]

    remembered = Remembered(run)
    for _ in range(3):
        assert remembered({"a": 1, "b": 2}.__getitem__) == (1, 2)
        assert remembered({"a": 0}.__getitem__) is None
    assert len(done) == 2
