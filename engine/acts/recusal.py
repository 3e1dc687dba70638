"""Recusal for a direct interest, at any time; every clock runs on (Art. 28(3))."""

from __future__ import annotations

from engine.acts import answers as read
from engine.acts import closing
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.choosing import FREE, SOMEBODY_ELSE, recused_people
from engine.acts.guards import (
    at_fault,
    day_of,
    needed,
    person_chosen,
    refused,
)
from engine.acts.questions import Word, day, person, pick, prose, yes
from engine.petition.documents import Issue
from engine.petition.facts import FactValue
from engine.petition.forms import Form, Values
from engine.petition.parties import Role, Slot
from engine.statute import rules
from engine.text import Text

APPLICANTS: tuple[Word, ...] = (
    ("self", "本人申请", "the person concerned"),
    ("petitioner", "信访人申请", "the petitioner"),
    ("organ", "机关、单位决定", "the organ"),
)


def recuse(situation: Situation, answers: Values) -> Outcome:
    """Decide on a recusal. Whoever steps aside has no further part, and another one takes over at once."""
    day_of(situation, answers, "decided_on", since=situation.day("received_on"))
    concerned = read.text(answers, "person")
    if concerned not in situation.organs.people:
        raise at_fault("person", "没有这个人员", "there is no such person")
    if not rules.may_decide_recusal(
        is_head=True, concerns_self=concerned == situation.actor.person
    ):
        raise refused(
            "28(3)",
            "本人的回避不能由本人决定;请由其他负责人决定",
            "nobody decides their own recusal; leave it to another head",
        )
    granted = read.flag(answers, "granted")
    decision = Issue(
        kind="recusal_decision",
        slot=closing.issuer(situation),
        to="file",
        fields={
            "person_concerned": situation.organs.person(concerned).name,
            "ground": read.text(answers, "ground"),
            "decision": "同意回避" if granted else "不予回避",
            "applicant": next(
                (zh for value, zh, _ in APPLICANTS if value == answers.get("applicant")), ""
            ),
        },
    )
    if not granted:
        return Outcome(documents=(decision,))
    return Outcome(facts=_aside(situation, answers, concerned), documents=(decision,))


def _aside(situation: Situation, answers: Values, concerned: str) -> dict[str, FactValue]:
    people = dict.fromkeys((*recused_people(situation), concerned))
    facts: dict[str, FactValue] = {"recused": ",".join(people)}
    if situation.facts.get("handler") != concerned:
        return facts
    needed(answers, "replacement")
    if answers.get("replacement") == concerned:
        raise at_fault(
            "replacement", "应另行指定他人", "somebody else has to take over; choose another person"
        )
    facts["handler"] = person_chosen(situation, answers, "replacement")
    return facts


RECUSAL: tuple[Act, ...] = (
    Act(
        id="recuse",
        title=Text("决定回避", "Recuse"),
        article="28(3)",
        kind=ActKind.STANDING,
        by=(
            By(Slot.ORGAN, Role.HEAD),
            By(Slot.OFFICE, Role.HEAD),
            By(Slot.REVIEW_ORGAN, Role.HEAD),
            By(Slot.RE_REVIEW_ORGAN, Role.HEAD),
        ),
        form=Form(id="recuse", title=Text("决定回避", "Decide on a recusal"), fields=(
            day("decided_on", "决定日期", "Decided on"),
            person("person", "回避对象", "Person concerned"),
            pick("applicant", "提出人", "Asked by", APPLICANTS),
            prose("ground", "理由", "Ground", hint=Text(
                "与信访事项或者信访人有直接利害关系(第二十八条第三款)",
                "a direct interest in the matter or the petitioner (Art. 28(3))")),
            yes("granted", "同意回避", "Granted"),
            person("replacement", "接替的承办人", "Who takes over", required=False),
        )),
        decide=recuse,
        choices={"person": SOMEBODY_ELSE, "replacement": FREE},
        documents=("recusal_decision",),
        facts=("recused", "handler"),
    ),
)  # fmt: skip
