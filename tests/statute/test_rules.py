"""The yes/no rules, one claim each; most are traps that a naive reading falls into."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.statute import rules
from engine.statute.law import load_law

LAW = load_law()
TODAY = date(2025, 6, 2)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
MOST_ON_VISIT = LAW.number("representatives_on_visit")


def test_everything_is_registered() -> None:
    assert rules.must_register()


@pytest.mark.parametrize(
    ("superior", "same", "due", "bars"),
    [
        (True, True, TOMORROW, True),
        (True, True, TODAY, True),
        (True, True, YESTERDAY, False),
        (True, True, None, False),
        (False, True, TOMORROW, False),
        (True, False, TOMORROW, False),
    ],
    ids=["within", "last day", "overdue", "not handled", "not the superior", "another matter"],
)
def test_a_superior_declines_only_the_same_matter_within_its_limit(
    superior: bool, same: bool, due: date | None, bars: bool
) -> None:
    answer = rules.bars_superior(
        receiver_is_superior=superior, same_matter=same, handling_due=due, today=TODAY
    )

    assert bars is answer


@pytest.mark.parametrize(
    ("visit", "count", "allowed"), [(True, 5, True), (True, 6, False), (False, 600, True)]
)
def test_five_represent_a_visit_and_any_number_signs_a_letter(
    visit: bool, count: int, allowed: bool
) -> None:
    assert allowed is rules.representatives_allowed(
        visit=visit, representatives=count, most=MOST_ON_VISIT
    )


def test_litigation_letters_are_transferred_and_visitors_guided() -> None:
    assert rules.litigation_is_transferred(visit=False)
    assert not rules.litigation_is_transferred(visit=True)


def test_an_assignment_may_shorten_and_not_lengthen() -> None:
    def allowed(due: date) -> bool:
        return rules.assigned_due_allowed(assigned_due=due, today=TODAY, legal_due=TOMORROW)

    assert allowed(TODAY)
    assert allowed(TOMORROW)
    assert not allowed(TOMORROW + timedelta(days=1))
    assert not allowed(YESTERDAY)


def test_an_unclear_address_excuses_the_notice_of_a_direct_petition_alone() -> None:
    assert rules.notice_excused(direct=True, name_or_address_unclear=True)
    assert not rules.notice_excused(direct=False, name_or_address_unclear=True)
    assert not rules.notice_excused(direct=True, name_or_address_unclear=False)


def test_an_objection_is_in_time_on_the_fifth_working_day_and_not_after() -> None:
    assert rules.objection_in_time(today=TODAY, due=TODAY)
    assert not rules.objection_in_time(today=TOMORROW, due=TODAY)


def test_an_objection_without_reasons_is_none() -> None:
    assert not rules.objection_reasoned(reasons="  ")


def test_a_dispute_without_a_common_superior_goes_to_the_joint_conference() -> None:
    assert rules.jurisdiction_decider(common_superior=True) == "common_superior"
    assert rules.jurisdiction_decider(common_superior=False) == "joint_conference"


def test_no_head_decides_about_the_own_recusal() -> None:
    assert rules.may_decide_recusal(is_head=True, concerns_self=False)
    assert not rules.may_decide_recusal(is_head=True, concerns_self=True)


@pytest.mark.parametrize(("accused", "belongs"), [(True, False), (False, True), (True, True)])
def test_no_accusation_reaches_the_accused(accused: bool, belongs: bool) -> None:
    assert not rules.may_receive_accusation(is_accused=accused, belongs_to_accused=belongs)


@pytest.mark.parametrize(
    ("route", "owed"),
    [("route_6", True), ("suggestion", False), ("accusation", False)]
    + [(f"route_{item}", False) for item in range(1, 6)],
)
def test_only_item_six_ends_in_an_opinion_and_opens_a_review(route: str, owed: bool) -> None:
    assert owed is rules.opinion_owed(route=route)
    assert owed is rules.review_lies(route=route, opinion_served=True)
    assert not rules.review_lies(route=route, opinion_served=False)


@pytest.mark.parametrize(
    ("clear", "reasonable", "finding"),
    [
        (True, True, "supported"),
        (False, True, "explained"),
        (False, False, "not_supported"),
    ],
)
def test_what_is_reasonable_without_a_legal_basis_is_explained_not_refused(
    clear: bool, reasonable: bool, finding: str
) -> None:
    assert finding == rules.finding_of(facts_clear_and_lawful=clear, reasonable=reasonable)


def test_only_a_supporting_opinion_is_executed() -> None:
    assert rules.execution_is_urged(finding="supported")
    assert not rules.execution_is_urged(finding="explained")


@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        ({}, True),
        ({"already": 10, "asked": 20}, True),
        ({"already": 10, "asked": 21}, False),
        ({"asked": 0}, False),
        ({"today": TOMORROW}, False),
        ({"approved_by_head_of_handling_organ": False}, False),
        ({"reasons_told": False}, False),
        ({"complex_case": False}, False),
    ],
)
def test_handling_is_extended_before_its_end_by_its_own_head_thirty_days_in_all(
    change: dict[str, object], allowed: bool
) -> None:
    most = LAW.limit_by_id("T5").max_total
    usual: dict[str, object] = {
        "complex_case": True,
        "approved_by_head_of_handling_organ": True,
        "reasons_told": True,
        "already": 0,
        "asked": 30,
        "most": most,
        "today": TODAY,
        "due": TODAY,
    }

    assert allowed is rules.extension_allowed(**(usual | change))  # type: ignore[arg-type]


def test_nobody_signs_away_the_right_to_petition() -> None:
    assert not rules.settlement_valid(written=True, promises_not_to_petition=True)
    assert not rules.withdrawal_valid(own_wish=True, recorded=True, promises_not_to_petition=True)
    assert rules.withdrawal_valid(own_wish=True, recorded=True, promises_not_to_petition=False)


def test_without_proven_service_no_request_is_late() -> None:
    assert rules.request_in_time(filed_on=TODAY, due=None)
    assert rules.request_in_time(filed_on=TODAY, due=TODAY)
    assert not rules.request_in_time(filed_on=TOMORROW, due=TODAY)


def test_nobody_reviews_an_own_opinion() -> None:
    assert rules.may_review(is_next_higher=True, signed_the_opinion=False)
    assert not rules.may_review(is_next_higher=True, signed_the_opinion=True)
    assert not rules.may_review(is_next_higher=False, signed_the_opinion=False)


def test_a_hearing_stops_the_re_review_and_no_other_clock() -> None:
    stopped = {
        limit.id
        for limit in LAW.limits()
        if limit.version == "R22" and rules.suspends(limit=limit, event="hearing")
    }

    assert {"T10"} == stopped
    assert not rules.suspends(limit=LAW.limit_by_id("T10"), event="mediation")


def test_a_re_review_opinion_is_published_only_heard_and_anonymised() -> None:
    assert rules.publication_allowed(heard=True, anonymised=True, accusation=False)
    assert not rules.publication_allowed(heard=False, anonymised=True, accusation=False)
    assert not rules.publication_allowed(heard=True, anonymised=False, accusation=False)
    assert not rules.publication_allowed(heard=True, anonymised=True, accusation=True)


@pytest.mark.parametrize(
    ("served", "facts", "reasons", "refused"),
    [
        (True, True, True, True),
        (False, True, True, False),
        (True, False, True, False),
        (True, True, False, False),
    ],
    ids=["final", "no re-review", "new facts", "new reasons"],
)
def test_only_a_re_review_of_the_same_facts_and_reasons_is_final(
    served: bool, facts: bool, reasons: bool, refused: bool
) -> None:
    assert refused is rules.refused_for_good(
        re_review_opinion_served=served, same_facts=facts, same_reasons=reasons
    )


def test_a_passed_duty_is_supervised_and_a_passed_power_only_lapses() -> None:
    supervised = {
        limit.id
        for limit in LAW.limits()
        if limit.version == "R22" and rules.supervision_owed(limit=limit, passed=True)
    }

    assert {"T1", "T2", "T3", "T5", "T8", "T10", "U10"} == supervised


def test_a_petition_office_is_supervised_by_its_superior() -> None:
    assert rules.supervision_office(debtor_is_petition_office=True) == "superior_of_debtor"
    assert rules.supervision_office(debtor_is_petition_office=False) == "petition_office"


@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        ({}, True),
        ({"route": "suggestion"}, True),
        ({"route": "route_4"}, False),
        ({"first_petition": False}, False),
        ({"simple_ground": False}, False),
        ({"assigned_by_superior": True}, False),
        ({"refusal_likely": True}, False),
        ({"several_bodies_or_joint": True}, False),
        ({"grave_or_complex": True}, False),
    ],
)
def test_simplified_handling_is_for_first_and_simple_petitions(
    change: dict[str, object], allowed: bool
) -> None:
    usual: dict[str, object] = {
        "first_petition": True,
        "route": "route_6",
        "simple_ground": True,
        "assigned_by_superior": False,
        "refusal_likely": False,
        "several_bodies_or_joint": False,
        "grave_or_complex": False,
    }

    assert allowed is rules.simplified_allowed(**(usual | change))  # type: ignore[arg-type]


def test_what_was_sent_is_not_yet_received() -> None:
    assert not rules.service_starts_limit(proven=False, electronic=False, consented=True)
    assert not rules.service_starts_limit(proven=True, electronic=True, consented=False)
    assert rules.service_starts_limit(proven=True, electronic=False, consented=False)
