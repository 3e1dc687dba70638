"""Transfer, objection, dispute, and the path of Art. 31 (Arts. 22–24, 31)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engine.acts.acceptance import NOT_SIXTY_DAYS
from engine.errors import OutOfTime
from engine.petition.deadlines import DeadlineState
from tests.acts.situations import (
    CITY_HOUSING,
    HOUSING,
    LABOUR,
    MONDAY,
    PO,
    accepted,
    forwarded,
    opined,
    registered,
)


def _days(count: int) -> date:
    return MONDAY + timedelta(days=count)


def test_forwarding_ends_the_sorting_and_starts_notice_and_objection_on_arrival() -> None:
    matter = registered().does("sort", "anna").turn_to(_days(3))
    assert "arrived_on" in matter.at_fault("forward", "anna", arrived_on=str(_days(1)))
    matter.does("forward", "anna", arrived_on=str(_days(3)), forwarded_on=str(_days(2)))

    assert matter.row("T1").closed_on == _days(2)
    assert {matter.row(limit).started_on for limit in ("T3", "T4")} == {_days(3)}
    assert {matter.row(limit).debtor for limit in ("T3", "T4")} == {HOUSING}
    assert matter.refused("forward", "anna").article == "22(1)"


def test_a_late_entry_of_an_early_forwarding_meets_the_limit_and_ends_the_supervision() -> None:
    matter = registered().does("sort", "anna").turn_to(_days(20))
    assert matter.row("T1").state is DeadlineState.OVERDUE
    matter.does("forward", "anna", forwarded_on=str(_days(10)))

    assert matter.row("T1").state is DeadlineState.MET
    assert matter.follow_ups[-1].act == "annul_supervision"
    assert matter.follow_ups[-1].opened_by == matter.follow_ups[-2].key


def test_trap_27_an_assigned_day_may_shorten_but_never_lengthen() -> None:
    matter = registered().does("sort", "anna", disposition="assign")

    assert matter.refused("assign", "anna", assigned_due="2026-12-31").article == "22(1)(3)"
    matter.does("assign", "anna", assigned_due=str(_days(30)))
    assert matter.row("U10").legal_due == _days(30)
    matter.does("route", "carl").does("accept", "carl")
    assert matter.row("T5").nominal_due == _days(60)


def test_an_unknown_or_dissolved_organ_is_no_destination() -> None:
    assert "organ" in registered().at_fault("forward", "anna", organ="nowhere")


def test_trap_30_a_transfer_to_the_organ_complained_of_needs_a_reason() -> None:
    matter = registered(accused_organ=HOUSING).does("sort", "anna")

    assert "conflict_reason" in matter.at_fault("forward", "anna")
    assert matter.does("forward", "anna", conflict_reason="唯一有权机关").last.warnings


def test_signing_moves_no_clock() -> None:
    matter = forwarded()
    before = matter.ledger

    assert matter.turn_to(_days(2)).does("sign_for", "carl").ledger == before


# ---- objection ---------------------------------------------------------------------------------------------------------


def test_trap_26_an_objection_returns_nothing_until_it_is_agreed() -> None:
    matter = forwarded().does("object", "carl", proposed_organ=LABOUR)

    assert matter.facts["organ"] == HOUSING
    assert matter.row("T3").open
    assert matter.row("T4").state is DeadlineState.MET
    matter.does("decide_objection", "anna")
    assert "organ" not in matter.facts
    assert matter.row("T3").state is DeadlineState.VOID
    assert (matter.row("T1").id, matter.row("T1").debtor) == ("T1#2", PO)


def test_a_refused_objection_restarts_nothing() -> None:
    matter = forwarded().does("object", "carl")
    before = matter.row("T3")
    matter.turn_to(_days(2)).does("decide_objection", "anna", agreed=False)

    assert matter.row("T3") == before
    assert matter.facts["objection"] == "refused"


def test_an_objection_after_its_five_working_days_is_out_of_time_and_the_notice_still_owed() -> (
    None
):
    matter = forwarded().turn_to(date(2026, 3, 10))

    assert isinstance(matter.refused("object", "carl"), OutOfTime)
    assert matter.row("T3").open
    assert (
        forwarded().turn_to(date(2026, 3, 9)).does("object", "carl").facts["objection"] == "raised"
    )


def test_objections_belong_to_transferred_petitions_before_a_route_is_chosen() -> None:
    assert registered("carl").refused("object", "carl").article == "23(3)"
    assert forwarded().does("route", "carl").refused("object", "carl").article == "23(3)"
    assert forwarded().refused("decide_objection", "anna").article == "23(3)"


def test_a_second_transfer_has_clocks_of_its_own() -> None:
    matter = (
        forwarded().does("object", "carl").does("decide_objection", "anna").does("sort", "anna")
    )
    matter.turn_to(_days(4)).does("forward", "anna", organ=LABOUR)

    assert [row.debtor for row in matter.ledger.of("T3")] == [HOUSING, LABOUR]
    assert matter.row("T4").started_on == _days(4)
    assert matter.facts["transfers"] == 2


def test_a_referred_petition_that_comes_back_is_owed_by_the_organ_that_referred_it() -> None:
    matter = (
        registered("fay").does("sort", "fay", disposition="subordinate").does("refer_down", "fay")
    )
    matter.does("object", "carl").does("decide_objection", "fay")

    assert (matter.facts["organ"], matter.facts["direct"]) == (CITY_HOUSING, True)
    assert (matter.row("T2").id, matter.row("T2").debtor) == ("T2#2", CITY_HOUSING)
    assert matter.may("decide_objection", "fay")


# ---- dispute -----------------------------------------------------------------------------------------------------------


def test_a_dispute_goes_to_the_common_superior_and_stops_no_clock() -> None:
    matter = forwarded().does("dispute", "carl")

    assert matter.facts["decider"] == "county.government"
    assert matter.row("T3").open


def test_a_dispute_without_a_common_superior_goes_to_the_joint_conference() -> None:
    matter = registered().does("sort", "anna").does("forward", "anna", organ="county.tax")
    matter.does("dispute", "tina", disputing_organ="county.discipline")

    assert str(matter.facts["decider"]).endswith("conference")


def test_a_designated_organ_owes_the_notice_from_the_designation_and_cannot_object() -> None:
    matter = forwarded().does("dispute", "carl").turn_to(_days(3))
    matter.does("decide_jurisdiction", "jane", organ=LABOUR)

    assert [row.state for row in matter.ledger.of("T3")] == [
        DeadlineState.VOID,
        DeadlineState.RUNNING,
    ]
    assert (matter.row("T3").debtor, matter.row("T3").started_on) == (LABOUR, _days(3))
    assert matter.refused("object", "emil").article == "23(3)"


def test_no_path_is_chosen_while_an_objection_or_a_dispute_is_open() -> None:
    assert forwarded().does("object", "carl").refused("route", "carl").article == "24"
    assert forwarded().does("dispute", "carl").refused("route", "carl").article == "24"


def test_an_objection_and_a_dispute_never_stand_open_side_by_side() -> None:
    assert forwarded().does("object", "carl").refused("dispute", "carl").article == "24(1)"
    assert forwarded().does("dispute", "carl").refused("object", "carl").article == "23(3)"


def test_what_came_directly_is_sorted_before_who_accepts_it_is_disputed() -> None:
    matter = registered("carl")

    assert matter.refused("dispute", "carl").article == "24(1)"
    assert (
        matter.does("sort", "carl", disposition="own").does("dispute", "carl").facts["dispute"]
        == "raised"
    )


def test_the_same_organ_designated_keeps_its_clock() -> None:
    matter = forwarded().does("dispute", "carl")
    before = matter.ledger

    assert (
        matter.turn_to(_days(3)).does("decide_jurisdiction", "jane", organ=HOUSING).ledger == before
    )
    assert matter.refused("dispute", "carl").article == "24(1)"


# ---- the path ------------------------------------------------------------------------------------------------------------


def test_the_table_proposes_and_an_override_needs_a_reason() -> None:
    matter = forwarded()

    assert "override_reason" in matter.at_fault("route", "carl", arbitration=True)
    assert (
        matter.does("route", "carl", arbitration=True, override_reason="已过仲裁").facts["route"]
        == "route_6"
    )
    assert (
        forwarded().does("route", "carl", route="route_2", arbitration=True).facts["route"]
        == "route_2"
    )


_CLOSED_PATHS = {
    "route_1": "divert", "route_2": "divert", "route_3": "divert", "route_4": "divert", "route_5": "undertake",
    "suggestion": "acknowledge",
}  # fmt: skip


@pytest.mark.parametrize(("path", "notice"), _CLOSED_PATHS.items())
def test_trap_01_sixty_days_run_only_on_route_6(path: str, notice: str) -> None:
    matter = (
        forwarded().does("route", "carl", route=path, override_reason="演示").does(notice, "carl")
    )

    assert matter.ledger.of("T5") == ()
    assert matter.row("T3").state is DeadlineState.MET
    assert matter.refused("accept", "carl").article


def test_trap_05_the_sixty_days_count_from_acceptance_by_the_competent_organ() -> None:
    matter = (
        registered()
        .does("sort", "anna")
        .turn_to(_days(12))
        .does("forward", "anna")
        .turn_to(_days(20))
    )
    matter.does("route", "carl").does("accept", "carl")

    assert matter.row("T5").started_on == _days(20)
    assert matter.row("T5").debtor == HOUSING


def test_trap_06_without_a_notice_the_matter_is_presumed_accepted_on_day_15() -> None:
    matter = forwarded().turn_to(_days(20))

    assert matter.row("T3").state is DeadlineState.OVERDUE
    assert (matter.row("T5").started_on, matter.facts["presumed_accepted"]) == (_days(15), True)
    assert matter.follow_ups[-1].act == "open_supervision"
    matter.does("route", "carl").does("accept", "carl")
    assert [row.started_on for row in matter.ledger.of("T5")] == [_days(15)]
    assert matter.row("T3").state is DeadlineState.MET_LATE


def test_the_presumption_counts_from_the_nominal_day_even_where_the_legal_day_is_later() -> None:
    friday = date(2026, 3, 6)
    matter = registered().does("sort", "anna").turn_to(friday).does("forward", "anna")
    assert (matter.row("T3").nominal_due, matter.row("T3").legal_due) == (
        date(2026, 3, 21),
        date(2026, 3, 23),
    )
    matter.turn_to(date(2026, 3, 23)).does("route", "carl").does("accept", "carl")

    assert matter.row("T3").state is DeadlineState.MET
    assert matter.row("T5").started_on == date(2026, 3, 21)


def test_a_notice_typed_in_late_puts_the_presumed_start_right() -> None:
    matter = forwarded().turn_to(_days(20)).does("route", "carl")
    matter.does("accept", "carl", notice_on=str(_days(9)))

    assert [row.started_on for row in matter.ledger.of("T5")] == [_days(9)]
    assert matter.row("T3").state is DeadlineState.MET


@pytest.mark.parametrize(("path", "notice"), _CLOSED_PATHS.items())
def test_a_presumed_acceptance_is_voided_by_any_other_path(path: str, notice: str) -> None:
    matter = (
        forwarded().turn_to(_days(20)).does("route", "carl", route=path, override_reason="演示")
    )

    assert (matter.row("T5").state, matter.row("T5").note) == (DeadlineState.VOID, NOT_SIXTY_DAYS)
    assert "accepted_on" not in matter.does(notice, "carl").facts


def test_suggestions_are_never_presumed_accepted() -> None:
    assert forwarded(category="suggestion").turn_to(_days(20)).ledger.of("T5") == ()


def test_trap_33_demands_with_different_paths_are_split() -> None:
    matter = forwarded().does("route", "carl", mixed_routes=True)

    assert matter.facts["mixed_routes"] is True
    assert any("submission" in warning.en for warning in matter.last.warnings)


@pytest.mark.parametrize("kind", ["acceptance_notice", "procedure_notice", "duty_answer"])
def test_trap_40_notices_warn_that_no_other_limit_is_stopped(kind: str) -> None:
    matter = forwarded()
    if kind == "acceptance_notice":
        matter.does("route", "carl").does("accept", "carl")
    else:
        matter.does("route", "carl", route="route_5", duty_or_violation=True).does(
            "undertake", "carl"
        )
        matter.does("answer_duty", "carl")

    assert "六十日" in matter.paper(kind).fields["warning"]


def test_rerouting_to_route_6_starts_the_sixty_days_and_tells_the_petitioner() -> None:
    matter = (
        forwarded(category="suggestion")
        .does("route", "carl", route="suggestion")
        .does("acknowledge", "carl")
    )
    matter.turn_to(_days(8)).does("reroute", "carl", route="route_6")

    assert matter.row("T5").started_on == _days(8)
    assert {"reroute_notice", "acceptance_notice"} <= {one.kind for one in matter.last.documents}


def test_rerouting_away_from_route_6_voids_the_sixty_days() -> None:
    away = {
        "procedure": "仲裁",
        "competent_body": "仲裁委",
        "its_time_limit": "一年",
        "basis": "仲裁法",
    }
    matter = accepted().does("reroute", "carl", route="route_2", **away)

    assert matter.row("T5").state is DeadlineState.VOID
    assert matter.facts["closing"] == "diverted"
    assert "procedure" in accepted().at_fault("reroute", "carl", route="route_2")


def test_nothing_is_rerouted_once_there_is_an_opinion_or_before_there_is_a_notice() -> None:
    assert opined().refused("reroute", "carl", route="suggestion").article == "31"
    assert forwarded().refused("reroute", "carl", route="suggestion").article == "31"


def test_an_assigned_matter_that_is_diverted_is_reported_to_whoever_assigned_it() -> None:
    matter = (
        registered()
        .does("sort", "anna", disposition="assign")
        .does("assign", "anna", assigned_due=str(_days(30)))
    )
    matter.does("route", "carl", route="route_2", arbitration=True).does("divert", "carl")

    assert matter.paper("completion_report").to == "office"
    assert matter.row("U10").state is DeadlineState.MET
