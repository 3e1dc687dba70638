"""Sorting a registered petition (Arts. 19(3), 22, 23(1), 36(3)): which way it goes, and which ways are not open to it."""

from __future__ import annotations

from datetime import date

from engine.acts import answers as read
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.choosing import BELOW_US, is_below_us
from engine.acts.guards import at_fault, needed, refused, still_with_receiver
from engine.acts.questions import Word, day, line, organ, person, pick, prose, yes
from engine.errors import ActRefused
from engine.people import conflicts
from engine.petition.facts import FactValue
from engine.petition.forms import Form, Values
from engine.petition.parties import Role, Slot
from engine.statute import rules
from engine.text import Text

DISPOSITIONS: tuple[Word, ...] = (
    ("forward", "转送有权处理的机关、单位", "forward to the competent organ"),
    ("assign", "交办有权处理的机关、单位", "assign to the competent organ"),
    ("own", "属于本机关、单位职权范围", "within our own powers"),
    ("subordinate", "属于本系统下级机关、单位", "for a lower organ of our system"),
    ("outside", "不属于本机关、单位及本系统", "outside our system"),
    ("litigation_forward", "涉法涉诉:转送政法部门", "litigation: transfer"),
    ("litigation_explain", "涉法涉诉:释法引导", "litigation: explain and guide"),
    ("accusation", "检举控告:按管理权限转送", "accusation: by management authority"),
    (
        "barred",
        "不予受理(规定期限内向上级重复提出)",
        "decline: brought to the superior within the limit",
    ),
    ("no_longer", "不再受理(已经复核)", "refuse for good: re-reviewed already"),
    ("repeat", "重复信访,并入在办件", "repeat: merge into the running file"),
)
_FOR_OFFICES = frozenset({"forward", "assign"})
_FOR_ORGANS = frozenset({"own", "subordinate", "outside"})
_LITIGATION = frozenset({"litigation_forward", "litigation_explain"})
_LINKING = frozenset({"barred", "no_longer", "repeat"})
PRIOR_KINDS: tuple[Word, ...] = (
    ("re_review_opinion", "复核意见书", "re-review opinion"),
    ("review_opinion", "复查意见书", "review opinion"),
    ("handling_opinion", "信访处理意见书", "handling opinion"),
    ("lapse", "逾期未请求复查、复核", "the limit for review or re-review lapsed"),
)
_IF_BARRED = ("disposition", ("barred",))
_IF_FINAL = ("disposition", ("no_longer",))
_IF_ACCUSED = ("disposition", ("accusation",))


def bar_refusal(
    situation: Situation, *, handling: str, due: date | None, same_matter: bool
) -> ActRefused | None:
    """Why the acting organ may not decline because *handling* has the matter until *due* (Art. 19(3)); None: it may."""
    superior = is_below_us(situation, handling)
    if rules.bars_superior(
        receiver_is_superior=superior,
        same_matter=same_matter,
        handling_due=due,
        today=situation.today,
    ):
        return None
    if not superior:
        return refused(
            "19(3)",
            "只有受理、办理机关的上级才能不予受理,本机关不是其上级;同一事项请并案或者转送",
            "only a superior of the handling organ declines, and we are not one; merge or forward instead",
        )
    if not same_matter:
        return refused(
            "19(3)",
            "只有同一信访事项才能不予受理;不同事项请按新件分流",
            "only the same matter is declined; sort a different one as new",
        )
    return refused(
        "19(3)",
        "只有在规定期限内才能不予受理,该机关的期限已于{due}届满;请分流并督办",
        "the bar holds only within the limit, which ended on {due}; sort the petition and supervise",
        due=due or "?",
    )


def final_refusal(*, kind: str, same_facts: bool, same_reasons: bool) -> ActRefused | None:
    """Why a matter may not be refused for good (Art. 36(3)); None: it may."""
    served = kind == "re_review_opinion"
    if rules.refused_for_good(
        re_review_opinion_served=served, same_facts=same_facts, same_reasons=same_reasons
    ):
        return None
    if not served:
        return refused(
            "36(3)",
            "只有经复核的事项才不再受理;处理意见、复查意见或者逾期未请求都不构成终结,请照常分流",
            "only a re-review opinion ends a matter; an earlier opinion or a lapsed limit does not: sort it",
        )
    return refused(
        "36(3)",
        "须以同一事实和同一理由提出才不再受理;有新的事实或者理由的是新事项,请照常分流",
        "it must rest on the same facts and the same reasons; new ones make a new matter: sort it",
    )


def sort(situation: Situation, answers: Values) -> Outcome:
    """Decide which way the petition goes (Arts. 22(1), 23(1)); opens and closes no clock."""
    disposition = read.text(answers, "disposition")
    _must_be_open_to(situation, disposition)
    warnings = _litigation_warnings(situation, disposition, answers)
    facts: dict[str, FactValue] = {"disposition": disposition}
    exclude: frozenset[str] = frozenset()
    if disposition == "barred":
        facts.update(_barring(situation, answers))
    elif disposition == "no_longer":
        facts.update(_prior(answers))
    elif disposition in _LITIGATION:
        facts["litigation"] = True
    elif disposition == "accusation":
        facts["category"] = "accusation"
        facts["complained_organ"] = None
        exclude = _accused(situation, answers)
    return Outcome(facts=facts, exclude=exclude, warnings=warnings)


