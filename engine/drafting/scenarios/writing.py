"""From a scenario to its file: the same scenario gives the same text, and a move more is a table more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
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

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_DUE: Final = ("due", "state", "started", "provisional", "extended", "day")


def write_scenario(scenario: Scenario, usual: Usual) -> str:
    """*scenario* as TOML; :func:`engine.drafting.scenarios.reading.read_scenario` gives an equal one."""
    played = usual.with_tables({"cast": scenario.cast})
    title = {"zh": scenario.title.zh, "en": scenario.title.en}
    lines = [
        f"id = {_value(scenario.id)}",
        f"title = {_value(title)}",
        f"start = {_instant(scenario.start)}",
    ]
    if scenario.cast:
        lines.append(f"cast = {_value(scenario.cast)}")
    for move in scenario.moves:
        lines += ["", "[[move]]", *_move(move, played)]
    return "\n".join(lines) + "\n"


def _move(move: Move, usual: Usual) -> Iterator[str]:
    if move.turn is not None:
        yield f"to = {_turn(move.turn)}"
    if move.deed is not None:
        yield from _deed(move.deed, usual)
    elif move.expect is not None and move.expect.file != MAIN:
        yield f"file = {_value(move.expect.file)}"
    if move.expect is not None:
        yield from _expectation(move.expect)


def _deed(deed: Deed, usual: Usual) -> Iterator[str]:
    if deed.free:
        yield f"form = {_value(deed.form or '')}"
    else:
        yield f"act = {_value(deed.act)}"
    known = usual.acts.get(deed.act, {})
    if usual.doer(deed.act) != deed.by:
        yield f"by = {_value(deed.by)}"
    if deed.file != known.get("file", MAIN):
        yield f"file = {_value(deed.file)}"
    if deed.element is not None:
        yield f"element = {_value(deed.element)}"
    if deed.refused is not None:
        yield f"refused = {_value(deed.refused)}"
    for name, value in usual.particular(deed.act, deed.answers).items():
        yield f"answers.{_key(name)} = {_value(value)}"


def _expectation(expect: Expectation) -> Iterator[str]:
    if expect.stage is not None:
        yield f"expect.stage = {_value(expect.stage)}"
    if expect.steps is not None:
        yield f"expect.steps = {_value(expect.steps)}"
    for name, due in expect.deadlines.items():
        yield f"expect.deadlines.{_key(name)} = {_value(_due(due))}"
    if expect.documents is not None:
        yield f"expect.documents = {_value(expect.documents)}"
    for name, value in sorted(expect.facts.items()):
        yield f"expect.facts.{_key(name)} = {_value(value)}"
    if expect.closing is not None:
        yield f"expect.closing = {_value(expect.closing)}"


def _due(due: Due) -> dict[str, object]:
    return {name: value for name in _DUE if (value := getattr(due, name)) is not None}


def _turn(turn: Turn) -> str:
    match turn:
        case ToNext():
            return '"next"'
        case OnDays(days=days):
            return _value({"days": days})
        case ToDay(limit=limit, day=day):
            return _value({"limit": limit, "day": day})
        case ToInstant(at=at):
            return _instant(at)


def _instant(at: datetime) -> str:
    local = at.astimezone(SHANGHAI).replace(tzinfo=None)
    return local.date().isoformat() if local.time() == OPENS else local.isoformat()


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, date)):
        return value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007F")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _value(name)
