"""Handling under Art. 31(6), extension, opinion, hearing, mediation, recusal, and the other answers (Arts. 27–34)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.errors import OutOfTime
from engine.petition.deadlines import DeadlineState
from tests.acts.situations import (
    CITY_HOUSING,
    HOUSING,
    MONDAY,
    accepted,
    actor,
    examined,
    finished,
    forwarded,
    opined,
    registered,
    served,
    under_re_review,
    under_review,
)

LAST_DAY = date(2026, 5, 6)
"""Day 60 is 1 May, a holiday; the legal day is the first workday after it."""


def test_the_head_appoints_somebody_of_the_organ_without_an_interest() -> None:
    matter = accepted()

    assert "handler" in matter.at_fault("appoint", "dora", handler="emil")
    assert "handler" in matter.at_fault("appoint", "dora", handler="nobody")
    assert matter.refused("appoint", "dora", no_interest=False).article == "28(3)"
    assert matter.does("appoint", "dora").facts["handler"] == "carl"


# ---- extension -----------------------------------------------------------------------------------------------------------


def test_an_extension_counts_from_the_nominal_day_and_tells_the_petitioner_why() -> None:
    matter = accepted().turn_to(date(2026, 4, 20)).does("extend", "dora", days=30)
    notice = matter.paper("extension_notice")

    assert matter.row("T5").nominal_due == MONDAY + timedelta(days=90)
    assert (notice.to, notice.fields["reasons"]) == ("petitioner", "须鉴定")
    assert notice.fields["new_due_date"] == str(matter.row("T5").legal_due)


def test_trap_07_only_the_head_of_the_handling_organ_extends() -> None:
    matter = accepted()

    assert matter.may("extend", "dora")
    assert not any(matter.may("extend", who) for who in ("boss", "anna", "carl", "finn"))
    assert matter.refused("extend", "boss").article == "34"
    assert matter.refused("extend", "finn").article == "34"


def test_trap_08_no_extension_after_the_limit_nor_without_reasons() -> None:
    assert accepted().turn_to(LAST_DAY).does("extend", "dora").row("T5").extension_days == 10
    assert isinstance(
        accepted().turn_to(LAST_DAY + timedelta(days=1)).refused("extend", "dora"), OutOfTime
    )
    assert "reasons" in accepted().at_fault("extend", "dora", reasons=None)
    assert accepted().refused("extend", "dora", complex=False).article == "34"


def test_trap_09_extensions_total_30_days() -> None:
    matter = accepted().does("extend", "dora", days=20)

    assert "10 left" in matter.refused("extend", "dora", days=11).text.en
    assert matter.does("extend", "dora", days=10).facts["extended_days"] == 30
    assert matter.refused("extend", "dora", days=1).article == "34"
    assert "days" in matter.at_fault("extend", "dora", days=0)


def test_trap_10_review_and_re_review_are_never_extended() -> None:
    for matter in (under_review(), under_re_review()):
        for who in ("dora", "finn"):
            assert matter.refused("extend", who).article == "34"


# ---- hearing and mediation -------------------------------------------------------------------------------------------------


def test_trap_11_a_hearing_in_handling_stops_no_clock() -> None:
    matter = examined()
    before = matter.ledger

    assert matter.does("hold_hearing", "dora").ledger == before
    assert matter.refused("order_hearing", "gert").article == "36(2)"


def test_trap_12_mediation_stops_no_clock() -> None:
    matter = examined()
    before = matter.ledger

    assert matter.does("mediate", "carl").ledger == before


def test_mediation_needs_both_sides() -> None:
    assert examined().refused("mediate", "carl", other_side_consents=False).article == "33"
    assert "next_step" in examined().at_fault("mediate", "carl", settled=False)
    assert "terms" in examined().at_fault("mediate", "carl", terms=None)


@pytest.mark.parametrize(
    "promise",
    ["双方同意,信访人不再上访", "信访人承诺息诉罢访", "今后永不信访", "will never petition again"],
)
def test_trap_41_no_settlement_holds_a_promise_not_to_petition(promise: str) -> None:
    assert examined().refused("mediate", "carl", terms=promise).article == "33"
    assert examined().refused("issue_opinion", "dora", opinion=promise).article == "33"
    assert examined().refused("withdraw", "anna", wish=promise).article == "33"


def test_a_performed_settlement_concludes_and_an_unperformed_one_leads_to_an_opinion() -> None:
    done = examined().does("mediate", "carl").does("confirm_performance", "carl")
    broken = examined().does("mediate", "carl").does("confirm_performance", "carl", performed=False)

    assert (done.facts["closing"], done.row("T5").state) == ("settled", DeadlineState.MET)
    assert (broken.facts["next_step"], broken.facts["settled"]) == ("opinion", False)
    assert broken.row("T5").open


# ---- opinion ---------------------------------------------------------------------------------------------------------------


def test_an_opinion_needs_the_petitioner_heard_and_the_facts_verified() -> None:
    assert accepted().refused("issue_opinion", "dora").article == "31(6)"
    assert examined().with_facts(notified=None).refused("issue_opinion", "dora").article == "23"
    assert opined().refused("issue_opinion", "dora").article == "32"


@pytest.mark.parametrize("answers", ["整改", "1. 整改\n并赔偿", ""])
def test_every_demand_is_answered(answers: str) -> None:
    matter = examined(demands="整改\n赔偿")

    if answers:
        assert matter.refused("issue_opinion", "dora", answers=answers).article == "32"
    else:
        assert "answers" in matter.at_fault("issue_opinion", "dora", answers=None)
    assert matter.does("issue_opinion", "dora", answers="1. 整改\n附注\n2. 赔偿").facts[
        "opinion_issued"
    ]


def test_an_opinion_tells_where_and_until_when_to_ask_for_a_review() -> None:
    remedy = opined().paper("handling_opinion").fields["remedy"]

    assert "30日内" in remedy
    assert "county.government" in remedy
    assert "city.housing" in remedy


def test_trap_31_a_supporting_opinion_is_followed_until_it_is_executed() -> None:
    matter = served()

    assert "closing" not in matter.facts
    assert matter.does("confirm_execution", "carl").facts["executed"] is True
    assert served(finding="explained").refused("confirm_execution", "carl").article == "32(2)"


def test_trap_32_a_reasonable_request_without_a_legal_basis_is_explained_not_refused() -> None:
    matter = opined(finding="explained")

    assert matter.facts["finding"] == "explained"
    assert "解释说明" in matter.paper("handling_opinion").fields["finding"]


def test_trap_39_an_overdue_duty_stays_open_and_can_still_be_done() -> None:
    matter = examined().turn_to(date(2026, 7, 1))

    assert matter.row("T5").state is DeadlineState.OVERDUE
    assert "closing" not in matter.facts
    matter.does("issue_opinion", "dora").does("dispatch", "carl")
    assert matter.row("T5").state is DeadlineState.MET_LATE


def test_trap_44_the_competent_organ_itself_issues_the_opinion() -> None:
    matter = opined()

    assert (matter.paper("handling_opinion").slot, matter.facts["server"]) == ("organ", HOUSING)


def test_an_opinion_is_not_dated_before_the_acceptance() -> None:
    matter = registered().does("sort", "anna").turn_to(date(2026, 3, 10)).does("forward", "anna")
    matter.does("route", "carl").does("accept", "carl").does("hear_petitioner", "carl").does(
        "investigate", "carl"
    )

    assert "issued_on" in matter.at_fault("issue_opinion", "dora", issued_on="2026-03-09")


def test_an_assigned_matter_owes_a_report() -> None:
    matter = registered().does("sort", "anna", disposition="assign")
    matter.does("assign", "anna", assigned_due="2026-04-30").does("report_completion", "carl")

    assert matter.row("U10").state is DeadlineState.MET
    assert forwarded().refused("report_completion", "carl").article == "22(1)(3)"


# ---- recusal ---------------------------------------------------------------------------------------------------------------


def test_whoever_is_recused_has_no_further_part_and_the_clocks_run_on() -> None:
    matter = examined()
    before = matter.ledger
    assert "replacement" in matter.at_fault("recuse", "dora", person="carl")
    matter.does("recuse", "dora", person="carl", replacement="cora")

    assert (matter.facts["handler"], matter.facts["recused"]) == ("cora", "carl")
    assert matter.ledger == before
    assert matter.refused("investigate", "carl").article == "28(3)"
    assert matter.refused("appoint", "dora", handler="carl").article == "28(3)"


def test_nobody_decides_their_own_recusal() -> None:
    assert examined().refused("recuse", "dora", person="dora").article == "28(3)"
    assert "recused" not in examined().does("recuse", "dora", person="carl", granted=False).facts


# ---- other paths -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("adopted", ["adopted", "partly", "not_adopted"])
def test_a_suggestion_is_answered_whether_adopted_or_not(adopted: str) -> None:
    matter = forwarded(category="suggestion").does("route", "carl", route="suggestion")
    assert matter.refused("answer_suggestion", "carl").article == "23"
    matter.does("acknowledge", "carl").does("answer_suggestion", "carl", adopted=adopted)

    assert (matter.facts["adopted"], matter.facts["closing"]) == (adopted, "replied")


def test_a_duty_is_performed_or_answered() -> None:
    matter = (
        forwarded()
        .does("route", "carl", route="route_5", duty_or_violation=True)
        .does("undertake", "carl")
    )

    assert matter.does("answer_duty", "carl", result="answered").facts["closing"] == "duty"
    assert accepted().refused("answer_duty", "carl").article == "31"


def test_help_does_not_depend_on_any_promise() -> None:
    assert finished().does("care", "anna").last.facts == {}
    assert actor("fred").organ == CITY_HOUSING
