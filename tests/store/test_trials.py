"""Trials and saved scenarios, on both databases: each designer's own, encrypted, and never overtaken in silence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from engine.errors import NotFound, Stale
from engine.petition.parties import SYSTEM, Person
from engine.store.store import Store
from engine.store.trial_tables import trial
from engine.store.trials import SavedScenario, TrialRow

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ROW = TrialRow(id="t1", person="dina", about="draft", revision=0, text="演示", changed_at=NOW)


@pytest.fixture
def begun(store: Store) -> Store:
    """A store with two designers and a trial of the first."""
    with store.transaction() as paper:
        paper.change_directory(
            people=[Person(id=who, name=f"演示{who}", login=who) for who in ("dina", "dirk")],
            actor=SYSTEM,
            now=NOW,
        )
        paper.begin_trial(ROW)
    return store


def test_a_trial_is_found_by_its_designer_alone(begun: Store) -> None:
    with begun.reading() as desk:
        assert desk.trial("t1", "dina") == ROW
        assert desk.trials("dirk") == ()
        with pytest.raises(NotFound):
            desk.trial("t1", "dirk")


def test_whoever_was_overtaken_is_told(begun: Store) -> None:
    with begun.transaction() as paper:
        paper.change_trial(ROW, "演示又一步", now=NOW)
    with pytest.raises(Stale), begun.transaction() as paper:
        paper.change_trial(ROW, "演示另一步", now=NOW)

    with begun.reading() as desk:
        assert desk.trial("t1", "dina").text == "演示又一步"


def test_what_was_typed_does_not_lie_in_the_clear(begun: Store) -> None:
    with begun.engine.connect() as connection:
        content = connection.scalar(select(trial.c.content))

    assert "演示".encode() not in bytes(content)


def test_a_scenario_is_saved_in_the_place_of_one_of_its_name(begun: Store) -> None:
    for text in ("一", "二"):
        saved = SavedScenario(about="draft", name="late", person="dina", text=text, changed_at=NOW)
        with begun.transaction() as paper:
            paper.save_scenario(saved)
    with begun.reading() as desk:
        assert desk.saved_scenarios(["draft", "other"]) == (saved,)
    with begun.transaction() as paper:
        paper.drop_scenario("draft", "late")
        paper.drop_trial("t1", "dirk")
        assert paper.saved_scenarios(["draft"]) == ()
        assert len(paper.trials("dina")) == 1
        paper.drop_trial("t1", "dina")
        assert paper.trials("dina") == ()
