"""Answers on the other paths: suggestions (Art. 29), duties (Art. 31(5)), and the help that goes on (Art. 37)."""

from __future__ import annotations

from engine.acts import answers as read
from engine.acts import closing, letters
from engine.acts.act import Act, ActKind, By, Offered, Outcome, Situation
from engine.acts.guards import day_of, reached, refused
from engine.acts.questions import Word, caption, day, pick, prose
from engine.errors import Refused
from engine.petition.documents import Issue
from engine.petition.forms import Form, Values
from engine.petition.parties import Role, Slot
from engine.text import Text

_CLERK = (By(Slot.ORGAN, Role.CLERK),)
ADOPTIONS: tuple[Word, ...] = (
    ("adopted", "采纳", "adopted"),
    ("partly", "部分采纳", "partly adopted"),
    ("not_adopted", "未采纳", "not adopted"),
)
DUTIES: tuple[Word, ...] = (
    ("performed", "已依法履行", "the duty was performed"),
    ("answered", "已依法答复", "an answer was given"),
)


def answer_suggestion(situation: Situation, answers: Values) -> Outcome:
    """Reply on a suggestion, also where it was not adopted (Art. 29; D)."""
    on = day_of(situation, answers, "replied_on", since=reached(situation))
    adopted = read.text(answers, "adopted")
    reply = Issue(
        kind="suggestion_reply",
        slot=Slot.ORGAN.value,
        to="petitioner",
        serve=True,
        fields={
            "suggestion": read.text(answers, "suggestion"),
            "adoption": caption(ADOPTIONS, adopted),
            "reasons": read.text(answers, "reasons"),
        },
    )
    outcome = Outcome(facts={"adopted": adopted, "closing": "replied"}, documents=(reply,))
    result = caption(ADOPTIONS, adopted)
    return closing.with_report(situation, outcome, on=on, course="已研究论证并回复", result=result)


def answer_duty(situation: Situation, answers: Values) -> Outcome:
    """Note that the duty was performed or answered, and warn of the limits that no petition stops (Art. 31(5))."""
    on = day_of(situation, answers, "answered_on", since=reached(situation))
    result = caption(DUTIES, read.text(answers, "result"))
    answer = Issue(
        kind="duty_answer",
        slot=Slot.ORGAN.value,
        to="petitioner",
        serve=True,
        fields={
            "request": read.text(answers, "request"),
            "answer": f"{result}:{read.text(answers, 'answer')}",
            "legal_basis": read.text(answers, "legal_basis"),
            "warning": letters.neighbour_warning(situation),
        },
    )
    outcome = Outcome(
        facts={"performed": answers.get("result") == "performed", "closing": "duty"},
        documents=(answer,),
    )
    return closing.with_report(situation, outcome, on=on, course=result, result=result)


def care(situation: Situation, answers: Values) -> Outcome:
    """Guidance, resolution and help after the end: about the difficulty, never about the person (Art. 37(2), (3))."""
    day_of(situation, answers, "helped_on", since=situation.day("received_on"))
    record = Issue(
        kind="care_record",
        slot=closing.issuer(situation),
        to="file",
        fields={"help": read.text(answers, "help")},
    )
    return Outcome(documents=(record,))


def on_path(route: str) -> Offered:
    """The guard of an answer: its path was chosen and told."""

    def offered(situation: Situation) -> Refused | None:
        if situation.facts.get("route") != route:
            return refused(
                "31",
                "处理途径应为{wanted},现为{found};请变更途径",
                "expected the path {wanted}, found {found}; reroute",
                wanted=route,
                found=situation.facts.get("route") or "-",
            )
        if not situation.facts.get("notified"):
            return refused(
                "23", "尚未书面告知信访人;请先告知", "the petitioner was not told yet; notify"
            )
        return None

    return offered


REPLIES: tuple[Act, ...] = (
    Act(
        id="answer_suggestion",
        title=Text("回复建议意见", "Answer the suggestion"),
        article="29",
        kind=ActKind.STEP,
        by=_CLERK,
        form=Form(id="answer_suggestion", title=Text("研究论证并回复", "Answer a suggestion"), fields=(
            day("replied_on", "回复日期", "Replied on"),
            prose("suggestion", "建议意见", "Suggestion"),
            pick("adopted", "采纳情况", "Adopted?", ADOPTIONS),
            prose("reasons", "理由", "Reasons"),
        )),
        decide=answer_suggestion,
        offered=on_path("suggestion"),
        documents=("suggestion_reply", "completion_report"),
        facts=("adopted", "closing", "reported_complete"),
        clocks=("close:U10",),
    ),
    Act(
        id="answer_duty",
        title=Text("履行或者答复", "Answer on the duty"),
        article="31(5)",
        kind=ActKind.STEP,
        by=_CLERK,
        form=Form(id="answer_duty", title=Text("依法履行或者答复", "Perform the duty or answer"), fields=(
            day("answered_on", "答复日期", "Answered on"),
            pick("result", "结果", "Result", DUTIES),
            prose("request", "请求", "Request"),
            prose("answer", "答复", "Answer"),
            prose("legal_basis", "法律法规依据", "Legal basis"),
        )),
        decide=answer_duty,
        offered=on_path("route_5"),
        documents=("duty_answer", "completion_report"),
        facts=("performed", "closing", "reported_complete"),
        clocks=("close:U10",),
    ),
    Act(
        id="care",
        title=Text("帮扶疏导", "Care"),
        article="37(3)",
        kind=ActKind.STEP,
        by=(By(Slot.OFFICE, Role.CLERK), By(Slot.ORGAN, Role.CLERK)),
        form=Form(id="care", title=Text("疏导教育、矛盾化解、帮扶救助", "Guidance and help"), fields=(
            day("helped_on", "日期", "On"),
            prose("help", "帮扶疏导情况", "Guidance and help", hint=Text(
                "只记对困难和问题的帮助(第三十七条);不记人的行踪、表现",
                "help with the difficulty (Art. 37); never whereabouts or conduct")),
        )),
        decide=care,
        documents=("care_record",),
    ),
)  # fmt: skip
