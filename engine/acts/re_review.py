"""The re-review: the last word, with the hearing that stops its clock (Art. 36)."""

from __future__ import annotations

from engine.acts import answers as read
from engine.acts import closing
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.choosing import reviews
from engine.acts.deliberation import HEARING_CALL, HEARING_FIELDS, hearing_notice, hearing_record
from engine.acts.guards import day_of, refused, running
from engine.acts.questions import day, organ, pick
from engine.acts.review import (
    DECISION_FIELDS,
    NO_REVIEWER,
    REQUEST_FIELDS,
    REQUESTED_BY,
    RESULTS,
    came_today,
    decided_today,
    must_be_in_time,
    must_review_freely,
    opinion_paper,
    request_papers,
    reviewing_organ,
    str_day,
)
from engine.acts.wording import must_promise_nothing
from engine.errors import Refused
from engine.petition.deadlines import Open, Resume, Suspend
from engine.petition.facts import FactValue
from engine.petition.forms import Form, Values
from engine.petition.parties import Role, Slot
from engine.statute import rules
from engine.statute.reckoning import filed_on
from engine.text import Text

FINAL_EFFECT = (
    "本意见为终结意见。信访人仍以同一事实和理由提出的,各级信访部门和其他机关、单位不再受理"
    "(第三十六条第三款);有新的事实或者理由的,可以作为新的信访事项提出。"
)
_BY_RE_REVIEWER = (By(Slot.RE_REVIEW_ORGAN, Role.REVIEWER),)


def request_re_review(situation: Situation, answers: Values) -> Outcome:
    """Take down the request for a re-review; in time by its postmark, and T10 runs from its receipt (Art. 36(1))."""
    served = situation.ledger.last_of("T9")
    received = day_of(
        situation, answers, "received_on", since=served.started_on if served else None
    )
    must_be_in_time(situation, answers, limit="T9", lapse="re_review_lapse", received=received)
    reviewer = reviewing_organ(situation, answers, Slot.RE_REVIEW_ORGAN, below=Slot.REVIEW_ORGAN)
    facts: dict[str, FactValue] = {
        "re_review_requested": True,
        "re_review_requested_on": str(filed_on(read.day(answers, "posted_on"), received)),
        "re_review_received_on": received.isoformat(),
        "re_review_organ": reviewer,
        "other_re_review_organ": None,
        "restart": None,
    }
    opened = (Open(limit="T10", on=received, debtor=reviewer),) if reviewer else ()
    return Outcome(
        facts=facts,
        deadlines=(*closing.closed(str_day(facts["re_review_requested_on"]), "T9"), *opened),
        documents=request_papers(situation, answers, received),
        warnings=() if reviewer else (NO_REVIEWER,),
    )


def _may_request(situation: Situation) -> Refused | None:
    served = bool(situation.facts.get("review_served"))
    redo = situation.facts.get("review_result") == "redo"
    if not rules.re_review_lies(review_opinion_served=served) or redo:
        return refused(
            "36(1)",
            "只有已送达的复查意见可以请求复核;责令重新办理的,待新的处理意见",
            "a re-review lies only against a served review opinion; after an order to redo, await the new opinion",
        )
    if situation.facts.get("re_review_requested"):
        return refused("36(1)", "已经请求复核", "a re-review has been requested")
    return None


def order_hearing(situation: Situation, answers: Values) -> Outcome:
    """Begin a hearing; its days, from the first to the last, do not count in the thirty (Art. 36(2))."""
    row = running(situation, "T10")
    if row is None:
        raise refused("36(2)", "没有可以停算的复核期限", "there is no re-review limit to stop")
    since = situation.day("re_review_received_on")
    begins = day_of(situation, answers, "starts_on", since=since)
    return Outcome(
        facts={"hearing_ordered": True, "hearing_open": True, "hearing_from": begins.isoformat()},
        deadlines=(Suspend(limit="T10", start=begins, reason="听证(第三十六条第二款)"),),
        documents=(hearing_notice(answers, Slot.RE_REVIEW_ORGAN),),
    )


def _may_order(situation: Situation) -> Refused | None:
    if situation.facts.get("re_review_result"):
        return refused("36(2)", "复核意见已经作出", "the re-review has been decided")
    if situation.facts.get("hearing_open"):
        return refused("36(2)", "听证正在进行", "a hearing is going on")
    if running(situation, "T10") is None:
        return refused(
            "36(2)",
            "复核期限没有在计算(尚未请求复核,或者已经逾期),不能停算",
            "the limit of the re-review is not running (not requested, or overdue), so nothing can be stopped",
        )
    return None


def close_hearing(situation: Situation, answers: Values) -> Outcome:
    """End the hearing; the clock counts on from the day after (Art. 36(2))."""
    began = situation.day("hearing_from")
    ended = day_of(situation, answers, "ended_on", since=began)
    record = hearing_record(
        answers, Slot.RE_REVIEW_ORGAN, began=str(began), ended=ended.isoformat()
    )
    return Outcome(
        facts={"hearing_open": False, "hearing_held": True},
        deadlines=(Resume(limit="T10", end=ended),),
        documents=(record,),
    )


def _hearing(situation: Situation) -> Refused | None:
    if not situation.facts.get("hearing_open"):
        return refused("36(2)", "没有正在进行的听证", "no hearing is going on")
    return None


