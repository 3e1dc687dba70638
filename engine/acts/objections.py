"""The objection of the organ to which a petition was sent, and the sender's answer (Art. 23(3))."""

from __future__ import annotations

from datetime import date

from engine.acts import answers as read
from engine.acts import closing
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.choosing import DESTINATION
from engine.acts.guards import (
    day_of,
    name_of,
    organ_chosen,
    out_of_time,
    playing,
    reached,
    refused,
)
from engine.acts.questions import day, line, organ, prose, yes
from engine.errors import Refused
from engine.petition.deadlines import Change, DeadlineState, Open
from engine.petition.documents import Issue
from engine.petition.facts import FactValue
from engine.petition.forms import Form, Values
from engine.petition.parties import OrganKind, Role, Slot
from engine.statute import rules
from engine.text import Text

_ORGAN_CLERK = (By(Slot.ORGAN, Role.CLERK),)
_RETURNED = "异议经核实同意,材料交还"


def object_to_transfer(situation: Situation, answers: Values) -> Outcome:
    """Object to a transfer, in time and with reasons; the file stays until the sender agrees (Art. 23(3))."""
    on = day_of(situation, answers, "objected_on", since=reached(situation))
    facts: dict[str, FactValue] = {"objection": "raised"}
    if read.text(answers, "proposed_organ"):
        facts["proposed_organ"] = organ_chosen(situation, answers, "proposed_organ").id
    letter = Issue(
        kind="objection_letter",
        slot=Slot.ORGAN.value,
        to=Slot.OFFICE.value,
        fields={
            "received_on": str(reached(situation)),
            "reasons": read.text(answers, "reasons"),
            "proposed_organ": name_of(situation, str(facts["proposed_organ"])).zh
            if "proposed_organ" in facts
            else "",
            "materials": read.text(answers, "materials"),
        },
    )
    return Outcome(facts=facts, deadlines=closing.closed(on, "T4"), documents=(letter,))


def may_object(situation: Situation) -> Refused | None:
    """Why the organ cannot object now; None: it can."""
    row = situation.ledger.last_of("T4")
    if row is None or row.state is DeadlineState.VOID:
        return refused(
            "23(3)",
            "只有转送、交办来的信访事项可以提出异议,本件不是;请确定处理途径",
            "only a transferred or assigned petition can be objected to, and this is none; route it",
        )
    if situation.facts.get("dispute") == "raised":
        return refused(
            "23(3)",
            "已提请决定受理机关,由该决定一并解决;请等待决定",
            "who accepts has been put up for decision, which settles this too; await it",
        )
    if situation.facts.get("route"):
        return refused(
            "23(3)",
            "已确定处理途径,不能再提异议;需要更正的请变更途径",
            "a route has been chosen, so it is too late to object; reroute instead",
        )
    if row.state is DeadlineState.LAPSED:
        return out_of_time(
            "23(3)",
            "异议应当在收到之日起的期限内提出,已于{due}届满;本机关应当依照第二十三条告知信访人",
            "an objection was due by {due} and that day has passed; notify the petitioner (Art. 23)",
            due=row.legal_due or "?",
        )
    if not row.open:
        return refused(
            "23(3)",
            "异议已经提出,请等待答复或者继续办理",
            "the objection has been raised; wait for the answer or go on",
        )
    return None


