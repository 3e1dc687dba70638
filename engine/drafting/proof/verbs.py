"""What the acts of the statute do, as tables of cases: asked of the acts themselves on the abstract stage, once each.

An act is asked about every combination of the remembered facts and clocks that it looks at, for every answer that makes a
difference (:data:`CHOICES`). The tables hold for every drawing, so they are made once in a process.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from itertools import product
from typing import Final

from engine.acts.act import Act, Outcome, Situation
from engine.acts.catalogue import CHAPTERS, barred, clock_passed
from engine.acts.supervision import SUPERVISION
from engine.drafting.proof import stage
from engine.drafting.proof.stage import EXTENDED, NONE, RUNNING, SUSPENDED, clock
from engine.drafting.proof.trees import Ask, Grower, Remembered, Run, Tree
from engine.errors import BadInput, Refused
from engine.petition.deadlines import Change, Close, Extend, Open, Resume, Suspend, Void
from engine.petition.facts import FACTS, FactKind
from engine.petition.file import FileKind
from engine.petition.forms import Field, FieldKind, Form, Value, Values
from engine.text import Text

ENDED: Final = "ended"
"""Written to a clock: whatever is open of it is over; a power that has lapsed stays so."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The statute says no. Two refusals of one act with the same article are one."""

    act: str
    article: str
    text: Text = field(compare=False)


@dataclass(frozen=True, slots=True)
class Effect:
    """What follows: ``writes`` in order, the documents issued, and the event that the drawing is told besides."""

    writes: tuple[tuple[str, object], ...] = ()
    documents: frozenset[str] = frozenset()
    message: str | None = None


Leaf = Effect | Refusal


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """An act with answers that make a difference: ``choice`` says which, ``tree`` what follows."""

    act: str
    choice: tuple[tuple[str, str], ...]
    tree: Tree


RECEIVER: Final = "receiver"
"""In the choice of a beginning: the part in the petition of the organ that opens the file. It is no answer."""
ALL: Final = "*"
_ON_OFF: Final[tuple[Value, ...]] = (True, False)
CHOICES: Final[Mapping[str, Mapping[str, object]]] = {
    "sort": {"disposition": ALL},
    "route": {"route": ALL, "mixed_routes": _ON_OFF},
    "reroute": {"route": ALL},
    "decide_objection": {"agreed": _ON_OFF},
    "decide_jurisdiction": {"organ": ("organ", "other")},
    "investigate": {"next_step": ALL},
    "hold_hearing": {"next_step": ALL},
    "mediate": {"settled": _ON_OFF, "next_step": ALL},
    "confirm_performance": {"performed": _ON_OFF},
    "issue_opinion": {"finding": ALL},
    "extend": {"days": (1, "max")},
    "answer_suggestion": {"adopted": ALL},
    "answer_duty": {"result": ALL},
    "prove_service": {"result": ALL},
    "decide_review": {"result": ALL},
    "decide_re_review": {"result": ALL},
    "confirm_lapse": {"decision": ALL},
    "reopen": {"restart": ALL},
    "supervise": {"measure": ALL},
    "feedback": {"adopted": ALL, "rectified": _ON_OFF},
    "judge_feedback": {"rectified": _ON_OFF, "serious": _ON_OFF},
    "register": {
        "category": ALL, "channel": ALL, "urgent": _ON_OFF, "petitioner_name": ("-", None),
        "litigation": _ON_OFF,
    },
}  # fmt: skip
"""The answers on which it depends what follows; a test holds that no other does."""

EITHER_WAY: Final[Mapping[str, Mapping[str, tuple[str, Value, Value]]]] = {
    "register": {
        "joint": ("head_count", 2, 1),
        "initial": ("initial", True, False),
        "e_service": ("e_service", True, False),
    }
}
"""Facts that an act sets by further answers, on which no act depends: a walk takes them either way where a drawing asks.

Each with the field that is asked, and its answer for yes and for no.
"""

