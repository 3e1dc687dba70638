"""The handling opinion, its execution, and the report on an assigned matter (Arts. 22(1)(3), 32)."""

from __future__ import annotations

from engine.acts import answers as read
from engine.acts import closing, letters
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.guards import (
    day_of,
    playing,
    reached,
    refused,
)
from engine.acts.questions import Word, day, pick, prose
from engine.acts.wording import must_promise_nothing
from engine.errors import Refused
from engine.petition.documents import Issue
from engine.petition.facts import FactValue
from engine.petition.forms import Form, Values
from engine.petition.parties import Role, Slot
from engine.statute import rules
from engine.text import Text

FINDINGS: tuple[Word, ...] = (
    ("supported", "事实清楚,符合规定:予以支持", "supported: facts clear and lawful"),
    ("explained", "事由合理但缺乏依据:作出解释说明", "explained: reasonable, but without a legal basis"),
    ("not_supported", "缺乏事实依据或者不符合规定:不予支持", "not supported: no factual basis, or against the rules"),
)  # fmt: skip


def issue_opinion(situation: Situation, answers: Values) -> Outcome:
    """Give the handling opinion: each demand answered, with reasons, legal basis and remedy (Art. 32)."""
    since = situation.day("accepted_on") or reached(situation)
    on = day_of(situation, answers, "issued_on", since=since)
    _must_answer_all(situation, answers)
    for name in ("opinion", "answers", "facts_and_reasons"):
        must_promise_nothing(answers, name)
    finding = read.text(answers, "finding")
    organ = playing(situation, Slot.ORGAN)
    opinion = Issue(
        kind="handling_opinion",
        slot=Slot.ORGAN.value,
        to="petitioner",
        serve=True,
        fields={
            "request": read.text(answers, "request"),
            "facts_and_reasons": read.text(answers, "facts_and_reasons"),
            "opinion": f"{read.text(answers, 'opinion')}\n\n{read.text(answers, 'answers')}",
            "legal_basis": read.text(answers, "legal_basis"),
            "finding": next(zh for value, zh, _ in FINDINGS if value == finding),
            "remedy": letters.remedy(situation, organ=organ, limit="T7", word="复查"),
        },
    )
    return Outcome(
        facts={**_fresh_remedies(), **_issued(situation, organ), "finding": finding,
               "opinion_issued_on": on.isoformat(), "issued_on": on.isoformat()},
        documents=(opinion,),
    )  # fmt: skip


def _issued(situation: Situation, organ: str) -> dict[str, FactValue]:
    return {
        "opinion_issued": True,
        "opinion_signer": situation.actor.person,
        "serving": "opinion",
        "service": "pending",
        "server": organ,
        "dispatched_on": None,
    }


def _fresh_remedies() -> dict[str, FactValue]:
    """A new opinion, after an order to handle anew, opens review and re-review afresh."""
    names = (
        "review_requested", "review_requested_on", "review_received_on", "review_result", "review_served",
        "review_lapse", "review_signer", "review_organ", "other_review_organ", "restart", "executed", "opinion_served",
        "opinion_received_on", "opinion_dispatched_on",
    )  # fmt: skip
    return dict.fromkeys(names)


def _must_answer_all(situation: Situation, answers: Values) -> None:
    """Each demand has its answer: one block or line each (Art. 32)."""
    found = situation.facts.get("demands")
    demands = found if isinstance(found, int) else 1
    given = answered(read.text(answers, "answers"))
    if given < demands:
        raise refused(
            "32",
            "应当逐项答复{demands}项诉求,现只有{given}项;请每项一行(或者以序号开头分段)补齐",
            "expected an answer to each of {demands} demands, found {given}; write one per line or numbered block",
            demands=demands,
            given=given,
        )


def answered(written: str) -> int:
    """How many demands *written* answers: its numbered blocks (1. 2. …), or its lines where it has none."""
    rows = read.lines(written)
    numbered = {mark for row in rows if (mark := _number_at_start(row))}
    return len(numbered) or len(rows)


def _number_at_start(row: str) -> str:
    digits = row[: len(row) - len(row.lstrip("0123456789一二三四五六七八九十"))]
    rest = row[len(digits) :]
    return digits if digits and rest[:1] in {".", "、", ")", ":", " "} else ""


def may_conclude(situation: Situation) -> Refused | None:
    """Why no opinion can be given now; None: it can."""
    facts = situation.facts
    if not rules.opinion_owed(route=str(facts.get("route") or "")):
        return refused(
            "31(6)",
            "只有第三十一条第六项的信访事项才出具信访处理意见书;请按所定途径办理",
            "only a matter under Art. 31(6) ends in a handling opinion; follow the path chosen",
        )
    if facts.get("opinion_issued"):
        return refused("32", "信访处理意见书已经出具", "the handling opinion has been given")
    if not facts.get("notified"):
        return refused(
            "23",
            "尚未书面告知信访人受理;请先补办受理告知",
            "the petitioner has not been told of the acceptance; give the notice first",
        )
    heard, verified = bool(facts.get("heard")), bool(facts.get("investigated"))
    if not rules.may_conclude(petitioner_heard=heard, facts_verified=verified):
        return refused(
            "31(6)",
            "应当先听取信访人陈述、调查核实,再出具意见;请补办",
            "the petitioner is heard and the facts verified before an opinion; do that first",
        )
    return None


