"""Small changes of a form's file: questions put in, changed, moved and taken out; the file is always written in one way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count
from typing import Final

from engine.errors import BadInput, DataError, NotFound
from engine.petition.form_files import written_form
from engine.petition.forms import Field, FieldKind, Form, Option, parse_form
from engine.text import Text

Change = Callable[[bytes], bytes]
"""What makes another text of a form's file."""
KINDS: Final = (
    FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.DATE, FieldKind.CHOICE, FieldKind.BOOLEAN, FieldKind.INTEGER,
    FieldKind.ORGAN, FieldKind.PERSON,
)  # fmt: skip
"""What a question of a free step may ask for."""
DECIDING: Final = frozenset({FieldKind.CHOICE, FieldKind.BOOLEAN})
"""The kinds whose answer may become a fact for gateways, and on which another question may hang."""
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,40}")
_VALUE: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")
_LINE: Final = re.compile(r"(?:(?P<value>[^=|]*)=)?(?P<zh>[^|]*)(?:\|(?P<en>.*))?")


def new_form(id: str, title: Text) -> bytes:
    """The file of a form that asks nothing yet. Raises BadInput."""
    return _written(Form(id=id, title=title))


def retitled(title: Text) -> Change:
    """The change that calls a form *title*."""
    return _change(lambda form: replace(form, title=title))


def renamed(id: str) -> Change:
    """The change that gives a form another *id*, as its file gets another name."""
    return _change(lambda form: replace(form, id=id))


def with_field(field: Field, *, instead_of: str | None = None) -> Change:
    """The change that puts *field* at the end, or in the place of the one called *instead_of*.

    Questions that hang on one that is renamed go on hanging on it.
    """

    def put(form: Form) -> Form:
        if instead_of is None:
            return replace(form, fields=(*form.fields, field))
        _field(form, instead_of)
        fields = tuple(field if one.name == instead_of else one for one in form.fields)
        return replace(form, fields=tuple(_hung(one, instead_of, field.name) for one in fields))

    return _change(put)


def without_field(name: str) -> Change:
    """The change that takes the question *name* out; refused while another hangs on it."""

    def drop(form: Form) -> Form:
        gone = _field(form, name)
        return replace(form, fields=tuple(one for one in form.fields if one is not gone))

    return _change(drop)


def moved_field(name: str, *, by: int) -> Change:
    """The change that moves the question *name* up (``by=-1``) or down; at either end it stays."""

    def move(form: Form) -> Form:
        found, fields = _field(form, name), list(form.fields)
        at = fields.index(found)
        fields.remove(found)
        fields.insert(max(0, at + by), found)
        return replace(form, fields=tuple(fields))

    return _change(move)


def free_name(form: Form) -> str:
    """A name that no question of *form* has yet."""
    taken = {one.name for one in form.fields}
    return next(name for number in count(1) if (name := f"item_{number}") not in taken)


def options_as_text(options: tuple[Option, ...]) -> str:
    """*options* as lines ``value = 中文 | English``, to be changed in a box."""
    return "\n".join(f"{one.value} = {one.label.zh} | {one.label.en}" for one in options)


def options_from_text(text: str) -> tuple[Option, ...]:
    """The options that the lines of *text* name; without a value they get the next number, without English the Chinese."""
    found: list[Option] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        parts = _LINE.fullmatch(line)
        value, zh, en = (
            ((parts[name] or "").strip() for name in ("value", "zh", "en"))
            if parts
            else ("", "", "")
        )
        taken = {one.value for one in found}
        value = value or next(v for n in count(1) if (v := f"option_{n}") not in taken)
        found.append(Option(value=value, label=Text(zh, en or zh)))
    return tuple(found)


def form_in(data: bytes) -> Form:
    """The form in a file, to be changed. Raises BadInput, with the reason, for one that cannot be read."""
    try:
        return parse_form(data, "")
    except DataError as fault:
        raise BadInput({"": fault.text}) from fault


def _change(make: Callable[[Form], Form]) -> Change:
    return lambda data: _written(make(form_in(data)))


def _field(form: Form, name: str) -> Field:
    for field in form.fields:
        if field.name == name:
            return field
    raise NotFound(Text("表单中没有“{name}”", "the form has no question {name}").filled(name=name))


def _hung(field: Field, before: str, after: str) -> Field:
    return (
        replace(field, when=(after, field.when[1]))
        if field.when and field.when[0] == before
        else field
    )


