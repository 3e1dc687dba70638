"""Sending a petition to the competent organ (Arts. 22, 23)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.acts import answers as read
from engine.acts import closing
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.choosing import DESTINATION, LOWER_OF_OWN_SYSTEM, is_of_own_system_below
from engine.acts.guards import (
    at_fault,
    conflict_warnings,
    day_of,
    held_directly,
    name_of,
    organ_chosen,
    playing,
    reached,
    refused,
    still_with_receiver,
)
from engine.acts.letters import assignment_letter, transfer_letter
from engine.acts.proposing import destination, held_to_table, reason_of_destination
from engine.acts.questions import day, line, organ, prose
from engine.errors import Refused
from engine.petition.deadlines import Change, Open
from engine.petition.documents import Issue
from engine.petition.facts import FactValue
from engine.petition.forms import Form, Values
from engine.petition.parties import Organ, OrganKind, Role, Slot
from engine.statute import rules
from engine.statute.reckoning import accepted_on, reckon
from engine.text import Text

_OFFICE_CLERK = (By(Slot.OFFICE, Role.CLERK),)
_ORGAN_CLERK = (By(Slot.ORGAN, Role.CLERK),)


def forward(situation: Situation, answers: Values) -> Outcome:
    """Forward to the competent organ; T1 ends, T3 and T4 start when it arrives there (Arts. 22(1)(2), 23(3))."""
    sent, arrived = _days(situation, answers)
    target = organ_chosen(situation, answers, "organ")
    warnings = conflict_warnings(situation, target.id, answers)
    letter = transfer_letter(
        situation, target.id, answers, received=situation.facts.get("received_on")
    )
    table, departed = held_to_table(situation, target)
    return Outcome(
        facts={**_arrival(situation, target, arrived), **table},
        deadlines=(*closing.closed(sent, "T1"), *_debt(target.id, arrived)),
        documents=(letter,),
        warnings=(*warnings, *departed),
    )


def assign(situation: Situation, answers: Values) -> Outcome:
    """Assign with a day for the result; that day may shorten the legal limits, never lengthen them (Art. 22(1)(3))."""
    sent, arrived = _days(situation, answers)
    target = organ_chosen(situation, answers, "organ")
    warnings = conflict_warnings(situation, target.id, answers)
    due = read.day(answers, "assigned_due")
    latest = latest_lawful_end(situation, arrived)
    if due is None:
        raise at_fault("assigned_due", "须填写指定办理期限", "give the day by which to report")
    if not rules.assigned_due_allowed(assigned_due=due, today=sent, legal_due=latest):
        raise refused(
            "22(1)(3)",
            "指定办理期限应在{sent}至{latest}之间(第三十四条的期限只能缩短、不能延长),现为{due};请改定",
            "expected a day from {sent} to {latest} (Art. 34 may be shortened, not lengthened); found {due}",
            sent=sent,
            latest=latest,
            due=due,
        )
    received = situation.facts.get("received_on")
    letter = assignment_letter(situation, target.id, answers, received=received, due=due)
    facts = _arrival(situation, target, arrived)
    table, departed = held_to_table(situation, target)
    return Outcome(
        facts={**facts, **table, "assigned": True, "assigned_due": due.isoformat()},
        deadlines=(
            *closing.closed(sent, "T1"),
            *_debt(target.id, arrived),
            Open(limit="U10", on=arrived, debtor=target.id, due=due),
        ),
        documents=(letter,),
        warnings=(*warnings, *departed),
    )


def latest_lawful_end(situation: Situation, arrived: date) -> date:
    """The last day on which handling can lawfully end if the matter reaches its organ on *arrived*, extension included."""
    notice = situation.law.limit("T3", arrived)
    begins = accepted_on(None, arrived, notice_limit=notice).on
    handling = situation.law.limit("T5", begins)
    count = reckon(handling, begins, situation.calendar, extension_days=handling.max_total or 0)
    return count.legal_due or begins


def refer_down(situation: Situation, answers: Values) -> Outcome:
    """Pass on to a lower organ of the own system, and tell the petitioner where (Art. 23(1))."""
    sent, arrived = _days(situation, answers)
    target = organ_chosen(situation, answers, "organ")
    own = playing(situation, Slot.ORGAN)
    below = is_of_own_system_below(situation, target.id)
    if not rules.may_pass_down(receiver_in_own_system=below):
        raise refused(
            "23(1)",
            "只能转送本系统下级机关、单位,{name}不是;系统外的请告知信访人向有权机关提出",
            "only a lower organ of the own system, and {name} is none; tell the petitioner whom to ask instead",
            name=target.name,
        )
    warnings = conflict_warnings(situation, target.id, answers)
    notice = Issue(
        kind="destination_notice",
        slot=Slot.OFFICE.value,
        to="petitioner",
        serve=True,
        fields={
            "destination": target.name.zh,
            "sent_on": sent.isoformat(),
            "contact": read.text(answers, "contact") or name_of(situation, own).zh,
        },
    )
    letter = transfer_letter(
        situation, target.id, answers, received=situation.facts.get("received_on")
    )
    facts = _arrival(situation, target, arrived)
    # The referring organ holds the file from now on, as a petition office would: objections come to it.
    facts["office"] = situation.slot(Slot.OFFICE) or own
    facts["transferred_by"] = own
    facts.update(closing.NOT_ACCEPTED)
    return Outcome(
        facts=facts,
        deadlines=(*closing.left(sent, "T2"), *_debt(target.id, arrived)),
        documents=(_as_office(letter), notice),
        warnings=warnings,
    )


def _as_office(letter: Issue) -> Issue:
    return replace(letter, slot=Slot.OFFICE.value)


def _days(situation: Situation, answers: Values) -> tuple[date, date]:
    clock = situation.ledger.last_of("T1") or situation.ledger.last_of("T2")
    since = clock.started_on if clock is not None else situation.day("received_on")
    sent = day_of(situation, answers, "forwarded_on", since=since)
    arrived = read.day(answers, "arrived_on") or sent
    if arrived < sent:
        raise at_fault(
            "arrived_on",
            "到达日不能早于转送日{sent},现为{arrived}",
            "it cannot arrive before it was sent on {sent}; found {arrived}",
            sent=sent,
            arrived=arrived,
        )
    return sent, arrived


def _arrival(situation: Situation, target: Organ, arrived: date) -> dict[str, FactValue]:
    transfers = situation.facts.get("transfers")
    return {
        "organ": target.id,
        "organ_received_on": arrived.isoformat(),
        "transferred_by": situation.actor.organ,
        "transfers": (transfers if isinstance(transfers, int) else 0) + 1,
        "direct": False,
        "signed_for": None,
        "objection": None,
        "proposed_organ": None,
        "route": None,
    }


def _debt(debtor: str, arrived: date) -> tuple[Change, ...]:
    return (
        *closing.voided("重新转送", "T3", "T4"),
        Open(limit="T3", on=arrived, debtor=debtor),
        Open(limit="T4", on=arrived, debtor=debtor),
    )


def sign_for(situation: Situation, answers: Values) -> Outcome:
    """Sign for a transferred matter; this moves internal responsibility only, no clock (design: clocks)."""
    day_of(situation, answers, "signed_on", since=reached(situation))
    return Outcome(facts={"signed_for": True})


def _by_petition_office(situation: Situation) -> Refused | None:
    organs = situation.organs
    if not situation.actor.is_system:
        sender = organs.organ(situation.actor.organ)
        if sender.kind is not OrganKind.PETITION_OFFICE:
            return refused(
                "23(1)",
                "机关、单位只能转送本系统下级;其他去向请告知信访人向有权机关提出",
                "an organ refers only to lower organs of its own system; otherwise tell the petitioner whom to ask",
            )
    return _not_accused(situation)


def _not_accused(situation: Situation) -> Refused | None:
    if situation.facts.get("category") == "accusation":
        return refused(
            "22(2)",
            "检举控告按照管理权限转送,不作一般转送、交办;请改办检举控告转送",
            "an accusation goes by management authority; forward it as an accusation",
        )
    return still_with_receiver(situation)


def _may_refer(situation: Situation) -> Refused | None:
    return _not_accused(situation) or held_directly(situation)


def _to_sign(situation: Situation) -> Refused | None:
    if situation.slot(Slot.ORGAN) is None or situation.facts.get("direct"):
        return refused(
            "23(3)",
            "只有转送、交办来的信访事项需要签收",
            "only a transferred or assigned petition is signed for",
        )
    if situation.facts.get("signed_for"):
        return refused("23(3)", "已经签收", "it has been signed for")
    return None


def _sent_today(situation: Situation) -> Values:
    return {"forwarded_on": situation.today, "arrived_on": situation.today}


def _referred(situation: Situation) -> Values:
    named = situation.facts.get("proposed_organ")
    values = _sent_today(situation)
    return {**values, "organ": str(named)} if named else values


def _transferred(situation: Situation) -> Values:
    found = destination(situation)
    values = _sent_today(situation)
    return {**values, "organ": found.organ} if found else values


_TRANSFER = (
    day("forwarded_on", "转送日期", "Sent on"),
    organ("organ", "有权处理的机关、单位", "Competent organ"),
    day("arrived_on", "到达日期", "Arrived on", hint=Text(
        "告知和异议期限自到达之日的次日起算(第二十三条第三款)",
        "notice and objection count from the day after (Art. 23(3))")),
    line("basis", "依据", "Basis", required=False),
    line("materials", "材料清单", "Materials", required=False),
    prose("conflict_reason", "转送被反映单位的理由", "Why it goes to the organ complained of", required=False,
          hint=Text("拟转送单位就是被反映单位时须填写(第二十八条第三款)",
                    "needed where that organ is to handle it (Art. 28(3))")),
)  # fmt: skip
_TO_COMPETENT = (
    *_TRANSFER,
    prose("departure_reason", "与职权表提示不同的理由", "Why not the organ that the table names", required=False,
          hint=Text("选择其他单位的,会记入卷宗", "choosing another one is put on record")),
)  # fmt: skip
_ARRIVAL_FACTS = (
    "organ", "organ_received_on", "transferred_by", "transfers", "direct", "signed_for", "objection",
    "proposed_organ", "route",
)  # fmt: skip
_ARRIVAL_CLOCKS = ("void:T3", "void:T4", "open:T3", "open:T4")

ROUTING: tuple[Act, ...] = (
    Act(
        id="forward",
        title=Text("转送", "Forward"),
        article="22(1)(2)",
        kind=ActKind.STEP,
        by=_OFFICE_CLERK,
        form=Form(id="forward", title=Text("转送有权处理的机关、单位", "Forward to the competent organ"),
                  fields=_TO_COMPETENT),
        decide=forward,
        choices={"organ": DESTINATION},
        offered=_by_petition_office,
        defaults=_transferred,
        reasons=reason_of_destination,
        documents=("transfer_letter",),
        facts=(*_ARRIVAL_FACTS, "competence"),
        clocks=("close:T1", *_ARRIVAL_CLOCKS),
    ),
    Act(
        id="assign",
        title=Text("交办", "Assign"),
        article="22(1)(3)",
        kind=ActKind.STEP,
        by=_OFFICE_CLERK,
        form=Form(id="assign", title=Text("交办有权处理的机关、单位", "Assign to the competent organ"), fields=(
            *_TO_COMPETENT,
            day("assigned_due", "指定办理期限", "Report by", required=True, future=True, hint=Text(
                "只能缩短、不能延长第三十四条的期限", "may shorten, never lengthen the limits of Art. 34")),
            prose("question", "交办要求", "What is asked", required=False),
        )),
        decide=assign,
        choices={"organ": DESTINATION},
        offered=_by_petition_office,
        defaults=_transferred,
        reasons=reason_of_destination,
        documents=("assignment_letter",),
        facts=(*_ARRIVAL_FACTS, "competence", "assigned", "assigned_due"),
        clocks=("close:T1", *_ARRIVAL_CLOCKS, "open:U10"),
    ),
    Act(
        id="refer_down",
        title=Text("转送下级", "Refer down"),
        article="23(1)",
        kind=ActKind.STEP,
        by=_ORGAN_CLERK,
        form=Form(id="refer_down", title=Text("转送本系统下级机关、单位", "Refer to a lower organ of the system"),
                  fields=(*_TRANSFER, line("contact", "联系单位和方式", "Unit and contact", required=False))),
        decide=refer_down,
        choices={"organ": LOWER_OF_OWN_SYSTEM},
        offered=_may_refer,
        defaults=_referred,
        documents=("transfer_letter", "destination_notice"),
        facts=(*_ARRIVAL_FACTS, "office", *closing.NOT_ACCEPTED),
        clocks=("close:T2", "void:T5", *_ARRIVAL_CLOCKS),
    ),
    Act(
        id="sign_for",
        title=Text("签收", "Sign for"),
        article="23(3)",
        kind=ActKind.STEP,
        by=_ORGAN_CLERK,
        form=Form(id="sign_for", title=Text("签收转送、交办件", "Sign for a transferred petition"), fields=(
            day("signed_on", "签收日期", "Signed on", hint=Text(
                "签收不影响法定期限,期限自到达之日起算", "signing moves no legal limit; they count from arrival")),
        )),
        decide=sign_for,
        offered=_to_sign,
        facts=("signed_for",),
    ),
)  # fmt: skip
