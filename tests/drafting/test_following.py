"""Scenarios follow a draft into its version, and are replayed bit by bit."""

from __future__ import annotations

from engine.drafting.library import StepKind
from engine.drafting.scenarios.reading import instant, read_scenario
from engine.drafting.scenarios.scenario import Move, OnDays
from engine.drafting.scenarios.trials import blank
from engine.petition.parties import Actor
from engine.text import Text
from tests.drafting.test_library import drawn, today
from tests.office.counters import Counter

Designers = tuple[Actor, Actor]


def _saved(counter: Counter, about: str, name: str, actor: Actor) -> None:
    """A scenario of one move, tried on *about* and saved beside it."""
    trials = counter.house.trials
    id = trials.begin(about, blank(instant(today(counter))), actor=actor)
    with trials.lock:
        trial = trials.make(trials.open(id, actor=actor), Move(turn=OnDays(1)))
        trials.save(trial, name, Text(f"演示{name}", name))
    trials.drop(id, actor=actor)


def test_scenarios_of_a_draft_stay_with_its_version_and_reach_the_next_draft(
    crowded: Counter, designers: Designers
) -> None:
    house = crowded.house
    draft = drawn(house, designers[0])
    _saved(crowded, draft, "consulted", designers[0])
    version = house.library.submit(draft, 2, actor=designers[0])
    house.trials.forget(draft, "consulted", actor=designers[0])

    assert [one.name for one in house.trials.saved(version)] == ["consulted"]
    with house.store.reading() as desk:
        (step,) = desk.plan().steps_of(version)
    assert step.kind is StepKind.SUBMIT
    house.library.decide(version, StepKind.APPROVE, actor=designers[1])
    later = house.studio.new("下一步", version, actor=designers[1])
    assert "consulted" in house.trials.scenarios(later)
    assert not house.trials.saved(later)
    assert "consulted" not in house.trials.scenarios(house.library.current())


def test_the_nearer_scenario_goes_before_the_farther_of_the_same_name(
    crowded: Counter, designers: Designers
) -> None:
    house, actor = crowded.house, designers[0]
    base = house.library.current()
    _saved(crowded, base, "extended", actor)
    draft = house.studio.new("草案", actor=actor)
    assert house.trials.scenarios(draft)["extended"].title.en == "extended"
    shipped = house.trials.scenarios(base)["extended"]
    assert read_scenario(house.trials.text(shipped), house.trials.offices.usual) == shipped


def test_each_look_plays_at_least_one_and_what_was_played_is_remembered(
    crowded: Counter, designers: Designers
) -> None:
    trials, draft = crowded.house.trials, crowded.house.studio.new("草案", actor=designers[0])
    all_of_them = len(trials.scenarios(draft))
    assert trials.remembered(draft).left == all_of_them
    for done in (1, 2, 3):
        replay = trials.replay(draft, enough=lambda: True)
        assert (len(replay.played), replay.left) == (done, all_of_them - done)
    assert trials.remembered(draft).left == all_of_them - 3
    assert trials.remembered(draft).failed == 0
