"""The questions that acts ask, in the few shapes that they come in."""

from __future__ import annotations

from collections.abc import Iterable

from engine.petition.forms import Field, FieldKind, Option
from engine.text import Text

When = tuple[str, tuple[str, ...]]
Word = tuple[str, str, str]
"""A value with its caption in Chinese and in English."""

YES: tuple[str, ...] = ("true",)


def line(
    name: str,
    zh: str,
    en: str,
    *,
    required: bool = True,
    sealed: bool = True,
    when: When | None = None,
    hint: Text | None = None,
) -> Field:
    """A line of free text; sealed unless it can hold nothing personal."""
    return Field(
        name=name, label=Text(zh, en), required=required, sealed=sealed, when=when, hint=hint
    )


def prose(
    name: str,
    zh: str,
    en: str,
    *,
    required: bool = True,
    when: When | None = None,
    hint: Text | None = None,
) -> Field:
    """A passage of free text, always sealed."""
    return Field(
        name=name,
        label=Text(zh, en),
        kind=FieldKind.LONG_TEXT,
        required=required,
        sealed=True,
        when=when,
        hint=hint,
    )


def day(
    name: str,
    zh: str,
    en: str,
    *,
    required: bool = False,
    future: bool = False,
    when: When | None = None,
    hint: Text | None = None,
) -> Field:
    """A legal day. Left empty, it is the day on which the act is recorded, unless it is required."""
    return Field(
        name=name,
        label=Text(zh, en),
        kind=FieldKind.DATE,
        required=required,
        future=future,
        when=when,
        hint=hint,
    )


def yes(
    name: str, zh: str, en: str, *, when: When | None = None, hint: Text | None = None
) -> Field:
    """A yes/no question; unanswered means no."""
    return Field(
        name=name, label=Text(zh, en), kind=FieldKind.BOOLEAN, required=False, when=when, hint=hint
    )


def pick(
    name: str,
    zh: str,
    en: str,
    options: Iterable[Word],
    *,
    required: bool = True,
    when: When | None = None,
    hint: Text | None = None,
) -> Field:
    """One of a closed list."""
    return Field(
        name=name,
        label=Text(zh, en),
        kind=FieldKind.CHOICE,
        options=listed(options),
        required=required,
        when=when,
        hint=hint,
    )


def several(
    name: str, zh: str, en: str, options: Iterable[Word], *, hint: Text | None = None
) -> Field:
    """Any number of a closed list."""
    return Field(
        name=name, label=Text(zh, en), kind=FieldKind.CHOICES, options=listed(options), hint=hint
    )


def organ(
    name: str,
    zh: str,
    en: str,
    *,
    required: bool = True,
    sealed: bool = False,
    when: When | None = None,
    hint: Text | None = None,
) -> Field:
    """An organ of the directory."""
    return Field(
        name=name,
        label=Text(zh, en),
        kind=FieldKind.ORGAN,
        required=required,
        sealed=sealed,
        when=when,
        hint=hint,
    )


def person(
    name: str,
    zh: str,
    en: str,
    *,
    required: bool = True,
    sealed: bool = False,
    when: When | None = None,
    hint: Text | None = None,
) -> Field:
    """A member of staff; plain unless asked for, since facts and the worklist name staff by their ids."""
    return Field(
        name=name,
        label=Text(zh, en),
        kind=FieldKind.PERSON,
        required=required,
        sealed=sealed,
        when=when,
        hint=hint,
    )


def number(
    name: str,
    zh: str,
    en: str,
    *,
    required: bool = True,
    minimum: int | None = None,
    when: When | None = None,
    hint: Text | None = None,
) -> Field:
    """A whole number."""
    return Field(
        name=name,
        label=Text(zh, en),
        kind=FieldKind.INTEGER,
        required=required,
        minimum=minimum,
        when=when,
        hint=hint,
    )


def listed(words: Iterable[Word]) -> tuple[Option, ...]:
    """The options of a closed list."""
    return tuple(Option(value=value, label=Text(zh, en)) for value, zh, en in words)


def caption(words: Iterable[Word], value: str) -> str:
    """The Chinese caption of *value*, for documents; the value itself where there is none."""
    return next((zh for known, zh, _ in words if known == value), value)
