"""What many acts have to ask before they decide, and the sentences of refusal."""

from __future__ import annotations

from datetime import date

from engine.acts import answers as read
from engine.acts.act import Situation
from engine.acts.choosing import is_there, may_receive, recused_people
from engine.errors import ActRefused, BadInput, OutOfTime, Refused
from engine.people import conflicts
from engine.petition.deadlines import Deadline, DeadlineState
from engine.petition.forms import Values
from engine.petition.parties import Organ, Slot
from engine.statute import rules
from engine.text import Text

NEUTRAL = Text(
    "该机关、单位不能作为本件的去向,请选择其他机关、单位",
    "this organ cannot be the destination of this matter; choose another",
)
SAY_WHY = Text(
    "此项选择有利害关系提示,请说明理由",
    "this choice carries a warning of a conflict; give the reason",
)


def refused(article: str, zh: str, en: str, **values: object) -> ActRefused:
    """A refusal by the statute: what was expected, what was found, what to do."""
    return ActRefused(Text(zh, en).filled(**values), article=article)


def out_of_time(article: str, zh: str, en: str, **values: object) -> OutOfTime:
    """A refusal because a power has lapsed."""
    return OutOfTime(Text(zh, en).filled(**values), article=article)


def at_fault(name: str, zh: str, en: str, **values: object) -> BadInput:
    """An answer that cannot be taken."""
    return BadInput({name: Text(zh, en).filled(**values)})


def needed(answers: Values, *names: str) -> None:
    """Raise BadInput unless each of *names*, which depend on other answers, is answered."""
    faults = {
        name: Text("必须填写", "an answer is needed") for name in names if not answers.get(name)
    }
    if faults:
        raise BadInput(faults)


# ---- days ------------------------------------------------------------------------------------------------------------


def day_of(situation: Situation, answers: Values, name: str, *, since: date | None = None) -> date:
    """The day answered to *name*, or today. Raises BadInput where it lies before *since*, the day of what led to it."""
    day = read.day(answers, name) or situation.today
    if since is not None and day < since:
        raise at_fault(
            name,
            "不能早于{since}(前一环节发生之日),现为{day};请核对日期",
            "expected no earlier than {since}, the day of what led to it; found {day}: check the date",
            since=since,
            day=day,
        )
    return day


def reached(situation: Situation) -> date | None:
    """The day on which the matter reached the organ that now holds it."""
    return situation.day("organ_received_on") or situation.day("received_on")


# ---- organs ----------------------------------------------------------------------------------------------------------


def name_of(situation: Situation, id: str | None) -> Text:
    """What the organ *id* is called."""
    if id is None or not situation.organs.exists(id):
        return Text("(未确定)", "(not determined)")
    return situation.organs.organ(id).name


def playing(situation: Situation, slot: Slot) -> str:
    """The id of the organ that plays the part *slot*. Raises ActRefused where none does yet."""
    organ = situation.slot(slot)
    if organ is None:
        raise refused(
            "22",
            "本件尚未确定{slot},请先确定后再办理",
            "no organ plays the part “{slot}” yet; determine it first",
            slot=slot.value,
        )
    return organ


def organ_chosen(situation: Situation, answers: Values, name: str) -> Organ:
    """The organ answered to *name*, which must exist today and may receive the matter.

    Raises BadInput for an organ that is not there, and ActRefused, in a sentence that reveals nothing, for one that
    must never learn of the matter (Art. 30(3)).
    """
    id = read.text(answers, name)
    if not is_there(situation, id):
        raise at_fault(
            name,
            "没有这个机关、单位,或者它已不存在;请从名录中选择",
            "there is no such organ, or it exists no more; choose one from the directory",
        )
    must_be_free_to_receive(situation, id)
    return situation.organs.organ(id)