def _written(form: Form) -> bytes:
    """The file of *form*. Raises BadInput, by the parts of the question at fault, for one that nobody could fill in."""
    seen: dict[str, Field] = {}
    if not _said(form.title):
        raise BadInput({"title": _BLANK})
    for field in form.fields:
        faults = {**_faults_of(field), **_faults_of_place(field, seen)}
        if faults:
            raise BadInput(
                {
                    part: _AT.filled(name=field.label or field.name, what=what)
                    for part, what in faults.items()
                }
            )
        seen[field.name] = field
    return written_form(form)


def _faults_of(field: Field) -> Mapping[str, Text]:
    faults: dict[str, Text] = {}
    if not _said(field.label):
        faults["label"] = _BLANK
    if not _NAME.fullmatch(field.name):
        faults["name"] = _NO_NAME
    if field.kind is FieldKind.CHOICE and (fault := _options_fault(field.options)):
        faults["options"] = fault
    if field.fact is not None and not _NAME.fullmatch(field.fact):
        faults["fact"] = _NO_NAME
    if field.fact is not None and field.kind not in DECIDING:
        faults["fact"] = _NO_FACT
    if None not in (field.minimum, field.maximum) and (field.minimum or 0) > (field.maximum or 0):
        faults["maximum"] = _NO_RANGE
    return faults


def _options_fault(options: tuple[Option, ...]) -> Text | None:
    values = [one.value for one in options]
    if not values:
        return _NO_OPTIONS
    if not all(_VALUE.fullmatch(one) for one in values):
        return _NO_VALUE
    if len(set(values)) < len(values):
        return _VALUE_TWICE
    return None if all(_said(one.label) for one in options) else _BLANK


def _faults_of_place(field: Field, before: Mapping[str, Field]) -> Mapping[str, Text]:
    """What is wrong with *field* where it stands, after the questions *before* it."""
    faults: dict[str, Text] = {}
    if field.name in before:
        faults["name"] = _NAME_TWICE
    if field.when is not None:
        hook, values = before.get(field.when[0]), set(field.when[1])
        if hook is None:
            faults["when"] = _NOT_BEFORE.filled(name=field.when[0])
        elif hook.kind not in DECIDING:
            faults["when"] = _NOT_DECIDING.filled(name=hook.label)
        elif not values or not values <= _answers(hook):
            faults["when_is"] = _NO_ANSWER.filled(
                name=hook.label, values=", ".join(sorted(_answers(hook)))
            )
    return faults


def _answers(field: Field) -> set[str]:
    return (
        {"true", "false"}
        if field.kind is FieldKind.BOOLEAN
        else {one.value for one in field.options}
    )


def _said(text: Text) -> bool:
    return bool(text.zh.strip() and text.en.strip())


_AT: Final = Text("“{name}”:{what}", "“{name}”: {what}")
_BLANK: Final = Text("请填写中文名称", "give it a name in Chinese")
_NO_NAME: Final = Text(
    "标识用小写字母、数字和下划线,字母开头,至多41字",
    "an identifier is made of small letters, digits and underscores, a letter first, at most 41",
)
_NAME_TWICE: Final = Text(
    "表单中已有同名的标识", "another question of the form has this identifier"
)
_NO_OPTIONS: Final = Text("单选须有选项,每行一个", "a choice needs options, one a line")
_NO_VALUE: Final = Text(
    "选项的值(等号之前)用字母、数字、下划线和连字符",
    "the value of an option (before the equals sign) is made of letters, digits, underscores and hyphens",
)
_VALUE_TWICE: Final = Text("两个选项的值相同", "two options have the same value")
_NO_FACT: Final = Text(
    "只有单选和是否可以成为流程判断的事实",
    "only a choice or a yes-or-no can become a fact for gateways",
)
_NO_RANGE: Final = Text("最大值小于最小值", "the largest value is below the smallest")
_NOT_BEFORE: Final = Text(
    "取决于“{name}”,它须在此项之前", "it hangs on {name}, which has to stand before it"
)
_NOT_DECIDING: Final = Text(
    "“{name}”不是单选或是否,不能据以决定是否询问",
    "“{name}” is neither a choice nor a yes-or-no: no question can hang on it",
)
_NO_ANSWER: Final = Text("应为“{name}”的答案:{values}", "expected answers of “{name}”: {values}")
