"""Where the competence table would send a petition, and whether it was followed (Arts. 5, 22): it proposes, a clerk decides."""

from __future__ import annotations

from collections.abc import Mapping

from engine.acts.act import Situation
from engine.acts.guards import name_of
from engine.people import conflicts
from engine.people.competence import Proposal, propose
from engine.petition.facts import FactValue
from engine.petition.parties import Organ, Slot
from engine.text import Text

OBJECTED = Text(
    "原收到单位提出异议时建议的单位(第二十三条第三款)",
    "named by the organ whose objection was agreed (Art. 23(3))",
)
DEPARTED = Text(
    "与职权表提示的{organ}不同,记入卷宗",
    "the competence table names {organ}; this is put on record",
)


def by_table(situation: Situation) -> Proposal | None:
    """The organ that the table names for the subject in the area of the office that holds the file; None: it names none.

    Never one that must not learn of the matter, nor the one complained of: sending it there is for a person to decide.
    """
    subject = situation.facts.get("subject_category")
    office = situation.slot(Slot.OFFICE)
    area = situation.organs.organ(office).government if office else None
    found = propose(
        situation.competence(),
        situation.organs,
        subject_category=str(subject) if subject else None,
        territory=area,
        on=situation.today,
    )
    complained = situation.facts.get("complained_organ")
    return next((one for one in found if one.organ != complained and _free(situation, one)), None)


def _free(situation: Situation, proposal: Proposal) -> bool:
    return conflicts.may_receive(
        situation.organs, proposal.organ, situation.excluded, situation.today
    ).allowed


def destination(situation: Situation) -> Proposal | None:
    """What a transfer is proposed to: the organ that an agreed objection named, else the one of the table."""
    named = situation.facts.get("proposed_organ")
    return Proposal(organ=str(named), reason=OBJECTED) if named else by_table(situation)


def reason_of_destination(situation: Situation) -> Mapping[str, Text]:
    """Why the question for the organ is filled as it is."""
    found = destination(situation)
    return {"organ": found.reason} if found else {}


def held_to_table(
    situation: Situation, target: Organ
) -> tuple[dict[str, FactValue], tuple[Text, ...]]:
    """Whether *target* is what the table named, as a fact, with a word to the clerk where it is another."""
    found = by_table(situation)
    if found is None:
        return {"competence": None}, ()
    if found.organ == target.id:
        return {"competence": "followed"}, ()
    return {"competence": "departed"}, (DEPARTED.filled(organ=name_of(situation, found.organ)),)