BESIDE: Final = frozenset(
    {
        "recuse",
        "add_material",
        "evaluate",
        "succeed",
        "correct_date",
        "recalendar",
        "designate_reviewer",
        "seal",
    }
)
"""Standing acts that change who works on a file or what is known of it, never where it stands."""

_ORGANS: Final[Mapping[tuple[str, str], str | None]] = {
    ("refer_down", "organ"): "lower",
    ("decline", "organ_in_charge"): "lower",
    ("sort", "handling_organ"): "lower",
    ("forward_litigation", "organ"): "legal",
    ("forward_accusation", "discipline_organ"): "discipline",
    ("dispute", "disputing_organ"): "other",
    ("object", "proposed_organ"): "other",
    ("request_review", "review_organ"): None,
    ("request_re_review", "re_review_organ"): None,
    ("open_supervision", "supervising_office"): "office",
}
_SUPERVISES: Final = frozenset(act.id for act in SUPERVISION)
ACTS: Final[Mapping[str, Act]] = {
    act.id: act for chapter in (*CHAPTERS, SUPERVISION) for act in chapter
}


@cache
def grower() -> Grower:
    """Grows all trees of this process, so that equal cases are one."""
    return Grower(domain)


@cache
def domain(name: str) -> tuple[object, ...]:
    """The values that the thing remembered as *name* can have; the first is the one it begins with."""
    if name in stage.SLOTS:
        return stage.SLOTS[name]
    if name.startswith("clock:"):
        return stage.clock_states(name.removeprefix("clock:"))
    fact = FACTS[name]
    return (False, True) if fact.kind is FactKind.BOOLEAN else (None, *fact.values)


@cache
def cases(act: str, slot: str) -> tuple[Case, ...]:
    """What *act* can do when the organ that plays *slot* does it, for each choice of answers."""
    if act in BESIDE:
        return (Case(act, (), grower().grow(lambda ask: Effect())),)
    verb = ACTS[act]
    offered = Remembered(lambda ask: _offered(ask, verb, slot))
    return tuple(
        Case(act, _named(choice), grower().grow(partial(_done, verb, slot, offered, choice)))
        for choice in _choices(verb)
    )


@cache
def passing(limit: str) -> Tree:
    """What follows when *limit* passes while it runs."""
    rule = stage.RECKONER.law.limit_by_id(limit)
    over = stage.LAPSED if rule.is_power else stage.OVERDUE
    deadline = stage.row(limit, over)

    def run(ask: Ask) -> Leaf:
        outcome = clock_passed(stage.situation(ask, slot="organ", kind=FileKind.PETITION), deadline)
        return effect(outcome, ((clock(limit), over),))

    return grower().grow(run)


def _offered(ask: Ask, act: Act, slot: str) -> Refusal | None:
    situation = _situation(ask, act, slot)
    no = barred(situation, act, supervises=act.id in _SUPERVISES) or act.offered(situation)
    return None if no is None else Refusal(act.id, no.article or act.article, no.text)


def _done(act: Act, slot: str, offered: Run, choice: Values, ask: Ask) -> Leaf:
    refusal = offered(ask)
    if isinstance(refusal, Refusal):
        return refusal
    situation = _situation(ask, act, slot)
    try:
        return effect(act.decide(situation, _answers(act, choice, situation)), ())
    except Refused as no:
        return Refusal(act.id, no.article or act.article, no.text)
    except BadInput as no:
        return Refusal(act.id, act.article, no.text)


def _situation(ask: Ask, act: Act, slot: str) -> Situation:
    kind = FileKind.SUPERVISION if act.id in _SUPERVISES else FileKind.PETITION
    return stage.situation(ask, slot=slot, kind=kind, closed=act.id == "reopen")


