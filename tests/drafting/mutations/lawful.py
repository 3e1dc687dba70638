"""Changes of the shipped drawings that keep the law: each must pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from tests.drafting.mutations.redrawing import Edit


@dataclass(frozen=True, slots=True)
class Change:
    name: str
    edits: tuple[Edit, ...]
    files: Mapping[str, str] = field(default_factory=dict)


def good(name: str, *edits: Edit, files: Mapping[str, str] | None = None) -> Change:
    return Change(name, edits, files or {})


TABLE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:test">
<decision id="depth" name="depth"><decisionTable id="t" hitPolicy="UNIQUE">
<input id="i"><inputExpression id="ie" typeRef="string"><text>visit_result</text></inputExpression></input>
<output id="o" name="thorough" typeRef="boolean"/>
<rule id="r1"><inputEntry id="e1"><text>"clear"</text></inputEntry><outputEntry id="o1"><text>false</text></outputEntry></rule>
<rule id="r2"><inputEntry id="e2"><text>not("clear")</text></inputEntry><outputEntry id="o2"><text>true</text></outputEntry></rule>
</decisionTable></decision></definitions>
"""
HEARD: Final = "hear_petitioner_to_investigate"

LAWFUL: Final = (
    good("nothing at all"),
    # ---- free steps anywhere
    good("a visit before the reply", ("free", "next_way_to_issue_opinion", "visit")),
    good("a visit before the petitioner is heard", ("free", "appoint_to_hear_petitioner", "visit")),
    good("a look before the sorting", ("free", "sorting_start_to_sort", "look")),
    good("a look before direct sorting", ("free", "sorting_direct_start_to_sort_direct", "look")),
    good("a talk before the transfer", ("free", "way_of_office_to_forward", "talk")),
    good("a look before the path is chosen", ("free", "signed_to_route", "look")),
    good("a check before acceptance", ("free", "by_proposed_route_to_accept", "check")),
    good("a check after the opinion, before its service", ("free", "settled_here_to_call_service", "check"),
         ("timer", "check", "check_late", "clock", "T5")),
    good("a proof-reading before dispatch, with its clocks", ("free", "to_serve_to_dispatch", "reading"),
         ("timer", "reading", "late_opinion", "clock", "T5"), ("timer", "reading", "late_review", "clock", "T8"),
         ("timer", "reading", "late_re_review", "clock", "T10")),
    good("a study before a suggestion is answered", ("free", "by_route_to_answer_suggestion", "study")),
    good("a study before a duty is answered", ("free", "by_route_to_answer_duty", "study")),
    good("a talk before a settlement is confirmed", ("free", "agreed_terms_to_confirm_performance", "talk")),
    good("a preparation beside the appointment", ("also", "appoint", "preparation")),
    good("a note after help was given", ("free", "care_to_end_care", "note_after")),
    good("a note after an accusation is concluded", ("free", "conclude_accusation_to_accusation_end", "note_after")),
    good("a call before help goes on", ("free", "care_start_to_care_by", "call_first")),
    good("a note after an accusation is received", ("free", "receive_accusation_to_conclude_accusation", "note_first")),
    good("a note before advice", ("free", "supervise_again_to_supervise", "note_first")),
    good("two free steps in a row", ("free", HEARD, "visit"), ("free", "investigate_to_verified", "visit_again")),
    # ---- side by side
    good("a hearing is prepared by two at once", ("beside", "next_way_to_hold_hearing", "room", "invitations")),
    good("three free steps side by side", ("beside", HEARD, "visit", "files", "experts")),
    good("heard and investigated side by side", ("together", "hear_petitioner", "investigate")),
    good("a visit while the petitioner is heard", ("also", "hear_petitioner", "visit")),
    good("a visit while the facts are investigated", ("also", "investigate", "visit")),
    # ---- choices of the office's own
    good("a second visit where the first was not clear", ("free", HEARD, "visit"),
         ("choice", "investigate_to_verified", "was_clear", 'visit_result == "unclear"', "verified", "second_visit")),
    good("a visit in joint matters", ("choice", HEARD, "is_joint", "joint", "investigate", "visit")),
    good("a visit in urgent matters", ("choice", HEARD, "is_urgent_here", "urgent", "investigate", "visit")),
    good("visited until it is clear", ("free", HEARD, "visit"),
         ("choice", "investigate_to_verified", "was_clear", 'visit_result == "unclear"', "visit")),
    good("a table decides whether a second visit is made", ("free", HEARD, "visit"),
         ("table", "investigate_to_verified", "weigh", "depth"),
         ("choice", "next_way_to_issue_opinion", "is_thorough", "thorough", "issue_opinion", "second_visit"),
         files={"tables/depth.dmn": TABLE}),
    # ---- clocks of the office's own
    good("a reminder while the facts are investigated", ("timer", "investigate", "reminder", "limit", "20 days")),
    good("a reminder in working days", ("timer", "appoint", "reminder", "limit", "3 working_days")),
    good("a reminder within handling", ("timer", "call_handling", "reminder", "limit", "45 days"),
        ("word", "reminder", "within", "T5")),
    good("a reminder before the sorting is due", ("timer", "sorting", "reminder", "limit", "10 days")),
    good("a shorter limit for the review", ("timer", "decide_review", "reminder", "limit", "20 days")),
    good("a shorter limit for the re-review", ("timer", "decide_re_review", "reminder", "limit", "20 days")),
    good("a pause before the visit", ("wait", HEARD, "pause", "limit", "2 days")),
    good("handling listened to twice", ("timer", "investigate", "twice", "clock", "T5")),
    # ---- people, names, papers
    good("another countersigner", ("word", "hold_hearing", "role", "head")),
    good("renamed lanes", ("plain", "handling_lane_head", "name", "分管领导"),
        ("plain", "handling_lane_clerk", "name", "承办科室")),
    good("the reply recorded by the office", ("word", "confirm_execution", "organ", "office")),
    good("renamed steps", ("plain", "investigate", "name", "实地核实 (第三十一条第六项)")),
    good("a paper of the office's own", ("paper", HEARD, "letter", "procedure_notice")),
    good("an extra milestone", ("milestone", "investigate_to_verified", "facts_known")),
    good("milestones at every stage", ("milestone", "by_way_to_treatment", "way_chosen"),
         ("milestone", "remedies_begin_to_remedies", "concluded")),
    good("material beside the course", ("aside", "handling", "more_material", "add_material")),
    good("a recusal beside the course", ("aside", "handling", "step_aside", "recuse")),
    good("an extension noted beside the course", ("aside", "handling", "note_extension", "extend")),
)  # fmt: skip
