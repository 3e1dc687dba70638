"""What may be done whatever the drawing shows: withdraw, correct a date, succeed, add material, count again."""

from __future__ import annotations

from engine.acts import answers as read
from engine.acts import closing
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.choosing import GONE
from engine.acts.corrections import CORRECTION
from engine.acts.guards import at_fault, day_of, refused
from engine.acts.questions import day, line, organ, prose, yes
from engine.acts.wording import must_promise_nothing
from engine.petition.documents import Issue
from engine.petition.facts import FactValue
from engine.petition.forms import Field, FieldKind, Form, Values
from engine.petition.parties import Role, Slot
from engine.statute import rules
from engine.text import Text

REFILING = "已告知:撤回后可以随时再次提出,不影响任何权利。"
_HOLDERS = (
    Slot.OFFICE, Slot.ORGAN, Slot.REVIEW_ORGAN, Slot.RE_REVIEW_ORGAN, Slot.DECIDER, Slot.DISCIPLINE_ORGAN,
    Slot.SUPERVISING_OFFICE,
)  # fmt: skip
_ANYBODY = tuple(
    By(slot, role)
    for slot in _HOLDERS
    for role in (Role.CLERK, Role.HEAD, Role.REVIEWER, Role.SUPERVISOR)
)


def withdraw(situation: Situation, answers: Values) -> Outcome:
    """Record the petitioner's own wish to withdraw; it may be filed again at any time (statute: silent; D)."""
    day_of(situation, answers, "withdrawn_on", since=situation.day("received_on"))
    must_promise_nothing(answers, "wish")
    if not rules.withdrawal_valid(
        own_wish=read.flag(answers, "voluntary"), recorded=True, promises_not_to_petition=False
    ):
        raise refused(
            "21",
            "撤回须出于信访人本人自愿;不是自愿的不得登记撤回,请继续办理",
            "only the petitioner's own free wish withdraws a petition; otherwise go on handling it",
        )
    record = Issue(
        kind="withdrawal_record",
        slot=closing.issuer(situation),
        to="file",
        fields={"own_wish": read.text(answers, "wish"), "refiling": REFILING},
    )
    return Outcome(
        facts={"closing": "withdrawn"},
        deadlines=closing.all_voided(situation, "信访人自愿撤回"),
        documents=(record,),
    )


def succeed(situation: Situation, answers: Values) -> Outcome:
    """The organ that goes on with a dissolved organ's powers takes its parts in the matter over (Art. 24(2))."""
    on = day_of(situation, answers, "on")
    old = read.text(answers, "organ")
    if not situation.organs.exists(old):
        raise at_fault("organ", "没有这个机关、单位", "there is no such organ")
    new = situation.organs.successor(old, on)
    dissolved = not situation.organs.organ(old).valid_on(on)
    if not rules.successor_accepts(dissolved=dissolved, successor_known=new.id != old):
        raise refused(
            "24(2)",
            "该机关、单位在{on}仍然存在,没有承继单位",
            "that organ exists on {on}; nobody succeeds it",
            on=on,
        )
    held = [slot for slot in Slot if situation.slot(slot) == old]
    if not held:
        raise at_fault("organ", "它在本件中没有承担职责", "it plays no part in this matter")
    facts: dict[str, FactValue] = {slot.value: new.id for slot in held}
    notice = Issue(
        kind="destination_notice",
        slot=held[0].value,
        to="petitioner",
        serve=True,
        fields={
            "destination": new.name.zh,
            "sent_on": on.isoformat(),
            "contact": new.name.zh,
            "reasons": "机关、单位变更,由继续行使其职权的机关、单位受理(第二十四条第二款)",
        },
    )
    return Outcome(facts=facts, documents=(notice,))


def add_material(situation: Situation, answers: Values) -> Outcome:
    """Put material or a note on the file; nothing else follows."""
    return Outcome()


def recalendar(situation: Situation, answers: Values) -> Outcome:
    """The office counts the running deadlines again under a newly published calendar (design: clocks)."""
    return Outcome()


STANDING: tuple[Act, ...] = (
    Act(
        id="withdraw",
        title=Text("撤回", "Withdraw"),
        article="21",
        kind=ActKind.STANDING,
        by=(By(Slot.OFFICE, Role.CLERK), By(Slot.ORGAN, Role.CLERK)),
        form=Form(id="withdraw", title=Text("登记信访人自愿撤回", "Record a withdrawal"), fields=(
            day("withdrawn_on", "撤回日期", "Withdrawn on"),
            yes("voluntary", "信访人本人自愿", "The petitioner's own free wish"),
            prose("wish", "信访人的意思表示(原话或者书面)", "The wish, in the petitioner's words", hint=Text(
                "不得写入不再信访的承诺;撤回后可以再次提出", "no promise is taken; it may be filed again")),
        )),
        decide=withdraw,
        documents=("withdrawal_record",),
        facts=("closing",),
        clocks=("void:*",),
    ),
    CORRECTION,
    Act(
        id="succeed",
        title=Text("机关变更承继", "Succeed"),
        article="24(2)",
        kind=ActKind.STANDING,
        by=(By(Slot.OFFICE, Role.HEAD), By(Slot.ORGAN, Role.HEAD)),
        form=Form(id="succeed", title=Text("由继续行使职权的机关承继", "The successor takes over"), fields=(
            organ("organ", "已分立、合并、撤销的机关", "Organ that was dissolved"),
            day("on", "日期", "On"),
        )),
        decide=succeed,
        choices={"organ": GONE},
        documents=("destination_notice",),
        facts=tuple(slot.value for slot in Slot if slot is not Slot.PETITIONER),
    ),
    Act(
        id="add_material",
        title=Text("补充材料", "Add material"),
        article="22",
        kind=ActKind.STANDING,
        by=_ANYBODY,
        form=Form(id="add_material", title=Text("补充材料、备注", "Add material or a note"), fields=(
            prose("note", "说明", "Note", required=False),
            Field(name="merged_from", label=Text("并入的重复件", "Repeat merged into this file"),
                  kind=FieldKind.PETITION, required=False),
        )),
        decide=add_material,
    ),
    Act(
        id="recalendar",
        title=Text("按新日历重算", "Count again"),
        article="23",
        kind=ActKind.STANDING,
        by=(),
        form=Form(id="recalendar", title=Text("按新公布的日历重算期限", "Count again under a new calendar"), fields=(
            line("calendar", "日历版本", "Calendar", required=False, sealed=False),
        )),
        decide=recalendar,
    ),
)  # fmt: skip
