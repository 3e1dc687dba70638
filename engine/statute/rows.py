"""Reads one row of a TOML file: every key is taken once, typed, and what is left over is an error."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from engine.errors import DataError
from engine.text import Text

E = TypeVar("E", bound=StrEnum)
P = TypeVar("P")


def read_toml(path: Path) -> dict[str, Any]:
    """The file at *path* as TOML. Raises DataError naming the file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise malformed(
            path.name, "", f"不是有效的 TOML：{error}", f"is not valid TOML: {error}"
        ) from error


def malformed(file: str, row: str, zh: str, en: str) -> DataError:
    """The error for the row *row* of the file *file*."""
    place = f"{file}[{row}]" if row else file
    return DataError(Text(f"{place}：{zh}", f"{place}: {en}"))


class Row:
    """One row while it is read. Every error names the file and the row."""

    def __init__(self, file: str, place: str, values: Mapping[str, Any]) -> None:
        self._file = file
        self._place = place
        self._left = dict(values)

    def finished(self, build: Callable[[Row], P]) -> P:
        """Build with *build* and refuse keys that it did not take."""
        built = build(self)
        if self._left:
            raise self.error(f"未知的键 {sorted(self._left)}", f"unknown keys {sorted(self._left)}")
        return built

    def error(self, zh: str, en: str) -> DataError:
        """The error for this row."""
        return malformed(self._file, self._place, zh, en)

    def take(self, key: str, kind: type[P]) -> P:
        """The value of *key*, of type *kind*; it must be there."""
        value = self.maybe(key, kind)
        if value is None:
            raise self.error(f"缺少 {key}", f"{key} is missing")
        return value

    def maybe(self, key: str, kind: type[P]) -> P | None:
        """The value of *key*, of type *kind*, or None where it is absent."""
        value = self._left.pop(key, None)
        if value is None:
            return None
        if not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool):
            raise self.error(
                f"{key} 应为 {kind.__name__}，实为 {value!r}",
                f"{key} must be {kind.__name__}, found {value!r}",
            )
        return value

    def word(self, key: str) -> str:
        """Words under *key*, not empty."""
        value = self.take(key, str)
        if not value:
            raise self.error(f"{key} 为空", f"{key} is empty")
        return value

    def number(self, key: str) -> int | None:
        """A positive whole number under *key*, or None."""
        value = self.maybe(key, int)
        if value is not None and value <= 0:
            raise self.error(f"{key} 应为正整数", f"{key} must be a positive whole number")
        return value

    def day(self, key: str) -> date | None:
        """A day under *key*, or None."""
        value = self.maybe(key, date)
        if isinstance(value, datetime):
            raise self.error(f"{key} 应为日期", f"{key} must be a day without a time")
        return value

    def text(self, key: str) -> Text:
        """Words in both languages under *key*."""
        value = self.take(key, dict)
        if set(value) != {"zh", "en"} or not all(
            isinstance(word, str) and word for word in value.values()
        ):
            raise self.error(
                f"{key} 须有 zh 和 en", f"{key} needs words for zh and en, and no more"
            )
        return Text(value["zh"], value["en"])

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words under *key*; absent means empty."""
        value = self.maybe(key, list) or []
        if not all(isinstance(word, str) for word in value):
            raise self.error(f"{key} 应为字符串列表", f"{key} must be a list of words")
        return tuple(value)

    def choice(self, key: str, kind: type[E]) -> E:
        """One of the values of *kind* under *key*."""
        return self._chosen(key, kind, self.word(key))

    def maybe_choice(self, key: str, kind: type[E]) -> E | None:
        """One of the values of *kind* under *key*, or None."""
        value = self.maybe(key, str)
        return None if value is None else self._chosen(key, kind, value)

    def _chosen(self, key: str, kind: type[E], value: str) -> E:
        try:
            return kind(value)
        except ValueError:
            allowed = "、".join(kind)
            raise self.error(
                f"{key} 应为 {allowed} 之一，实为 {value}",
                f"{key} must be one of {list(kind)}, found {value}",
            ) from None
