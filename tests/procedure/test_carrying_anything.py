"""Random drawings: a petition that is carried over on its way goes on as if nothing had happened."""

from __future__ import annotations

import random
import re
from datetime import timedelta

import pytest

from engine.procedure import Source, load
from tests.effort import effort
from tests.procedure import diagrams as draw
from tests.procedure.carried import carried, without_time
from tests.procedure.diagrams import boundary, end, flow
from tests.procedure.random_diagrams import ACTS, CLOCKS, GUARDS, sketch, tangle
from tests.procedure.small_world import WORDS, Petition

SKETCHES = effort(60, long=2_000)
MOVES = 30


def _move(petition: Petition, dice: random.Random) -> str:
    """A random move, told by places and words alone."""
    facts: dict[str, object] = {f"c{number}": dice.random() < 0.5 for number in range(1, 5)}
    facts |= {"route": dice.choice(["a", "b", "c"]), "again": dice.random() < 0.4}
    word, place, stepping = dice.choice([*ACTS, *CLOCKS, *GUARDS]), dice.random(), dice.random()
    petition.facts.update(facts)
    if petition.open and stepping < 0.8:
        step = petition.progress.open_steps()[int(place * len(petition.open))]
        petition.now += timedelta(hours=1)
        petition.progress.complete(step.id, facts=dict(petition.facts), now=petition.now)
        petition.saved()
        return f"step {step.id}"
    (petition.act if word in ACTS else petition.fire)(word)
    return word


def _otherwise_called(source: Source) -> tuple[Source, dict[str, str]]:
    """The same version with other ids everywhere, and which leads to which."""
    names: dict[str, str] = {}

    def called(match: re.Match[str]) -> str:
        attribute, id = match.groups()
        other = id if id in {"p", "definitions"} else f"z_{id}"
        if attribute == "id" and "__" not in id and id != other:
            names[id] = other
        return f' {attribute}="{other}"'

    pattern = r' (id|sourceRef|targetRef|attachedToRef|default|calledElement)="([^"]+)"'
    changed = re.sub(pattern, called, source.files["test.bpmn"].decode())
    return source.with_files({"test.bpmn": changed.encode()}), names


def _watched_everywhere(source: Source) -> Source:
    """The same version with one more clock beside every step, to which nobody listened before."""
    drawn = source.files["test.bpmn"].decode()
    for number, found in enumerate(re.findall(r'<bpmn:userTask id="(\w+)"[^>]*></bpmn:userTask>', drawn)):  # fmt: skip
        extra = boundary(f"extra{number}", found, interrupting=False, clock="T8") + end(
            f"after{number}"
        )
        pattern = rf'(<bpmn:userTask id="{found}"[^>]*></bpmn:userTask>)'
        drawn = re.sub(pattern, rf"\1{extra}{flow(f'extra{number}', f'after{number}')}", drawn)
    return source.with_files({"test.bpmn": drawn.encode()})


@pytest.mark.parametrize("batch", range(4))
def test_a_petition_carried_to_the_same_drawing_under_other_names_goes_on_the_same(
    batch: int,
) -> None:
    for seed in range(batch, SKETCHES, 4):
        old = draw.version(*(sketch(seed, loose_joins=True)[0] if seed % 3 else (tangle(seed),)))
        try:
            first = load(old, WORDS)
        except Exception:  # noqa: BLE001 - some tangles are refused by the gate
            continue
        source, names = _otherwise_called(old)
        other, back = load(source, WORDS), {new: one for one, new in names.items()}
        staying, going = Petition(first, saving=True), Petition(first, saving=True)
        staying_dice, going_dice = random.Random(seed), random.Random(seed)
        for move in range(MOVES):
            if move % 3 == 2:
                there = going.procedure is first
                carried(going, other if there else first, names if there else back)
                staying.now = going.now
            assert [step.id for step in staying.progress.open_steps()] == [
                step.id for step in going.progress.open_steps()
            ]
            assert _move(staying, staying_dice) == _move(going, going_dice)
            if staying.progress.finished:
                break
        if going.procedure is not first:
            carried(going, first, back)
            staying.now = going.now
        assert without_time(going.progress.dump()) == without_time(staying.progress.dump())


@pytest.mark.parametrize("batch", range(4))
def test_clocks_added_and_taken_away_on_the_way_change_nothing_else(batch: int) -> None:
    for seed in range(batch, SKETCHES, 4):
        plain = draw.version(*sketch(seed, loose_joins=True)[0])
        first, more = load(plain, WORDS), load(_watched_everywhere(plain), WORDS)
        staying, going = Petition(first, saving=True), Petition(first, saving=True)
        staying_dice, going_dice = random.Random(seed), random.Random(seed)
        for move in range(MOVES):
            if move % 2:
                carried(going, more if going.procedure is first else first)
                staying.now = going.now
            assert staying.open == going.open
            told = _move(staying, staying_dice)
            again = _move(going, going_dice)
            assert told.startswith("step") == again.startswith("step")
            if staying.progress.finished:
                break
        assert staying.progress.finished == going.progress.finished
