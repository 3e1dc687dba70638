"""Who may act for whom."""

from __future__ import annotations

from datetime import date

import pytest

from engine.acts.act import By
from engine.errors import NotPermitted
from engine.people.roles import may_act
from engine.petition.parties import SYSTEM, Actor, Role, Slot, Substitution
from tests.people.offices import TODAY, acting, clerk, directory, held

ORGAN_CLERK = (By(Slot.ORGAN, Role.CLERK),)
SLOTS = {"organ": "county.housing", "office": "county.petitions"}
A_WEEK = {"valid_from": date(2026, 3, 1), "valid_to": date(2026, 3, 8)}


def test_the_role_at_the_organ_that_plays_the_part_may_act() -> None:
    house = directory(clerk("jia", "county.housing"))

    permission = may_act(
        house, acting("jia", "county.housing", Role.CLERK), ORGAN_CLERK, SLOTS, TODAY
    )

    assert permission
    assert permission.role is Role.CLERK
    assert permission.stands_in_for is None


def test_the_same_role_at_another_organ_may_not() -> None:
    house = directory(clerk("jia", "city.housing"))

    permission = may_act(
        house, acting("jia", "city.housing", Role.CLERK), ORGAN_CLERK, SLOTS, TODAY
    )

    assert not permission
    assert "county.housing" in permission.reason.en


def test_another_role_at_the_same_organ_may_not() -> None:
    house = directory(held("jia", "county.housing", Role.HEAD))

    permission = may_act(
        house, acting("jia", "county.housing", Role.HEAD), ORGAN_CLERK, SLOTS, TODAY
    )

    assert not permission
    with pytest.raises(NotPermitted, match="经办员"):
        permission.demand()


def test_a_role_that_the_session_still_claims_but_the_directory_lost_does_not_count() -> None:
    house = directory(clerk("jia", "county.housing", valid_to=TODAY))

    assert not may_act(
        house, acting("jia", "county.housing", Role.CLERK), ORGAN_CLERK, SLOTS, TODAY
    )


def test_a_person_switched_off_may_do_nothing() -> None:
    house = directory(clerk("jia", "county.housing"), inactive=["jia"])

    assert not may_act(
        house, acting("jia", "county.housing", Role.CLERK), ORGAN_CLERK, SLOTS, TODAY
    )


def test_a_substitute_acts_for_the_absent_within_the_days_given() -> None:
    house = directory(
        clerk("jia", "county.housing"),
        clerk("yi", "city.housing"),
        substitutions=[
            Substitution(absent="jia", substitute="yi", organ="county.housing", **A_WEEK)
        ],
    )
    actor = house.actor_for("yi", "county.housing", TODAY)

    assert actor == Actor(
        person="yi",
        organ="county.housing",
        roles=frozenset({Role.CLERK}),
        stands_in_for="jia",
    )
    assert may_act(house, actor, ORGAN_CLERK, SLOTS, TODAY).stands_in_for == "jia"
    assert not may_act(house, actor, ORGAN_CLERK, SLOTS, A_WEEK["valid_to"])


def test_a_substitution_for_one_role_lends_no_other() -> None:
    house = directory(
        clerk("jia", "county.housing"),
        held("jia", "county.housing", Role.HEAD),
        substitutions=[
            Substitution(
                absent="jia",
                substitute="yi",
                organ="county.housing",
                role=Role.HEAD,
                **A_WEEK,
            )
        ],
    )
    actor = house.actor_for("yi", "county.housing", TODAY)

    assert may_act(house, actor, [By(Slot.ORGAN, Role.HEAD)], SLOTS, TODAY)
    assert not may_act(house, actor, ORGAN_CLERK, SLOTS, TODAY)


def test_what_a_petitioner_asks_is_taken_down_by_staff_of_an_organ_with_a_part() -> None:
    house = directory(clerk("jia", "county.petitions"), clerk("yi", "city.tax"))
    by = (By(Slot.PETITIONER, Role.CLERK),)

    assert may_act(house, acting("jia", "county.petitions", Role.CLERK), by, SLOTS, TODAY)
    assert not may_act(house, acting("yi", "city.tax", Role.CLERK), by, SLOTS, TODAY)


def test_an_administrator_is_bound_to_no_part() -> None:
    house = directory(held("jia", "province.petitions", Role.ADMINISTRATOR))
    by = (By(Slot.OFFICE, Role.ADMINISTRATOR),)
    actor = acting("jia", "province.petitions", Role.ADMINISTRATOR)

    assert may_act(house, actor, by, SLOTS, TODAY)


def test_the_engine_itself_may_act() -> None:
    assert may_act(directory(), SYSTEM, ORGAN_CLERK, SLOTS, TODAY)


def test_nobody_acts_as_an_organ_in_which_they_have_no_part() -> None:
    house = directory(clerk("jia", "county.housing"))

    with pytest.raises(NotPermitted):
        house.actor_for("jia", "county.tax", TODAY)


def test_people_at_an_organ_are_those_in_office_on_the_day() -> None:
    house = directory(
        clerk("jia", "county.housing"),
        clerk("yi", "county.housing", valid_from=date(2026, 4, 1)),
        clerk("bing", "county.housing"),
        inactive=["bing"],
    )

    assert house.people_at("county.housing", Role.CLERK, TODAY) == ("jia",)
    assert [organ.id for organ in house.organs_of("jia", TODAY)] == ["county.housing"]
    assert house.organs_of("bing", TODAY) == ()
