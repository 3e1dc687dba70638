"""How a petition leaves that is not taken up here (Arts. 19(3), 23(1), 36(3)), and the urgent report (Art. 25)."""

from __future__ import annotations

from engine.acts import answers as read
from engine.acts import closing
from engine.acts.act import Act, ActKind, By, FollowUp, Outcome, Situation
from engine.acts.choosing import BELOW_US
from engine.acts.guards import (
    at_fault,
    day_of,
    held_directly,
    name_of,
    reached,
    refused,
    still_with_receiver,
)
from engine.acts.questions import Word, day, line, organ, pick, prose, several, yes
from engine.acts.sorting import PRIOR_KINDS, SORT, bar_refusal, final_refusal
from engine.errors import Refused
from engine.petition.documents import Issue
from engine.petition.forms import Field, FieldKind, Form, Values
from engine.petition.parties import OrganKind, Role, Slot
from engine.text import Text

_CLERKS = (By(Slot.OFFICE, Role.CLERK), By(Slot.ORGAN, Role.CLERK))
NEW_MATTER = "提出新的事实或者新的理由的,可以作为新的信访事项提出。"
ADDRESSEES: tuple[Word, ...] = (
    ("committee_and_government", "本级党委和政府", "Party committee and government of the level"),
    ("department", "相关主管部门", "competent department"),
    ("joint_conference", "本级信访工作联席会议办公室", "office of the joint conference"),
    ("upper_office", "上一级信访部门", "next higher petition office"),
    ("state_bureau", "国家信访局", "State bureau"),
)
_ALWAYS_TOLD = ("committee_and_government", "department", "joint_conference")
_TOLD_BY_OFFICES = ("upper_office", "state_bureau")


def notified_on(zh: str = "告知日期", en: str = "Notified on") -> Field:
    """The day on which the petitioner was told."""
    return day("notified_on", zh, en)


def decline(situation: Situation, answers: Values) -> Outcome:
    """A superior declines the same petition and names who has it and until when (Art. 19(3))."""
    on = day_of(situation, answers, "notified_on", since=reached(situation))
    handling = read.text(answers, "organ_in_charge") or str(
        situation.facts.get("barring_organ") or ""
    )
    due = read.day(answers, "its_due_date") or situation.day("barring_due")
    if not situation.organs.exists(handling):
        raise at_fault(
            "organ_in_charge", "须写明正在办理的机关", "name the organ that has the matter"
        )
    if due is None:
        raise at_fault("its_due_date", "须写明其期限届满日", "give the day on which its limit ends")
    refusal = bar_refusal(situation, handling=handling, due=due, same_matter=True)
    if refusal is not None:
        raise refusal
    notice = Issue(
        kind="decline_notice",
        slot=closing.issuer(situation),
        to="petitioner",
        serve=True,
        fields={
            "ground": read.text(answers, "ground"),
            "organ_in_charge": name_of(situation, handling).zh,
            "its_due_date": due.isoformat(),
            "contact": read.text(answers, "contact"),
        },
    )
    return Outcome(
        facts={**closing.NOT_ACCEPTED, "closing": "barred"},
        deadlines=closing.left(on, "T1", "T2"),
        documents=(notice,),
    )


def refuse_for_good(situation: Situation, answers: Values) -> Outcome:
    """Refuse a re-reviewed matter for good (Art. 36(3)): same facts and same reasons, after a re-review opinion."""
    on = day_of(situation, answers, "notified_on", since=reached(situation))
    refusal = final_refusal(
        kind=read.text(answers, "prior_kind"),
        same_facts=read.flag(answers, "same_facts"),
        same_reasons=read.flag(answers, "same_reasons"),
    )
    if refusal is not None:
        raise refusal
    opinion = read.text(answers, "prior_opinion") or str(situation.facts.get("prior_opinion") or "")
    decided = read.day(answers, "prior_opinion_on") or situation.day("prior_opinion_on")
    if not opinion or decided is None:
        raise at_fault(
            "prior_opinion",
            "须写明复核意见书文号和日期(第三十六条第三款)",
            "give number and date of the re-review opinion (Art. 36(3))",
        )
    notice = Issue(
        kind="refusal_for_good_notice",
        slot=closing.issuer(situation),
        to="petitioner",
        serve=True,
        fields={
            "prior_opinion": f"{opinion},{decided.isoformat()}",
            "same_facts_and_reasons": read.text(answers, "same_facts_and_reasons"),
            "what_counts_as_new": read.text(answers, "what_counts_as_new") or NEW_MATTER,
            "contact": read.text(answers, "contact"),
        },
    )
    return Outcome(
        facts={
            **closing.NOT_ACCEPTED,
            "closing": "no_longer",
            "prior_opinion": opinion,
            "prior_opinion_on": decided.isoformat(),
        },
        deadlines=closing.left(on, "T1", "T2", "T3", "T4"),
        documents=(notice,),
    )


