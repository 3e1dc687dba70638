"""Chapter III: the petitioner's evaluation of how the matter was handled (Art. 21(2)).

It is the petitioner's alone, of the offices and never of a person; nothing depends on it, and no day is known by which it
would have to be given (the window of the measure of 2022 is unverified).
"""

from __future__ import annotations

from engine.acts import answers as read
from engine.acts import closing
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.guards import at_fault, day_of, refused
from engine.acts.questions import caption, day, pick, prose, yes
from engine.petition.documents import Issue
from engine.petition.forms import Form, Values
from engine.petition.parties import Role, Slot
from engine.text import Text

_GRADES = (
    ("satisfied", "满意", "Satisfied"),
    ("mostly", "基本满意", "Mostly satisfied"),
    ("not", "不满意", "Not satisfied"),
)
_NOT_GIVEN = "未评价"
_GRADED = ("office_grade", "organ_grade")


def evaluate(situation: Situation, answers: Values) -> Outcome:
    """Write down what the petitioner says of either office, in their own words (Art. 21(2))."""
    on = day_of(situation, answers, "evaluated_on", since=situation.day("received_on"))
    if not read.flag(answers, "own"):
        raise refused(
            "21(2)",
            "评价由信访人本人作出;不是本人作出的不得登记",
            "the evaluation is the petitioner's own; nothing else is written down",
        )
    if not any(answers.get(name) for name in _GRADED):
        raise at_fault("office_grade", "至少评价一方", "at least one of the two is evaluated")
    record = Issue(
        kind="evaluation_record",
        slot=closing.issuer(situation),
        to="file",
        fields={
            **{name: _grade(answers, name) for name in _GRADED},
            "evaluated_on": on.isoformat(),
            "remark": read.text(answers, "remark"),
        },
    )
    return Outcome(documents=(record,))


def _grade(answers: Values, name: str) -> str:
    given = read.text(answers, name)
    return caption(_GRADES, given) if given else _NOT_GIVEN


EVALUATION: tuple[Act, ...] = (
    Act(
        id="evaluate",
        title=Text("登记评价", "Record an evaluation"),
        article="21(2)",
        kind=ActKind.STANDING,
        by=(By(Slot.OFFICE, Role.CLERK), By(Slot.ORGAN, Role.CLERK)),
        form=Form(id="evaluate", title=Text("登记信访人对办理情况的评价", "The petitioner's evaluation"), fields=(
            day("evaluated_on", "评价日期", "Evaluated on"),
            yes("own", "信访人本人作出", "The petitioner's own", hint=Text(
                "不得代填、不得引导;不评价的不登记", "never filled in for them, never suggested; silence is no evaluation")),
            pick("office_grade", "对信访部门", "Of the petition office", _GRADES, required=False),
            pick("organ_grade", "对有权处理机关、单位", "Of the competent organ", _GRADES, required=False),
            prose("remark", "意见(原话)", "Remark, in their words", required=False),
        )),
        decide=evaluate,
        documents=("evaluation_record",),
    ),
)  # fmt: skip
