"""Changes of the shipped drawings that break the law: what is changed, the rule that must refuse it, and its article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tests.drafting.mutations.redrawing import Edit


@dataclass(frozen=True, slots=True)
class Mutation:
    """A change; *rule* and *clause* are of a finding that must be among those that refuse it."""

    name: str
    edits: tuple[Edit, ...]
    rule: str
    clause: str
    files: Mapping[str, str] = field(default_factory=dict)


def bad(name: str, rule: str, clause: str, *edits: Edit, **files: str) -> Mutation:
    return Mutation(
        name, edits, rule, clause, {key.replace("__", "/"): text for key, text in files.items()}
    )


CLOCK, END, OWED, STEP, POWER, IDLE, EVER = (
    "duty_without_clock", "end_with_duty", "duty_passed_by", "refused_step", "power_not_offered", "clock_without_duty",
    "waits_for_ever",
)  # fmt: skip

UNLAWFUL: Final = (
    # ---- timers taken away
    bad("sorting without its timer", CLOCK, "22(1)", ("remove", "sorting_overdue")),
    bad("direct sorting without its timer", CLOCK, "23(2)", ("remove", "direct_sorting_overdue")),
    bad("direct notice without its timer", CLOCK, "23(2)", ("remove", "direct_notice_overdue")),
    bad("notice without its timer", CLOCK, "23(3)", ("remove", "notice_overdue")),
    bad("objection decided without the timer of the notice", CLOCK, "23(3)", ("remove", "objection_notice_overdue")),
    bad("dispute decided without the timer of the notice", CLOCK, "23(3)", ("remove", "dispute_notice_overdue")),
    bad("presumed acceptance without a timer", CLOCK, "34", ("remove", "presumed_overdue")),
    bad("presumed acceptance in an objection without a timer", CLOCK, "34", ("remove", "objection_handling_overdue")),
    bad("handling without its timer", CLOCK, "34", ("remove", "handling_overdue")),
    bad("service without the timer of handling", CLOCK, "34", ("remove", "opinion_late")),
    bad("service without the timer of the review", CLOCK, "35", ("remove", "review_late")),
    bad("service without the timer of the re-review", CLOCK, "36(1)", ("remove", "re_review_late")),
    bad("review without its timer", CLOCK, "35", ("remove", "review_overdue")),
    bad("re-review without its timer", CLOCK, "36(1)", ("remove", "re_review_overdue")),
    bad("an assigned day without its timer", CLOCK, "22(1)(3)", ("remove", "handling_report_overdue")),
    bad("the period for a review without its timer", STEP, "35", ("remove", "review_period_over")),
    bad("the period for a re-review without its timer", STEP, "36(1)", ("remove", "re_review_period_over")),
    # ---- timers that listen to something else, or stand elsewhere
    bad("handling listens to the notice", CLOCK, "34", ("word", "handling_overdue", "clock", "T3")),
    bad("the notice listens to the objection", CLOCK, "23(3)", ("word", "notice_overdue", "clock", "T4")),
    bad("review listens to the re-review", CLOCK, "35", ("word", "review_overdue", "clock", "T10")),
    bad("re-review listens to the review", IDLE, "35", ("word", "re_review_overdue", "clock", "T8")),
    bad("the petitioner's period listens to handling", IDLE, "34", ("word", "review_period_over", "clock", "T5")),
    bad("a review that ends with the petitioner's other period", IDLE, "36(1)",
        ("word", "review_period_over", "clock", "T9")),
    bad("the timer of handling on the answer to a suggestion", IDLE, "34",
        ("plain", "handling_overdue", "attachedToRef", "answer_suggestion")),
    bad("a timer of the review on the investigation", IDLE, "35", ("timer", "investigate", "misplaced", "clock", "T8")),
    bad("an objection period while the opinion is written", IDLE, "23(3)",
        ("timer", "issue_opinion", "misplaced", "clock", "T4")),
    bad("the passing of handling takes the service away", "clock_takes_away", "34",
        ("plain", "opinion_late", "cancelActivity", "true")),
    bad("the passing of the review takes the review away", "clock_takes_away", "35",
        ("plain", "review_overdue", "cancelActivity", "true")),
    bad("what an objection opens is timed by the office alone", CLOCK, "23(3)",
        ("word", "objection_notice_overdue", "clock", ""), ("word", "objection_notice_overdue", "limit", "5 days")),
    # ---- notices skipped
    bad("acceptance skipped", STEP, "23", ("remove", "accept")),
    bad("a diversion without its notice", OWED, "31", ("remove", "divert")),
    bad("a duty taken on without its notice", STEP, "23", ("remove", "undertake")),
    bad("a suggestion not acknowledged", STEP, "23", ("remove", "acknowledge")),
    bad("declined without its notice", OWED, "19(3)", ("lead", "way_of_office_to_decline", "end_merge")),
    bad("refused for good without its notice", OWED, "36(3)", ("remove", "refuse_for_good")),
    bad("guided out without telling where", OWED, "23(1)", ("remove", "guide_out")),
    bad("referred down without telling where", OWED, "23(1)", ("lead", "way_of_organ_to_refer_down", "end_own")),
    bad("litigation not transferred", OWED, "22(2)", ("remove", "forward_litigation")),
    bad("a visitor not told the law", OWED, "22(2)", ("remove", "explain_procedure")),
    bad("an urgent matter not reported", OWED, "25(1)",
        ("condition", "is_urgent_to_report_urgent", "joint and not urgent_reported")),
    bad("an accusation not passed on", STEP, "22(2)", ("remove", "forward_accusation")),
    bad("an objection left without an answer", STEP, "24", ("lead", "objected_to_decide_objection", "at_organ")),
    bad("a suggestion not answered", OWED, "29", ("word", "answer_suggestion", "act", ""),
        ("word", "answer_suggestion", "form", "site-visit")),
    bad("a duty not answered", OWED, "31(5)", ("word", "answer_duty", "act", ""), ("word", "answer_duty", "form", "site-visit")),
    # ---- handling
    bad("an opinion without hearing the petitioner", STEP, "31(6)", ("remove", "hear_petitioner")),
    bad("an opinion without an investigation", STEP, "31(6)", ("remove", "investigate")),
    bad("the opinion before the investigation", STEP, "31(6)",
        ("act", "hear_petitioner_to_investigate", "early", "issue_opinion", "head")),
    bad("opinion and investigation side by side", STEP, "31(6)",
        ("act", "hear_petitioner_to_investigate", "early", "issue_opinion", "head"), ("together", "early", "investigate")),
    bad("handling before acceptance", STEP, "23", ("act", "by_proposed_route_to_accept", "early", "issue_opinion", "head")),
    bad("handled whatever the path", STEP, "31(6)", ("condition", "by_route_to_answer_suggestion", "joint")),
    bad("an extension after the limit", STEP, "34", ("act", "settled_here_to_call_service", "prolong", "extend", "head")),
    bad("an extension that may come after the limit", STEP, "34",
        ("act", "appoint_to_hear_petitioner", "prolong", "extend", "head")),
    bad("an extension of the review", STEP, "34", ("act", "review_requested_to_decide_review", "prolong", "extend", "head")),
    bad("two extensions in a row", STEP, "34",
        ("act", "appoint_to_hear_petitioner", "prolong", "extend", "head"),
        ("act", "hear_petitioner_to_investigate", "prolong_again", "extend", "head")),
    bad("a hearing of the re-review in first handling", STEP, "36(2)",
        ("word", "hold_hearing", "act", "close_hearing"), ("word", "hold_hearing", "organ", "re_review_organ"),
        ("word", "hold_hearing", "role", "reviewer")),
    bad("a settlement that nobody performs", STEP, "35", ("lead", "agreed_terms_to_confirm_performance", "end_performed")),
    # ---- service and remedies
    bad("service skipped", STEP, "35", ("lead", "settled_here_to_call_service", "end_served")),
    bad("dispatch skipped", STEP, "35", ("remove", "dispatch")),
    bad("service never proved", STEP, "35", ("remove", "prove_service")),
    bad("an end before the service", CLOCK, "34", ("end", "settled_here_to_call_service", "hasty")),
    bad("served even when it did not arrive", STEP, "35", ("lead", "is_delivered_to_to_serve", "end_delivered")),
    bad("a review opinion that is not served", CLOCK, "35",
        ("lead", "decide_review_to_call_service_of_review", "end_review_served")),
    bad("a re-review opinion that is not served", OWED, "36(1)",
        ("lead", "decide_re_review_to_call_service_of_re_review", "end_re_review_served")),
    bad("no review after an opinion", POWER, "35", ("lead", "remedies_begin_to_remedies", "remedied")),
    bad("no re-review after a review", POWER, "36(1)", ("lead", "review_outcome_to_to_re_review", "end_review")),
    bad("a review that must wait for the execution", POWER, "35",
        ("wait", "which_remedy_to_call_review", "patience", "limit", "9 days")),
    bad("a review after a suggestion", STEP, "35", ("lead", "treated_to_end_replied", "remedies_begin")),
    bad("a review after a duty", STEP, "35", ("lead", "treated_to_end_duty", "remedies_begin")),
    bad("a review after an accusation", STEP, "35", ("lead", "accusation_handling_to_end_accusation", "remedies_begin")),
    bad("a diverted matter is handled", STEP, "28(3)", ("lead", "by_way_to_end_diverted", "treatment")),
    bad("a re-review without a review", STEP, "36(1)", ("lead", "which_remedy_to_call_review", "to_re_review")),
    bad("a re-review after an order to redo", STEP, "36(1)",
        ("condition", "review_outcome_to_to_re_review", "review_served")),
    bad("a review after a settlement", STEP, "35", ("lead", "treated_to_end_settled", "remedies_begin")),
    bad("a review decided before it is asked for", STEP, "35", ("remove", "request_review")),
    bad("a supported opinion not executed", OWED, "32(2)", ("remove", "confirm_execution")),
    bad("execution only of what was not supported", STEP, "32(2)",
        ("condition", "is_supported_to_confirm_execution", 'finding == "explained" and not executed')),
    bad("an assigned matter not reported", END, "22(1)(3)", ("remove", "report_completion")),
    bad("no help after the end", OWED, "37(3)", ("lead", "remedied_to_care_work", "end_final")),
    bad("no help after a refusal for good", OWED, "37(3)", ("lead", "by_way_to_care_after_refusal", "end_no_longer")),
    bad("a hearing that is never closed", STEP, "36(2)", ("lead", "hearing_ordered_here_to_close_hearing", "re_review_weigh")),
    # ---- choices and ends
    bad("what lies outside is merged", OWED, "23(1)", ("condition", "way_of_organ_to_guide_out", 'disposition == "repeat"'),
        ("condition", "way_of_organ_to_merge_direct", 'disposition == "outside"')),
    bad("the default of the treatment is the duty", STEP, "31",
        ("default", "by_route", "by_route_to_answer_duty", 'route == "suggestion"')),
    bad("every matter settled", CLOCK, "34", ("condition", "settled_here_to_end_settled_here", "heard"),
        ("condition", "treated_to_end_settled", "heard")),
    bad("sorted by the wrong facts", CLOCK, "23(3)", ("condition", "sent_by_office_to_sent", 'disposition == "assign"')),
    bad("the urgent branch ends everything", END, "22(1)", ("terminate", "end_not_urgent")),
    bad("an end before the sorting", END, "22(1)", ("end", "resume_where_to_call_routing", "hasty")),
    bad("an end before the path", OWED, "31", ("end", "signed_to_route", "hasty")),
    bad("a withdrawal that the drawing does not follow", STEP, "22(1)", ("remove", "withdrawn")),
    bad("an objection that the drawing does not follow", STEP, "24", ("remove", "objected")),
    bad("a dispute that the drawing does not follow", STEP, "24", ("remove", "disputed")),
    bad("a change of path that the drawing does not follow", STEP, "31(6)", ("remove", "rerouted")),
    bad("a hearing that the drawing does not follow", STEP, "36(2)", ("remove", "hearing_ordered_here")),
    # ---- loops and waits
    bad("a join that waits for a branch that is not taken", EVER, "35", ("kind", "review_requested", "parallelGateway")),
    bad("a loop that never leads out", EVER, "34", ("condition", "next_way_to_hold_hearing", "heard")),
    bad("supervised without end", STEP, "40(1)", ("condition", "is_rectified_to_end_rectified", "joint"),
        ("condition", "is_rectified_to_recommend_accountability", "litigation")),
    bad("a clock that nobody starts is waited for", EVER, "34", ("wait", "appoint_to_hear_petitioner", "idle", "clock", "T8")),
    # ---- supervision
    bad("supervision ends before the breach is put right", OWED, "40(1)", ("end", "supervise_to_feedback", "hasty")),
    bad("supervision ends whatever the feedback says", OWED, "40(1)",
        ("lead", "judge_feedback_to_is_rectified", "end_rectified")),
    bad("no feedback on advice", OWED, "40(4)", ("remove", "feedback")),
    bad("accountability without a serious result", STEP, "40(3)",
        ("condition", "is_rectified_to_recommend_accountability", "not serious")),
    # ---- words and papers
    bad("a step that grades people", "forbidden_wording", "个人信息保护法6", ("plain", "appoint", "name", "认定重点" + "人员")),
    bad("a step that asks for silence", "forbidden_wording", "宪法41", ("plain", "mediate", "name", "签订不再上访" + "承诺书")),
    bad("a paper that the act does not issue", "document_not_issued", "35",
        ("word", "investigate", "document", "review_opinion")),
)  # fmt: skip