def merge(situation: Situation, answers: Values) -> Outcome:
    """Join a repeat to the file that is running on the same matter; no new clock starts (D)."""
    other = read.text(answers, "merged_into")
    if other == situation.petition:
        raise at_fault(
            "merged_into", "不能并入本件自身;请选另一件", "choose another file than this one"
        )
    if situation.facts.get("category") == "accusation":
        raise refused(
            "22(2)",
            "检举控告不并案,应当按管理权限转送",
            "accusations are not merged; they go by management authority",
        )
    on = day_of(situation, answers, "notified_on", since=reached(situation))
    return Outcome(
        facts={**closing.NOT_ACCEPTED, "closing": "merged", "merged_into": other},
        deadlines=closing.left(on, "T1", "T2"),
        follow_ups=(
            FollowUp(
                act="add_material",
                petition=other,
                answers={"merged_from": situation.petition},
                key=f"merge:{situation.petition}:{situation.seq}",
            ),
        ),
    )


def guide_out(situation: Situation, answers: Values) -> Outcome:
    """Tell the petitioner whom to ask, where the matter lies outside the organ's own system (Art. 23(1))."""
    on = day_of(situation, answers, "notified_on", since=reached(situation))
    notice = Issue(
        kind="destination_notice",
        slot=closing.issuer(situation),
        to="petitioner",
        serve=True,
        fields={
            "destination": read.text(answers, "competent_organ"),
            "sent_on": on.isoformat(),
            "contact": read.text(answers, "contact"),
            "reasons": read.text(answers, "reasons"),
        },
    )
    return Outcome(
        facts={**closing.NOT_ACCEPTED, "closing": "guided_out"},
        deadlines=closing.left(on, "T2"),
        documents=(notice,),
    )


def report_urgent(situation: Situation, answers: Values) -> Outcome:
    """Report a grave or urgent matter at once, beside the ordinary course; no clock waits or stops (Art. 25)."""
    day_of(situation, answers, "reported_on", since=situation.day("received_on"))
    told = read.chosen(answers, "addressees")
    organ = situation.organs.organ(situation.actor.organ)
    owed: tuple[str, ...] = _ALWAYS_TOLD
    if organ.kind is OrganKind.PETITION_OFFICE:
        owed += _TOLD_BY_OFFICES
    missing = [zh for value, zh, _ in ADDRESSEES if value in owed and value not in told]
    if missing:
        raise at_fault(
            "addressees",
            "第二十五条要求同时报告、通报:{missing}",
            "Art. 25 also asks to tell: {missing}",
            missing="、".join(missing),
        )
    report = Issue(
        kind="urgent_report",
        slot=closing.issuer(situation),
        to="file",
        fields={
            "facts": read.text(answers, "facts"),
            "measures": read.text(answers, "measures"),
            "reported_to": "、".join(zh for value, zh, _ in ADDRESSEES if value in told),
        },
    )
    return Outcome(facts={"urgent": True, "urgent_reported": True}, documents=(report,))


def _bar_defaults(situation: Situation) -> Values:
    return {
        "organ_in_charge": str(situation.facts.get("barring_organ") or ""),
        "its_due_date": situation.day("barring_due"),
        "notified_on": situation.today,
    }


def _final_defaults(situation: Situation) -> Values:
    return {
        "prior_kind": "re_review_opinion",
        "prior_opinion": str(situation.facts.get("prior_opinion") or ""),
        "prior_opinion_on": situation.day("prior_opinion_on"),
        "what_counts_as_new": NEW_MATTER,
        "notified_on": situation.today,
    }


def _told_today(situation: Situation) -> Values:
    return {"notified_on": situation.today}


def _all_told(situation: Situation) -> Values:
    return {
        "reported_on": situation.today,
        "addressees": tuple(value for value, _, _ in ADDRESSEES),
    }


def _not_reported_yet(situation: Situation) -> Refused | None:
    if situation.facts.get("urgent_reported"):
        return refused(
            "25",
            "本件已经报告;有新情况的请补充材料",
            "this matter has been reported; add material where there is news",
        )
    return None


_CONTACT = line("contact", "联系单位和方式", "Unit and contact", required=False)

