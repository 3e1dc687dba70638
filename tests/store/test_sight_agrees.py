"""The condition in SQL and the rule in Python say the same of every file and every viewer."""

from __future__ import annotations

import random

from engine.people.access import may_see, sight_of
from engine.petition.file import File
from engine.store.store import Store
from tests.effort import effort
from tests.store.samples import (
    DISCIPLINE,
    HOUSING,
    ORGANS,
    PETITION_OFFICE,
    TODAY,
    VIEWERS,
    WATER,
    accusation,
    file,
    moved_on,
    register,
)

PLAYERS = (PETITION_OFFICE, HOUSING, WATER, DISCIPLINE)
BOUND = (*(one.id for one in ORGANS), *(one.person for one in VIEWERS))


def _made_up(dice: random.Random, number: int) -> File:
    slots = (
        "office",
        "organ",
        "review_organ",
        "discipline_organ",
        "disputing_organ",
        "proposed_organ",
    )
    facts: dict[str, object] = {slot: dice.choice(PLAYERS) for slot in slots if dice.random() < 0.3}
    if dice.random() < 0.2:
        facts["recused"] = ",".join(dice.sample(BOUND, 2))
    make = accusation if dice.random() < 0.5 else file
    excluded = frozenset(dice.sample(BOUND, dice.choice((0, 0, 0, 1, 2))))
    return make(f"f{number}", organ=dice.choice(PLAYERS), facts=facts, excluded=excluded)


def test_lists_hold_exactly_the_files_that_the_rule_lets_be_seen(store: Store) -> None:
    dice = random.Random(20260302)
    with store.transaction() as paper:
        for number in range(effort(80, long=800)):
            register(paper, _made_up(dice, number))
            if dice.random() < 0.4:
                before = paper.load(f"f{number}")
                later = _made_up(dice, number)
                paper.save(
                    moved_on(
                        before,
                        facts=later.facts,
                        sealed=later.sealed,
                        excluded=later.excluded | before.excluded,
                    ),
                    before=before,
                )
    with store.reading() as desk:
        files = [desk.load(f"f{number}") for number in range(effort(80, long=800))]
        for viewer in VIEWERS:
            allowed = {
                one.id
                for one in files
                if may_see(desk.directory(), viewer, sight_of(one, desk.parts(one.id)), TODAY)
            }
            listed = desk.files(viewer, on=TODAY, page_size=len(files))
            assert {row.petition for row in listed.rows} == allowed
            assert listed.total == len(allowed)
        seen = {viewer.person: desk.files(viewer, on=TODAY).total for viewer in VIEWERS}

    assert seen["administrator"] == 0
    assert all(
        0 < seen[one.person] < len(files) for one in VIEWERS if one.person != "administrator"
    )
