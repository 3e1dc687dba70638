"""Choosing the path of Art. 31 and telling the petitioner (Art. 23): accept, divert, undertake or acknowledge."""

from __future__ import annotations

from datetime import date

from engine.acts import answers as read
from engine.acts import closing, letters
from engine.acts.act import Act, ActKind, By, Offered, Outcome, Situation
from engine.acts.guards import at_fault, day_of, playing, reached, refused
from engine.acts.questions import Word, day, line, pick, prose, yes
from engine.errors import Refused
from engine.petition.deadlines import Change, Correct, Open
from engine.petition.facts import FactValue
from engine.petition.forms import Field, Form, Values
from engine.petition.parties import Role, Slot
from engine.statute import rules
from engine.statute.reckoning import Acceptance
from engine.statute.reckoning import accepted_on as acceptance_day
from engine.statute.routing import RouteProposal, load_routing, propose_route
from engine.text import Text

CLERK = (By(Slot.ORGAN, Role.CLERK),)
ROUTES: tuple[Word, ...] = tuple(
    (route.id, f"{route.title.zh}(第{route.article}条)", f"{route.title.en} (Art. {route.article})")
    for route in load_routing().routes
)
DIVERTED = frozenset({"route_1", "route_2", "route_3", "route_4"})
CATEGORY_OF = {"suggestion": "suggestion", "accusation": "accusation"}
NOT_SIXTY_DAYS = "处理途径不是第三十一条第六项,不适用第三十四条的期限"


def route(situation: Situation, answers: Values) -> Outcome:
    """Choose the path: the table of Art. 31 proposes, the clerk confirms or decides otherwise with a reason."""
    chosen = read.text(answers, "route")
    proposal = proposed(situation, answers)
    category = situation.facts.get("category")
    if category == "accusation" and chosen != "accusation":
        raise refused(
            "30",
            "检举控告按照有关规定处理,不能改走其他途径;请选「检举控告」",
            "an accusation is handled by its own rules; choose “accusation”",
        )
    if chosen != proposal.route and not read.text(answers, "override_reason"):
        raise at_fault(
            "override_reason",
            "按所答问题应为{proposed},与所选不同;请说明理由或者改选",
            "the answers point to {proposed}; give the reason for choosing otherwise, or choose it",
            proposed=load_routing().route(proposal.route).title,
        )
    facts = route_facts(situation, chosen)
    facts["mixed_routes"] = read.flag(answers, "mixed_routes")
    return Outcome(
        facts=facts,
        deadlines=_no_presumption(situation, chosen),
        warnings=(_SPLIT,) if facts["mixed_routes"] else (),
    )


def proposed(situation: Situation, answers: Values) -> RouteProposal:
    """What the table proposes for the clerk's answers; the category given at registration answers its own question."""
    given = {question.id: read.flag(answers, question.id) for question in load_routing().questions}
    category = situation.facts.get("category")
    if category in CATEGORY_OF:
        given[f"is_{category}"] = True
    return propose_route(given)


def route_facts(situation: Situation, chosen: str) -> dict[str, FactValue]:
    """The facts of a path: the category follows it, and only route 6 keeps a presumed acceptance."""
    category = CATEGORY_OF.get(chosen, "grievance")
    facts: dict[str, FactValue] = {"route": chosen, "category": category}
    if not rules.opinion_owed(route=chosen):
        facts["presumed_accepted"] = None
        facts["accepted_on"] = None
    return facts


def _no_presumption(situation: Situation, chosen: str) -> tuple[Change, ...]:
    return () if rules.opinion_owed(route=chosen) else closing.voided(NOT_SIXTY_DAYS, "T5")


_SPLIT = Text(
    "各项诉求途径不同的,请以同一来件编号分别登记,逐项答复(第三十一条、第三十二条)",
    "where the demands take different paths, register each under the same submission (Arts. 31, 32)",
)


def accept(situation: Situation, answers: Values) -> Outcome:
    """Tell the petitioner that the matter is accepted; the sixty days count from here at the latest (Arts. 23, 34)."""
    on = day_of(situation, answers, "notice_on", since=reached(situation))
    accepted = acceptance(situation, on)
    notice = letters.acceptance_notice(situation, answers, notice_on=on, accepted=accepted.on)
    return Outcome(
        facts={
            "notified": True,
            "notified_on": on.isoformat(),
            "accepted_on": accepted.on.isoformat(),
            "presumed_accepted": accepted.presumed,
        },
        deadlines=(
            *closing.closed(on, *closing.NOTIFYING),
            *handling_clock(situation, accepted.on),
        ),
        documents=(notice,),
    )


