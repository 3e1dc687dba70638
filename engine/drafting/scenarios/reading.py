"""From a scenario's file to a scenario. The format is told in processes/README.md."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from engine.clock import SHANGHAI
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
from engine.drafting.scenarios.usual import Row, Usual
from engine.errors import DataError
from engine.petition.commands import FREE_STEP_ACT
from engine.text import Text

OPENS = time(9)
"""The hour at which offices open, and the clock stands where only a day is given."""
MOST_MOVES = 400
_MOST_DAYS = 10_000
_ID = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_SCENARIO = frozenset({"id", "title", "start", "cast", "move"})
_MOVE = frozenset({"to", "act", "form", "by", "answers", "file", "element", "refused", "expect"})
_EXPECTED = frozenset({"stage", "steps", "deadlines", "documents", "facts", "closing"})
_DUE: Mapping[str, type] = {
    "due": date,
    "state": str,
    "started": date,
    "provisional": bool,
    "extended": int,
    "day": int,
}


class _Malformed(Exception):
    pass


def read_scenario(text: str, usual: Usual, *, name: str = "") -> Scenario:
    """The scenario written in *text*; *name* is what it is called in complaints. Raises DataError naming the move."""
    place = 0
    try:
        table = tomllib.loads(text)
        _only(table, _SCENARIO)
        played = usual.with_tables({"cast": _strings(table.get("cast", {}))})
        moves = []
        for place, row in enumerate(_rows(table.get("move", [])), start=1):  # noqa: B007 - told in complaints
            moves += [_move(part, played) for part in _parts(row, played)]
        if len(moves) > MOST_MOVES:
            raise _Malformed(f"more than {MOST_MOVES} moves")
        place = 0
        if not _ID.fullmatch(str(table["id"])):
            raise _Malformed(f"id = {table['id']!r}")
        return Scenario(
            id=table["id"],
            title=Text(
                str(table["title"]["zh"]), str(table["title"].get("en", table["title"]["zh"]))
            ),
            start=instant(table["start"]),
            cast=_strings(table.get("cast", {})),
            moves=tuple(moves),
        )
    except (_Malformed, KeyError, TypeError, ValueError, AttributeError, OverflowError) as fault:
        why = (
            str(fault) if isinstance(fault, (_Malformed, tomllib.TOMLDecodeError)) else repr(fault)
        )
        raise DataError(
            Text(
                "情景{name}有误{place}:{why}", "the scenario {name} is malformed{place}: {why}"
            ).filled(name=name, place=f" [move {place}]" if place else "", why=why)
        ) from fault


def read_file(path: Path, usual: Usual) -> Scenario:
    """The scenario in the file *path*. Raises DataError."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise DataError(
            Text("{path} 不是 UTF-8 文本", "{path} is not text in UTF-8").filled(path=path)
        ) from fault
    return read_scenario(text, usual, name=path.name)


def instant(value: object) -> datetime:
    """The instant of a date or a local time as a file writes it: on the clocks of Asia/Shanghai, where no zone is given."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=SHANGHAI)).astimezone(UTC)
    if isinstance(value, date):
        return datetime.combine(value, OPENS, tzinfo=SHANGHAI).astimezone(UTC)
    raise _Malformed(f"{value!r} is neither a date nor a time")


def _rows(rows: object) -> list[Row]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _Malformed("move is not a list of tables")
    return rows


def _parts(row: Row, usual: Usual) -> list[dict[str, Any]]:
    """A row as single ones: a leg is unfolded."""
    return list(usual.unfolded([row])) if "leg" in row else [dict(row)]


def _move(row: dict[str, Any], usual: Usual) -> Move:
    _only(row, _MOVE | {"after"})
    file = str(row.get("file", MAIN))
    deed = _deed(row, usual, file) if {"act", "form"} & set(row) else None
    turn = _turn(row["to"]) if "to" in row else None
    about = deed.file if deed is not None else file
    expect = _expectation(row["expect"], about) if "expect" in row else None
    if turn is None and deed is None and expect is None:
        raise _Malformed("neither to nor act nor form nor expect")
    return Move(turn=turn, deed=deed, expect=expect)


def _deed(row: dict[str, Any], usual: Usual, file: str) -> Deed:
    form = row.get("form")
    said = usual.filled({"act": FREE_STEP_ACT, **row} if form else row)
    return Deed(
        act=str(said["act"]),
        form=None if form is None else str(form),
        by=str(said["by"]),
        answers={name: _plain(value) for name, value in said["answers"].items()},
        file=str(said.get("file", file)),
        element=row.get("element"),
        refused=row.get("refused"),
    )


def _plain(value: object) -> object:
    """An answer as a form takes it."""
    if isinstance(value, date):
        return value.isoformat()
    return tuple(str(one) for one in value) if isinstance(value, list) else value


def _turn(to: object) -> Turn:
    match to:
        case "next":
            return ToNext()
        case {"limit": str(limit), "day": int(day), **rest} if not rest and 0 < day < _MOST_DAYS:
            return ToDay(limit, day)
        case {"days": int(days), **rest} if not rest and 0 < days < _MOST_DAYS:
            return OnDays(days)
    return ToInstant(instant(to))


def _expectation(row: Row, file: str) -> Expectation:
    _only(row, _EXPECTED)
    for name, value in row.get("facts", {}).items():
        if not isinstance(value, (str, bool, int)):
            raise _Malformed(f"facts.{name}")
    return Expectation(
        file=file,
        stage=row.get("stage"),
        steps=_words(row.get("steps")),
        deadlines={name: _due(one) for name, one in row.get("deadlines", {}).items()},
        documents=_words(row.get("documents")),
        facts=dict(row.get("facts", {})),
        closing=row.get("closing"),
    )


def _due(row: Row) -> Due:
    _only(row, frozenset(_DUE))
    for name, value in row.items():
        if type(value) is not _DUE[name]:
            raise _Malformed(f"{name} = {value!r}")
    return Due(**row)


def _words(words: object) -> tuple[str, ...] | None:
    if words is None:
        return None
    if not isinstance(words, list) or not all(isinstance(one, str) for one in words):
        raise _Malformed(f"{words!r} is not a list of words")
    return tuple(sorted(words))


def _strings(table: Row) -> dict[str, str]:
    return {str(name): str(value) for name, value in table.items()}


def _only(row: Row, words: frozenset[str]) -> None:
    if unknown := sorted(set(row) - words):
        raise _Malformed(f"unknown words {', '.join(unknown)}")
