"""Forms: what an act or a free step of a drawing asks, and how answers become values.

One description serves the page, the command line, the check of the input and the record. A field that is
``sealed`` holds personal data or free text: its value is never stored in the clear.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from engine.errors import BadInput, DataError
from engine.text import Text

Value = str | int | bool | date | tuple[str, ...] | None
Values = Mapping[str, Value]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TRUE = frozenset({"true", "on", "yes", "1", "是"})
_FALSE = frozenset({"false", "off", "no", "0", "否", ""})
MAX_TEXT = 20_000
MAX_LINE = 200


class FieldKind(StrEnum):
    """What a field takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    ORGAN = "organ"
    PERSON = "person"
    DEADLINE = "deadline"
    DOCUMENT = "document"
    PETITION = "petition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of the answers to a choice."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question.

    ``when`` names another field and the values for which this question is asked at all; ``fact`` makes the
    answer a fact that gateways may use; ``future`` lets a date lie ahead (an assigned due date, say).
    """

    name: str
    label: Text
    kind: FieldKind = FieldKind.TEXT
    required: bool = True
    sealed: bool = False
    options: tuple[Option, ...] = ()
    hint: Text | None = None
    article: str | None = None
    fact: str | None = None
    when: tuple[str, tuple[str, ...]] | None = None
    future: bool = False
    minimum: int | None = None
    maximum: int | None = None

    def asked(self, answers: Mapping[str, Any]) -> bool:
        """Whether the question arises, given the other answers."""
        if self.when is None:
            return True
        value = answers.get(self.when[0])
        word = "true" if value is True else "false" if value is False else str(value or "")
        return word in self.when[1]

    def read(self, raw: object, *, today: date) -> Value:
        """The value of the answer *raw* (a string, or already a value). Raises ``_Unreadable`` with a sentence."""
        if isinstance(raw, str):
            raw = raw.strip()
        if raw is None or raw == "" or raw == ():
            if self.kind is FieldKind.BOOLEAN:
                return False
            if self.required:
                raise _Unreadable(Text("必须填写", "an answer is needed"))
            return () if self.kind is FieldKind.CHOICES else None
        return _READERS[self.kind](self, raw, today)


class _Unreadable(Exception):
    def __init__(self, text: Text) -> None:
        super().__init__(text.zh)
        self.text = text


def _read_line(field: Field, raw: object, today: date) -> Value:
    text = str(raw)
    limit = MAX_TEXT if field.kind is FieldKind.LONG_TEXT else MAX_LINE
    if len(text) > limit:
        raise _Unreadable(
            Text("至多{limit}字,现有{found}字", "at most {limit} characters, found {found}").filled(
                limit=limit, found=len(text)
            )
        )
    if _CONTROL.search(text):
        raise _Unreadable(Text("含有不可见的控制字符", "contains control characters"))
    return text.replace("\r\n", "\n")


_A_DAY = Text("应为 2026-11-23 这样的日期", "a date like 2026-11-23 was expected")


def _read_date(field: Field, raw: object, today: date) -> Value:
    if isinstance(raw, date):
        day = raw
    else:
        try:
            day = date.fromisoformat(str(raw))
        except ValueError:
            raise _Unreadable(_A_DAY) from None
        if (
            day.isoformat() != raw
        ):  # ISO 8601 knows weeks as well; people would read another day into them
            raise _Unreadable(_A_DAY)
    if day > today and not field.future:
        raise _Unreadable(Text("日期不能晚于今天", "the date cannot lie in the future"))
    if day.year < 2000:
        raise _Unreadable(Text("日期过早", "the date is too long ago"))
    return day


def _read_choice(field: Field, raw: object, today: date) -> Value:
    value = str(raw)
    if value not in {option.value for option in field.options}:
        raise _Unreadable(Text("不是可选项", "not one of the options"))
    return value


def _read_choices(field: Field, raw: object, today: date) -> Value:
    many: Iterable[object] = (
        raw if isinstance(raw, (list, tuple)) else [part for part in str(raw).split(",") if part]
    )
    return tuple(str(_read_choice(field, one, today)) for one in many)


def _read_boolean(field: Field, raw: object, today: date) -> Value:
    word = str(raw).lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise _Unreadable(Text("应答是或否", "yes or no was expected"))


def _read_integer(field: Field, raw: object, today: date) -> Value:
    try:
        number = int(str(raw))
    except ValueError:
        raise _Unreadable(Text("应为整数", "a whole number was expected")) from None
    low, high = field.minimum, field.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        raise _Unreadable(
            Text("应在{low}至{high}之间", "expected between {low} and {high}").filled(
                low="" if low is None else low, high="" if high is None else high
            )
        )
    return number


_READERS = {
    FieldKind.TEXT: _read_line,
    FieldKind.LONG_TEXT: _read_line,
    FieldKind.DATE: _read_date,
    FieldKind.CHOICE: _read_choice,
    FieldKind.CHOICES: _read_choices,
    FieldKind.BOOLEAN: _read_boolean,
    FieldKind.INTEGER: _read_integer,
    FieldKind.ORGAN: _read_line,
    FieldKind.PERSON: _read_line,
    FieldKind.DEADLINE: _read_line,
    FieldKind.DOCUMENT: _read_line,
    FieldKind.PETITION: _read_line,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The questions of one act or free step."""

    id: str
    title: Text
    fields: tuple[Field, ...] = ()

    def read(self, raw: Mapping[str, object], *, today: date) -> dict[str, Value]:
        """The values of the answers *raw*; unknown names are refused.

        Raises BadInput with a sentence for every field at fault.
        """
        known = {field.name for field in self.fields}
        faults = {
            name: Text("没有这一项", "there is no such question")
            for name in raw
            if name not in known
        }
        values: dict[str, Value] = {}
        for field in self.fields:
            if not field.asked(values):
                continue
            try:
                values[field.name] = field.read(raw.get(field.name), today=today)
            except _Unreadable as unreadable:
                faults[field.name] = Text("{label}:{what}", "{label}: {what}").filled(
                    label=field.label, what=unreadable.text
                )
        if faults:
            raise BadInput(faults)
        return values


