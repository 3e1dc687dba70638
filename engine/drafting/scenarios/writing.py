"""From a scenario to its file: the same scenario gives the same text, and a move more is a table more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from engine.clock import SHANGHAI
from engine.drafting.scenarios.reading import OPENS
from engine.drafting.scenarios.scenario import (
    MAIN,
    Deed,
    Due,
    Expectation,
    Move,
    OnDays,
    Scenario,
    ToDay,
    ToInstant,
    ToNext,
    Turn,
)
from engine.drafting.scenarios.usual import Usual
from engine.toml import toml_key, toml_value

_DUE: Final = ("due", "state", "started", "provisional", "extended", "day")


def write_scenario(scenario: Scenario, usual: Usual) -> str:
    """*scenario* as TOML; :func:`engine.drafting.scenarios.reading.read_scenario` gives an equal one."""
    played = usual.with_tables({"cast": scenario.cast})
    title = {"zh": scenario.title.zh, "en": scenario.title.en}
    lines = [
        f"id = {toml_value(scenario.id)}",
        f"title = {toml_value(title)}",
        f"start = {_instant(scenario.start)}",
    ]
    if scenario.cast:
        lines.append(f"cast = {toml_value(scenario.cast)}")
    for move in scenario.moves:
        lines += ["", "[[move]]", *_move(move, played)]
    return "\n".join(lines) + "\n"


def _move(move: Move, usual: Usual) -> Iterator[str]:
    if move.turn is not None:
        yield f"to = {_turn(move.turn)}"
    if move.deed is not None:
        yield from _deed(move.deed, usual)
    elif move.expect is not None and move.expect.file != MAIN:
        yield f"file = {toml_value(move.expect.file)}"
    if move.expect is not None:
        yield from _expectation(move.expect)


def _deed(deed: Deed, usual: Usual) -> Iterator[str]:
    if deed.free:
        yield f"form = {toml_value(deed.form or '')}"
    else:
        yield f"act = {toml_value(deed.act)}"
    known = usual.acts.get(deed.act, {})
    if usual.doer(deed.act) != deed.by:
        yield f"by = {toml_value(deed.by)}"
    if deed.file != known.get("file", MAIN):
        yield f"file = {toml_value(deed.file)}"
    if deed.element is not None:
        yield f"element = {toml_value(deed.element)}"
    if deed.refused is not None:
        yield f"refused = {toml_value(deed.refused)}"
    for name, value in usual.particular(deed.act, deed.answers).items():
        yield f"answers.{toml_key(name)} = {toml_value(value)}"


def _expectation(expect: Expectation) -> Iterator[str]:
    if expect.stage is not None:
        yield f"expect.stage = {toml_value(expect.stage)}"
    if expect.steps is not None:
        yield f"expect.steps = {toml_value(expect.steps)}"
    for name, due in expect.deadlines.items():
        yield f"expect.deadlines.{toml_key(name)} = {toml_value(_due(due))}"
    if expect.documents is not None:
        yield f"expect.documents = {toml_value(expect.documents)}"
    for name, value in sorted(expect.facts.items()):
        yield f"expect.facts.{toml_key(name)} = {toml_value(value)}"
    if expect.closing is not None:
        yield f"expect.closing = {toml_value(expect.closing)}"


def _due(due: Due) -> dict[str, object]:
    return {name: value for name in _DUE if (value := getattr(due, name)) is not None}


def _turn(turn: Turn) -> str:
    match turn:
        case ToNext():
            return '"next"'
        case OnDays(days=days):
            return toml_value({"days": days})
        case ToDay(limit=limit, day=day):
            return toml_value({"limit": limit, "day": day})
        case ToInstant(at=at):
            return _instant(at)


def _instant(at: datetime) -> str:
    local = at.astimezone(SHANGHAI).replace(tzinfo=None)
    return local.date().isoformat() if local.time() == OPENS else local.isoformat()