def acceptance(situation: Situation, notice_on: date, *, arrived: date | None = None) -> Acceptance:
    """The day from which Art. 34 counts: the notice, and at the latest the nominal end of the limit for giving it."""
    arrived = arrived or reached(situation) or notice_on
    direct = bool(situation.facts.get("direct"))
    unclear = bool(situation.facts.get("name_or_address_unclear"))
    if rules.notice_excused(direct=direct, name_or_address_unclear=unclear):
        return Acceptance(on=notice_on, presumed=False)
    limit = situation.law.limit("T2" if direct else "T3", arrived)
    return acceptance_day(notice_on, arrived, notice_limit=limit)


def handling_clock(situation: Situation, accepted: date) -> tuple[Change, ...]:
    """Let T5 run from *accepted*: opened, or put right where it was presumed to start on another day."""
    row = situation.ledger.open_of("T5")
    if row is None:
        return (Open(limit="T5", on=accepted, debtor=playing(situation, Slot.ORGAN)),)
    return () if row.started_on == accepted else (Correct(id=row.id, on=accepted),)


def divert(situation: Situation, answers: Values) -> Outcome:
    """Lead the matter into the proper procedure and say which, where and until when (Art. 31(1)–(4))."""
    on = day_of(situation, answers, "notice_on", since=reached(situation))
    outcome = Outcome(
        facts={"notified": True, "notified_on": on.isoformat(), "closing": "diverted"},
        deadlines=_notified(on),
        documents=(letters.procedure_notice(situation, answers),),
    )
    return closing.with_report(
        situation,
        outcome,
        on=on,
        course="已依照第三十一条导入法定途径",
        result=read.text(answers, "procedure"),
    )


def undertake(situation: Situation, answers: Values) -> Outcome:
    """Tell the petitioner that the duty will be performed or answered, and by when (Art. 31(5))."""
    on = day_of(situation, answers, "notice_on", since=reached(situation))
    return Outcome(
        facts={"notified": True, "notified_on": on.isoformat()},
        deadlines=_notified(on),
        documents=(letters.procedure_notice(situation, answers),),
    )


def acknowledge(situation: Situation, answers: Values) -> Outcome:
    """Tell the petitioner that the suggestion arrived (Arts. 23, 29)."""
    on = day_of(situation, answers, "notice_on", since=reached(situation))
    return Outcome(
        facts={"notified": True, "notified_on": on.isoformat()},
        deadlines=_notified(on),
        documents=(letters.notice_of_receipt(situation, answers),),
    )


def _notified(on: date) -> tuple[Change, ...]:
    return (*closing.closed(on, *closing.NOTIFYING), *closing.voided(NOT_SIXTY_DAYS, "T5"))


def on_route(*routes: str) -> Offered:
    """The guard of a notice: its path has been chosen, and no notice has been given yet."""

    def offered(situation: Situation) -> Refused | None:
        if situation.facts.get("route") not in routes:
            return refused(
                "31",
                "处理途径应为{wanted},现为{found};请先确定或者变更途径",
                "expected the path {wanted}, found {found}; route or reroute first",
                wanted="、".join(routes),
                found=situation.facts.get("route") or "-",
            )
        if situation.facts.get("notified"):
            return refused(
                "23",
                "已经书面告知;途径有变的请办理变更途径",
                "the notice has been given; reroute where the path changes",
            )
        return None

    return offered


def _to_route(situation: Situation) -> Refused | None:
    if situation.slot(Slot.ORGAN) is None:
        return refused(
            "31",
            "尚未到达有权处理的机关、单位;请先转送、交办",
            "it has not reached a competent organ; forward or assign it first",
        )
    if "raised" in {situation.facts.get("objection"), situation.facts.get("dispute")}:
        return refused(
            "24",
            "异议或者受理争议尚未答复、决定,先不确定处理途径;期限照常计算",
            "an objection or a dispute is still open: await the answer before choosing a path; the limits run on",
        )
    if situation.facts.get("notified"):
        return refused(
            "31",
            "已按原途径告知信访人;请办理变更途径并告知",
            "the petitioner was told of the former path; reroute, with notice",
        )
    return None


def _questions() -> tuple[Field, ...]:
    return tuple(
        yes(question.id, question.text.zh, question.text.en)
        for question in load_routing().questions
    )


def _by_category(situation: Situation) -> Values:
    proposal = proposed(situation, {})
    values: dict[str, str | bool] = {"route": proposal.route}
    if proposal.question:
        values[proposal.question] = True
    return values


