"""Litigation matters are kept apart: letters are transferred, visitors guided (Arts. 20(2), 22(2), 28(2))."""

from __future__ import annotations

from engine.acts import answers as read
from engine.acts import closing
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.choosing import POLITICAL_LEGAL, is_political_legal_here
from engine.acts.guards import day_of, organ_chosen, reached, refused, still_with_receiver
from engine.acts.letters import transfer_letter
from engine.acts.questions import day, line, organ, prose
from engine.petition.documents import Issue
from engine.petition.forms import Form, Values
from engine.petition.parties import Role, Slot
from engine.text import Text

_CLERKS = (By(Slot.OFFICE, Role.CLERK), By(Slot.ORGAN, Role.CLERK))


def forward_litigation(situation: Situation, answers: Values) -> Outcome:
    """Transfer a litigation letter to the political-legal organ of the same level (Art. 22(2))."""
    on = day_of(situation, answers, "forwarded_on", since=reached(situation))
    if situation.facts.get("channel") == "visit":
        raise refused(
            "22(2)",
            "涉法涉诉来访应当释法并引导,不作转送;请改办释法引导",
            "visitors are guided, not transferred; record the explanation instead",
        )
    target = organ_chosen(situation, answers, "organ")
    if not is_political_legal_here(situation, target.id):
        raise refused(
            "22(2)",
            "涉法涉诉信件应当转送同级政法部门,{name}不是;请改选",
            "litigation letters go to a political-legal organ of the same level, and {name} is none; choose again",
            name=target.name,
        )
    letter = transfer_letter(situation, target.id, answers, received=reached(situation) or on)
    return Outcome(
        facts={**closing.NOT_ACCEPTED, "closing": "litigation", "litigation": True},
        deadlines=closing.left(on, "T1", "T2"),
        documents=(letter,),
    )


def explain_procedure(situation: Situation, answers: Values) -> Outcome:
    """Tell a visitor on a litigation matter the law and where to go (Arts. 20(2), 22(2))."""
    on = day_of(situation, answers, "explained_on", since=reached(situation))
    if situation.facts.get("channel") not in {"visit", "call"}:
        raise refused(
            "22(2)",
            "涉法涉诉信件应当转送同级政法部门;请改办转送",
            "litigation letters are transferred; do that instead",
        )
    record = Issue(
        kind="explanation_record",
        slot=closing.issuer(situation),
        to="file",
        fields={
            "explained": read.text(answers, "explained"),
            "procedure": read.text(answers, "procedure"),
        },
    )
    return Outcome(
        facts={**closing.NOT_ACCEPTED, "closing": "litigation", "litigation": True},
        deadlines=closing.left(on, "T1", "T2"),
        documents=(record,),
    )


LITIGATION: tuple[Act, ...] = (
    Act(
        id="forward_litigation",
        title=Text("涉法涉诉转送", "Transfer a litigation letter"),
        article="22(2)",
        kind=ActKind.STEP,
        by=_CLERKS,
        form=Form(id="forward_litigation", title=Text("转送同级政法部门", "Transfer to the political-legal organ"),
                  fields=(
            day("forwarded_on", "转送日期", "Transferred on"),
            organ("organ", "同级政法部门", "Political-legal organ of the level"),
            line("materials", "材料清单", "Materials", required=False),
            line("basis", "依据", "Basis", required=False),
        )),
        decide=forward_litigation,
        choices={"organ": POLITICAL_LEGAL},
        offered=still_with_receiver,
        documents=("transfer_letter",),
        facts=("closing", "litigation", *closing.NOT_ACCEPTED),
        clocks=("close:T1", "close:T2", "void:T5"),
    ),
    Act(
        id="explain_procedure",
        title=Text("释法引导", "Explain the procedure"),
        article="22(2)",
        kind=ActKind.STEP,
        by=_CLERKS,
        form=Form(id="explain_procedure", title=Text("涉法涉诉释法引导", "Explain the law and guide"), fields=(
            day("explained_on", "释明日期", "Explained on"),
            prose("explained", "释明内容", "What was explained"),
            prose("procedure", "应当适用的程序和提出地点", "Proper procedure and place"),
        )),
        decide=explain_procedure,
        offered=still_with_receiver,
        documents=("explanation_record",),
        facts=("closing", "litigation", *closing.NOT_ACCEPTED),
        clocks=("close:T1", "close:T2", "void:T5"),
    ),
)  # fmt: skip
