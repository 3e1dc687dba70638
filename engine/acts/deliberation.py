"""Hearing and mediation while a matter is handled (Arts. 31(6), 33). Neither stops a clock."""

from __future__ import annotations

from engine.acts import answers as read
from engine.acts import closing
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.guards import at_fault, being_handled, day_of, needed, reached, refused
from engine.acts.handling import NEXT_STEPS
from engine.acts.questions import YES, day, line, pick, prose, yes
from engine.acts.wording import must_promise_nothing
from engine.errors import Refused
from engine.petition.documents import Issue
from engine.petition.forms import Field, Form, Values
from engine.petition.parties import Role, Slot
from engine.statute import rules
from engine.text import Text

_CLERK = (By(Slot.ORGAN, Role.CLERK),)


def hold_hearing(situation: Situation, answers: Values) -> Outcome:
    """Hold a hearing on a grave, complex or difficult matter; the sixty days run on (Arts. 31(6), 36(2))."""
    began = day_of(situation, answers, "began_on", since=reached(situation))
    ended = read.day(answers, "ended_on") or began
    if ended < began:
        raise at_fault(
            "ended_on",
            "结束日不能早于开始日{began},现为{ended}",
            "it cannot end before it began on {began}; found {ended}",
            began=began,
            ended=ended,
        )
    return Outcome(
        facts={"hearing_held": True, "next_step": read.text(answers, "next_step")},
        documents=hearing_papers(answers, Slot.ORGAN, began=str(began), ended=str(ended)),
    )


def hearing_notice(answers: Values, slot: Slot) -> Issue:
    """The notice of a hearing, with the rights of those heard."""
    return Issue(
        kind="hearing_notice",
        slot=slot.value,
        to="petitioner",
        serve=True,
        fields={
            "place_and_time": read.text(answers, "place_and_time"),
            "host": read.text(answers, "host"),
            "rights": "可以申请回避,可以委托代理人参加,可以陈述意见、提交证据。",
        },
    )


def hearing_record(answers: Values, slot: Slot, *, began: str, ended: str) -> Issue:
    """The record of a hearing."""
    return Issue(
        kind="hearing_record",
        slot=slot.value,
        to="file",
        fields={
            "began_on": began,
            "ended_on": ended,
            "course": read.text(answers, "course"),
            "evidence": read.text(answers, "evidence"),
            "opinions": read.text(answers, "opinions"),
            "signatures": read.text(answers, "signatures"),
        },
    )


def hearing_papers(answers: Values, slot: Slot, *, began: str, ended: str) -> tuple[Issue, ...]:
    """Notice and record of a hearing."""
    return (
        hearing_notice(answers, slot),
        hearing_record(answers, slot, began=began, ended=ended),
    )


def mediate(situation: Situation, answers: Values) -> Outcome:
    """Mediate with the consent of both sides; what they agree is put in writing, and waives nothing (Art. 33)."""
    held = day_of(situation, answers, "held_on", since=reached(situation))
    both = read.flag(answers, "petitioner_consents") and read.flag(answers, "other_side_consents")
    if not rules.mediation_allowed(
        both_consent=both,
        within_discretion=read.flag(answers, "within_discretion"),
        against_mandatory_rules=False,
    ):
        raise refused(
            "33",
            "调解、和解须双方自愿,并在裁量权范围内、不违反强制性规定;不具备的请出具处理意见",
            "mediation needs the consent of both sides and discretion; otherwise give an opinion",
        )
    if not read.flag(answers, "settled"):
        needed(answers, "next_step")
        return Outcome(facts={"settled": False, "next_step": read.text(answers, "next_step")})
    needed(answers, "parties", "facts", "terms", "performance", "signatures")
    for name in ("facts", "terms", "performance"):
        must_promise_nothing(answers, name)
    agreement = Issue(
        kind="settlement_agreement",
        slot=Slot.ORGAN.value,
        to="petitioner",
        serve=True,
        fields={
            "parties": read.text(answers, "parties"),
            "facts": read.text(answers, "facts"),
            "terms": read.text(answers, "terms"),
            "performance": read.text(answers, "performance"),
            "signatures": f"{read.text(answers, 'signatures')},{held.isoformat()}",
        },
    )
    return Outcome(facts={"settled": True, "performed": None}, documents=(agreement,))