def effect(outcome: Outcome, first: tuple[tuple[str, object], ...] = ()) -> Effect:
    """What of *outcome* a walk remembers, after *first*."""
    facts = tuple(
        (name, _remembered(name, value))
        for name, value in outcome.facts.items()
        if name in stage.SLOTS or FACTS[name].kind in {FactKind.BOOLEAN, FactKind.ENUM}
    )
    clocks = tuple(write for change in outcome.deadlines for write in _moved(change))
    documents = frozenset(paper.kind for paper in outcome.documents)
    return Effect((*first, *facts, *clocks), documents, outcome.message)


def _remembered(name: str, value: object) -> object:
    if name in stage.SLOTS:
        _, somebody, *others = stage.SLOTS[name]
        if value is None or value == somebody:
            return value
        return others[0] if others else somebody
    return bool(value) if FACTS[name].kind is FactKind.BOOLEAN else value


def _moved(change: Change) -> Iterator[tuple[str, object]]:
    match change:
        case Open(limit=limit):
            yield clock(limit), RUNNING
        case Close(limit=limit) | Void(limit=limit):
            yield clock(limit), ENDED
        case Extend(limit=limit, days=days):
            if days == stage.RECKONER.law.limit_by_id(limit).max_total:
                yield clock(limit), EXTENDED
        case Suspend(limit=limit):
            yield clock(limit), SUSPENDED
        case Resume(limit=limit):
            yield clock(limit), RUNNING
        case _:
            pass


def answers_of(act: str, choice: Mapping[str, str], situation: Situation) -> Values:
    """Answers to the questions of *act* that make the *choice* of a run, for those who play it."""
    verb = ACTS[act]
    open_facts = EITHER_WAY.get(act, {})
    wanted = {name: value for name, value in choice.items() if name not in {RECEIVER, *open_facts}}
    chosen = next(one for one in _choices(verb) if dict(_named(one)) == wanted)
    further = {
        field: yes if choice[name] == "true" else no
        for name, (field, yes, no) in open_facts.items()
        if name in choice
    }
    return {**_answers(verb, chosen, situation), **further}


# ---- answers -----------------------------------------------------------------------------------------------------------


def _choices(act: Act) -> Iterator[Values]:
    varied = CHOICES.get(act.id, {})
    fields = {one.name: one for one in act.form.fields}
    values = [_values(fields[name], wanted) for name, wanted in varied.items()]
    for chosen in product(*values):
        yield dict(zip(varied, chosen, strict=True))


def _values(field: Field, wanted: object) -> Sequence[Value]:
    if wanted == ALL:
        return tuple(option.value for option in field.options)
    return tuple(wanted)  # type: ignore[arg-type]


def _named(choice: Values) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, str(value).lower() if isinstance(value, bool) else str(value))
        for name, value in choice.items()
    )


def _answers(act: Act, choice: Values, situation: Situation) -> Values:
    answers: dict[str, Value] = {}
    for one in act.form.fields:
        if one.name in choice:
            answers[one.name] = choice[one.name]
        elif one.asked(answers):
            answers[one.name] = _usual(act.id, one, situation.today)
    if answers.get("days") == "max":
        row = situation.ledger.open_of("T5")
        limit = situation.law.limit_by_id("T5")
        answers["days"] = (limit.max_total or 0) - (0 if row is None else row.extension_days)
    return answers


def _usual(act: str, field: Field, today: date) -> Value:
    match field.kind:
        case FieldKind.TEXT | FieldKind.LONG_TEXT:
            return "-"
        case FieldKind.DATE:
            return today
        case FieldKind.CHOICE:
            return field.options[0].value
        case FieldKind.CHOICES:
            return tuple(option.value for option in field.options)
        case FieldKind.BOOLEAN:
            return True
        case FieldKind.INTEGER:
            return 1
        case FieldKind.ORGAN:
            return _ORGANS.get((act, field.name), "organ")
        case FieldKind.PERSON:
            return stage.CLERK
        case _:
            return "another"


__all__ = ["ENDED", "NONE", "Case", "Effect", "Form", "Refusal", "cases", "domain", "passing"]