def _must_be_open_to(situation: Situation, disposition: str) -> None:
    direct = bool(situation.facts.get("direct"))
    if direct and disposition in _FOR_OFFICES:
        raise refused(
            "23(1)",
            "机关、单位只能在本系统内转送、交办,系统外的告知信访人向有权机关提出;请改选",
            "an organ passes petitions on only inside its own system and guides elsewhere; choose again",
        )
    if not direct and disposition in _FOR_ORGANS:
        raise refused(
            "22(1)",
            "信访部门应当转送、交办有权处理的机关、单位;请改选",
            "a petition office forwards or assigns to the competent organ; choose again",
        )
    if situation.facts.get("category") == "accusation" and disposition != "accusation":
        raise refused(
            "22(2)",
            "检举控告应当按照管理权限转送,不适用其他去向;请选「检举控告」",
            "an accusation goes by management authority and nowhere else; choose “accusation”",
        )
    visit = situation.facts.get("channel") == "visit"
    transferred = rules.litigation_is_transferred(visit=visit)
    if disposition == "litigation_forward" and not transferred:
        raise refused(
            "22(2)",
            "涉法涉诉来访应当释法并引导其向政法部门提出,不作转送;请选「释法引导」",
            "a visitor on a litigation matter is told the law and guided; choose “explain and guide”",
        )
    if disposition == "litigation_explain" and situation.facts.get("channel") not in {
        "visit",
        "call",
    }:
        raise refused(
            "22(2)",
            "涉法涉诉信件应当转送同级政法部门;请选「转送政法部门」",
            "a litigation letter is transferred to the political-legal organ; choose “transfer”",
        )


def _litigation_warnings(
    situation: Situation, disposition: str, answers: Values
) -> tuple[Text, ...]:
    if not situation.facts.get("litigation") or disposition in _LITIGATION | _LINKING | {
        "accusation"
    }:
        return ()
    needed(answers, "reason")
    return (
        Text(
            "登记为涉法涉诉,应当与普通信访分离(第二十八条第二款);理由已记录",
            "registered as a litigation matter, which is kept apart (Art. 28(2)); the reason is recorded",
        ),
    )


def _barring(situation: Situation, answers: Values) -> dict[str, FactValue]:
    needed(answers, "handling_organ", "handling_due")
    handling = read.text(answers, "handling_organ")
    if not situation.organs.exists(handling):
        raise at_fault("handling_organ", "没有这个机关、单位", "there is no such organ")
    due = read.day(answers, "handling_due")
    facts: dict[str, FactValue] = {
        "barring_organ": handling,
        "barring_due": due.isoformat() if due else None,
    }
    refusal = bar_refusal(
        situation, handling=handling, due=due, same_matter=read.flag(answers, "same_matter")
    )
    if refusal is not None:
        raise refusal
    return facts


def _prior(answers: Values) -> dict[str, FactValue]:
    refusal = final_refusal(
        kind=read.text(answers, "prior_kind"),
        same_facts=read.flag(answers, "same_facts"),
        same_reasons=read.flag(answers, "same_reasons"),
    )
    if refusal is not None:
        raise refusal
    needed(answers, "prior_opinion", "prior_opinion_on")
    decided = read.day(answers, "prior_opinion_on")
    return {
        "prior_opinion": read.text(answers, "prior_opinion"),
        "prior_opinion_on": decided.isoformat() if decided else None,
    }


def _accused(situation: Situation, answers: Values) -> frozenset[str]:
    known = [
        id
        for id in (read.text(answers, "accused_organ"), read.text(answers, "accused_person"))
        if situation.organs.exists(id) or id in situation.organs.people
    ]
    return conflicts.exclusion(situation.organs, known, situation.today) if known else frozenset()


SORT = Act(
    id="sort",
    title=Text("分流", "Sort"),
    article="22(1)",
    kind=ActKind.STEP,
    by=(By(Slot.OFFICE, Role.CLERK), By(Slot.ORGAN, Role.CLERK)),
    form=Form(
        id="sort",
        title=Text("区分情况,确定去向", "Sort the petition"),
        fields=(
            pick("disposition", "去向", "Way", DISPOSITIONS),
            prose("reason", "理由", "Reason", required=False),
            organ("handling_organ", "正在受理、办理的机关", "Organ that handles the matter", required=False,
                  when=_IF_BARRED),
            day("handling_due", "其办理期限届满日", "Its due date", future=True, when=_IF_BARRED),
            yes("same_matter", "确系同一信访事项", "It is the same matter", when=_IF_BARRED),
            pick("prior_kind", "此前的终局文书", "What ended the matter before", PRIOR_KINDS, when=_IF_FINAL),
            line("prior_opinion", "复核意见书文号", "Number of the re-review opinion", required=False,
                 sealed=False, when=_IF_FINAL),
            day("prior_opinion_on", "复核意见书日期", "Date of the re-review opinion", when=_IF_FINAL),
            yes("same_facts", "同一事实", "The same facts", when=_IF_FINAL, hint=Text(
                "须同时具备(第三十六条第三款)", "both are needed (Art. 36(3))")),
            yes("same_reasons", "同一理由", "The same reasons", when=_IF_FINAL),
            organ("accused_organ", "被检举控告的单位", "Organ accused", required=False, sealed=True,
                  when=_IF_ACCUSED),
            person("accused_person", "被检举控告的人员(在本系统有账户的)", "Person accused (if on staff here)",
                   required=False, sealed=True, when=_IF_ACCUSED),
        ),
    ),
    decide=sort,
    choices={"handling_organ": BELOW_US},
    offered=still_with_receiver,
    facts=(
        "disposition", "barring_organ", "barring_due", "prior_opinion", "prior_opinion_on", "litigation",
        "category", "complained_organ",
    ),
)  # fmt: skip
