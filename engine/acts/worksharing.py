"""Who works on an open step: taking it, passing it to a colleague, standing in. None of it moves anything in law."""

from __future__ import annotations

from engine.acts.act import Act, ActKind, Outcome, Situation
from engine.acts.guards import person_chosen
from engine.acts.questions import person, prose
from engine.petition.forms import Form, Values
from engine.text import Text


def claim(situation: Situation, answers: Values) -> Outcome:
    """Take an open step oneself."""
    return Outcome()


def release(situation: Situation, answers: Values) -> Outcome:
    """Put a claimed step back, for whoever of the organ takes it next."""
    return Outcome()


def hand_over(situation: Situation, answers: Values) -> Outcome:
    """Give an open step to a colleague, who must be free of any conflict (Arts. 28(3), 30(3))."""
    person_chosen(situation, answers, "person")
    return Outcome()


WORKSHARING: tuple[Act, ...] = (
    Act(
        id="claim",
        title=Text("认领", "Claim"),
        article="28(1)",
        kind=ActKind.OFFICE,
        by=(),
        form=Form(id="claim", title=Text("认领环节", "Take this step")),
        decide=claim,
    ),
    Act(
        id="release",
        title=Text("取消认领", "Release"),
        article="28(1)",
        kind=ActKind.OFFICE,
        by=(),
        form=Form(id="release", title=Text("取消认领", "Put this step back")),
        decide=release,
    ),
    Act(
        id="hand_over",
        title=Text("移交", "Hand over"),
        article="28(1)",
        kind=ActKind.OFFICE,
        by=(),
        form=Form(
            id="hand_over",
            title=Text("移交环节", "Hand this step to a colleague"),
            fields=(
                person("person", "接手人", "To"),
                prose("reason", "原因", "Reason", required=False),
            ),
        ),
        decide=hand_over,
    ),
    Act(
        id="substitute",
        title=Text("代办", "Substitute"),
        article="28(1)",
        kind=ActKind.OFFICE,
        by=(),
        form=Form(
            id="substitute",
            title=Text("由代理人办理此环节", "Let a substitute do this step"),
            fields=(
                person("person", "代理人", "Substitute"),
                prose("reason", "原因", "Reason", required=False),
            ),
        ),
        decide=hand_over,
    ),
)