def must_be_free_to_receive(situation: Situation, organ: str) -> None:
    """Raise ActRefused where *organ* is the accused one or belongs to it (Art. 30(3)); the sentence says no more."""
    if not may_receive(situation, organ):
        raise ActRefused(NEUTRAL, article="22")


def person_chosen(situation: Situation, answers: Values, name: str) -> str:
    """The member of staff answered to *name*, who must be known, not recused and not shut out (Arts. 28(3), 30(3))."""
    person = read.text(answers, name)
    if person not in situation.organs.people:
        raise at_fault(
            name,
            "没有这个人员,请从名录中选择",
            "there is no such person; choose one from the directory",
        )
    free = conflicts.may_be_given_to(
        situation.organs, person, situation.excluded, recused_people(situation), situation.today
    )
    if not free:
        raise ActRefused(free.reason, article="28(3)")
    return person


def conflict_warnings(situation: Situation, organ: str, answers: Values) -> tuple[Text, ...]:
    """The warnings of a conflict if the matter goes to *organ*; a reason must then be given (``conflict_reason``)."""
    complained = situation.facts.get("complained_organ")
    found = conflicts.warnings(
        situation.organs,
        situation.actor,
        about=str(complained) if complained else None,
        slots={"organ": organ},
        on=situation.today,
    )
    if found and not read.text(answers, "conflict_reason"):
        raise BadInput({"conflict_reason": SAY_WHY})
    return found


# ---- clocks ----------------------------------------------------------------------------------------------------------


def running(situation: Situation, limit: str) -> Deadline | None:
    """The newest deadline of *limit* that is neither passed nor stopped."""
    row = situation.ledger.open_of(limit)
    return row if row is not None and row.state is DeadlineState.RUNNING else None


def lapsed(situation: Situation, limit: str) -> Deadline | None:
    """The newest deadline of *limit*, if it is a power that has lapsed."""
    row = situation.ledger.last_of(limit)
    return row if row is not None and row.state is DeadlineState.LAPSED else None


# ---- where the matter stands -----------------------------------------------------------------------------------------


def still_with_receiver(situation: Situation) -> Refused | None:
    """Why the receiver can no longer sort the matter: it was passed on, or the petitioner told; None: it can."""
    if situation.slot(Slot.ORGAN) is not None and not situation.facts.get("direct"):
        return refused(
            "22(1)",
            "本件已转送、交办{organ};如应改变去向,由其依法提出异议",
            "it has gone to {organ}; if that was wrong, that organ objects",
            organ=name_of(situation, situation.slot(Slot.ORGAN)),
        )
    if situation.facts.get("dispute") == "raised":
        return refused(
            "24(1)",
            "受理争议尚未决定;期限照常计算",
            "the dispute over jurisdiction is still open; the limits run on",
        )
    if situation.facts.get("notified") or situation.facts.get("route"):
        return refused(
            "23",
            "已确定处理途径,不能再分流;需要更正的请变更途径",
            "a path has been chosen, so it is not sorted again; reroute where that was wrong",
        )
    return None


def held_directly(situation: Situation) -> Refused | None:
    """Why the act is not open to an organ to which the matter was transferred; None: it came to the organ directly."""
    if not situation.facts.get("direct"):
        return refused(
            "23(1)",
            "只适用于直接收到的信访事项;转送、交办来的请提出异议",
            "only for a petition made directly to the organ; object to one that was transferred",
        )
    return still_with_receiver(situation)


def being_handled(situation: Situation) -> Refused | None:
    """Why the matter is not being handled under Art. 31(6); None: it is."""
    if not rules.opinion_owed(route=str(situation.facts.get("route") or "")):
        return refused(
            "31(6)",
            "听取陈述、调查核实、听证、调解用于第三十一条第六项的办理,本件不是",
            "hearing, investigation and mediation belong to the handling under Art. 31(6); this is not it",
        )
    if situation.facts.get("opinion_issued"):
        return refused("31(6)", "处理意见已经出具", "the opinion has been given")
    return None