def decide_re_review(situation: Situation, answers: Values) -> Outcome:
    """Give the re-review opinion, in writing and served, so that its finality can be proved (Art. 36; D)."""
    on = day_of(situation, answers, "decided_on", since=situation.day("re_review_received_on"))
    must_review_freely(situation)
    must_promise_nothing(answers, "opinion")
    opinion = opinion_paper(
        situation,
        answers,
        kind="re_review_opinion",
        slot=Slot.RE_REVIEW_ORGAN,
        last={"final_effect": FINAL_EFFECT},
    )
    return Outcome(
        facts={
            "re_review_result": read.text(answers, "result"),
            "serving": "re_review_opinion",
            "service": "pending",
            "server": situation.slot(Slot.RE_REVIEW_ORGAN),
            "issued_on": on.isoformat(),
            "dispatched_on": None,
        },
        documents=(opinion,),
    )


def _may_decide(situation: Situation) -> Refused | None:
    if not situation.facts.get("re_review_requested"):
        return refused("36(1)", "没有复核请求", "no re-review was requested")
    if situation.facts.get("re_review_result"):
        return refused("36(1)", "复核意见已经作出", "the re-review has been decided")
    if situation.facts.get("hearing_open"):
        return refused(
            "36(2)", "听证尚未结束;请先结束听证", "the hearing is still open; close it first"
        )
    lower = {situation.slot(Slot.ORGAN), situation.slot(Slot.REVIEW_ORGAN)}
    if situation.slot(Slot.RE_REVIEW_ORGAN) in lower:
        return refused(
            "36(1)",
            "复核由复查机关的上一级机关、单位办理",
            "the organ above the reviewing one decides the re-review",
        )
    return None


def _chosen(situation: Situation) -> Values:
    return came_today(situation, Slot.RE_REVIEW_ORGAN, Slot.OTHER_RE_REVIEW_ORGAN)


RE_REVIEW: tuple[Act, ...] = (
    Act(
        id="request_re_review",
        title=Text("请求复核", "Request a re-review"),
        article="36(1)",
        kind=ActKind.STEP,
        by=(
            *REQUESTED_BY,
            By(Slot.RE_REVIEW_ORGAN, Role.REVIEWER),
            By(Slot.RE_REVIEW_ORGAN, Role.CLERK),
            By(Slot.OTHER_RE_REVIEW_ORGAN, Role.REVIEWER),
            By(Slot.OTHER_RE_REVIEW_ORGAN, Role.CLERK),
        ),
        form=Form(id="request_re_review", title=Text("登记复核请求", "Record the request for a re-review"), fields=(
            *REQUEST_FIELDS,
            organ("re_review_organ", "复核机关、单位(复查机关的上一级)",
                  "Re-review organ (above the reviewing organ)", required=False),
        )),
        decide=request_re_review,
        choices={"re_review_organ": reviews(Slot.RE_REVIEW_ORGAN, below=Slot.REVIEW_ORGAN)},
        offered=_may_request,
        defaults=_chosen,
        documents=("review_request", "receipt"),
        facts=("re_review_requested", "re_review_requested_on", "re_review_received_on", "re_review_organ",
               "other_re_review_organ", "restart"),
        clocks=("close:T9", "open:T10"),
    ),
    Act(
        id="order_hearing",
        title=Text("举行复核听证", "Order a hearing"),
        article="36(2)",
        kind=ActKind.STANDING,
        by=_BY_RE_REVIEWER,
        form=Form(id="order_hearing", title=Text("开始复核听证(期限停止计算)", "Begin a hearing (the limit stops)"),
                  fields=(
            day("starts_on", "听证开始日", "Begins on", hint=Text(
                "听证所需时间不计算在复核期限内(第三十六条第二款)",
                "the time of the hearing does not count (Art. 36(2))")),
            *HEARING_CALL,
        )),
        decide=order_hearing,
        offered=_may_order,
        documents=("hearing_notice",),
        facts=("hearing_ordered", "hearing_open", "hearing_from"),
        clocks=("suspend:T10",),
    ),
    Act(
        id="close_hearing",
        title=Text("结束复核听证", "Close the hearing"),
        article="36(2)",
        kind=ActKind.STEP,
        by=_BY_RE_REVIEWER,
        form=Form(id="close_hearing", title=Text("结束复核听证(期限继续计算)", "Close the hearing (the limit runs on)"),
                  fields=(
            day("ended_on", "听证结束日", "Ended on"),
            *HEARING_FIELDS,
        )),
        decide=close_hearing,
        offered=_hearing,
        documents=("hearing_record",),
        facts=("hearing_open", "hearing_held"),
        clocks=("resume:T10",),
    ),
    Act(
        id="decide_re_review",
        title=Text("复核", "Decide the re-review"),
        article="36(1)",
        kind=ActKind.STEP,
        by=_BY_RE_REVIEWER,
        form=Form(id="decide_re_review", title=Text("出具复核意见书", "Give the re-review opinion"), fields=(
            day("decided_on", "出具日期", "Decided on"),
            pick("result", "结论", "Result", RESULTS[:2]),
            *DECISION_FIELDS,
        )),
        decide=decide_re_review,
        offered=_may_decide,
        defaults=decided_today,
        documents=("re_review_opinion",),
        facts=("re_review_result", "serving", "service", "server", "issued_on", "dispatched_on"),
    ),
)  # fmt: skip
