"""A corrected day moves what hangs on it, and nothing that another organ or another receipt began."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from engine.petition.commands import Receipt
from engine.petition.facts import Facts
from tests.model.conftest import Opened
from tests.model.days import SHANGHAI
from tests.model.playing import Play
from tests.model.road import LETTER, Stop, Traveller

MONDAY = date(2026, 3, 2)
WHY = {"evidence": "演示证据", "reason": "演示理由"}
DOWN: tuple[Stop, ...] = (
    ("register", "register", "cityhousing.clerk", LETTER),
    ("sort", "sort", "cityhousing.clerk", {"disposition": "subordinate"}),
    ("refer_down", "refer_down", "cityhousing.clerk", {"organ": "county.housing"}),
    ("sign_for", "sign_for", "housing.clerk", {}),
)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), SHANGHAI).astimezone(UTC)


def _facts(play: Play, traveller: Traveller) -> Facts:
    assert traveller.petition is not None
    return play.place.file(traveller.petition).facts


def test_the_receipt_at_the_organ_above_is_not_the_arrival_at_the_organ_below(
    opened: Opened,
) -> None:
    play = Play(opened(_morning(MONDAY)))
    traveller = Traveller(play, DOWN).goes_to("refer_down")
    play.turn_to(_morning(MONDAY + timedelta(days=1)))
    assert isinstance(traveller.at("refer_down"), Receipt)
    play.turn_to(_morning(MONDAY + timedelta(days=30)))
    corrected = traveller.does(
        "correct_date", "cityhousing.head", deadline="T2#1", on="2026-03-01", **WHY
    )
    assert isinstance(corrected, Receipt)

    facts = _facts(play, traveller)
    assert (facts["received_on"], facts["organ_received_on"]) == ("2026-03-01", "2026-03-03")
    assert facts["accepted_on"] == "2026-03-18"


def test_the_day_on_which_a_matter_came_back_is_not_the_day_of_its_receipt(opened: Opened) -> None:
    play = Play(opened(_morning(MONDAY)))
    traveller = Traveller(play).goes_to("sign_for")
    play.turn_to(_morning(MONDAY + timedelta(days=2)))
    assert isinstance(traveller.does("object", "housing.clerk", reasons="演示"), Receipt)
    assert isinstance(
        traveller.does("decide_objection", "county.clerk", agreed=True, reasons="演示"), Receipt
    )
    play.turn_to(_morning(MONDAY + timedelta(days=3)))
    corrected = traveller.does(
        "correct_date", "county.head", deadline="T1#2", on="2026-03-05", **WHY
    )
    assert isinstance(corrected, Receipt), corrected

    assert _facts(play, traveller)["received_on"] == "2026-03-02"


def test_the_first_arrival_says_nothing_of_a_matter_that_is_handled_anew(opened: Opened) -> None:
    play = Play(opened(_morning(MONDAY)))
    traveller = Traveller(play).goes_to("review")
    assert isinstance(traveller.at("review", result="redo"), Receipt)
    play.turn_to(_morning(MONDAY + timedelta(days=20)))
    for stop in ("send_review", "serve_review"):
        assert isinstance(traveller.at(stop), Receipt)
    before = _facts(play, traveller)["accepted_on"]
    corrected = traveller.does(
        "correct_date", "housing.head", deadline="T3#1", on="2026-03-02", **WHY
    )
    assert not isinstance(corrected, Receipt)  # the day that stands there already

    assert before == _facts(play, traveller)["accepted_on"] == "2026-03-22"
