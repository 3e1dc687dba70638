"""Journeys are data: legs unfold, what is usual is filled in, and a mistake is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.acts.catalogue import ACTS
from engine.demo.journeys import Journey, read_journeys
from engine.demo.organs import read_office
from engine.drafting.scenarios.usual import resolved
from engine.errors import DataError

SCRIPT = """
cast = { clerk = "housing.clerk", organ = "county.housing" }
usual = { sort = { by = "clerk", after = 1, answers = { disposition = "own", reason = "职权范围" } } }
legs = { twice = ["sort", { act = "sort", after = 3 }] }
"""


def journeys_of(tmp_path: Path, stops: str) -> tuple[Journey, ...]:
    path = tmp_path / "journeys.toml"
    head = (
        '[[journey]]\nid = "made_up"\ntitle = { zh = "虚构", en = "made up" }\nclosing = "duty"\n'
    )
    path.write_text(f"{SCRIPT}\n{head}stops = {stops}\n", encoding="utf-8")
    return read_journeys(path)


def test_a_leg_unfolds_with_what_the_journey_says_about_it(tmp_path: Path) -> None:
    (journey,) = journeys_of(
        tmp_path,
        '[{ leg = "twice", after = 9, file = "second", answers = { sort = { reason = "" } } }]',
    )

    assert [(one.act, one.by, one.after, one.file) for one in journey.stops] == [
        ("sort", "housing.clerk", 9, "second"),
        ("sort", "housing.clerk", 3, "second"),
    ]
    assert all(one.answers == {"disposition": "own"} for one in journey.stops)
    assert journey.closings == {"petition": "duty"}


@pytest.mark.parametrize("stops", ['[{ act = "unheard_of" }]', '[{ act = "sort", wen = 3 }]', "3"])
def test_a_malformed_journey_is_named(tmp_path: Path, stops: str) -> None:
    with pytest.raises(DataError, match="made_up"):
        journeys_of(tmp_path, stops)


def test_words_stand_for_days_and_files() -> None:
    answers = {"due": "@today+10", "since": "@today-3", "other": "@file:second", "plain": "甲"}

    assert resolved(answers, today=date(2026, 3, 2), known={"file:second": "f2"}) == {
        "due": "2026-03-12",
        "since": "2026-02-27",
        "other": "f2",
        "plain": "甲",
    }
    with pytest.raises(DataError, match="@file:third"):
        resolved({"other": "@file:third"}, today=date(2026, 3, 2), known={})


@pytest.mark.parametrize("journey", read_journeys(), ids=lambda one: one.id)
def test_every_stop_is_an_act_of_the_statute_by_somebody_on_the_staff(journey: Journey) -> None:
    logins = {person.login for person in read_office().people}
    for stop in journey.stops:
        assert stop.by in logins
        assert set(stop.answers) <= {field.name for field in ACTS[stop.act].form.fields}
