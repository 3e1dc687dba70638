"""Conflicts of interest: what is barred and what is only warned of."""

from __future__ import annotations

from datetime import date

from engine.people.conflicts import exclusion, may_be_given_to, may_receive, may_review, warnings
from engine.petition.parties import Level, OrganKind, Role
from tests.people.offices import TODAY, acting, changed, clerk, directory, four_levels, organ


def test_an_accusation_never_goes_to_the_accused_organ_or_below() -> None:
    house = directory()

    for barred in ("county.housing", "county.waterworks"):
        decision = may_receive(house, barred, {"county.housing"}, TODAY)
        assert not decision
        assert decision.article == "30(3)"
    assert may_receive(house, "county.discipline", {"county.housing"}, TODAY)


def test_a_reorganisation_does_not_carry_an_accusation_to_the_accused() -> None:
    """The organ that takes over the accused organ's work is the accused organ."""
    organs = (
        *changed(
            four_levels(), "county.housing", valid_to=date(2026, 1, 1), successor="county.new"
        ),
        organ("county.new", OrganKind.DEPARTMENT, Level.COUNTY, government="county.government"),
    )
    house = directory(clerk("jia", "county.new"), organs=organs)

    assert not may_receive(house, "county.new", {"county.housing"}, TODAY)
    assert not may_be_given_to(house, "jia", {"county.housing"}, (), TODAY)


def test_the_exclusion_of_a_person_leaves_their_colleagues_free() -> None:
    house = directory(clerk("jia", "county.housing"), clerk("yi", "county.housing"))

    assert exclusion(house, ["jia"], TODAY) == {"jia"}
    assert not may_be_given_to(house, "jia", {"jia"}, (), TODAY)
    assert may_be_given_to(house, "yi", {"jia"}, (), TODAY)


def test_a_recused_person_gets_no_more_work_on_the_matter() -> None:
    house = directory(clerk("jia", "county.housing"))

    decision = may_be_given_to(house, "jia", (), {"jia"}, TODAY)

    assert not decision
    assert decision.article == "28(3)"


def test_whoever_decided_or_handled_a_matter_does_not_review_it() -> None:
    facts = {"opinion_signer": "jia", "handler": "yi", "review_signer": "bing"}

    assert [person for person in ("jia", "yi", "bing", "ding") if may_review(person, facts)] == [
        "ding"
    ]


def test_an_organ_that_would_handle_a_complaint_about_itself_is_warned_of() -> None:
    house = directory(clerk("jia", "county.petitions"))
    actor = acting("jia", "county.petitions", Role.CLERK)

    found = warnings(
        house, actor, about="county.housing", slots={"organ": "county.housing"}, on=TODAY
    )

    assert len(found) == 1
    assert warnings(house, actor, about=None, slots={"organ": "county.housing"}, on=TODAY) == ()


def test_somebody_with_a_post_at_the_organ_complained_of_is_warned() -> None:
    house = directory(clerk("jia", "county.petitions"), clerk("jia", "county.tax"))
    actor = acting("jia", "county.petitions", Role.CLERK)

    found = warnings(house, actor, about="county.tax", slots={"organ": "county.housing"}, on=TODAY)

    assert len(found) == 1
    assert "Art. 28" in found[0].en
