"""Whom a question for an organ or a person can be answered with: what pages offer is what the acts accept."""

from __future__ import annotations

from engine.acts.act import Choice, Situation
from engine.people import conflicts
from engine.petition.parties import OrganKind, Role, Slot
from engine.text import Text

# ---- organs ----------------------------------------------------------------------------------------------------------


def is_there(situation: Situation, organ: str) -> bool:
    """Whether the organ exists today."""
    organs = situation.organs
    return organs.exists(organ) and organs.organ(organ).valid_on(situation.today)


def may_receive(situation: Situation, organ: str) -> bool:
    """Whether the matter may come to the knowledge of *organ* (Art. 30(3))."""
    if not situation.excluded:
        return True
    return conflicts.may_receive(
        situation.organs, organ, situation.excluded, situation.today
    ).allowed


def may_go_to(situation: Situation, organ: str) -> bool:
    """Whether the matter may be sent to *organ*."""
    return is_there(situation, organ) and may_receive(situation, organ)


def is_of_own_system_below(situation: Situation, organ: str) -> bool:
    """Whether *organ* is a lower one of the system of the organ that has the matter (Art. 23(1))."""
    own = situation.slot(Slot.ORGAN)
    return own is not None and situation.organs.same_system_below(own, organ)


def is_political_legal_here(situation: Situation, organ: str) -> bool:
    """Whether *organ* may be a political-legal one of the sender's level (Art. 22(2))."""
    target, sender = (situation.organs.organ(id) for id in (organ, situation.actor.organ))
    return target.kind in _POLITICAL_LEGAL and target.level is sender.level


# Public security and justice are departments, so a department is taken at the clerk's word.
_POLITICAL_LEGAL = frozenset(
    {OrganKind.POLITICAL_LEGAL, OrganKind.COURT, OrganKind.PROCURATORATE, OrganKind.DEPARTMENT}
)


def is_below_us(situation: Situation, organ: str) -> bool:
    """Whether the acting organ is a superior of *organ*; a petition office speaks for its government (Art. 19(3))."""
    organs, today = situation.organs, situation.today
    if not organs.exists(organ):
        return False
    own = organs.organ(situation.actor.organ)
    if organs.is_superior(own.id, organ, today):
        return True
    if own.kind is not OrganKind.PETITION_OFFICE or own.government is None:
        return False
    return organs.is_superior(own.government, organ, today)


def is_gone_from_here(situation: Situation, organ: str) -> bool:
    """Whether *organ* played a part in the matter and exists no more (Art. 24(2))."""
    plays = organ in {situation.slot(slot) for slot in Slot}
    return plays and not is_there(situation, organ)


def reviews(slot: Slot, *, below: Slot) -> Choice:
    """The lawful reviewing organs above the one that plays the part *below*; one named by hand where there is none."""

    def suits(situation: Situation, organ: str) -> bool:
        under = situation.slot(below)
        lawful = situation.organs.superiors(under, situation.today) if under else ()
        known = {one.id for one in lawful} - situation.excluded
        named = situation.slot(slot)
        return (organ in known or (not known and organ == named)) and may_receive(situation, organ)

    return Choice(
        suits,
        Text(
            "只列出上一级机关、单位,由信访人选择",
            "only the next higher organs are listed; the petitioner chooses",
        ),
    )


_NEUTRAL = Text(
    "不能作为本件去向的机关、单位没有列出",
    "organs that cannot be the destination of this matter are not listed",
)
DESTINATION = Choice(
    lambda situation, organ: organ != situation.actor.organ and may_go_to(situation, organ),
    Text(
        "本单位和不能作为本件去向的机关、单位没有列出",
        "your own organ and those that cannot be the destination of this matter are not listed",
    ),
)
ANY_DESTINATION = Choice(may_go_to, _NEUTRAL)
LOWER_OF_OWN_SYSTEM = Choice(
    lambda situation, organ: (
        may_go_to(situation, organ) and is_of_own_system_below(situation, organ)
    ),
    Text(
        "只列出本系统下级机关、单位;系统外的请告知信访人向有权机关提出(第二十三条第一款)",
        "only lower organs of the own system are listed; for others, tell the petitioner whom to ask (Art. 23(1))",
    ),
)
POLITICAL_LEGAL = Choice(
    lambda situation, organ: (
        may_go_to(situation, organ) and is_political_legal_here(situation, organ)
    ),
    Text(
        "只列出同级政法部门和政府部门(第二十二条第二款)",
        "only political-legal organs and departments of the same level are listed (Art. 22(2))",
    ),
)
OTHER_THAN_THE_HOLDER = Choice(
    lambda situation, organ: organ != situation.slot(Slot.ORGAN) and may_go_to(situation, organ),
    Text("正在办理本件的机关、单位没有列出", "the organ that has the matter is not listed"),
)
BELOW_US = Choice(
    is_below_us,
    Text(
        "只列出本机关的下级;只有上级才能以下级正在办理为由不予受理(第十九条第三款)",
        "only organs below yours are listed: only a superior declines because a lower one has it (Art. 19(3))",
    ),
)
OTHER_THAN_THE_DECIDER = Choice(
    lambda situation, organ: organ != situation.slot(Slot.ORGAN) and may_go_to(situation, organ),
    Text(
        "原办理机关、单位没有列出:复查、复核不能由原机关办理",
        "the organ that decided first is not listed: it cannot review itself",
    ),
)
GONE = Choice(
    is_gone_from_here,
    Text(
        "只列出在本件中承担职责而已不存在的机关、单位",
        "only organs with a part in this matter that exist no more are listed",
    ),
)

# ---- people ----------------------------------------------------------------------------------------------------------


def recused_people(situation: Situation) -> tuple[str, ...]:
    """The ids of those who have stepped aside from the matter."""
    return tuple(id for id in str(situation.facts.get("recused") or "").split(",") if id)


def is_free(situation: Situation, person: str) -> bool:
    """Whether *person* is neither recused nor shut out (Arts. 28(3), 30(3))."""
    return conflicts.may_be_given_to(
        situation.organs, person, situation.excluded, recused_people(situation), situation.today
    ).allowed


def is_of_the_organ(situation: Situation, person: str) -> bool:
    """Whether *person* is a clerk or the head of the organ that has the matter."""
    organ = situation.slot(Slot.ORGAN)
    staff = (situation.organs.people_at(str(organ), role, situation.today) for role in _HANDLERS)
    return organ is not None and any(person in people for people in staff)


_HANDLERS = (Role.CLERK, Role.HEAD)
HANDLER = Choice(
    lambda situation, person: is_free(situation, person) and is_of_the_organ(situation, person),
    Text(
        "只列出本机关、单位的经办员和负责人;已回避的和不得接触本件的没有列出(第二十八条第三款)",
        "only clerks and heads of this organ are listed, without those recused or shut out (Art. 28(3))",
    ),
)
FREE = Choice(
    is_free,
    Text(
        "已回避的和不得接触本件的人员没有列出(第二十八条第三款)",
        "those recused or shut out from this matter are not listed (Art. 28(3))",
    ),
)
SOMEBODY_ELSE = Choice(
    lambda situation, person: person != situation.actor.person,
    Text(
        "本人的回避由其他负责人决定,所以没有列出您(第二十八条第三款)",
        "your own recusal is for another head to decide, so you are not listed (Art. 28(3))",
    ),
)
