"""Journeys: the ways a petition can travel, as data. The demonstration plays them, and the story tests do too.

``journeys.toml`` holds them. They say only what is particular to them: who plays which part, how each act is usually
done and the legs that many share stand in ``processes/cast/usual.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.bootstrap import CAST
from engine.drafting.scenarios.usual import Row, Usual
from engine.errors import DataError
from engine.text import Text

JOURNEYS = Path(__file__).with_name("journeys.toml")
MAIN = "petition"
_WORDS = frozenset({"act", "by", "after", "answers", "file", "refused"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stop of a journey: *after* days later *by* (a login) does *act* with *answers* on *file*.

    ``file`` is the journey's own name of a file: ``"petition"`` for the one it is about, another name for a further
    one that its start act opens, ``"supervision"`` (or ``"supervision.T3"``) for the supervision of it that the clock
    opened. ``refused`` is the article with which the office must refuse it; the journey then goes on.
    """

    act: str
    by: str
    after: int = 0
    answers: Mapping[str, Any] = field(default_factory=dict)
    file: str = MAIN
    refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A way through the procedure, and how each of its files must end: by its name, the fact ``closing``.

    ``days_ago`` says on which day before today it has to start, where something happens on a given day (an organ of
    the demonstration office is dissolved).
    """

    id: str
    title: Text
    stops: tuple[Stop, ...]
    closings: Mapping[str, str] = field(default_factory=dict)
    days_ago: int | None = None


def read_journeys(path: Path = JOURNEYS) -> tuple[Journey, ...]:
    """All journeys of the file *path*. Raises DataError naming the journey at fault."""
    with path.open("rb") as file:
        tables = tomllib.load(file)
    usual = Usual.read(CAST / "usual.toml").with_tables(tables)
    return tuple(_journey(row, usual) for row in tables["journey"])


def _journey(row: Row, usual: Usual) -> Journey:
    try:
        played = usual.with_tables({"cast": row.get("cast", {})})
        closings = dict(row.get("also", {}))
        if "closing" in row:
            closings[MAIN] = row["closing"]
        return Journey(
            id=row["id"],
            title=Text(row["title"]["zh"], row["title"]["en"]),
            stops=tuple(_stop(stop, played) for stop in played.unfolded(row["stops"])),
            closings=closings,
            days_ago=row.get("days_ago"),
        )
    except (KeyError, TypeError, AttributeError) as fault:
        raise DataError(
            Text("演示旅程{id}有误:{fault}", "the journey {id} is malformed: {fault}").filled(
                id=row.get("id", "?"), fault=repr(fault)
            )
        ) from fault


def _stop(row: Row, usual: Usual) -> Stop:
    if unknown := set(row) - _WORDS:
        raise KeyError(f"unknown words {sorted(unknown)}")
    said: dict[str, Any] = usual.filled(row)
    return Stop(
        act=said["act"],
        by=said["by"],
        after=said.get("after", 0),
        answers=said["answers"],
        file=said.get("file", MAIN),
        refused=said.get("refused"),
    )
