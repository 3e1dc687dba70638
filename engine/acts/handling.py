"""Handling a matter under Art. 31(6): appoint who handles it, hear the petitioner, verify the facts (Art. 28(3))."""

from __future__ import annotations

from engine.acts import answers as read
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.choosing import HANDLER, is_of_the_organ
from engine.acts.guards import (
    at_fault,
    being_handled,
    day_of,
    person_chosen,
    reached,
    refused,
)
from engine.acts.questions import Word, day, line, person, pick, prose, yes
from engine.petition.documents import Issue
from engine.petition.forms import Form, Values
from engine.petition.parties import Role, Slot
from engine.statute import rules
from engine.text import Text

CLERK = (By(Slot.ORGAN, Role.CLERK),)
HEAD = (By(Slot.ORGAN, Role.HEAD),)
NEXT_STEPS: tuple[Word, ...] = (
    ("opinion", "出具处理意见", "give the opinion"),
    ("hearing", "举行听证", "hold a hearing"),
    ("mediation", "组织调解、和解", "mediate"),
)
MANNERS: tuple[Word, ...] = (
    ("in_person", "当面", "in person"),
    ("call", "电话", "by telephone"),
    ("video", "视频", "by video"),
    ("writing", "书面", "in writing"),
    ("unreachable", "多次联系未果(写明经过)", "could not be reached (say what was tried)"),
)


def appoint(situation: Situation, answers: Values) -> Outcome:
    """Appoint who handles the matter: at the organ, without an interest, not recused (Art. 28(3))."""
    handler = person_chosen(situation, answers, "handler")
    if not is_of_the_organ(situation, handler):
        raise at_fault(
            "handler",
            "应为本机关、单位的工作人员;请改选",
            "expected somebody of this organ; choose again",
        )
    if rules.must_recuse(direct_interest=not read.flag(answers, "no_interest")):
        raise refused(
            "28(3)",
            "有直接利害关系的应当回避;请确认无利害关系或者另行指定",
            "whoever has an interest stays away; confirm that there is none, or appoint somebody else",
        )
    return Outcome(facts={"handler": handler})


def hear_petitioner(situation: Situation, answers: Values) -> Outcome:
    """Hear the petitioner on facts and reasons (Art. 31(6)); attempts that failed are recorded as such."""
    held = day_of(situation, answers, "held_on", since=reached(situation))
    record = Issue(
        kind="interview_record",
        slot=Slot.ORGAN.value,
        to="file",
        fields={
            "present": read.text(answers, "present"),
            "held_on": held.isoformat(),
            "content": read.text(answers, "content"),
            "signatures": read.text(answers, "signatures"),
        },
    )
    return Outcome(facts={"heard": True}, documents=(record,))


def investigate(situation: Situation, answers: Values) -> Outcome:
    """Verify the facts and say what comes next (Art. 31(6))."""
    day_of(situation, answers, "investigated_on", since=reached(situation))
    return Outcome(facts={"investigated": True, "next_step": read.text(answers, "next_step")})


def _everybody(situation: Situation) -> Values:
    handler = situation.facts.get("handler")
    return {"held_on": situation.today, "present": "信访人、经办人" if handler else "信访人"}


HANDLING: tuple[Act, ...] = (
    Act(
        id="appoint",
        title=Text("指定承办人", "Appoint a handler"),
        article="28(3)",
        kind=ActKind.STEP,
        by=HEAD,
        form=Form(id="appoint", title=Text("指定承办人", "Appoint who handles the matter"), fields=(
            person("handler", "承办人", "Handler"),
            yes("no_interest", "与信访事项、信访人无直接利害关系", "No interest in the matter or the petitioner",
                hint=Text("有直接利害关系的应当回避(第二十八条第三款)", "an interest means recusal (Art. 28(3))")),
        )),
        decide=appoint,
        choices={"handler": HANDLER},
        offered=being_handled,
        facts=("handler",),
    ),
    Act(
        id="hear_petitioner",
        title=Text("听取陈述", "Hear the petitioner"),
        article="31(6)",
        kind=ActKind.STEP,
        by=CLERK,
        form=Form(id="hear_petitioner", title=Text("听取信访人陈述事实和理由", "Hear the petitioner"), fields=(
            day("held_on", "时间", "Held on"),
            pick("manner", "方式", "Manner", MANNERS),
            line("present", "在场人员", "Persons present"),
            prose("content", "陈述内容", "What was said"),
            line("signatures", "签名情况", "Signatures"),
        )),
        decide=hear_petitioner,
        offered=being_handled,
        defaults=_everybody,
        documents=("interview_record",),
        facts=("heard",),
    ),
    Act(
        id="investigate",
        title=Text("调查核实", "Investigate"),
        article="31(6)",
        kind=ActKind.STEP,
        by=CLERK,
        form=Form(id="investigate", title=Text("调查核实", "Verify the facts"), fields=(
            day("investigated_on", "完成日期", "Completed on"),
            prose("record", "调查核实情况", "What was found"),
            pick("next_step", "下一步", "What comes next", NEXT_STEPS),
        )),
        decide=investigate,
        offered=being_handled,
        facts=("investigated", "next_step"),
    ),
)  # fmt: skip
