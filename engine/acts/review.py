"""The review: asked for in time by the petitioner, decided by the next higher organ (Art. 35)."""

from __future__ import annotations

from datetime import date

from engine.acts import answers as read
from engine.acts import closing, letters
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.choosing import reviews
from engine.acts.guards import (
    day_of,
    must_be_free_to_receive,
    name_of,
    out_of_time,
    refused,
)
from engine.acts.questions import Word, caption, day, line, organ, pick, prose
from engine.acts.wording import must_promise_nothing
from engine.errors import ActRefused, Refused
from engine.people import conflicts
from engine.petition.deadlines import Open
from engine.petition.documents import Issue
from engine.petition.facts import FactValue
from engine.petition.forms import Field, Form, Values
from engine.petition.parties import Organ, Role, Slot
from engine.statute import rules
from engine.statute.reckoning import filed_on
from engine.text import Text

RESULTS: tuple[Word, ...] = (
    ("maintained", "维持", "maintained"),
    ("changed", "变更", "changed"),
    ("redo", "责令重新办理", "to be handled anew"),
)
REQUESTED_BY = (
    By(Slot.OFFICE, Role.CLERK),
    By(Slot.ORGAN, Role.CLERK),
    By(Slot.REVIEW_ORGAN, Role.REVIEWER),
    By(Slot.REVIEW_ORGAN, Role.CLERK),
    By(Slot.OTHER_REVIEW_ORGAN, Role.REVIEWER),
    By(Slot.OTHER_REVIEW_ORGAN, Role.CLERK),
    By(Slot.PETITIONER, Role.CLERK),
)


def request_review(situation: Situation, answers: Values) -> Outcome:
    """Take down the petitioner's request; in time by its postmark, and T8 runs from its receipt (Art. 35)."""
    received = day_of(situation, answers, "received_on", since=situation.day("opinion_received_on"))
    must_be_in_time(situation, answers, limit="T7", lapse="review_lapse", received=received)
    reviewer = reviewing_organ(situation, answers, Slot.REVIEW_ORGAN, below=Slot.ORGAN)
    facts: dict[str, FactValue] = {
        "review_requested": True,
        "review_requested_on": str(filed_on(read.day(answers, "posted_on"), received)),
        "review_received_on": received.isoformat(),
        "review_organ": reviewer,
        "other_review_organ": None,
        "restart": None,
    }
    opened = (Open(limit="T8", on=received, debtor=reviewer),) if reviewer else ()
    return Outcome(
        facts=facts,
        deadlines=(*closing.closed(str_day(facts["review_requested_on"]), "T7"), *opened),
        documents=request_papers(situation, answers, received),
        warnings=() if reviewer else (NO_REVIEWER,),
    )


NO_REVIEWER = Text(
    "名录中没有上一级机关、单位,请信访部门负责人指定复查(复核)机关;请求已经收下",
    "the directory shows no next higher organ: the head of the petition office names one. The request stands",
)


def str_day(value: FactValue) -> date:
    """The day written in a fact."""
    return date.fromisoformat(str(value))


def must_be_in_time(
    situation: Situation, answers: Values, *, limit: str, lapse: str, received: date
) -> None:
    """Raise OutOfTime for a late request without an excuse; what counts is the postmark (CPL Art. 85(4), by analogy)."""
    filed = filed_on(read.day(answers, "posted_on"), received)
    row = situation.ledger.last_of(limit)
    due = row.legal_due if row is not None else None
    if rules.request_in_time(filed_on=filed, due=due):
        return
    if situation.facts.get(lapse) == "excused":
        return
    raise out_of_time(
        "35" if limit == "T7" else "36(1)",
        "应当在{due}之前(含当日)提出,现为{filed};有正当理由的,请先记录理由并认可逾期",
        "expected by {due}, found {filed}; where there is a good reason, record it and excuse the lapse first",
        due=due,
        filed=filed,
    )


