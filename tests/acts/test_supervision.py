"""Supervision: one file per breach, before the right office; no clock closes or refuses anything (Arts. 40–45)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.petition.parties import SYSTEM
from tests.acts.situations import (
    CITY_PO,
    HOUSING,
    MONDAY,
    PO,
    Matter,
    accepted,
    forwarded,
    registered,
    served,
    supervision,
    under_re_review,
    under_review,
)


def _breaches(matter: Matter) -> list[tuple[object, object, object]]:
    return [
        (one.answers["breach_limit"], one.answers["organ"], one.answers["supervising_office"])
        for one in matter.follow_ups
        if one.act == "open_supervision"
    ]


def test_a_late_petition_office_is_supervised_by_its_superior_never_by_itself() -> None:
    assert _breaches(registered().turn_to(date(2026, 3, 20))) == [("T1", PO, CITY_PO)]


def test_late_organs_are_supervised_by_the_office_that_holds_the_file() -> None:
    assert ("T3", HOUSING, PO) in _breaches(forwarded().turn_to(date(2026, 3, 20)))
    assert _breaches(accepted().turn_to(date(2026, 5, 20))) == [("T5", HOUSING, PO)]


def test_a_directly_petitioned_organ_is_supervised_by_the_petition_office_of_its_level() -> None:
    assert ("T2", HOUSING, PO) in _breaches(registered("carl").turn_to(date(2026, 3, 20)))


@pytest.mark.parametrize(("where", "limit"), [(under_review, "T8"), (under_re_review, "T10")])
def test_late_reviewers_are_supervised_too(where: object, limit: str) -> None:
    matter: Matter = where()  # type: ignore[operator]

    assert [row[0] for row in _breaches(matter.turn_to(date(2026, 4, 20)))] == [limit]


def test_a_lapsed_power_is_nobodys_breach() -> None:
    matter = served().turn_to(date(2026, 5, 1))

    assert _breaches(matter) == []
    assert matter.last.facts == {}


def test_each_breach_has_one_supervision_however_often_it_is_reported() -> None:
    matter = forwarded().turn_to(date(2026, 8, 1))

    assert [row[0] for row in _breaches(matter)] == ["T3", "T5"]
    assert len({one.key for one in matter.follow_ups}) == len(matter.follow_ups)


def test_trap_39_no_clock_closes_refuses_or_issues_anything() -> None:
    for start in (registered, forwarded, accepted, served, under_review, under_re_review):
        matter = start()
        papers = list(matter.documents)
        matter.turn_to(date(2027, 1, 4))

        assert "closing" not in matter.facts
        assert matter.documents == papers


def test_nobody_supervises_themselves() -> None:
    matter = Matter(kind="supervision")

    assert (
        matter.refused(
            "open_supervision", SYSTEM, about="other", organ=PO, supervising_office=PO
        ).article
        == "43"
    )


def test_a_supervision_ends_when_the_breach_is_put_right() -> None:
    matter = supervision().does("supervise", "sven", due="2026-04-01").does("feedback", "carl")
    assert matter.does("judge_feedback", "sven", rectified=False).facts.get("closing") is None
    assert matter.does("judge_feedback", "sven").facts["closing"] == "supervision"


def test_accountability_is_recommended_only_for_a_serious_result() -> None:
    matter = (
        supervision()
        .does("supervise", "sven", due="2026-04-01")
        .does("feedback", "carl", rectified=False)
    )
    matter.does("judge_feedback", "sven", rectified=False, serious=False)
    assert matter.refused("recommend_accountability", "sven").article == "40(3)"
    matter.does("judge_feedback", "sven", rectified=False, serious=True).does(
        "recommend_accountability", "sven"
    )

    assert matter.paper("accountability_recommendation").fields["serious_result"]


@pytest.mark.parametrize("measure", ["reminder", "letter", "improvement"])
def test_trap_36_feedback_has_no_limit_in_law_only_a_day_the_office_names(measure: str) -> None:
    matter = supervision().does(
        "supervise", "sven", measure=measure, due=str(MONDAY + timedelta(days=14))
    )
    matter.does("feedback", "carl", adopted="not_adopted", rectified=False)

    assert matter.ledger.rows == ()
    assert matter.facts["adopted"] == "not_adopted"


def test_a_breach_that_was_none_is_annulled() -> None:
    matter = supervision().does("annul_supervision", SYSTEM, about="other", breach_deadline="T3#1")

    assert (matter.facts["annulled"], matter.facts["closing"]) == (True, "supervision")


def test_acts_on_petitions_and_on_supervisions_do_not_mix() -> None:
    assert supervision().refused("withdraw", "anna").article == "21"
    assert registered().refused("annul_supervision", "sven").article == "40(1)"
