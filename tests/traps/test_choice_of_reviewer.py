"""Of two lawful reviewing organs the petitioner chooses; the one they come to receives and opens it (Arts. 35, 36(1))."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.errors import NotFound, Refused
from engine.petition.forms import Values
from tests.traps.desk import Desk

REQUEST: dict[str, Any] = {
    "applicant": "演示甲",
    "prior_opinion": "意见书",
    "request": "请求变更",
    "grounds": "认定事实有误",
}
OPINION: dict[str, Any] = {
    "result": "maintained",
    "applicant": "演示甲",
    "request": "请求变更",
    "facts": "属实",
    "opinion": "予以维持",
    "legal_basis": "演示条例",
}
RECEIVED = {"result": "delivered", "method": "post", "proof": "post_receipt", "recipient": "演示甲"}
OF_TWO = [
    ("county.reviewer", "county.government", "cityhousing.reviewer"),
    ("cityhousing.reviewer", "city.housing", "county.reviewer"),
]
OF_TWO_ABOVE = [
    ("city.reviewer", "city.government", "provincehousing.reviewer"),
    ("provincehousing.reviewer", "province.housing", "city.reviewer"),
]


def offered(desk: Desk, login: str, act: str) -> Values | None:
    """What the form of *act* is filled with for *login*; None where it is not theirs to do."""
    offers = desk.world.house.front_desk.offers(desk.petition, desk.world.actor(login, desk.today))
    offer = offers.find(act)
    return None if offer is None or offer.refused else offer.defaults  # type: ignore[return-value]


def seen_by(desk: Desk, login: str) -> bool:
    with desk.world.store.reading() as reading:
        try:
            reading.file(desk.world.actor(login, desk.today), desk.petition, on=desk.today)
        except NotFound:
            return False
    return True


@pytest.mark.parametrize(("chosen", "organ", "other"), OF_TWO)
def test_trap_14_whichever_reviewing_organ_is_chosen_receives_and_opens_the_request(
    desk: Desk, chosen: str, organ: str, other: str
) -> None:
    desk.along("final", until="prove_service")
    assert seen_by(desk, chosen)
    assert seen_by(desk, other)
    proposal = offered(desk, chosen, "request_review")
    assert proposal is not None
    assert proposal["review_organ"] == organ

    file = desk.after(2).do("request_review", chosen, **REQUEST, review_organ=organ)

    assert file.facts["review_organ"] == organ
    assert "other_review_organ" not in file.facts
    assert desk.deadline("T8").debtor == organ
    assert not seen_by(desk, other)
    with pytest.raises(Refused):
        desk.do("decide_review", other, **OPINION)
    assert desk.after(5).do("decide_review", chosen, **OPINION).facts["server"] == organ


@pytest.mark.parametrize(("chosen", "organ", "other"), OF_TWO_ABOVE)
def test_trap_14_the_same_holds_for_the_re_review(
    desk: Desk, chosen: str, organ: str, other: str
) -> None:
    desk.along("final", until="prove_service")
    desk.after(2).do("request_review", "county.clerk", **REQUEST, review_organ="city.housing")
    desk.after(2).do("decide_review", "cityhousing.reviewer", **OPINION)
    desk.do("dispatch", "cityhousing.reviewer", method="post", proof="邮件号1")
    desk.after(2).do("prove_service", "cityhousing.reviewer", **RECEIVED)
    assert seen_by(desk, chosen)
    assert seen_by(desk, other)

    file = desk.after(2).do("request_re_review", chosen, **REQUEST)

    assert file.facts["re_review_organ"] == organ
    assert desk.deadline("T10").debtor == organ
    assert not seen_by(desk, other)
    assert desk.after(5).do("decide_re_review", chosen, **OPINION).facts["server"] == organ


def test_trap_14_who_takes_the_request_down_for_the_other_organ_hands_it_on(desk: Desk) -> None:
    desk.along("final", until="prove_service")

    file = desk.after(2).do(
        "request_review", "county.reviewer", **REQUEST, review_organ="city.housing"
    )

    assert file.facts["review_organ"] == "city.housing"
    assert not seen_by(desk, "county.reviewer")
    assert seen_by(desk, "cityhousing.reviewer")


def test_trap_14_an_organ_that_is_not_next_above_never_opens_it(open_desk: Any) -> None:
    desk = open_desk(date(2026, 3, 2))
    desk.along("final", until="prove_service")
    for login in ("citylabour.reviewer", "province.reviewer", "citytax.reviewer"):
        assert not seen_by(desk, login)
        with pytest.raises(Refused):
            desk.do("request_review", login, **REQUEST)