def reviewing_organ(
    situation: Situation, answers: Values, slot: Slot, *, below: Slot
) -> str | None:
    """The organ that reviews: one of the lawful ones, as the petitioner chooses; None where an administrator must name it.

    A lawful one that takes the request down itself is the one that the petitioner came to, unless it says otherwise.
    """
    under = situation.slot(below)
    lawful = situation.organs.superiors(under, situation.today) if under else ()
    lawful = tuple(one for one in lawful if one.id not in situation.excluded)
    named = situation.slot(slot)
    chosen = read.text(answers, slot.value) or _came_to(situation, lawful) or named
    known = {one.id for one in lawful} | ({named} if named and not lawful else set())
    if chosen is None or (not known and not chosen):
        return lawful[0].id if lawful else None
    if chosen not in known:
        raise refused(
            "35" if slot is Slot.REVIEW_ORGAN else "36(1)",
            "应当向上一级机关、单位提出({lawful}),所选为{chosen};请改选",
            "expected the next higher organ ({lawful}), found {chosen}; choose again",
            lawful="、".join(one.name.zh for one in lawful) or "-",
            chosen=name_of(situation, chosen),
        )
    must_be_free_to_receive(situation, chosen)
    return chosen


def _came_to(situation: Situation, lawful: tuple[Organ, ...]) -> str | None:
    """The acting organ, where it is one of the *lawful* reviewing ones."""
    own = situation.actor.organ
    return own if own in {one.id for one in lawful} else None


def request_papers(situation: Situation, answers: Values, received: date) -> tuple[Issue, ...]:
    """The written request, and the receipt for it."""
    slot = closing.issuer(situation)
    channel = "邮寄" if read.day(answers, "posted_on") else "当面或者网上"
    return (
        Issue(
            kind="review_request",
            slot=slot,
            to="file",
            fields={
                "applicant": read.text(answers, "applicant"),
                "prior_opinion": read.text(answers, "prior_opinion"),
                "request": read.text(answers, "request"),
                "reasons": read.text(answers, "grounds"),
            },
        ),
        Issue(
            kind="receipt",
            slot=slot,
            to="petitioner",
            fields={"received_on": received.isoformat(), "channel": channel},
        ),
    )


def may_request_review(situation: Situation) -> Refused | None:
    """Why no review can be asked for now; None: it can."""
    route = str(situation.facts.get("route") or "")
    served = bool(situation.facts.get("opinion_served"))
    if not rules.review_lies(route=route, opinion_served=served):
        return refused(
            "35",
            "只有已送达的信访处理意见书可以请求复查(第三十一条第六项);其他途径按其自身程序救济",
            "a review lies only against a served handling opinion (Art. 31(6)); other paths have their own remedies",
        )
    if situation.facts.get("review_requested"):
        return refused("35", "已经请求复查", "a review has been requested")
    return None


def decide_review(situation: Situation, answers: Values) -> Outcome:
    """Give the review opinion: maintain, change, or order to handle anew (Art. 35)."""
    on = day_of(situation, answers, "decided_on", since=situation.day("review_received_on"))
    must_review_freely(situation)
    must_promise_nothing(answers, "opinion")
    result = read.text(answers, "result")
    reviewer = situation.slot(Slot.REVIEW_ORGAN)
    remedy = (
        "责令重新办理:由原办理机关、单位重新出具信访处理意见书,对新的意见不服的可以依法请求复查。"
        if result == "redo"
        else letters.remedy(
            situation, organ=reviewer or situation.actor.organ, limit="T9", word="复核"
        )
    )
    opinion = opinion_paper(
        situation, answers, kind="review_opinion", slot=Slot.REVIEW_ORGAN, last={"remedy": remedy}
    )
    return Outcome(
        facts={
            "review_result": result,
            "review_signer": situation.actor.person,
            "serving": "review_opinion",
            "service": "pending",
            "server": reviewer,
            "issued_on": on.isoformat(),
            "dispatched_on": None,
        },
        documents=(opinion,),
        message="opinion_replaced" if result in {"changed", "redo"} else None,
    )


def opinion_paper(
    situation: Situation, answers: Values, *, kind: str, slot: Slot, last: dict[str, str]
) -> Issue:
    """A review or re-review opinion."""
    fields = {
        "applicant": read.text(answers, "applicant"),
        "respondent": name_of(situation, situation.slot(Slot.ORGAN)).zh,
        "request": read.text(answers, "request"),
        "facts": read.text(answers, "facts"),
        "opinion": read.text(answers, "opinion"),
        "legal_basis": read.text(answers, "legal_basis"),
        "result": caption(RESULTS, read.text(answers, "result")),
    }
    return Issue(kind=kind, slot=slot.value, to="petitioner", serve=True, fields={**fields, **last})


