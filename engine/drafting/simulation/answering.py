"""What is answered at a step: as usual, but for the way that chance has chosen; and who hands it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Final

from engine.acts.act import Act
from engine.drafting.scenarios.usual import Usual, resolved
from engine.drafting.simulation.assumptions import FREE, Assumptions, Pace, Way
from engine.errors import BadInput, DataError
from engine.people.directory import Directory
from engine.petition.file import File
from engine.petition.forms import Field, FieldKind, Form, parse_form
from engine.petition.parties import Actor, Role
from engine.procedure import Procedure
from engine.text import Text

WORD: Final = "模拟"
"""What is written where something has to be written."""
_ROUNDS: Final = 4
YES, NO = Text("是", "yes"), Text("否", "no")


def answers_to(
    form: Form, usual: Usual, way: Way | None, *, today: date, act: str | None
) -> dict[str, object]:
    """The answers to *form*, for *act* or (None) for a free step; what must be answered besides is made up."""
    chosen = dict(way.answers) if way else {}
    if act is not None and act in usual.acts:
        given = usual.filled({"act": act, "answers": chosen})["answers"]
    else:
        given = {name: value for name, value in chosen.items() if value != ""}
    known = {one.name for one in form.fields}
    try:
        answers = resolved(given, today=today, known={})
    except DataError:
        answers = {name: value for name, value in given.items() if not str(value).startswith("@")}
    answers = {name: value for name, value in answers.items() if name in known}
    for _ in range(_ROUNDS):
        try:
            form.read(answers, today=today)
        except BadInput as fault:
            missing = [one for one in form.fields if one.name in fault.fields]
            answers |= {one.name: _made_up(one, today) for one in missing}
        else:
            break
    return answers


def _made_up(field: Field, today: date) -> object:
    match field.kind:
        case FieldKind.DATE:
            return today.isoformat()
        case FieldKind.CHOICE | FieldKind.CHOICES:
            return field.options[0].value
        case FieldKind.BOOLEAN:
            return False
        case FieldKind.INTEGER:
            return field.minimum or field.maximum or 1
        case _:
            return WORD


def with_free_steps(of: Assumptions, procedure: Procedure) -> Assumptions:
    """*of* with the ways of the free steps of *procedure*: every answer that becomes a fact, all alike where nobody has said."""
    paces = dict(of.paces)
    for id, content in procedure.forms.items():
        key = FREE + id
        pace = of.pace(key)
        if not pace.ways:
            paces[key] = replace(pace, ways=tuple(islice(_ways(parse_form(content, id)), 12)))
    return replace(of, paces=paces)


def _ways(form: Form) -> Iterator[Way]:
    asked = next((one for one in form.fields if one.fact), None)
    if asked is None:
        return
    if asked.kind is FieldKind.BOOLEAN:
        yield Way(name="true", title=YES, share=1, answers={asked.name: True})
        yield Way(name="false", title=NO, share=1, answers={asked.name: False})
    for option in asked.options:
        yield Way(name=option.value, title=option.label, share=1, answers={asked.name: option.value})  # fmt: skip


def ways_of(pace: Pace, facts: Mapping[str, object]) -> list[tuple[Way, float]]:
    """The ways of *pace* that are open to a file with *facts*, with their weights."""
    return [(way, way.share) for way in pace.ways if way.open_to(facts)]


def doers(
    organs: Directory, file: File, act: Act, *, slot: str, role: str, on: date
) -> Iterator[Actor]:
    """Who of the made-up staff may be the one who hands it in: first whoever the drawing names, then whoever the law names."""
    facts: Mapping[str, object] = file.facts
    posts = [(slot, role), *((by.slot.value, by.role.value) for by in act.by)]
    seen: set[tuple[str, str]] = set()
    for part, held in posts:
        organ = facts.get(part)
        if not organ or held not in set(Role) or (str(organ), held) in seen:
            continue
        seen.add((str(organ), held))
        for person in organs.people_at(str(organ), Role(held), on):
            yield organs.actor_for(person, str(organ), on)