def notice_today(situation: Situation) -> Values:
    """A notice is dated today unless another day is given."""
    return {"notice_on": situation.today}


def _duty_defaults(situation: Situation) -> Values:
    neighbour = situation.law.neighbour("duty_to_act")
    return {
        "notice_on": situation.today,
        "procedure": "依法履行职责或者答复(第三十一条第五项)",
        "competent_body": situation.organs.organ(playing(situation, Slot.ORGAN)).name.zh,
        "its_time_limit": neighbour.wording.zh,
    }


NOTICE_ON = day("notice_on", "书面告知日期", "Notice given on", hint=Text(
    "能够当场告知的应当当场书面告知(第二十三条第二款)", "on the spot where that is possible (Art. 23(2))"))  # fmt: skip
CONTACT = line("contact", "联系单位和方式", "Unit and contact")
PROCEDURE = (
    prose("procedure", "应当适用的程序", "Proper procedure"),
    line("competent_body", "受理单位", "Competent body"),
    line("its_time_limit", "该程序的期限", "Its time limit"),
    line("basis", "法律法规依据", "Legal basis"),
)
_PROCEDURE_FORM = (
    NOTICE_ON,
    *PROCEDURE,
    line("contact", "联系单位和方式", "Unit and contact", required=False),
)
_CLOSES = ("close:T2", "close:T3", "close:T4")

ACCEPTANCE: tuple[Act, ...] = (
    Act(
        id="route",
        title=Text("确定处理途径", "Route"),
        article="31",
        kind=ActKind.STEP,
        by=CLERK,
        form=Form(id="route", title=Text("依照第三十一条确定处理途径", "Choose the path of Art. 31"), fields=(
            *_questions(),
            pick("route", "处理途径", "Path", ROUTES),
            prose("override_reason", "与提示不同的理由", "Reason for deciding otherwise", required=False),
            yes("mixed_routes", "各项诉求途径不同", "The demands take different paths"),
        )),
        decide=route,
        offered=_to_route,
        defaults=_by_category,
        facts=("route", "category", "presumed_accepted", "accepted_on", "mixed_routes"),
        clocks=("void:T5",),
    ),
    Act(
        id="accept",
        title=Text("受理告知", "Accept"),
        article="23",
        kind=ActKind.STEP,
        by=CLERK,
        form=Form(id="accept", title=Text("受理并书面告知", "Accept and notify"), fields=(NOTICE_ON, CONTACT)),
        decide=accept,
        offered=on_route("route_6"),
        defaults=notice_today,
        documents=("acceptance_notice",),
        facts=("notified", "notified_on", "accepted_on", "presumed_accepted"),
        clocks=(*_CLOSES, "open:T5", "correct:T5"),
    ),
    Act(
        id="divert",
        title=Text("导入法定途径", "Divert"),
        article="31",
        kind=ActKind.STEP,
        by=CLERK,
        form=Form(id="divert", title=Text("告知并导入法定途径", "Lead into the proper procedure"),
                  fields=_PROCEDURE_FORM),
        decide=divert,
        offered=on_route(*sorted(DIVERTED)),
        defaults=notice_today,
        documents=("procedure_notice", "completion_report"),
        facts=("notified", "notified_on", "closing", "reported_complete"),
        clocks=(*_CLOSES, "void:T5", "close:U10"),
    ),
    Act(
        id="undertake",
        title=Text("履职告知", "Undertake the duty"),
        article="31(5)",
        kind=ActKind.STEP,
        by=CLERK,
        form=Form(id="undertake", title=Text("告知依法履行或者答复", "Say that the duty will be performed"),
                  fields=_PROCEDURE_FORM),
        decide=undertake,
        offered=on_route("route_5"),
        defaults=_duty_defaults,
        documents=("procedure_notice",),
        facts=("notified", "notified_on"),
        clocks=(*_CLOSES, "void:T5"),
    ),
    Act(
        id="acknowledge",
        title=Text("建议意见接收告知", "Acknowledge"),
        article="29",
        kind=ActKind.STEP,
        by=CLERK,
        form=Form(id="acknowledge", title=Text("告知已接收建议意见", "Acknowledge a suggestion"),
                  fields=(NOTICE_ON, CONTACT)),
        decide=acknowledge,
        offered=on_route("suggestion"),
        defaults=notice_today,
        documents=("notice_of_receipt",),
        facts=("notified", "notified_on"),
        clocks=(*_CLOSES, "void:T5"),
    ),
)  # fmt: skip
