"""Journeys: the ways a petition can travel, as data. The demonstration plays them, and the story tests do too.

``journeys.toml`` holds them: a *cast* (who plays which part), the *usual* way of doing each act, *legs* (sequences of
acts that many journeys share) and the journeys themselves, which say only what is particular to them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from engine.errors import DataError
from engine.text import Text

JOURNEYS = Path(__file__).with_name("journeys.toml")
MAIN = "petition"
_TODAY = re.compile(r"@today(?:([+-])(\d+))?")
_Table = Mapping[str, Any]


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
        table = tomllib.load(file)
    script = _Script(cast=table["cast"], usual=table["usual"], legs=table["legs"])
    return tuple(script.journey(row) for row in table["journey"])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Script:
    """What the journeys share."""

    cast: Mapping[str, str]
    usual: Mapping[str, _Table]
    legs: Mapping[str, Sequence[Any]]

    def journey(self, row: _Table) -> Journey:
        try:
            cast = {**self.cast, **row.get("cast", {})}
            closings = dict(row.get("also", {}))
            if "closing" in row:
                closings[MAIN] = row["closing"]
            return Journey(
                id=row["id"],
                title=Text(row["title"]["zh"], row["title"]["en"]),
                stops=tuple(self._stop(stop, cast) for stop in self._unfolded(row["stops"])),
                closings=closings,
                days_ago=row.get("days_ago"),
            )
        except (KeyError, TypeError, AttributeError) as fault:
            raise DataError(
                Text("演示旅程{id}有误:{fault}", "the journey {id} is malformed: {fault}").filled(
                    id=row.get("id", "?"), fault=repr(fault)
                )
            ) from fault

    def _unfolded(self, stops: Sequence[Any]) -> Iterator[dict[str, Any]]:
        """The stops one by one: a bare word is an act or a leg done as usual; legs may nest."""
        for written in stops:
            stop: dict[str, Any] = {"act": written} if isinstance(written, str) else dict(written)
            name = stop.pop("leg", stop.get("act"))
            if name not in self.legs:
                yield stop
                continue
            yield from self._along(self.legs[name], stop)

    def _along(self, leg: Sequence[Any], stop: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The stops of *leg*, begun ``after`` days and with ``answers`` by act, all on the same ``file``."""
        answers: _Table = stop.get("answers", {})
        for place, part in enumerate(self._unfolded(leg)):
            if place == 0 and "after" in stop:
                part["after"] = stop["after"]
            if "file" in stop:
                part["file"] = stop["file"]
            part["answers"] = {**part.get("answers", {}), **answers.get(part["act"], {})}
            yield part

    def _stop(self, stop: _Table, cast: Mapping[str, str]) -> Stop:
        unknown = set(stop) - {"act", "by", "after", "answers", "file", "refused"}
        if unknown:
            raise KeyError(f"unknown words {sorted(unknown)}")
        usual = self.usual.get(stop["act"], {})
        merged = {**usual, **stop}
        answers = {**usual.get("answers", {}), **stop.get("answers", {})}
        return Stop(
            act=merged["act"],
            by=cast.get(merged["by"], merged["by"]),
            after=merged.get("after", 0),
            answers={name: _played(value, cast) for name, value in answers.items() if value != ""},
            file=merged.get("file", MAIN),
            refused=merged.get("refused"),
        )


def _played(value: Any, cast: Mapping[str, str]) -> Any:
    """``@clerk`` is whoever plays the clerk."""
    return cast.get(value[1:], value) if isinstance(value, str) and value.startswith("@") else value


def resolved(
    answers: Mapping[str, Any], *, today: date, known: Mapping[str, str]
) -> dict[str, Any]:
    """The answers with ``@today+3`` and ``@file:second`` (a word of *known*) replaced by what they stand for."""
    return {name: _resolve(value, today, known) for name, value in answers.items()}


def _resolve(value: Any, today: date, known: Mapping[str, str]) -> Any:
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    found = _TODAY.fullmatch(value)
    if found:
        days = int(found[2] or 0)
        return (today + timedelta(days=-days if found[1] == "-" else days)).isoformat()
    try:
        return known[value[1:]]
    except KeyError:
        raise DataError(
            Text("演示旅程中没有{word}", "the journey knows no {word}").filled(word=value)
        ) from None