def confirm_execution(situation: Situation, answers: Values) -> Outcome:
    """Note that what a supporting opinion promised has been done (Art. 32(2))."""
    since = situation.day("opinion_issued_on")
    day_of(situation, answers, "executed_on", since=since)
    return Outcome(facts={"executed": True})


def _to_execute(situation: Situation) -> Refused | None:
    if not rules.execution_is_urged(finding=str(situation.facts.get("finding") or "")):
        return refused(
            "32(2)",
            "只有予以支持的意见才需要督促执行",
            "only a supporting opinion has anything to execute",
        )
    if situation.facts.get("executed"):
        return refused("32(2)", "已经确认执行", "the execution has been confirmed")
    return None


def report_completion(situation: Situation, answers: Values) -> Outcome:
    """Report the result of an assigned matter to whoever assigned it (Art. 22(1)(3))."""
    on = day_of(situation, answers, "reported_on", since=reached(situation))
    report = Issue(
        kind="completion_report",
        slot=Slot.ORGAN.value,
        to=Slot.OFFICE.value,
        fields={
            "course": read.text(answers, "course"),
            "result": read.text(answers, "result"),
            "execution": read.text(answers, "execution"),
        },
    )
    return Outcome(
        facts={"reported_complete": True},
        deadlines=closing.closed(on, "U10"),
        documents=(report,),
    )


def _assigned(situation: Situation) -> Refused | None:
    if not situation.facts.get("assigned"):
        return refused(
            "22(1)(3)",
            "本件不是交办件,无需提交办结报告",
            "nothing was assigned, so no report is owed",
        )
    return None


def _issued_today(situation: Situation) -> Values:
    return {"issued_on": situation.today}


OPINION: tuple[Act, ...] = (
    Act(
        id="issue_opinion",
        title=Text("出具处理意见", "Issue the opinion"),
        article="32",
        kind=ActKind.STEP,
        by=(By(Slot.ORGAN, Role.HEAD),),
        form=Form(id="issue_opinion", title=Text("出具信访处理意见书", "Issue the handling opinion"), fields=(
            day("issued_on", "出具日期", "Issued on"),
            pick("finding", "处理结论", "Finding", FINDINGS, hint=Text(
                "三种结论不可混同(第三十二条第一款)", "three different outcomes (Art. 32(1))")),
            prose("request", "信访人投诉请求", "The petitioner's request"),
            prose("facts_and_reasons", "事实和理由", "Facts and reasons"),
            prose("opinion", "处理意见", "Opinion"),
            prose("answers", "逐项答复(每项诉求一行,或者以序号开头分段)", "Answer to each demand (one per line)"),
            prose("legal_basis", "法律法规依据", "Legal basis"),
        )),
        decide=issue_opinion,
        offered=may_conclude,
        defaults=_issued_today,
        documents=("handling_opinion",),
        facts=("opinion_issued", "opinion_issued_on", "issued_on", "opinion_signer", "finding", "serving",
               "service", "server", "dispatched_on", *_fresh_remedies()),
    ),
    Act(
        id="confirm_execution",
        title=Text("确认执行", "Confirm execution"),
        article="32(2)",
        kind=ActKind.STEP,
        by=(By(Slot.ORGAN, Role.CLERK), By(Slot.OFFICE, Role.CLERK)),
        form=Form(id="confirm_execution", title=Text("督促执行并确认", "Urge and confirm the execution"), fields=(
            day("executed_on", "执行完毕日期", "Executed on"),
            prose("evidence", "执行情况和证明", "What was done, with evidence"),
        )),
        decide=confirm_execution,
        offered=_to_execute,
        facts=("executed",),
    ),
    Act(
        id="report_completion",
        title=Text("提交办结报告", "Report completion"),
        article="22(1)(3)",
        kind=ActKind.STEP,
        by=(By(Slot.ORGAN, Role.CLERK),),
        form=Form(id="report_completion", title=Text("反馈结果,提交办结报告", "Report the result"), fields=(
            day("reported_on", "报告日期", "Reported on"),
            prose("course", "办理经过", "Course"),
            prose("result", "办理结果", "Result"),
            prose("execution", "执行情况", "Execution", required=False),
        )),
        decide=report_completion,
        offered=_assigned,
        documents=("completion_report",),
        facts=("reported_complete",),
        clocks=("close:U10",),
    ),
)  # fmt: skip
