"""Forms as files: one way to write each, so that a changed word is one changed line (processes/README.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from engine.petition.forms import Field, FieldKind, Form, Option
from engine.text import Text
from engine.toml import toml_value

_WRITTEN: Final = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})
_COMMENT: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|(?P<comment>#[^\n]*)",
    re.DOTALL,
)


def written_form(form: Form) -> bytes:
    """*form* as TOML; :func:`engine.petition.forms.parse_form` gives an equal one."""
    lines = [f"id = {toml_value(form.id)}", f"title = {_text(form.title)}"]
    for field in form.fields:
        lines += ["", "[[field]]", *_field(field)]
    return ("\n".join(lines) + "\n").encode()


def comments_in(data: bytes) -> int:
    """How many comments a file of TOML holds; ``written_form`` keeps none, for a form has no place for them."""
    text = data.decode("utf-8", "replace")
    return sum(1 for found in _COMMENT.finditer(text) if found["comment"])


def sealed_unless_said(kind: FieldKind) -> bool:
    """Whether an answer of this *kind* is sealed where the form says nothing about it."""
    return kind in _WRITTEN


def _field(field: Field) -> Iterator[str]:
    yield f"name = {toml_value(field.name)}"
    yield f"label = {_text(field.label)}"
    if field.hint is not None:
        yield f"hint = {_text(field.hint)}"
    yield f"kind = {toml_value(field.kind.value)}"
    if not field.required:
        yield "required = false"
    if field.sealed != sealed_unless_said(field.kind):
        yield f"sealed = {toml_value(field.sealed)}"
    if field.when is not None:
        yield f"when = {toml_value({'field': field.when[0], 'is': field.when[1]})}"
    if field.fact is not None:
        yield f"fact = {toml_value(field.fact)}"
    if field.options:
        yield "options = ["
        yield from (f"  {_option(one)}," for one in field.options)
        yield "]"
    if field.minimum is not None:
        yield f"minimum = {field.minimum}"
    if field.maximum is not None:
        yield f"maximum = {field.maximum}"
    if field.future:
        yield "future = true"


def _option(option: Option) -> str:
    return toml_value({"value": option.value, "zh": option.label.zh, "en": option.label.en})


def _text(text: Text) -> str:
    return toml_value(text.zh if text.zh == text.en else {"zh": text.zh, "en": text.en})
