"""Journeys: the ways a petition can travel, as data. The demonstration plays them, and the story tests do too."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from engine.errors import DataError
from engine.text import Text

HERE = Path(__file__).parent
_TODAY = re.compile(r"@today(?:([+-])(\d+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stop of a journey: *after* days at the desk of *by* (a login), who does *act* with *answers*.

    ``refused`` is the article with which the office must refuse it; the journey then goes on.
    """

    act: str
    by: str
    after: int = 0
    answers: Mapping[str, Any] = field(default_factory=dict)
    refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A way through the procedure and how it must end: the fact ``closing``, or None where it stays open."""

    id: str
    title: Text
    stops: tuple[Stop, ...]
    closing: str | None = None


def read_journeys(path: Path = HERE / "journeys.toml") -> tuple[Journey, ...]:
    """All journeys of the file. Raises DataError naming the row."""
    with path.open("rb") as file:
        table = tomllib.load(file)
    templates: Mapping[str, list[Mapping[str, Any]]] = table.get("leg", {})
    return tuple(_journey(row, templates, table.get("registration", {})) for row in table["journey"])


def _journey(
    row: Mapping[str, Any],
    legs: Mapping[str, list[Mapping[str, Any]]],
    registration: Mapping[str, Any],
) -> Journey:
    try:
        register = dict(row["register"])
        first = Stop(
            act=register.pop("act", "register"),
            by=register.pop("by", "county.clerk"),
            answers={**registration, **register},
        )
        stops = [first]
        for stop in row.get("stops", []):
            rows = legs[stop["leg"]] if "leg" in stop else [stop]
            for part in rows:
                merged = {**part, **{k: v for k, v in stop.items() if k != "leg"}} if "leg" in stop else part
                stops.append(_stop(merged))
        title = row["title"]
        return Journey(
            id=row["id"],
            title=Text(title["zh"], title["en"]),
            stops=tuple(stops),
            closing=row.get("closing"),
        )
    except (KeyError, TypeError) as fault:
        raise DataError(
            Text("演示旅程{id}有误:{fault}", "the journey {id} is malformed: {fault}").filled(
                id=row.get("id", "?"), fault=repr(fault)
            )
        ) from fault


def _stop(row: Mapping[str, Any]) -> Stop:
    return Stop(
        act=row["act"],
        by=row["by"],
        after=row.get("after", 0),
        answers=row.get("answers", {}),
        refused=row.get("refused"),
    )


def resolved(answers: Mapping[str, Any], *, today: date, known: Mapping[str, str]) -> dict[str, Any]:
    """The answers with ``@today+3`` and ``@other:journey`` (an id in *known*) replaced by what they stand for."""
    return {name: _resolve(value, today, known) for name, value in answers.items()}


def _resolve(value: Any, today: date, known: Mapping[str, str]) -> Any:
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    found = _TODAY.fullmatch(value)
    if found:
        days = int(found[2] or 0)
        return (today + timedelta(days=-days if found[1] == "-" else days)).isoformat()
    return known[value[1:]]
