"""Changing the path of Art. 31 until there is an opinion, with notice to the petitioner (Arts. 23, 31)."""

from __future__ import annotations

from dataclasses import replace

from engine.acts import answers as read
from engine.acts import closing, letters
from engine.acts.acceptance import (
    CLERK,
    DIVERTED,
    NOT_SIXTY_DAYS,
    NOTICE_ON,
    PROCEDURE,
    ROUTES,
    acceptance,
    handling_clock,
    notice_today,
    route_facts,
)
from engine.acts.act import Act, ActKind, Outcome, Situation
from engine.acts.guards import at_fault, day_of, needed, reached, refused
from engine.acts.questions import caption, line, pick, prose
from engine.errors import Refused
from engine.petition.deadlines import Change
from engine.petition.documents import Issue
from engine.petition.forms import Field, Form, Values
from engine.petition.parties import Slot
from engine.statute import rules
from engine.text import Text

_WITH_PROCEDURE = ("route_1", "route_2", "route_3", "route_4", "route_5")


def reroute(situation: Situation, answers: Values) -> Outcome:
    """Take another path and tell the petitioner why; the sixty days run only on route 6 (Arts. 31, 34)."""
    new = read.text(answers, "route")
    old = str(situation.facts.get("route"))
    if new == old:
        raise at_fault(
            "route", "与现途径相同;请选其他途径", "this is the present path; choose another"
        )
    if new in _WITH_PROCEDURE:
        needed(answers, "procedure", "competent_body", "its_time_limit")
    on = day_of(situation, answers, "notice_on", since=reached(situation))
    facts = route_facts(situation, new)
    facts.update(notified=True, notified_on=on.isoformat())
    changes: list[Change] = list(closing.closed(on, *closing.NOTIFYING))
    papers = [_notice(situation, answers, old, new)]
    if rules.opinion_owed(route=new):
        accepted = acceptance(situation, on)
        facts.update(accepted_on=accepted.on.isoformat(), presumed_accepted=accepted.presumed)
        changes.extend(handling_clock(situation, accepted.on))
        papers.append(
            letters.acceptance_notice(situation, answers, notice_on=on, accepted=accepted.on)
        )
    else:
        changes.extend(closing.voided(NOT_SIXTY_DAYS, "T5"))
        papers.extend(_further(situation, answers, new))
    if new in DIVERTED:
        facts["closing"] = "diverted"
    outcome = Outcome(facts=facts, deadlines=tuple(changes), documents=tuple(papers))
    if new not in DIVERTED:
        return outcome
    return closing.with_report(
        situation,
        outcome,
        on=on,
        course="已变更途径,导入法定途径",
        result=read.text(answers, "procedure"),
    )


def _notice(situation: Situation, answers: Values, old: str, new: str) -> Issue:
    return Issue(
        kind="reroute_notice",
        slot=Slot.ORGAN.value,
        to="petitioner",
        serve=True,
        fields={
            "old_path": caption(ROUTES, old),
            "new_path": caption(ROUTES, new),
            "reasons": read.text(answers, "reason"),
            "competent_body": read.text(answers, "competent_body"),
            "its_time_limit": read.text(answers, "its_time_limit"),
        },
    )


def _further(situation: Situation, answers: Values, new: str) -> tuple[Issue, ...]:
    if new in _WITH_PROCEDURE:
        return (letters.procedure_notice(situation, answers),)
    return (letters.notice_of_receipt(situation, answers),)


def may_reroute(situation: Situation) -> Refused | None:
    """Why the path cannot be changed now; None: it can."""
    issued = bool(situation.facts.get("opinion_issued"))
    notified = bool(situation.facts.get("notified"))
    if rules.may_reroute(opinion_issued=issued, notice_given=notified):
        return None
    if issued:
        return refused(
            "31",
            "信访处理意见书已经出具,不能再变更途径;不服的由信访人请求复查",
            "the handling opinion has been issued; a petitioner who disagrees asks for a review",
        )
    return refused(
        "31",
        "尚未确定途径并告知;请先确定处理途径",
        "no path has been chosen and told; route it first",
    )


def _when(field: Field, *routes: str) -> Field:
    return replace(field, when=("route", routes), required=False)


REROUTING: tuple[Act, ...] = (
    Act(
        id="reroute",
        title=Text("变更处理途径", "Reroute"),
        article="31",
        kind=ActKind.STANDING,
        by=CLERK,
        form=Form(id="reroute", title=Text("变更处理途径并告知", "Take another path, with notice"), fields=(
            NOTICE_ON,
            pick("route", "变更后的途径", "New path", tuple(row for row in ROUTES if row[0] != "accusation")),
            prose("reason", "理由", "Reason"),
            *(_when(field, *_WITH_PROCEDURE) for field in PROCEDURE),
            line("contact", "联系单位和方式", "Unit and contact"),
        )),
        decide=reroute,
        offered=may_reroute,
        defaults=notice_today,
        documents=("reroute_notice", "acceptance_notice", "procedure_notice", "notice_of_receipt",
                   "completion_report"),
        facts=("route", "category", "presumed_accepted", "accepted_on", "notified", "notified_on", "closing",
               "reported_complete"),
        clocks=("close:T2", "close:T3", "close:T4", "open:T5", "correct:T5", "void:T5", "close:U10"),
    ),
)  # fmt: skip
