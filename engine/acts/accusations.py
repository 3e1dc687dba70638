"""Accusations: by management authority, sealed, and never to the accused (Arts. 22(2), 23(4), 30)."""

from __future__ import annotations

from engine.acts import closing
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.choosing import ANY_DESTINATION
from engine.acts.guards import day_of, organ_chosen, reached, refused
from engine.acts.letters import transfer_letter
from engine.acts.questions import Word, day, line, organ, pick, prose, yes
from engine.errors import Refused
from engine.petition.facts import FactValue
from engine.petition.forms import Form, Values
from engine.petition.parties import Role, Slot
from engine.text import Text

_BY_DISCIPLINE = (By(Slot.DISCIPLINE_ORGAN, Role.CLERK),)
RESULTS: tuple[Word, ...] = (
    ("handled", "已按规定处理", "handled by its own rules"),
    ("passed_on", "已转有管理权限的机关", "passed on to the organ with authority"),
    ("unfounded", "反映的问题不属实", "found unsupported"),
)


def forward_accusation(situation: Situation, answers: Values) -> Outcome:
    """Send an accusation to the organ with authority over the accused, and to nobody else (Arts. 22(2), 30)."""
    on = day_of(situation, answers, "forwarded_on", since=reached(situation))
    target = organ_chosen(situation, answers, "discipline_organ")
    at_organ = bool(situation.facts.get("route")) or situation.facts.get("disposition") in {
        "forward",
        "assign",
        "own",
        "subordinate",
    }
    facts: dict[str, FactValue] = {
        "discipline_organ": target.id,
        "category": "accusation",
        "route" if at_organ else "disposition": "accusation",
        "presumed_accepted": None,
    }
    if situation.facts.get("presumed_accepted"):
        facts["accepted_on"] = None
    letter = transfer_letter(situation, target.id, answers, received=reached(situation) or on)
    outcome = Outcome(
        facts=facts,
        deadlines=(
            *closing.closed(on, *closing.ARRIVAL),
            *closing.voided("检举控告不适用第三十四条的期限", "T5"),
        ),
        documents=(letter,),
    )
    return closing.with_report(
        situation,
        outcome,
        on=on,
        course="已依照规定转有管理权限的机关",
        result="按检举控告另行办理",
    )


def receive_accusation(situation: Situation, answers: Values) -> Outcome:
    """The organ with authority takes the accusation over; its own rules hold from here (Arts. 23(4), 30(1))."""
    day_of(situation, answers, "received_by_organ_on", since=situation.day("received_on"))
    return Outcome(facts={"signed_for": True})


def conclude_accusation(situation: Situation, answers: Values) -> Outcome:
    """Note that the accusation was dealt with by its own rules, and whether the petitioner was told (Art. 30(1))."""
    day_of(situation, answers, "concluded_on", since=situation.day("received_on"))
    return Outcome(facts={"closing": "accusation"})


def _to_forward(situation: Situation) -> Refused | None:
    if situation.facts.get("category") != "accusation":
        return refused(
            "22(2)",
            "本件不是检举控告;如属检举控告,请先在分流或者确定途径时认定",
            "this is not an accusation; where it is one, say so when sorting or routing it",
        )
    if situation.slot(Slot.DISCIPLINE_ORGAN) is not None:
        return refused(
            "22(2)",
            "已转送有管理权限的机关,由其按规定处理",
            "it has gone to the organ with authority, whose own rules hold from there",
        )
    return None


def _known(situation: Situation) -> Refused | None:
    if situation.slot(Slot.DISCIPLINE_ORGAN) is None:
        return refused(
            "22(2)",
            "本件尚未转送有管理权限的机关;请先转送",
            "it has not been sent to the organ with authority; do that first",
        )
    return None


ACCUSATIONS: tuple[Act, ...] = (
    Act(
        id="forward_accusation",
        title=Text("检举控告转送", "Forward an accusation"),
        article="22(2)",
        kind=ActKind.STEP,
        by=(By(Slot.OFFICE, Role.CLERK), By(Slot.ORGAN, Role.CLERK)),
        form=Form(id="forward_accusation", title=Text("按管理权限转送检举控告", "Forward by management authority"),
                  fields=(
            day("forwarded_on", "转送日期", "Forwarded on"),
            organ("discipline_organ", "有管理权限的机关", "Organ with authority", hint=Text(
                "不得转给被检举控告的人员或者单位(第三十条第三款)",
                "never the accused person or unit (Art. 30(3))")),
            line("materials", "材料清单", "Materials", required=False),
            line("basis", "依据", "Basis", required=False),
        )),
        decide=forward_accusation,
        choices={"discipline_organ": ANY_DESTINATION},
        offered=_to_forward,
        documents=("transfer_letter", "completion_report"),
        facts=("discipline_organ", "category", "route", "disposition", "presumed_accepted", "accepted_on",
               "reported_complete"),
        clocks=("close:T1", "close:T2", "close:T3", "close:T4", "void:T5", "close:U10"),
    ),
    Act(
        id="receive_accusation",
        title=Text("接收检举控告", "Receive an accusation"),
        article="30",
        kind=ActKind.STEP,
        by=_BY_DISCIPLINE,
        form=Form(id="receive_accusation", title=Text("接收检举控告", "Receive an accusation"), fields=(
            day("received_by_organ_on", "接收日期", "Received on"),
            prose("note", "备注", "Note", required=False),
        )),
        decide=receive_accusation,
        offered=_known,
        facts=("signed_for",),
    ),
    Act(
        id="conclude_accusation",
        title=Text("办结检举控告", "Conclude an accusation"),
        article="30",
        kind=ActKind.STEP,
        by=_BY_DISCIPLINE,
        form=Form(id="conclude_accusation", title=Text("按规定办结并反馈", "Conclude by its own rules"), fields=(
            day("concluded_on", "办结日期", "Concluded on"),
            pick("result", "处理情况", "Result", RESULTS),
            yes("told", "已按规定向信访人反馈", "The petitioner was told by those rules"),
            prose("note", "说明", "Note", required=False),
        )),
        decide=conclude_accusation,
        offered=_known,
        facts=("closing",),
    ),
)  # fmt: skip
