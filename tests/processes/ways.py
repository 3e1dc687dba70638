"""Ways through the shipped drawings, as scripts: what is done, with which facts, and where the petition must come out.

A move is the id of a step that is completed, ``!act`` for a standing act that is delivered, ``@T5`` for a limit that passes.
The facts given with a move are those that its act sets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Move:
    what: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    name: str
    process: str
    moves: tuple[Move, ...]
    ends: str
    begins_with: Mapping[str, object] = field(default_factory=dict)
    passes: frozenset[str] = frozenset()


def do(what: str, **facts: object) -> Move:
    return Move(what, facts)


def way(
    name: str,
    process: str,
    *moves: Move | tuple[Move, ...],
    ends: str,
    passes: tuple[str, ...] = (),
    **begins_with: object,
) -> Way:
    flat = [one for move in moves for one in (move if isinstance(move, tuple) else (move,))]
    return Way(
        name=name,
        process=process,
        moves=tuple(flat),
        ends=ends,
        begins_with=begins_with,
        passes=frozenset(passes),
    )


# ---- stretches that many ways share -----------------------------------------------------------------------------------

FORWARDED = (do("sort", disposition="forward"), do("forward"), do("sign_for", signed_for=True))
ACCEPTED = (*FORWARDED, do("route", route="route_6"), do("accept"))
HANDLED = (
    do("appoint"), do("hear_petitioner", heard=True), do("investigate", next_step="opinion"),
    do("issue_opinion", finding="not_supported", opinion_issued=True),
)  # fmt: skip
SERVED = (do("dispatch", service="dispatched"), do("prove_service", service="delivered"))
ANSWERED = (*ACCEPTED, *HANDLED, *SERVED)
REVIEWED = (
    do("request_review"), do("decide_review", review_result="maintained"), do("dispatch"),
    do("prove_service", service="delivered", review_served=True),
)  # fmt: skip
RE_REVIEWED = (
    do("request_re_review"), do("decide_re_review"), do("dispatch"),
    do("prove_service", service="delivered", re_review_served=True, closing="final"),
)  # fmt: skip
LAPSED = (do("@T7"), do("confirm_lapse", review_lapse="confirmed", closing="lapsed"))


def _sorted_out() -> list[Way]:
    """Everything that sorting can lead to, at a petition office and at an organ that received the matter itself."""
    ends = {
        "litigation_forward": ("forward_litigation", "litigation"),
        "litigation_explain": ("explain_procedure", "litigation"),
        "barred": ("decline", "barred"),
        "repeat": ("merge", "merged"),
    }
    found = []
    for disposition, (act, closing) in ends.items():
        for direct in (False, True):
            first = do("sort_direct" if direct else "sort", disposition=disposition)
            step = do(f"{act}_direct" if direct else act, closing=closing)
            found.append(
                way(
                    f"{disposition}, {direct=}",
                    "petition",
                    first,
                    step,
                    ends=f"end_{closing}",
                    direct=direct,
                )
            )
    return found


WAYS: tuple[Way, ...] = (
    # intake and routing
    *_sorted_out(),
    way("refused for good, and helped", "petition",
        do("sort", disposition="no_longer"), do("refuse_for_good", closing="no_longer"), do("care_refused"),
        ends="end_no_longer"),
    way("refused for good by an organ, and helped", "petition",
        do("sort_direct", disposition="no_longer"), do("refuse_for_good_direct", closing="no_longer"),
        do("care_refused_direct"), direct=True, ends="end_no_longer"),
    way("guided to the competent organ", "petition",
        do("sort_direct", disposition="outside"), do("guide_out", closing="guided_out"),
        direct=True, ends="end_guided_out"),
    way("accusation", "petition",
        do("sort", disposition="accusation"), do("forward_accusation"), do("receive_accusation"),
        do("conclude_accusation", closing="accusation"), ends="end_accusation"),
    way("accusation received by an organ", "petition",
        do("sort_direct", disposition="accusation"), do("forward_accusation_direct"), do("receive_accusation"),
        do("conclude_accusation"), direct=True, ends="end_accusation"),
    way("accusation found when routing", "petition",
        FORWARDED, do("route", route="accusation"), do("forward_accusation_by_organ"), do("receive_accusation"),
        do("conclude_accusation"), ends="end_accusation"),
    way("reported as urgent", "petition",
        do("report_urgent", urgent_reported=True), do("sort", disposition="barred"), do("decline", closing="barred"),
        urgent=True, ends="end_barred", passes=("end_urgent",)),
    way("reported as urgent by an organ", "petition",
        do("report_urgent_direct", urgent_reported=True), do("sort_direct", disposition="barred"),
        do("decline_direct", closing="barred"), urgent=True, direct=True, ends="end_barred", passes=("end_urgent",)),
    way("sorted late", "petition", do("@T1"), do("sort", disposition="barred"), do("decline", closing="barred"),
        ends="end_barred", passes=("end_sorting_overdue",)),
    way("sorted late by an organ", "petition",
        do("@T2"), do("sort_direct", disposition="barred"), do("decline_direct", closing="barred"),
        direct=True, ends="end_barred", passes=("end_direct_sorting_overdue",)),
    way("withdrawn before it is sorted", "petition", do("!withdraw"), ends="end_withdrawn"),
    way("withdrawn while it is handled", "petition", ACCEPTED, do("appoint"), do("!withdraw"), ends="end_withdrawn"),
    way("withdrawn while its review runs", "petition", ANSWERED, do("request_review"), do("!withdraw"),
        ends="end_withdrawn"),
    # the organ that received it
    way("led into another procedure", "petition", FORWARDED, do("route", route="route_2"), do("divert"),
        ends="end_diverted"),
    way("objection agreed, sorted anew", "petition",
        FORWARDED, do("!object", objection="raised"),
        do("decide_objection", objection="agreed", disposition=None, signed_for=False),
        do("sort", disposition="assign"), do("assign", assigned=True, objection=None),
        do("sign_for", signed_for=True), do("route", route="route_1"), do("divert"), ends="end_diverted"),
    way("objection refused", "petition",
        FORWARDED, do("!object", objection="raised"), do("@T3"), do("@T5"), do("@U10"),
        do("decide_objection", objection="refused"), do("route", route="route_1"), do("divert"),
        ends="end_diverted", passes=("end_objection_notice_overdue", "end_objection_handling_overdue",
                                     "end_objection_report_overdue")),
    way("jurisdiction disputed", "petition",
        do("sort_direct", disposition="own"), do("!dispute", dispute="raised"), do("@T2"), do("@T3"), do("@T5"),
        do("@U10"),
        do("decide_jurisdiction", dispute="decided", direct=False), do("sign_for", signed_for=True),
        do("route", route="route_3"), do("divert"), direct=True, ends="end_diverted",
        passes=("end_dispute_notice_overdue", "end_dispute_handling_overdue", "end_dispute_direct_notice_overdue",
                "end_dispute_report_overdue")),
    way("referred down, every clock of the organ overdue", "petition",
        do("@T5"), do("sort_direct", disposition="subordinate"), do("refer_down", direct=False), do("@T2"), do("@T4"),
        do("@T3"), do("@T5"), do("@U10"), do("sign_for", signed_for=True), do("route", route="route_4"), do("divert"),
        direct=True, ends="end_diverted",
        passes=("end_direct_sorting_presumed_overdue", "end_direct_notice_overdue", "end_objection_lapsed",
                "end_notice_overdue", "end_presumed_overdue", "end_report_overdue")),
    way("a duty performed", "petition",
        FORWARDED, do("route", route="route_5"), do("undertake"), do("answer_duty", closing="duty"), ends="end_duty"),
    way("a suggestion answered", "petition",
        FORWARDED, do("route", route="suggestion"), do("acknowledge"), do("answer_suggestion", closing="replied"),
        ends="end_replied"),
    way("rerouted from a suggestion to handling, then elsewhere", "petition",
        FORWARDED, do("route", route="suggestion"), do("acknowledge"), do("!reroute", route="route_6"), do("appoint"),
        do("!reroute", route="route_2"), ends="end_diverted"),
    # handling
    way("settled after a hearing", "petition",
        ACCEPTED, do("appoint"), do("hear_petitioner"), do("investigate", next_step="hearing"),
        do("hold_hearing", next_step="mediation"), do("mediate", settled=True),
        do("confirm_performance", performed=True, closing="settled"), ends="end_settled",
        passes=("end_performed", "end_settled_here")),
    way("mediated in vain, then not performed, then an opinion late", "petition",
        ACCEPTED, do("appoint"), do("hear_petitioner"), do("investigate", next_step="mediation"),
        do("mediate", settled=False), do("mediate", settled=True), do("@T5"), do("@U10"),
        do("confirm_performance", performed=False, settled=False, next_step="opinion"),
        do("issue_opinion", finding="explained"), SERVED, LAPSED, ends="end_lapsed",
        passes=("end_handling_overdue", "end_handling_report_overdue", "end_opinion")),
    # service
    way("served at the second attempt, each limit passed", "petition",
        ACCEPTED, HANDLED, do("@T5"), do("dispatch"), do("prove_service", service="undelivered"),
        do("@T8"), do("@T10"), SERVED, LAPSED, ends="end_lapsed",
        passes=("end_opinion_late", "end_review_late", "end_re_review_late")),
    # execution and remedies
    way("supported and executed", "petition",
        ACCEPTED, HANDLED[:-1], do("issue_opinion", finding="supported"), SERVED, do("confirm_execution", executed=True),
        LAPSED, ends="end_lapsed", passes=("end_executed",)),
    way("assigned and reported", "petition",
        do("sort", disposition="assign"), do("assign", assigned=True), do("sign_for", signed_for=True),
        do("route", route="route_6"), do("accept"), HANDLED, SERVED, do("@U10"),
        do("report_completion", reported_complete=True), LAPSED, ends="end_lapsed",
        passes=("end_remedies_report_overdue", "end_reported")),
    way("reviewed and re-reviewed to the end", "petition", ANSWERED, REVIEWED, RE_REVIEWED, do("care"), ends="end_final"),
    way("to the end of a matter received directly", "petition",
        do("sort_direct", disposition="own"), do("route", route="route_6"), do("accept"), HANDLED, SERVED, REVIEWED,
        RE_REVIEWED, do("care_direct"), direct=True, ends="end_final"),
    way("changed in review while it is executed and reported", "petition",
        do("sort", disposition="assign"), do("assign", assigned=True), do("sign_for", signed_for=True),
        do("route", route="route_6"), do("accept"), HANDLED[:-1], do("issue_opinion", finding="supported"), SERVED,
        do("request_review"), do("decide_review", review_result="changed"), do("!opinion_replaced"), do("dispatch"),
        do("prove_service", service="delivered", review_served=True), do("report_completion", reported_complete=True),
        do("@T9"), do("confirm_lapse_of_re_review", re_review_lapse="confirmed", closing="lapsed"), ends="end_lapsed",
        passes=("end_execution_overtaken", "end_reported")),
    way("to be handled anew, then lapsed", "petition",
        do("sort", disposition="assign"), do("assign", assigned=True), do("sign_for", signed_for=True),
        do("route", route="route_6"), do("accept"), HANDLED, SERVED, do("request_review"), do("@T8"),
        do("decide_review", review_result="redo"), do("!opinion_replaced"), do("dispatch"),
        do("prove_service", service="delivered", review_served=True), HANDLED[:-1],
        do("issue_opinion", review_result=None, review_served=False), SERVED,
        do("report_completion", reported_complete=True), LAPSED, ends="end_lapsed",
        passes=("end_report_put_off", "end_review_overdue")),
    way("late request excused, hearing in re-review, everything late", "petition",
        ANSWERED, do("@T7"), do("confirm_lapse", review_lapse="excused"), do("request_review_late"), REVIEWED[1:],
        do("@T9"), do("confirm_lapse_of_re_review", re_review_lapse="excused"), do("request_re_review_late"),
        do("!order_hearing"), do("close_hearing"), do("@T10"), RE_REVIEWED[1:], do("care"), ends="end_final",
        passes=("end_re_review_overdue",)),
    way("reopened for a late review", "petition",
        do("request_review_late", restart=None), REVIEWED[1:], RE_REVIEWED, do("care"),
        restart="review", review_lapse="excused", ends="end_final"),
    way("reopened for a late re-review", "petition",
        do("request_re_review_late", restart=None), RE_REVIEWED[1:], do("care"), restart="re_review",
        re_review_lapse="excused", review_result="maintained", review_served=True, ends="end_final"),
    # supervision
    way("rectified at the second letter", "supervision",
        do("supervise"), do("feedback"), do("judge_feedback", rectified=False), do("supervise"), do("feedback"),
        do("judge_feedback", rectified=True), ends="end_supervision", passes=("end_rectified",)),
    way("serious consequences", "supervision",
        do("supervise"), do("feedback"), do("judge_feedback", serious=True), do("recommend_accountability"),
        ends="end_supervision", passes=("end_recommended",)),
    way("annulled", "supervision", do("supervise"), do("!annul_supervision"), ends="end_annulled"),
)  # fmt: skip
