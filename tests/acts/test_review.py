"""Service, review and re-review (Arts. 35, 36; service by analogy to civil procedure)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.acts.catalogue import ACTS
from engine.errors import OutOfTime
from engine.petition.deadlines import DeadlineState, Ledger
from engine.statute.law import load_law
from tests.acts.situations import (
    CITY_HOUSING,
    HOUSING,
    MONDAY,
    PROVINCE_HOUSING,
    actor,
    finished,
    forwarded,
    opined,
    reviewed,
    served,
    under_re_review,
    under_review,
)


def _days(count: int) -> date:
    return MONDAY + timedelta(days=count)


# ---- service -----------------------------------------------------------------------------------------------------------------


def test_the_limit_for_handling_stops_at_the_proven_dispatch() -> None:
    matter = opined()
    assert matter.row("T5").open
    matter.turn_to(_days(5)).does("dispatch", "carl", dispatched_on=str(_days(3)))

    assert (matter.row("T5").state, matter.row("T5").closed_on) == (DeadlineState.MET, _days(3))


def test_trap_15_the_right_to_a_review_counts_from_the_proven_receipt() -> None:
    matter = opined().does("dispatch", "carl").turn_to(_days(9))
    matter.does("prove_service", "carl", received_on=str(_days(7)))

    assert (matter.row("T7").started_on, matter.row("T7").debtor) == (_days(7), "petitioner")
    assert "received_on" in (
        opined()
        .turn_to(_days(4))
        .does("dispatch", "carl")
        .at_fault("prove_service", "carl", received_on=str(_days(3)))
    )


def test_without_proof_no_limit_of_the_petitioner_begins() -> None:
    matter = opined().does("dispatch", "carl").does("prove_service", "carl", result="undelivered")

    assert matter.ledger.of("T7") == ()
    assert (
        matter.does("dispatch", "carl", method="left").does("prove_service", "carl").row("T7").open
    )
    assert "recipient" in opined().does("dispatch", "carl").at_fault(
        "prove_service", "carl", recipient=None
    )


def test_electronic_service_needs_consent() -> None:
    assert opined().refused("dispatch", "carl", method="electronic").article == "35"
    consenting = opined().with_facts(e_service=True).does("dispatch", "carl", method="electronic")
    assert consenting.facts["service"] == "dispatched"


def test_service_goes_step_by_step() -> None:
    assert opined().refused("prove_service", "carl").article == "35"
    assert served().refused("dispatch", "carl").article == "35"
    assert forwarded().with_facts(server=HOUSING).refused("dispatch", "carl").article == "35"


# ---- review ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "notice"),
    [("suggestion", "acknowledge"), ("route_5", "undertake"), ("route_2", "divert")],
)
def test_trap_13_no_review_without_a_handling_opinion(path: str, notice: str) -> None:
    matter = (
        forwarded().does("route", "carl", route=path, override_reason="演示").does(notice, "carl")
    )

    assert matter.refused("request_review", "carl").article == "35"
    assert opined().refused("request_review", "carl").article == "35"


@pytest.mark.parametrize("organ", [HOUSING, PROVINCE_HOUSING, "city.government"])
def test_trap_14_the_next_higher_organ_reviews_and_no_other(organ: str) -> None:
    assert served().refused("request_review", "carl", review_organ=organ).article == "35"


@pytest.mark.parametrize("organ", ["county.government", CITY_HOUSING])
def test_trap_14_the_petitioner_chooses_between_the_two_lawful_organs(organ: str) -> None:
    matter = served().does("request_review", "carl", review_organ=organ)

    assert (matter.facts["review_organ"], matter.row("T8").debtor) == (organ, organ)


def test_service_proposes_the_first_lawful_organ() -> None:
    assert served().facts["review_organ"] == "county.government"


def test_a_vertical_department_is_reviewed_by_the_higher_department_only() -> None:
    matter = served().with_facts(organ="county.tax", review_organ=None)

    assert (
        matter.refused("request_review", "tina", review_organ="county.government").article == "35"
    )
    assert (
        matter.does("request_review", "tina", review_organ=None).facts["review_organ"] == "city.tax"
    )


def test_where_nobody_stands_above_the_request_stands_and_an_administrator_names_the_organ() -> (
    None
):
    matter = served().with_facts(organ="province.government", review_organ=None)
    matter.does("request_review", "carl", review_organ=None)
    assert matter.last.warnings
    assert matter.ledger.of("T8") == ()
    matter.turn_to(_days(2)).does(
        "designate_reviewer", "root", stage="review", organ=CITY_HOUSING, reason="无上级"
    )

    assert (matter.row("T8").debtor, matter.row("T8").started_on) == (CITY_HOUSING, _days(2))


def test_trap_16_a_request_posted_on_the_last_day_is_in_time() -> None:
    last = served().row("T7").legal_due
    assert last is not None
    matter = served().turn_to(last + timedelta(days=4))
    assert matter.row("T7").state is DeadlineState.LAPSED
    matter.does("request_review", "carl", posted_on=str(last))

    assert matter.row("T8").started_on == last + timedelta(days=4)
    assert matter.row("T7").state is DeadlineState.MET


def test_a_late_request_waits_for_a_person_to_excuse_it() -> None:
    late = served().turn_to(_days(40))

    assert isinstance(late.refused("request_review", "carl"), OutOfTime)
    assert "reason" in late.at_fault("confirm_lapse", "carl", decision="excused")
    late.does("confirm_lapse", "carl", decision="excused", reason="住院").does(
        "request_review", "carl"
    )
    assert late.row("T8").open
    assert "closing" not in late.facts


def test_a_lapse_is_confirmed_by_a_person_and_only_once_it_happened() -> None:
    assert served().refused("confirm_lapse", "carl").article == "35"
    assert served().turn_to(_days(40)).does("confirm_lapse", "carl").facts["closing"] == "lapsed"
    re_review = reviewed().turn_to(_days(40)).does("confirm_lapse", "carl")
    assert re_review.facts["re_review_lapse"] == "confirmed"


def test_a_file_closed_by_lapse_is_reopened_for_a_good_reason() -> None:
    closed = served().turn_to(_days(40)).does("confirm_lapse", "carl")
    closed.closed = True
    closed.does("reopen", "dora")
    closed.closed = False

    assert (closed.facts["restart"], closed.facts["review_lapse"]) == ("review", "excused")
    assert closed.does("request_review", "carl").row("T8").open
    assert served().refused("reopen", "dora").article == "35"


def test_a_file_is_reopened_only_for_what_has_lapsed() -> None:
    closed = reviewed().turn_to(_days(80)).does("confirm_lapse", "carl")
    closed.closed = True

    assert "restart" in closed.at_fault("reopen", "dora", restart="review")
    assert closed.does("reopen", "dora", restart="re_review").facts["restart"] == "re_review"


@pytest.mark.parametrize("who", ["opinion_signer", "handler", "review_signer"])
def test_nobody_reviews_what_they_decided(who: str) -> None:
    assert (
        under_review().with_facts(**{who: "fred"}).refused("decide_review", "fred").article == "35"
    )
    assert (
        under_re_review().with_facts(**{who: "gert"}).refused("decide_re_review", "gert").article
        == "35"
    )


def test_the_review_has_thirty_days_from_the_receipt_of_the_request() -> None:
    matter = served().turn_to(_days(10)).does("request_review", "carl", posted_on=str(_days(5)))

    assert matter.row("T8").nominal_due == _days(40)
    matter.turn_to(_days(45))
    assert matter.row("T8").state is DeadlineState.OVERDUE
    matter.does("decide_review", "fred").does("dispatch", "fred")
    assert matter.row("T8").state is DeadlineState.MET_LATE


@pytest.mark.parametrize("result", ["changed", "redo"])
def test_a_replaced_opinion_ends_the_execution_of_the_old_one(result: str) -> None:
    assert (
        under_review().does("decide_review", "fred", result=result).last.message
        == "opinion_replaced"
    )


def test_an_order_to_redo_starts_the_sixty_days_anew_and_opens_review_afresh() -> None:
    matter = reviewed("redo")
    assert [row.id for row in matter.ledger.of("T5")] == ["T5#1", "T5#2"]
    assert matter.ledger.of("T9") == ()
    assert matter.refused("request_re_review", "carl").article == "36(1)"
    matter.does("hear_petitioner", "carl").does("investigate", "carl").does("issue_opinion", "dora")
    assert "review_result" not in matter.facts
    matter.does("dispatch", "carl").does("prove_service", "carl").does("request_review", "carl")
    assert matter.row("T8").id == "T8#2"


# ---- re-review ---------------------------------------------------------------------------------------------------------------


def test_the_re_review_goes_one_organ_up_again() -> None:
    assert (
        reviewed().refused("request_re_review", "carl", re_review_organ=CITY_HOUSING).article
        == "36(1)"
    )
    assert under_re_review().row("T10").debtor == PROVINCE_HOUSING


def test_a_late_request_for_a_re_review_is_out_of_time() -> None:
    assert reviewed().turn_to(_days(40)).refused("request_re_review", "carl").article == "36(1)"


def test_trap_11_a_hearing_stops_the_clock_of_the_re_review_alone() -> None:
    matter = reviewed()
    matter.does("request_re_review", "carl").turn_to(_days(14)).does("order_hearing", "gert")
    assert (matter.row("T10").state, matter.row("T10").legal_due) == (DeadlineState.SUSPENDED, None)
    assert matter.refused("decide_re_review", "gert").article == "36(2)"
    matter.turn_to(_days(16)).does("close_hearing", "gert")

    assert matter.row("T10").nominal_due == _days(33)
    assert matter.row("T10").state is DeadlineState.RUNNING


def test_the_vector_of_the_hearing() -> None:
    matter = reviewed()
    matter.ledger, matter.today = Ledger(), date(2025, 6, 2)
    matter.does("request_re_review", "carl")
    matter.turn_to(date(2025, 6, 16)).does("order_hearing", "gert")
    matter.turn_to(date(2025, 6, 18)).does("close_hearing", "gert")

    assert (matter.row("T10").nominal_due, matter.row("T10").legal_due) == (
        date(2025, 7, 5),
        date(2025, 7, 7),
    )


def test_an_overdue_re_review_is_not_saved_by_a_hearing() -> None:
    assert under_re_review().turn_to(_days(40)).refused("order_hearing", "gert").article == "36(2)"
    assert under_re_review().refused("close_hearing", "gert").article == "36(2)"


def test_trap_34_a_re_review_opinion_is_written_and_served() -> None:
    decided = under_re_review().does("decide_re_review", "gert")

    assert decided.paper("re_review_opinion").serve
    assert "closing" not in decided.facts
    assert finished().facts["closing"] == "final"


def test_trap_35_nothing_publishes_a_re_review_opinion() -> None:
    names = [*ACTS, *(field.name for act in ACTS.values() for field in act.form.fields)]

    assert not any("publish" in name or "publication" in name for name in names)


def test_the_final_effect_is_told_with_what_stays_open() -> None:
    effect = (
        under_re_review()
        .does("decide_re_review", "gert")
        .paper("re_review_opinion")
        .fields["final_effect"]
    )

    assert "不再受理" in effect
    assert "新的事实或者理由" in effect
    assert load_law().limit("T10", MONDAY).suspended_by == ("hearing",)
    assert actor("gert").organ == PROVINCE_HOUSING