def decide_objection(situation: Situation, answers: Values) -> Outcome:
    """Verify the objection: agreed, the matter comes back and is sorted anew; refused, nothing restarts (Art. 23(3))."""
    raised = situation.ledger.last_of("T4")
    since = raised.closed_on if raised is not None else reached(situation)
    on = day_of(situation, answers, "decided_on", since=since)
    agreed = read.flag(answers, "agreed")
    answer = Issue(
        kind="objection_answer",
        slot=Slot.OFFICE.value,
        to=playing(situation, Slot.ORGAN),
        fields={
            "decision": "同意,材料交还" if agreed else "不同意,请依法处理",
            "reasons": read.text(answers, "reasons"),
        },
    )
    if not rules.may_return_objection(verified_and_agreed=agreed):
        return Outcome(facts={"objection": "refused"}, documents=(answer,))
    facts: dict[str, FactValue] = {
        "objection": "agreed",
        "signed_for": None,
        "disposition": None,
        "assigned": None,
        "assigned_due": None,
        "presumed_accepted": None,
        "accepted_on": None,
        "organ_received_on": None,
    }
    facts.update(_holder_again(situation, on))
    return Outcome(
        facts=facts,
        deadlines=(
            *closing.voided(_RETURNED, "T3", "T4", "T5", "U10"),
            *_clock_again(situation, on),
        ),
        documents=(answer,),
    )


def _holder_again(situation: Situation, on: date) -> dict[str, FactValue]:
    """Who holds the matter that came back: the petition office, or the organ that had referred it down."""
    holder = playing(situation, Slot.OFFICE)
    if situation.organs.organ(holder).kind is OrganKind.PETITION_OFFICE:
        return {"organ": None}
    return {"organ": holder, "direct": True, "organ_received_on": on.isoformat()}


def _clock_again(situation: Situation, on: date) -> tuple[Change, ...]:
    """The holder sorts (or answers) anew, and its limit counts from the day on which the matter came back."""
    holder = playing(situation, Slot.OFFICE)
    if situation.organs.organ(holder).kind is OrganKind.PETITION_OFFICE:
        return (Open(limit="T1", on=on, debtor=holder),)
    unclear = bool(situation.facts.get("name_or_address_unclear"))
    if rules.notice_excused(direct=True, name_or_address_unclear=unclear):
        return ()
    return (Open(limit="T2", on=on, debtor=holder),)


def _raised(situation: Situation) -> Refused | None:
    if situation.facts.get("objection") != "raised":
        return refused("23(3)", "没有待答复的异议", "there is no objection to answer")
    return None


OBJECTIONS: tuple[Act, ...] = (
    Act(
        id="object",
        title=Text("提出异议", "Object"),
        article="23(3)",
        kind=ActKind.STANDING,
        by=_ORGAN_CLERK,
        form=Form(id="object", title=Text("对转送、交办提出异议", "Object to a transfer"), fields=(
            day("objected_on", "提出日期", "Objected on"),
            prose("reasons", "详细理由", "Detailed reasons", hint=Text(
                "应当详细说明理由;核实同意后才能交还材料(第二十三条第三款)",
                "reasons in detail; the file goes back only after consent (Art. 23(3))")),
            organ("proposed_organ", "建议的有权处理机关", "Proposed organ", required=False),
            line("materials", "相关材料", "Materials", required=False),
        )),
        decide=object_to_transfer,
        choices={"proposed_organ": DESTINATION},
        offered=may_object,
        documents=("objection_letter",),
        facts=("objection", "proposed_organ"),
        clocks=("close:T4",),
    ),
    Act(
        id="decide_objection",
        title=Text("答复异议", "Answer the objection"),
        article="23(3)",
        kind=ActKind.STEP,
        by=(By(Slot.OFFICE, Role.CLERK), By(Slot.OFFICE, Role.HEAD)),
        form=Form(id="decide_objection", title=Text("核实并答复异议", "Verify and answer the objection"), fields=(
            day("decided_on", "答复日期", "Decided on"),
            yes("agreed", "核实同意,交还材料", "Verified and agreed: it comes back"),
            prose("reasons", "理由", "Reasons"),
        )),
        decide=decide_objection,
        offered=_raised,
        documents=("objection_answer",),
        facts=("objection", "signed_for", "disposition", "assigned", "assigned_due", "presumed_accepted",
               "accepted_on", "organ_received_on", "organ", "direct"),
        clocks=("void:T3", "void:T4", "void:T5", "void:U10", "open:T1", "open:T2"),
    ),
)  # fmt: skip
