"""Withdrawal, correction, succession, material, and who works on a step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.people.directory import Directory
from engine.petition.deadlines import DeadlineState
from engine.petition.parties import SYSTEM
from tests.acts.situations import (
    HOUSING,
    LABOUR,
    MONDAY,
    Matter,
    accepted,
    finished,
    forwarded,
    office,
    opined,
    registered,
    served,
    under_re_review,
)


def _days(count: int) -> date:
    return MONDAY + timedelta(days=count)


@pytest.mark.parametrize("where", [registered, forwarded, accepted, served, under_re_review])
def test_a_petitioner_withdraws_at_any_time_and_every_clock_ends(where: object) -> None:
    matter: Matter = where()  # type: ignore[operator]
    matter.does("withdraw", "anna")

    assert matter.facts["closing"] == "withdrawn"
    assert not any(row.open for row in matter.ledger)
    assert "再次提出" in matter.paper("withdrawal_record").fields["refiling"]


def test_only_a_free_wish_withdraws() -> None:
    assert accepted().refused("withdraw", "anna", voluntary=False).article == "21"
    assert finished().refused("withdraw", "anna").article


# ---- correcting a date ---------------------------------------------------------------------------------------------------------


def _corrected(matter: Matter, limit: str, on: date) -> Matter:
    return matter.does("correct_date", "dora", deadline=matter.row(limit).id, on=str(on))


def test_a_corrected_arrival_moves_notice_objection_and_presumption() -> None:
    matter = (
        registered()
        .does("sort", "anna")
        .turn_to(_days(1))
        .does("forward", "anna")
        .turn_to(_days(20))
    )
    assert matter.row("T5").started_on == _days(16)
    _corrected(matter, "T3", _days(4))

    assert matter.row("T3").started_on == matter.row("T4").started_on == _days(4)
    assert matter.facts["organ_received_on"] == str(_days(4))
    assert matter.row("T5").started_on == _days(19)


def test_a_correction_annuls_the_breach_and_ends_its_supervision() -> None:
    matter = forwarded().turn_to(_days(20))
    _corrected(matter, "T3", _days(10))

    assert (matter.row("T3").state, matter.row("T3").legal_due) == (
        DeadlineState.RUNNING,
        _days(25),
    )
    assert matter.row("T5").state is DeadlineState.VOID
    assert "presumed_accepted" not in matter.facts
    assert matter.follow_ups[-1].opened_by == matter.follow_ups[-2].key
    assert matter.turn_to(_days(30)).row("T3").state is DeadlineState.OVERDUE


def test_a_corrected_receipt_revives_the_right_to_a_review() -> None:
    matter = served().turn_to(_days(33))
    assert matter.row("T7").state is DeadlineState.LAPSED
    _corrected(matter, "T7", _days(6))

    assert matter.row("T7").state is DeadlineState.RUNNING
    assert matter.does("request_review", "carl").row("T7").state is DeadlineState.MET


def test_an_impossible_correction_is_refused() -> None:
    matter = accepted()

    assert "on" in matter.at_fault("correct_date", "dora", deadline="T5#1", on=str(_days(-3)))
    assert "on" in matter.at_fault("correct_date", "dora", deadline="T5#1", on=str(MONDAY))
    assert "deadline" in matter.at_fault("correct_date", "dora", deadline="T9#1", on=str(MONDAY))
    assert "on" in matter.turn_to(_days(5)).at_fault(
        "correct_date", "dora", deadline="T3#1", on=str(_days(2))
    )
    assert not matter.may("correct_date", "carl")


def test_no_correction_postpones_the_acceptance_beyond_the_end_of_its_notice() -> None:
    matter = accepted().turn_to(_days(30))

    assert "on" in matter.at_fault("correct_date", "dora", deadline="T5#1", on=str(_days(16)))
    assert _corrected(matter, "T5", _days(15)).facts["accepted_on"] == str(_days(15))


def test_a_proven_receipt_is_not_corrected_to_before_the_dispatch() -> None:
    matter = (
        opined()
        .turn_to(_days(5))
        .does("dispatch", "carl")
        .turn_to(_days(9))
        .does("prove_service", "carl")
    )

    assert "on" in matter.at_fault("correct_date", "dora", deadline="T7#1", on=str(_days(4)))
    assert _corrected(matter, "T7", _days(7)).row("T7").started_on == _days(7)


# ---- succession ----------------------------------------------------------------------------------------------------------------


def _merged_into_labour(on: date) -> Directory:
    before = office()
    organs = [
        replace(one, valid_to=on, successor=LABOUR) if one.id == HOUSING else one
        for one in before.organs.values()
    ]
    return Directory.of(organs, before.people.values(), before.appointments)


def test_trap_43_the_successor_of_a_dissolved_organ_takes_its_parts_over() -> None:
    matter = accepted().turn_to(_days(10))
    matter.organs = _merged_into_labour(_days(10))
    before = matter.ledger
    matter.does("succeed", SYSTEM, organ=HOUSING)

    assert matter.facts["organ"] == LABOUR
    assert matter.ledger == before
    assert matter.paper("destination_notice").to == "petitioner"
    matter.turn_to(_days(80))
    assert matter.follow_ups[-1].answers["organ"] == LABOUR


def test_an_organ_that_exists_has_no_successor() -> None:
    assert accepted().refused("succeed", SYSTEM, organ=HOUSING).article == "24(2)"


# ---- the rest ------------------------------------------------------------------------------------------------------------------


def test_a_closed_file_takes_material_and_corrections_only() -> None:
    closed = finished()
    closed.closed = True

    assert closed.does("add_material", "anna", note="补充").last.facts == {}
    for act, who in (
        ("withdraw", "anna"),
        ("care", "anna"),
        ("extend", "dora"),
        ("report_urgent", "anna"),
    ):
        assert closed.refused(act, who).article


def test_who_works_on_a_step_moves_nothing_in_law() -> None:
    matter = accepted()
    before = (dict(matter.facts), matter.ledger)
    matter.does("claim", "carl").does("hand_over", "carl", person="cora").does(
        "substitute", "cora", person="carl"
    ).does("release", "carl")

    assert before == (matter.facts, matter.ledger)
    assert "person" in matter.at_fault("hand_over", "carl", person="nobody")
