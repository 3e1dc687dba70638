"""Registering and sorting (Arts. 17–25, 36(3))."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.petition.deadlines import DeadlineState
from tests.acts.situations import (
    CITY_PO,
    COURT,
    HOUSING,
    LABOUR,
    MONDAY,
    PO,
    Matter,
    actor,
    finished,
    forwarded,
    registered,
    served,
)


def test_a_petition_office_sorts_within_its_limit_from_the_day_of_receipt() -> None:
    matter = registered()

    assert matter.row("T1").legal_due == MONDAY + timedelta(days=15)
    assert matter.row("T1").debtor == PO
    assert matter.ledger.of("T2") == ()


def test_an_organ_that_receives_directly_owes_the_notice() -> None:
    matter = registered("carl")

    assert matter.facts["direct"] is True
    assert (matter.row("T2").debtor, matter.ledger.of("T1")) == (HOUSING, ())


def test_late_registration_counts_from_the_receipt() -> None:
    matter = Matter(today=MONDAY).does("register", "anna", received_on="2026-02-20")

    assert matter.row("T1").started_on == date(2026, 2, 20)


@pytest.mark.parametrize(
    "amiss",
    [
        {"petitioner_name": None, "petitioner_address": None},
        {"channel": "visit", "representatives": 12},
        {"channel": "letter", "head_count": 200},
        {"demands": None},
        {"category": "accusation", "accused_organ": LABOUR},
        {"litigation": True},
    ],
)
def test_trap_21_everything_is_registered(amiss: dict[str, object]) -> None:
    assert registered(**amiss).ledger.of("T1")


def test_trap_22_five_representatives_is_a_rule_for_visits_only() -> None:
    visit = registered(channel="visit", representatives=6, oral_read_back=True)
    letter = registered(channel="letter", head_count=200)

    assert any("5" in warning.en for warning in visit.last.warnings)
    assert letter.last.warnings == ()
    assert letter.facts["joint"] is True


def test_trap_23_without_a_name_only_the_notice_falls_away() -> None:
    direct = registered("carl", petitioner_name=None)

    assert direct.ledger.rows == ()
    direct.does("sort", "carl", disposition="own").does("route", "carl").does("accept", "carl")
    assert direct.row("T5").open


def test_trap_24_the_exception_for_unclear_names_does_not_reach_transferred_petitions() -> None:
    matter = forwarded(petitioner_name=None)

    assert matter.row("T3").open


def test_an_oral_petition_is_recorded_and_read_back() -> None:
    matter = registered(channel="visit", oral_read_back=True)

    assert "宣读" in matter.paper("oral_record").fields["read_back"]
    assert registered(channel="call").last.warnings


def test_only_a_clerk_registers() -> None:
    assert registered().refused("register", "dora").article == "22"


def test_imported_history_starts_no_clock_unless_asked() -> None:
    old = Matter().does("register_imported", "anna")
    running = Matter().does("register_imported", "anna", run_clocks=True)

    assert (old.ledger.rows, old.documents) == ((), [])
    assert running.ledger.of("T1")


# ---- sorting -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("disposition", ["forward", "assign"])
def test_trap_25_an_organ_forwards_to_nobody_outside_its_system(disposition: str) -> None:
    assert registered("carl").refused("sort", "carl", disposition=disposition).article == "23(1)"


def test_trap_25_an_organ_refers_down_only_inside_its_system() -> None:
    matter = registered("fay").does("sort", "fay", disposition="subordinate")

    assert matter.refused("refer_down", "fay", organ=LABOUR).article == "23(1)"
    matter.does("refer_down", "fay", organ=HOUSING)
    assert matter.paper("destination_notice").to == "petitioner"
    assert matter.row("T2").state is DeadlineState.MET
    assert matter.row("T3").debtor == HOUSING


@pytest.mark.parametrize("disposition", ["own", "subordinate", "outside"])
def test_a_petition_office_forwards_or_assigns(disposition: str) -> None:
    assert registered().refused("sort", "anna", disposition=disposition).article == "22(1)"


def _barred(who: str, due: str = "2026-04-30", same: bool = True) -> dict[str, object]:
    return {
        "disposition": "barred",
        "handling_organ": HOUSING,
        "handling_due": due,
        "same_matter": same,
    }


def test_a_superior_declines_within_the_limit_and_names_organ_and_due_date() -> None:
    matter = registered("hugo").does("sort", "hugo", **_barred("hugo")).does("decline", "hugo")
    notice = matter.paper("decline_notice")

    assert "housing" in notice.fields["organ_in_charge"]
    assert notice.fields["its_due_date"] == "2026-04-30"
    assert matter.facts["closing"] == "barred"
    assert matter.row("T1").state is DeadlineState.MET


def test_trap_19_the_bar_falls_with_the_limit() -> None:
    late = registered("hugo").refused("sort", "hugo", **_barred("hugo", due="2026-03-01"))

    assert late.article == "19(3)"
    matter = registered("hugo").does("sort", "hugo", **_barred("hugo", due="2026-03-05"))
    matter.turn_to(date(2026, 3, 6))
    assert matter.refused("decline", "hugo").article == "19(3)"


def test_trap_20_only_the_superior_may_decline() -> None:
    assert registered("emil").refused("sort", "emil", **_barred("emil")).article == "19(3)"
    assert registered("lena").refused("sort", "lena", **_barred("lena")).article == "19(3)"
    assert (
        registered("hugo").refused("sort", "hugo", **_barred("hugo", same=False)).article == "19(3)"
    )


def _final(**changes: object) -> dict[str, object]:
    return {
        "disposition": "no_longer", "prior_kind": "re_review_opinion", "prior_opinion": "信核〔2025〕3号",
        "prior_opinion_on": "2025-11-03", "same_facts": True, "same_reasons": True, **changes,
    }  # fmt: skip


@pytest.mark.parametrize(
    "new", [{"same_facts": False}, {"same_reasons": False}, {"prior_kind": "review_opinion"}]
)
def test_trap_17_new_facts_or_reasons_are_a_new_matter(new: dict[str, object]) -> None:
    assert registered().refused("sort", "anna", **_final(**new)).article == "36(3)"


def test_trap_18_a_lapse_ends_nothing_for_good() -> None:
    matter = served().turn_to(date(2026, 4, 2)).does("confirm_lapse", "carl")

    assert matter.facts["closing"] == "lapsed"
    assert registered().refused("sort", "anna", **_final(prior_kind="lapse")).article == "36(3)"


def test_a_re_reviewed_matter_is_refused_for_good_with_what_would_be_new() -> None:
    matter = registered().does("sort", "anna", **_final()).does("refuse_for_good", "anna")
    notice = matter.paper("refusal_for_good_notice")

    assert "信核〔2025〕3号" in notice.fields["prior_opinion"]
    assert "新的" in notice.fields["what_counts_as_new"]
    assert matter.refused("refuse_for_good", "anna", prior_kind="lapse").article == "36(3)"


def test_a_repeat_joins_the_running_file_and_starts_no_clock() -> None:
    matter = registered().does("sort", "anna", disposition="repeat")
    assert "merged_into" in matter.at_fault("merge", "anna", merged_into="this")
    matter.does("merge", "anna", merged_into="another")
    (joined,) = matter.follow_ups

    assert (joined.act, joined.petition) == ("add_material", "another")
    assert matter.facts["merged_into"] == "another"
    assert not any(row.open for row in matter.ledger)


def test_what_lies_outside_the_system_is_guided_and_told() -> None:
    matter = (
        registered("carl").does("sort", "carl", disposition="outside").does("guide_out", "carl")
    )

    assert matter.paper("destination_notice").serve
    assert matter.row("T2").state is DeadlineState.MET


def test_trap_28_litigation_letters_are_transferred_and_visitors_guided() -> None:
    letter = registered(channel="letter", litigation=True)
    visit = registered(channel="visit", litigation=True, oral_read_back=True)

    assert letter.refused("sort", "anna", disposition="litigation_explain").article == "22(2)"
    assert visit.refused("sort", "anna", disposition="litigation_forward").article == "22(2)"
    letter.does("sort", "anna", disposition="litigation_forward").does("forward_litigation", "anna")
    visit.does("sort", "anna", disposition="litigation_explain").does("explain_procedure", "anna")
    assert letter.facts["closing"] == visit.facts["closing"] == "litigation"
    assert letter.refused("explain_procedure", "anna").article == "22(2)"
    assert visit.refused("forward_litigation", "anna").article == "22(2)"


def test_a_litigation_letter_goes_to_the_political_legal_organ_of_the_level() -> None:
    matter = registered(litigation=True).does("sort", "anna", disposition="litigation_forward")

    assert matter.refused("forward_litigation", "anna", organ=CITY_PO).article == "22(2)"
    assert (
        matter.does("forward_litigation", "anna", organ=COURT).paper("transfer_letter").to == COURT
    )


def test_a_litigation_matter_taken_as_a_petition_needs_a_reason() -> None:
    matter = registered(litigation=True)

    assert "reason" in matter.at_fault("sort", "anna", disposition="forward")
    assert matter.does("sort", "anna", disposition="forward", reason="仅为民生诉求").last.warnings


# ---- urgent ------------------------------------------------------------------------------------------------------------


def test_trap_37_an_urgent_report_waits_for_nothing_and_stops_no_clock() -> None:
    matter = registered(urgent=True, urgent_ground="life")
    before = matter.ledger
    matter.does("report_urgent", "anna")

    assert matter.facts["urgent_reported"] is True
    assert matter.ledger == before
    assert matter.refused("report_urgent", "anna").article == "25"


def test_a_petition_office_reports_upwards_and_to_the_state_bureau_too() -> None:
    told = ("committee_and_government", "department", "joint_conference")

    assert "addressees" in registered().at_fault("report_urgent", "anna", addressees=told)
    assert registered("carl").does("report_urgent", "carl", addressees=told).facts["urgent"]


def test_trap_38_help_goes_on_after_the_end() -> None:
    matter = finished().does("care", "anna")

    assert matter.paper("care_record").fields["help"]
    assert matter.facts["closing"] == "final"


def test_an_answer_before_the_receipt_is_impossible() -> None:
    matter = registered()
    matter.does("sort", "anna")

    assert "forwarded_on" in matter.at_fault("forward", "anna", forwarded_on="2026-03-01")
    assert actor("anna").organ == PO
