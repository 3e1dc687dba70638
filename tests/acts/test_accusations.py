"""Accusations: by management authority, sealed, never to the accused (Arts. 22(2), 30)."""

from __future__ import annotations

import pytest

from engine.acts.catalogue import ACTS
from engine.petition.deadlines import DeadlineState
from tests.acts.situations import (
    CITY_PO,
    DISCIPLINE,
    GOVERNMENT,
    HOUSING,
    LABOUR,
    PO,
    Matter,
    registered,
)


def _accusation(who: str = "anna", accused: str = HOUSING) -> Matter:
    return registered(who, category="accusation", accused_organ=accused)


def test_the_accused_organ_and_all_below_it_are_shut_out() -> None:
    assert {HOUSING, "county.waterworks"} <= _accusation().excluded
    assert PO not in _accusation().excluded


def test_an_accused_person_of_the_staff_is_shut_out() -> None:
    matter = registered(category="accusation", accused_person="carl")

    assert matter.excluded == {"carl"}
    assert matter.refused("hand_over", "anna", person="carl").article == "28(3)"


def test_a_grievance_shuts_nobody_out() -> None:
    matter = registered(accused_organ=HOUSING)

    assert (matter.excluded, matter.facts["complained_organ"]) == (frozenset(), HOUSING)
    assert "complained_organ" not in _accusation().facts


@pytest.mark.parametrize("disposition", ["forward", "repeat", "litigation_forward"])
def test_an_accusation_goes_by_management_authority_and_nowhere_else(disposition: str) -> None:
    assert _accusation().refused("sort", "anna", disposition=disposition).article == "22(2)"
    assert _accusation().refused("forward", "anna", organ=LABOUR).article == "22(2)"


@pytest.mark.parametrize("target", [HOUSING, "county.waterworks"])
def test_trap_29_the_accused_never_receives_it_and_the_refusal_reveals_nothing(target: str) -> None:
    matter = _accusation().does("sort", "anna", disposition="accusation")
    refusal = matter.refused("forward_accusation", "anna", discipline_organ=target)

    assert "检举" not in refusal.text.zh
    assert "accus" not in refusal.text.en
    assert refusal.article == "22"


def test_trap_29_no_field_about_the_accused_is_kept_in_the_clear() -> None:
    sealed = {
        field.name: field.sealed
        for act in ACTS.values()
        for field in act.form.fields
        if field.name.startswith("accused")
    }

    assert sealed
    assert all(sealed.values())


def test_an_accusation_is_handed_to_the_organ_with_authority_and_ends_by_its_rules() -> None:
    matter = (
        _accusation()
        .does("sort", "anna", disposition="accusation")
        .does("forward_accusation", "anna")
    )
    assert (matter.facts["discipline_organ"], matter.row("T1").state) == (
        DISCIPLINE,
        DeadlineState.MET,
    )
    matter.does("receive_accusation", "ivan").does("conclude_accusation", "ivan")

    assert matter.facts["closing"] == "accusation"
    assert matter.ledger.of("T5") == ()


def test_an_accusation_against_the_receiver_itself_goes_to_the_office_above() -> None:
    at_organ = _accusation("carl", accused=HOUSING)
    at_office = _accusation("anna", accused=PO)

    assert (at_organ.facts["office"], at_organ.row("T1").debtor) == (PO, PO)
    assert (at_office.facts["office"], at_office.row("T1").debtor) == (CITY_PO, CITY_PO)
    assert "organ" not in at_organ.facts


def test_an_accusation_found_while_sorting_is_shut_off_from_then_on() -> None:
    matter = registered(accused_organ=HOUSING)
    matter.does("sort", "anna", disposition="accusation", accused_organ=HOUSING)

    assert (matter.facts["category"], HOUSING in matter.excluded) == ("accusation", True)
    assert "complained_organ" not in matter.facts


def test_an_accusation_found_by_the_organ_leaves_for_the_organ_with_authority() -> None:
    matter = registered().does("sort", "anna").does("forward", "anna")
    matter.does("route", "carl", route="accusation", is_accusation=True).does(
        "forward_accusation", "carl"
    )

    assert (matter.facts["route"], matter.row("T3").state) == ("accusation", DeadlineState.MET)
    assert registered().refused("receive_accusation", "ivan").article == "22(2)"


def test_an_accusation_at_an_organ_takes_no_other_path() -> None:
    matter = _accusation("jane", accused=LABOUR).does("sort", "jane", disposition="accusation")

    assert matter.facts["organ"] == GOVERNMENT
    assert matter.refused("route", "jane").article == "30"
