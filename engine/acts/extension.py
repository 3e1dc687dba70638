"""Extending the limit of handling: the organ's own head, in time, with reasons, within the total (Art. 34)."""

from __future__ import annotations

from engine.acts import answers as read
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.guards import (
    out_of_time,
    refused,
    running,
)
from engine.acts.questions import line, number, prose, yes
from engine.errors import Refused
from engine.petition.deadlines import Extend
from engine.petition.documents import Issue
from engine.petition.forms import Form, Values
from engine.petition.parties import Role, Slot
from engine.statute import rules
from engine.text import Text


def extend(situation: Situation, answers: Values) -> Outcome:
    """Extend handling: a complex matter, before the limit ends, by the organ's own head, with reasons told (Art. 34).

    The approval is the act itself and is given today: an approval dated back would prolong a limit that has passed.
    """
    row = running(situation, "T5")
    refusal = may_extend(situation)
    if row is None or refusal is not None:
        raise refusal or refused("34", "没有可以延长的期限", "there is nothing to extend")
    if not read.flag(answers, "complex"):
        raise refused(
            "34",
            "只有情况复杂的才可以延长;请如期办结",
            "only a complex matter may be extended; conclude in time",
        )
    limit = situation.law.limit("T5", row.started_on)
    most = limit.max_total or 0
    asked = read.number(answers, "days")
    if not rules.extension_within_total(already=row.extension_days, asked=asked, most=most):
        raise refused(
            "34",
            "累计延长不得超过{most}日,已延长{already}日,还可以延长{left}日,现申请{asked}日;请减少",
            "extensions total at most {most} days; {already} used, {left} left, {asked} asked: ask for fewer",
            most=most,
            already=row.extension_days,
            left=most - row.extension_days,
            asked=asked,
        )
    change = Extend(limit="T5", days=asked)
    after = situation.ledger.changed(change, by=situation.seq, reckoner=situation).get(row.id)
    notice = Issue(
        kind="extension_notice",
        slot=Slot.ORGAN.value,
        to="petitioner",
        serve=True,
        fields={
            "reasons": read.text(answers, "reasons"),
            "days": str(asked),
            "new_due_date": str(after.legal_due),
            "approver": situation.actor.person,
            "contact": read.text(answers, "contact"),
        },
    )
    return Outcome(
        facts={"extended_days": row.extension_days + asked},
        deadlines=(change,),
        documents=(notice,),
    )


def may_extend(situation: Situation) -> Refused | None:
    """Why handling cannot be extended now; None: it can."""
    if situation.actor.organ != situation.slot(Slot.ORGAN):
        return refused(
            "34",
            "延期由办理机关、单位负责人批准,信访部门和上级机关不能批准",
            "only the head of the handling organ itself extends; no petition office or superior does",
        )
    if situation.facts.get("opinion_issued"):
        return refused(
            "34", "处理意见已经出具,无需延期", "the opinion has been given; nothing to extend"
        )
    row = situation.ledger.open_of("T5")
    if row is None:
        return refused(
            "34",
            "只有第三十一条第六项的办理期限可以延长,现没有该期限;复查、复核不能延长",
            "only the limit of Art. 31(6) is extended, and none runs; review and re-review cannot be",
        )
    if running(situation, "T5") is None or not rules.extension_in_time(
        today=situation.today, due=row.legal_due or row.started_on
    ):
        return out_of_time(
            "34",
            "应当在期限届满前延长,期限已于{due}届满;请尽快办结,逾期情况依法督办",
            "it had to be extended before {due}, which has passed; conclude at once, the delay is supervised",
            due=row.legal_due or "?",
        )
    return None


EXTENSION: tuple[Act, ...] = (
    Act(
        id="extend",
        title=Text("延长办理期限", "Extend"),
        article="34",
        kind=ActKind.STANDING,
        by=(By(Slot.ORGAN, Role.HEAD),),
        form=Form(id="extend", title=Text("批准延长办理期限", "Approve an extension"), fields=(
            yes("complex", "情况复杂", "The matter is complex"),
            number("days", "延长天数", "Days", minimum=1, hint=Text(
                "可以多次,累计不得超过法定上限(第三十四条)", "several are possible, within the total of Art. 34")),
            prose("reasons", "延期理由(告知信访人)", "Reasons, told to the petitioner"),
            line("contact", "联系单位和方式", "Unit and contact", required=False),
        )),
        decide=extend,
        offered=may_extend,
        documents=("extension_notice",),
        facts=("extended_days",),
        clocks=("extend:T5",),
    ),
)  # fmt: skip