INTAKE: tuple[Act, ...] = (
    SORT,
    Act(
        id="decline",
        title=Text("不予受理告知", "Decline"),
        article="19(3)",
        kind=ActKind.STEP,
        by=_CLERKS,
        form=Form(id="decline", title=Text("不予受理告知", "Decline a petition"), fields=(
            notified_on(),
            prose("ground", "理由", "Ground"),
            organ("organ_in_charge", "正在受理、办理的机关", "Organ in charge", required=False),
            day("its_due_date", "其办理期限届满日", "Its due date", future=True),
            _CONTACT,
        )),
        decide=decline,
        choices={"organ_in_charge": BELOW_US},
        offered=still_with_receiver,
        defaults=_bar_defaults,
        documents=("decline_notice",),
        facts=("closing", *closing.NOT_ACCEPTED),
        clocks=("close:T1", "close:T2", "void:T5"),
    ),
    Act(
        id="refuse_for_good",
        title=Text("不再受理告知", "Refuse for good"),
        article="36(3)",
        kind=ActKind.STEP,
        by=_CLERKS,
        form=Form(id="refuse_for_good", title=Text("不再受理告知", "Refuse for good"), fields=(
            notified_on(),
            pick("prior_kind", "此前的终局文书", "What ended the matter before", PRIOR_KINDS),
            line("prior_opinion", "复核意见书文号", "Number of the re-review opinion", required=False,
                 sealed=False),
            day("prior_opinion_on", "复核意见书日期", "Date of the re-review opinion"),
            yes("same_facts", "同一事实", "The same facts"),
            yes("same_reasons", "同一理由", "The same reasons"),
            prose("same_facts_and_reasons", "同一事实和理由的说明", "Why facts and reasons are the same"),
            prose("what_counts_as_new", "可作为新事项的情形", "What would count as new", required=False),
            _CONTACT,
        )),
        decide=refuse_for_good,
        defaults=_final_defaults,
        documents=("refusal_for_good_notice",),
        facts=("closing", "prior_opinion", "prior_opinion_on", *closing.NOT_ACCEPTED),
        clocks=("close:T1", "close:T2", "close:T3", "close:T4", "void:T5"),
    ),
    Act(
        id="merge",
        title=Text("并案", "Merge"),
        article="22(1)",
        kind=ActKind.STEP,
        by=_CLERKS,
        form=Form(id="merge", title=Text("重复信访并入在办件", "Merge a repeat"), fields=(
            Field(name="merged_into", label=Text("并入的信访事项", "File to merge into"),
                  kind=FieldKind.PETITION, hint=Text(
                "同一信访人、同一事项、期限之内", "same petitioner, same matter, within its limit")),
            prose("reason", "理由", "Reason"),
            notified_on(),
        )),
        decide=merge,
        offered=still_with_receiver,
        defaults=_told_today,
        facts=("closing", "merged_into", *closing.NOT_ACCEPTED),
        clocks=("close:T1", "close:T2", "void:T5"),
    ),
    Act(
        id="guide_out",
        title=Text("告知向有权机关提出", "Guide elsewhere"),
        article="23(1)",
        kind=ActKind.STEP,
        by=(By(Slot.ORGAN, Role.CLERK),),
        form=Form(id="guide_out", title=Text("告知向有权机关提出", "Tell the petitioner whom to ask"), fields=(
            notified_on(),
            line("competent_organ", "有权处理的机关、单位", "Competent organ"),
            line("contact", "该机关联系方式", "How to reach it"),
            prose("reasons", "理由", "Reasons", required=False),
        )),
        decide=guide_out,
        offered=held_directly,
        defaults=_told_today,
        documents=("destination_notice",),
        facts=("closing", *closing.NOT_ACCEPTED),
        clocks=("close:T2", "void:T5"),
    ),
    Act(
        id="report_urgent",
        title=Text("重大紧急报告", "Report as urgent"),
        article="25",
        kind=ActKind.STANDING,
        by=(By(Slot.OFFICE, Role.CLERK), By(Slot.OFFICE, Role.HEAD), By(Slot.ORGAN, Role.CLERK),
            By(Slot.ORGAN, Role.HEAD)),
        form=Form(id="report_urgent", title=Text("重大、紧急信访事项报告", "Report a grave or urgent matter"), fields=(
            day("reported_on", "报告日期", "Reported on"),
            prose("facts", "情况", "Facts"),
            prose("measures", "已采取的措施(依法、防止不良影响的产生和扩大)", "Measures taken"),
            several("addressees", "报告、通报对象", "Told to", ADDRESSEES),
        )),
        decide=report_urgent,
        offered=_not_reported_yet,
        defaults=_all_told,
        documents=("urgent_report",),
        facts=("urgent", "urgent_reported"),
    ),
)  # fmt: skip