def must_review_freely(situation: Situation) -> None:
    """Raise ActRefused where the reviewer signed or handled what is reviewed (Arts. 28(3), 35)."""
    free = conflicts.may_review(situation.actor.person, situation.facts)
    if not free:
        raise ActRefused(free.reason, article="35")


def _to_review(situation: Situation) -> Refused | None:
    if not situation.facts.get("review_requested"):
        return refused("35", "没有复查请求", "no review was requested")
    if situation.facts.get("review_result"):
        return refused("35", "复查意见已经作出", "the review has been decided")
    if situation.slot(Slot.REVIEW_ORGAN) == situation.slot(Slot.ORGAN):
        return refused(
            "35",
            "复查由上一级机关、单位办理,不能由原办理机关办理",
            "the next higher organ reviews, never the one that handled the matter",
        )
    return None


def came_today(situation: Situation, slot: Slot, other: Slot) -> Values:
    """Today, and the reviewing organ that the petitioner came to, or else the one proposed at service."""
    values: dict[str, str | date] = {"received_on": situation.today}
    open_to_choice = [one for one in (situation.slot(slot), situation.slot(other)) if one]
    own = [one for one in open_to_choice if one == situation.actor.organ]
    return {**values, slot.value: (own or open_to_choice)[0]} if open_to_choice else values


def _chosen_reviewer(situation: Situation) -> Values:
    return came_today(situation, Slot.REVIEW_ORGAN, Slot.OTHER_REVIEW_ORGAN)


REQUEST_FIELDS: tuple[Field, ...] = (
    day("received_on", "收到请求日期", "Request received on", hint=Text(
        "复查、复核机关的期限自收到之日的次日起算", "the reviewing organ's limit counts from the day after")),
    day("posted_on", "邮戳日期", "Postmark", hint=Text(
        "邮寄的以邮戳日判断是否逾期(类推民事诉讼法第八十五条)", "a posted request is in time by its postmark")),
    line("applicant", "申请人", "Applicant"),
    line("prior_opinion", "原意见文号和日期", "Prior opinion, number and date"),
    prose("request", "请求", "Request"),
    prose("grounds", "事实和理由", "Facts and reasons"),
)  # fmt: skip
DECISION_FIELDS: tuple[Field, ...] = (
    line("applicant", "申请人", "Applicant"),
    prose("request", "请求", "Request"),
    prose("facts", "事实", "Facts"),
    prose("opinion", "意见", "Opinion"),
    prose("legal_basis", "法律法规依据", "Legal basis"),
)


def decided_today(situation: Situation) -> Values:
    """A decision is dated today unless another day is given."""
    return {"decided_on": situation.today}


REVIEW: tuple[Act, ...] = (
    Act(
        id="request_review",
        title=Text("请求复查", "Request a review"),
        article="35",
        kind=ActKind.STEP,
        by=REQUESTED_BY,
        form=Form(id="request_review", title=Text("登记复查请求", "Record the request for a review"), fields=(
            *REQUEST_FIELDS,
            organ("review_organ", "复查机关、单位(上一级,由信访人选择)",
                  "Reviewing organ (next higher, the petitioner chooses)", required=False),
        )),
        decide=request_review,
        choices={"review_organ": reviews(Slot.REVIEW_ORGAN, below=Slot.ORGAN)},
        offered=may_request_review,
        defaults=_chosen_reviewer,
        documents=("review_request", "receipt"),
        facts=("review_requested", "review_requested_on", "review_received_on", "review_organ",
               "other_review_organ", "restart"),
        clocks=("close:T7", "open:T8"),
    ),
    Act(
        id="decide_review",
        title=Text("复查", "Decide the review"),
        article="35",
        kind=ActKind.STEP,
        by=(By(Slot.REVIEW_ORGAN, Role.REVIEWER),),
        form=Form(id="decide_review", title=Text("出具复查意见书", "Give the review opinion"), fields=(
            day("decided_on", "出具日期", "Decided on"),
            pick("result", "结论", "Result", RESULTS),
            *DECISION_FIELDS,
        )),
        decide=decide_review,
        offered=_to_review,
        defaults=decided_today,
        documents=("review_opinion",),
        facts=("review_result", "review_signer", "serving", "service", "server", "issued_on", "dispatched_on"),
    ),
)  # fmt: skip
