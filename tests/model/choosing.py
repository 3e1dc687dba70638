"""Choices, and answers to the questions of any act: mostly what people would write, often the last lawful day."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from hypothesis import strategies as st

from engine.petition.forms import Field, FieldKind, Form

T = TypeVar("T")


class Choose(Protocol):
    """Whoever decides what happens next."""

    def one_of(self, options: Sequence[T]) -> T:
        """One of *options*."""

    def often(self, percent: int) -> bool:
        """True about *percent* times of a hundred."""


class Drawn:
    """Hypothesis decides, so that a failure shrinks and is repeated."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data

    def one_of(self, options: Sequence[T]) -> T:
        return self._data.draw(st.sampled_from(options))

    def often(self, percent: int) -> bool:
        return self._data.draw(st.integers(0, 99)) < percent


class Rolled:
    """A die with a seed decides."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)

    def one_of(self, options: Sequence[T]) -> T:
        return self._dice.choice(options)

    def often(self, percent: int) -> bool:
        return self._dice.randrange(100) < percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the answers may be about."""

    today: date
    days: tuple[date, ...] = ()
    organs: tuple[str, ...] = ()
    likely_organs: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    petitions: tuple[str, ...] = ()
    direct: bool = False
    accusation: bool = False


USUAL: Mapping[str, tuple[str, ...]] = {
    "category": ("grievance",),
    "route": ("route_6",),
    "next_step": ("opinion",),
    "result": ("delivered", "maintained", "redo", "changed", "handled", "performed"),
    "prior_kind": ("re_review_opinion",),
    "method": ("post",),
    "finding": ("supported", "not_supported"),
    "ground": ("overdue", "life"),
}
SORTED_BY_OFFICES = ("forward", "forward", "assign", "repeat")
SORTED_BY_ORGANS = ("own", "own", "own", "subordinate", "outside", "repeat")
SELDOM_LEFT_OUT = {"petitioner_name", "petitioner_address"}
SELDOM_TRUE = {"urgent", "litigation", "serious", "mixed_routes"}
SELDOM_GIVEN = {"accused_organ", "accused_person", "external_number", "submission", "posted_on", "review_organ",
                "re_review_organ", "proposed_organ"}  # fmt: skip
ANSWERS = "1. 演示答复一\n2. 演示答复二\n3. 演示答复三"


def answers(choose: Choose, form: Form, scene: Scene) -> dict[str, object]:
    """Answers to *form*: most of them can be taken, some cannot."""
    given: dict[str, object] = {}
    for one in form.fields:
        if one.asked(given):
            value = _ANSWERS[one.kind](choose, one, scene)
            if value is not None:
                given[one.name] = value
    return given


def _words(choose: Choose, field: Field, scene: Scene) -> object:
    if field.name == "answers":
        return ANSWERS
    if field.name == "demands":
        return choose.one_of(("整改", "整改\n赔偿", "一\n二\n三"))
    if field.name in SELDOM_LEFT_OUT:
        return "演示甲" if choose.often(85) else None
    if field.name in SELDOM_GIVEN or (not field.required and choose.often(15)):
        return None
    return f"演示{field.name}"


def _day(choose: Choose, field: Field, scene: Scene) -> object:
    if field.future:
        ahead = scene.today + timedelta(days=choose.one_of((20, 1, 0, 45, 200)))
        return ahead.isoformat() if choose.often(80) else choose.one_of(scene.days).isoformat()
    if field.name in SELDOM_GIVEN and choose.often(60):
        return None
    if choose.often(60):
        return scene.today.isoformat() if field.required or choose.often(50) else None
    near = choose.one_of(scene.days) + timedelta(days=choose.one_of((0, -1, 1)))
    return near.isoformat()


def _choice(choose: Choose, field: Field, scene: Scene) -> object:
    values = tuple(option.value for option in field.options)
    usual = tuple(value for value in USUAL.get(field.name, ()) if value in values)
    if field.name == "disposition":
        usual = SORTED_BY_ORGANS if scene.direct else SORTED_BY_OFFICES
    if scene.accusation and "accusation" in values:
        usual = ("accusation",)
    if usual and choose.often(80):
        return choose.one_of(usual)
    if not field.required and choose.often(10):
        return None
    return choose.one_of(values)


def _choices(choose: Choose, field: Field, scene: Scene) -> object:
    values = tuple(option.value for option in field.options)
    return values if choose.often(80) else values[:1]


def _yes(choose: Choose, field: Field, scene: Scene) -> object:
    return choose.often(10 if field.name in SELDOM_TRUE else 75)


def _number(choose: Choose, field: Field, scene: Scene) -> object:
    return choose.one_of((1, 10, 20, 30, 31, 0)) if field.required or choose.often(30) else None


def _organ(choose: Choose, field: Field, scene: Scene) -> object:
    if field.name in SELDOM_GIVEN and choose.often(75):
        return None
    if choose.often(80) and scene.likely_organs:
        return choose.one_of(scene.likely_organs)
    return choose.one_of((*scene.organs, "nowhere"))


def _person(choose: Choose, field: Field, scene: Scene) -> object:
    if field.name in SELDOM_GIVEN and choose.often(75):
        return None
    return choose.one_of(scene.people) if choose.often(95) else "nobody"


def _deadline(choose: Choose, field: Field, scene: Scene) -> object:
    return choose.one_of((*scene.deadlines, "T9#9"))


def _document(choose: Choose, field: Field, scene: Scene) -> object:
    return choose.one_of((*scene.documents, "none"))


def _petition(choose: Choose, field: Field, scene: Scene) -> object:
    return choose.one_of((*scene.petitions, "none")) if field.required else None


_ANSWERS: Mapping[FieldKind, Callable[[Choose, Field, Scene], object]] = {
    FieldKind.TEXT: _words,
    FieldKind.LONG_TEXT: _words,
    FieldKind.DATE: _day,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.BOOLEAN: _yes,
    FieldKind.INTEGER: _number,
    FieldKind.ORGAN: _organ,
    FieldKind.PERSON: _person,
    FieldKind.DEADLINE: _deadline,
    FieldKind.DOCUMENT: _document,
    FieldKind.PETITION: _petition,
}
