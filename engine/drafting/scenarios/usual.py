"""How acts are usually done, and by whom: what scenarios and journeys need not say again.

The file (``processes/cast/usual.toml``) holds a *cast* (who plays which part), the *usual* way of doing each act, and
*legs* (sequences of acts that many share).
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

_TODAY = re.compile(r"@today(?:([+-])(\d{1,5}))?")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """The cast, the usual way of each act, and the legs."""

    cast: Mapping[str, str] = field(default_factory=dict)
    acts: Mapping[str, Row] = field(default_factory=dict)
    legs: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Usual:
        """What the file *path* holds."""
        with path.open("rb") as file:
            return cls().with_tables(tomllib.load(file))

    def with_tables(self, tables: Row) -> Usual:
        """The same with what a file says of its own in ``cast``, ``usual`` and ``legs``."""
        return Usual(
            cast={**self.cast, **tables.get("cast", {})},
            acts={**self.acts, **tables.get("usual", {})},
            legs={**self.legs, **tables.get("legs", {})},
        )

    def unfolded(self, rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
        """The *rows* one by one: a bare word is an act or a leg done as usual; legs may nest."""
        for written in rows:
            row: dict[str, Any] = {"act": written} if isinstance(written, str) else dict(written)
            name = row.pop("leg", row.get("act"))
            if name in self.legs:
                row.pop("act", None)
                yield from self._along(self.legs[name], row)
            elif "act" not in row and name is not None:
                raise KeyError(f"leg {name!r}")
            else:
                yield row

    def _along(self, leg: Sequence[Any], row: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The rows of *leg*: what says when belongs to the first, what is expected to the last; ``answers`` are by act."""
        parts = list(self.unfolded(leg))
        answers: Row = row.get("answers", {})
        for place, part in enumerate(parts):
            if place == 0:
                part |= {name: row[name] for name in ("after", "to") if name in row}
            if place == len(parts) - 1 and "expect" in row:
                part["expect"] = row["expect"]
            if "file" in row:
                part["file"] = row["file"]
            part["answers"] = {**part.get("answers", {}), **answers.get(part["act"], {})}
            yield part

    def filled(self, row: Row) -> dict[str, Any]:
        """*row* with what is usual for its act, and with the people of the cast in their parts.

        An empty answer takes a usual one away. Raises KeyError where nobody is cast for the act.
        """
        usual = self.acts.get(row["act"], {})
        merged = {**usual, **row}
        answers = {**usual.get("answers", {}), **row.get("answers", {})}
        merged["by"] = self.cast.get(merged["by"], merged["by"])
        merged["answers"] = {
            name: self._played(value) for name, value in answers.items() if value != ""
        }
        return merged

    def doer(self, act: str | None) -> str | None:
        """Who usually does *act*; None where nobody is cast for it."""
        by: str | None = self.acts.get(act or "", {}).get("by")
        return by and self.cast.get(by, by)

    def particular(self, act: str, answers: Row) -> dict[str, Any]:
        """What has to be written of *answers* to *act*, so that :meth:`filled` gives them again."""
        usual = self.filled({"by": "", "act": act})["answers"] if act in self.acts else {}
        taken_away = {name: "" for name in usual if name not in answers}
        said = {name: value for name, value in answers.items() if usual.get(name) != value}
        return {**said, **taken_away}

    def _played(self, value: Any) -> Any:
        """``@clerk`` is whoever plays the clerk."""
        if isinstance(value, str) and value.startswith("@"):
            return self.cast.get(value[1:], value)
        return value


def resolved(answers: Row, *, today: date, known: Mapping[str, str]) -> dict[str, Any]:
    """The answers with ``@today+3`` and ``@file:second`` (a word of *known*) replaced by what they stand for.

    Raises DataError for a word that stands for nothing.
    """
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
            Text("没有「{word}」所指的事项", "nothing is called {word} here").filled(word=value)
        ) from None