def confirm_performance(situation: Situation, answers: Values) -> Outcome:
    """A performed settlement concludes the matter; one that is not performed leads back to an opinion (Art. 33)."""
    on = day_of(situation, answers, "performed_on", since=reached(situation))
    if not read.flag(answers, "performed"):
        return Outcome(facts={"performed": False, "settled": False, "next_step": "opinion"})
    outcome = Outcome(
        facts={"performed": True, "settled": True, "closing": "settled"},
        deadlines=closing.closed(on, "T5"),
    )
    return closing.with_report(
        situation,
        outcome,
        on=on,
        course="经调解、和解达成协议并已履行",
        result=read.text(answers, "evidence"),
    )


def _settled(situation: Situation) -> Refused | None:
    if not situation.facts.get("settled"):
        return refused("33", "没有待履行的协议", "there is no settlement to perform")
    if not situation.facts.get("notified"):
        return refused(
            "23",
            "尚未书面告知信访人受理;请先补办受理告知",
            "the petitioner has not been told of the acceptance; give the notice first",
        )
    return being_handled(situation)


_IF_SETTLED = ("settled", YES)
HEARING_FIELDS: tuple[Field, ...] = (
    prose("course", "听证经过", "Course"),
    prose("evidence", "证据", "Evidence"),
    prose("opinions", "各方意见", "Opinions"),
    line("signatures", "签名情况", "Signatures"),
)
HEARING_CALL: tuple[Field, ...] = (
    line("place_and_time", "时间、地点", "Place and time"),
    line("host", "主持人", "Host"),
)

DELIBERATION: tuple[Act, ...] = (
    Act(
        id="hold_hearing",
        title=Text("举行听证", "Hold a hearing"),
        article="31(6)",
        kind=ActKind.STEP,
        by=(By(Slot.ORGAN, Role.HEAD), By(Slot.ORGAN, Role.CLERK)),
        form=Form(id="hold_hearing", title=Text("举行听证(办理期限照常计算)", "Hold a hearing (the limit runs on)"),
                  fields=(
            day("began_on", "听证开始日", "Began on"),
            day("ended_on", "听证结束日", "Ended on"),
            *HEARING_CALL,
            *HEARING_FIELDS,
            pick("next_step", "下一步", "What comes next", NEXT_STEPS),
        )),
        decide=hold_hearing,
        offered=being_handled,
        documents=("hearing_notice", "hearing_record"),
        facts=("hearing_held", "next_step"),
    ),
    Act(
        id="mediate",
        title=Text("调解、和解", "Mediate"),
        article="33",
        kind=ActKind.STEP,
        by=_CLERK,
        form=Form(id="mediate", title=Text("调解、和解(办理期限照常计算)", "Mediate (the limit runs on)"), fields=(
            day("held_on", "日期", "Held on"),
            yes("petitioner_consents", "信访人自愿", "The petitioner consents"),
            yes("other_side_consents", "对方自愿", "The other side consents"),
            yes("within_discretion", "在裁量权范围内,不违反强制性规定", "Within discretion, against no mandatory rule"),
            yes("settled", "达成一致", "Agreement reached"),
            prose("parties", "各方", "Parties", required=False, when=_IF_SETTLED),
            prose("facts", "事实", "Facts", required=False, when=_IF_SETTLED),
            prose("terms", "协议内容", "Terms", required=False, when=_IF_SETTLED, hint=Text(
                "不得写入不再信访的承诺(宪法第四十一条)", "no promise not to petition (Constitution Art. 41)")),
            prose("performance", "履行方式和期限", "Manner and time of performance", required=False, when=_IF_SETTLED),
            line("signatures", "签名", "Signatures", required=False, when=_IF_SETTLED),
            pick("next_step", "未达成一致的下一步", "What comes next without agreement", NEXT_STEPS, required=False,
                 when=("settled", ("false",))),
        )),
        decide=mediate,
        offered=being_handled,
        documents=("settlement_agreement",),
        facts=("settled", "performed", "next_step"),
    ),
    Act(
        id="confirm_performance",
        title=Text("确认履行", "Confirm performance"),
        article="33",
        kind=ActKind.STEP,
        by=_CLERK,
        form=Form(id="confirm_performance", title=Text("确认协议履行情况", "Was the settlement performed?"), fields=(
            day("performed_on", "日期", "On"),
            yes("performed", "协议已经履行", "The settlement was performed"),
            prose("evidence", "履行情况和证明", "What was done, with evidence"),
        )),
        decide=confirm_performance,
        offered=_settled,
        documents=("completion_report",),
        facts=("performed", "settled", "next_step", "closing", "reported_complete"),
        clocks=("close:T5", "close:U10"),
    ),
)  # fmt: skip