def parse_form(data: bytes, name: str) -> Form:
    """The form written in TOML by a process designer (the format is described in processes/README.md).

    Raises DataError naming the file and the row.
    """
    try:
        table = tomllib.loads(data.decode("utf-8"))
        fields = tuple(_field(row) for row in table.get("field", []))
        form = Form(id=str(table["id"]), title=_text(table["title"]), fields=fields)
    except (KeyError, ValueError, TypeError, RecursionError) as fault:
        raise DataError(
            Text("表单文件{name}有误:{fault}", "the form {name} is malformed: {fault}").filled(
                name=name, fault=repr(fault)
            )
        ) from fault
    names = [field.name for field in form.fields]
    if len(set(names)) != len(names):
        raise DataError(
            Text("表单{name}中有重名的项", "two fields of the form {name} share a name").filled(
                name=name
            )
        )
    return form


def _field(row: Mapping[str, Any]) -> Field:
    allowed = {
        "name", "label", "kind", "required", "sealed", "options", "hint", "fact", "when", "future", "minimum",
        "maximum",
    }  # fmt: skip
    if unknown := set(row) - allowed:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    if not _NAME.fullmatch(row["name"]):
        raise ValueError(f"field name {row['name']!r}")
    when = row.get("when")
    return Field(
        name=row["name"],
        label=_text(row["label"]),
        kind=FieldKind(row.get("kind", "text")),
        required=bool(row.get("required", True)),
        sealed=bool(row.get("sealed", row.get("kind", "text") in {"text", "long_text"})),
        options=tuple(Option(value=o["value"], label=_text(o)) for o in row.get("options", [])),
        hint=_text(row["hint"]) if "hint" in row else None,
        fact=row.get("fact"),
        when=(when["field"], tuple(when["is"])) if when else None,
        future=bool(row.get("future", False)),
        minimum=row.get("minimum"),
        maximum=row.get("maximum"),
    )


def _text(row: Any) -> Text:
    if isinstance(row, str):
        return Text(row, row)
    return Text(row["zh"], row.get("en", row["zh"]))
