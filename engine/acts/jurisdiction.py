"""A dispute over which organ accepts, and its decision (Art. 24(1)). No clock stops for it."""

from __future__ import annotations

from datetime import date

from engine.acts import answers as read
from engine.acts import closing
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.choosing import ANY_DESTINATION, OTHER_THAN_THE_HOLDER
from engine.acts.guards import at_fault, day_of, name_of, organ_chosen, playing, reached, refused
from engine.acts.questions import day, organ, prose
from engine.errors import Refused
from engine.petition.deadlines import Change, Open
from engine.petition.documents import Issue
from engine.petition.facts import FactValue
from engine.petition.forms import Form, Values
from engine.petition.parties import Organ, Role, Slot
from engine.statute import rules
from engine.text import Text

_DESIGNATED = "指定由其他机关、单位受理"


def dispute(situation: Situation, answers: Values) -> Outcome:
    """Bring a dispute before the common superior, or the common joint conference where there is none (Art. 24(1))."""
    day_of(situation, answers, "disputed_on", since=reached(situation))
    own = playing(situation, Slot.ORGAN)
    other = organ_chosen(situation, answers, "disputing_organ")
    if other.id == own:
        raise at_fault(
            "disputing_organ", "争议应在两个机关、单位之间", "a dispute is between two organs"
        )
    decider = _decider(situation, own, other.id)
    facts: dict[str, FactValue] = {
        "dispute": "raised",
        "disputing_organ": other.id,
        "decider": decider.id if decider else None,
    }
    return Outcome(facts=facts, warnings=() if decider else (_NOBODY,))


def _decider(situation: Situation, own: str, other: str) -> Organ | None:
    """Whoever decides, unless shut out from the matter."""
    organs, today = situation.organs, situation.today
    superior = organs.common_superior((own, other), today)
    kind = rules.jurisdiction_decider(common_superior=superior is not None)
    found = (
        superior
        if kind is rules.Decider.COMMON_SUPERIOR
        else organs.joint_conference_of((own, other), today)
    )
    return None if found is not None and found.id in situation.excluded else found


_NOBODY = Text(
    "名录中没有共同的上一级机关、单位,也没有共同的信访工作联席会议,请管理员指定决定机关",
    "the directory shows neither a common superior nor a common joint conference: an administrator names one",
)


def decide_jurisdiction(situation: Situation, answers: Values) -> Outcome:
    """Decide which organ accepts; if another one, its notice is due from the day of designation (Arts. 24(1), 23(3))."""
    on = day_of(situation, answers, "decided_on", since=reached(situation))
    target = organ_chosen(situation, answers, "organ")
    before = playing(situation, Slot.ORGAN)
    other = str(situation.facts.get("disputing_organ") or "")
    letter = Issue(
        kind="designation_letter",
        slot=Slot.DECIDER.value,
        to=target.id,
        fields={
            "parties": "、".join(name_of(situation, id).zh for id in (before, other) if id),
            "decision": f"由{target.name.zh}受理",
            "legal_basis": "《信访工作条例》第二十四条第一款",
            "reasons": read.text(answers, "reasons"),
        },
    )
    facts: dict[str, FactValue] = {"dispute": "decided"}
    if target.id == before:
        return Outcome(facts=facts, documents=(letter,))
    facts.update(
        organ=target.id,
        organ_received_on=on.isoformat(),
        transferred_by=situation.actor.organ,
        direct=False,
        signed_for=None,
        presumed_accepted=None,
        accepted_on=None,
    )
    return Outcome(facts=facts, deadlines=_moved(situation, target.id, on), documents=(letter,))


def _moved(situation: Situation, debtor: str, on: date) -> tuple[Change, ...]:
    """The notice is owed by the designated organ now. It may not object: the designation has settled its powers."""
    changes: tuple[Change, ...] = (
        *closing.voided(_DESIGNATED, "T2", "T3", "T4", "T5"),
        Open(limit="T3", on=on, debtor=debtor),
    )
    assigned = situation.ledger.open_of("U10")
    if assigned is None:
        return changes
    return (
        *changes,
        *closing.voided(_DESIGNATED, "U10"),
        Open(limit="U10", on=on, debtor=debtor, due=assigned.assigned_due),
    )


def _may_dispute(situation: Situation) -> Refused | None:
    if situation.slot(Slot.ORGAN) is None or situation.facts.get("category") == "accusation":
        return refused(
            "24(1)",
            "尚无受理机关,不存在受理争议",
            "no organ holds the matter yet, so nothing is in dispute",
        )
    if situation.facts.get("route"):
        return refused(
            "24(1)",
            "已确定处理途径;需要更正的请变更途径",
            "a route has been chosen; reroute where that was wrong",
        )
    if situation.facts.get("direct") and situation.facts.get("disposition") != "own":
        return refused(
            "24(1)",
            "请先区分情况;认为属于本机关、单位职权而另一机关、单位有争议的,再提请决定",
            "sort it first: who accepts is in dispute only once the organ holds the matter to be its own",
        )
    if situation.facts.get("objection") == "raised":
        return refused(
            "24(1)",
            "已提出异议,尚待答复;请等待答复",
            "an objection is still open; await the answer first",
        )
    if situation.facts.get("dispute"):
        return refused(
            "24(1)",
            "受理争议已经提出或者已经决定,不能重复提出",
            "the dispute has been raised or decided already",
        )
    return None


def _raised(situation: Situation) -> Refused | None:
    if situation.facts.get("dispute") != "raised":
        return refused("24(1)", "没有待决定的受理争议", "there is no dispute to decide")
    return None


JURISDICTION: tuple[Act, ...] = (
    Act(
        id="dispute",
        title=Text("提出受理争议", "Dispute jurisdiction"),
        article="24(1)",
        kind=ActKind.STANDING,
        by=(By(Slot.ORGAN, Role.CLERK), By(Slot.ORGAN, Role.HEAD)),
        form=Form(id="dispute", title=Text("提请决定受理机关", "Ask who is to accept"), fields=(
            day("disputed_on", "提出日期", "Raised on"),
            organ("disputing_organ", "有争议的另一机关、单位", "The other organ"),
            prose("negotiation", "协商记录", "Record of the negotiation", hint=Text(
                "先协商,有争议的由共同的上一级决定;期限照常计算(第二十四条第一款)",
                "first negotiate, then the common superior decides; limits run on (Art. 24(1))")),
        )),
        decide=dispute,
        choices={"disputing_organ": OTHER_THAN_THE_HOLDER},
        offered=_may_dispute,
        facts=("dispute", "disputing_organ", "decider"),
    ),
    Act(
        id="decide_jurisdiction",
        title=Text("指定受理", "Decide jurisdiction"),
        article="24(1)",
        kind=ActKind.STEP,
        by=(By(Slot.DECIDER, Role.CLERK), By(Slot.DECIDER, Role.HEAD)),
        form=Form(id="decide_jurisdiction", title=Text("决定受理机关", "Decide which organ accepts"), fields=(
            day("decided_on", "决定日期", "Decided on"),
            organ("organ", "受理机关、单位", "Organ that accepts"),
            prose("reasons", "理由", "Reasons"),
        )),
        decide=decide_jurisdiction,
        choices={"organ": ANY_DESTINATION},
        offered=_raised,
        documents=("designation_letter",),
        facts=("dispute", "organ", "organ_received_on", "transferred_by", "direct", "signed_for",
               "presumed_accepted", "accepted_on"),
        clocks=("void:T2", "void:T3", "void:T4", "void:T5", "void:U10", "open:T3", "open:U10"),
    ),
)  # fmt: skip
