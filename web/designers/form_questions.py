"""What is asked about a question of a form, and the question that the answers make."""

from __future__ import annotations

from collections.abc import Mapping

from engine.drafting.file_changes import kind_name
from engine.drafting.form_editing import (
    DECIDING,
    KINDS,
    free_name,
    options_as_text,
    options_from_text,
)
from engine.petition.form_files import sealed_unless_said
from engine.petition.forms import Field, FieldKind, Form, Option
from engine.text import Text

_CHOICE = ("kind", (FieldKind.CHOICE.value,))
_DECIDING = ("kind", tuple(sorted(one.value for one in DECIDING)))


def about_field(form: Form, field: Field | None) -> Form:
    """What is asked about *field* of *form*; None: about one to be put in."""
    before = _before(form, field)
    kinds = KINDS if field is None or field.kind in KINDS else (*KINDS, field.kind)
    asked = [
        Field(name="label", label=Text("问什么(中文)", "What is asked (Chinese)")),
        Field(name="label_en", label=Text("问什么(英文)", "What is asked (English)"), required=False),
        Field(
            name="kind", label=Text("怎样回答", "How it is answered"), kind=FieldKind.CHOICE,
            options=tuple(Option(value=one.value, label=kind_name(one)) for one in kinds),
        ),
        Field(
            name="options", label=Text("选项", "Options"), kind=FieldKind.LONG_TEXT, required=False, when=_CHOICE,
            hint=Text(
                "每行一个:值 = 中文 | 英文。值供流程判断使用,可以不写;英文也可以不写",
                "one a line: value = Chinese | English. Gateways use the value; it may be left out, and so may the English",
            ),
        ),
        Field(
            name="fact", label=Text("供流程判断的事实", "Fact for gateways"), required=False, when=_DECIDING,
            hint=Text(
                "取一个新的标识,流程图的网关即可按这一项的答案分路;不填则只作记录",
                "a new identifier, by which gateways of diagrams may part ways; empty: the answer is only kept",
            ),
        ),
        Field(name="required", label=Text("必须填写", "An answer is needed"), kind=FieldKind.BOOLEAN),
        Field(
            name="sealed", label=Text("加密保存", "Kept encrypted"), kind=FieldKind.CHOICE, required=False,
            options=_SEALED,
            hint=Text("个人信息和自由填写的文字应当加密", "personal data and free text should be"),
        ),
        Field(
            name="future", label=Text("可以是将来的日期", "The day may lie ahead"), kind=FieldKind.BOOLEAN,
            when=("kind", (FieldKind.DATE.value,)),
        ),
        Field(
            name="minimum", label=Text("最小值", "Smallest"), kind=FieldKind.INTEGER, required=False,
            when=("kind", (FieldKind.INTEGER.value,)),
        ),
        Field(
            name="maximum", label=Text("最大值", "Largest"), kind=FieldKind.INTEGER, required=False,
            when=("kind", (FieldKind.INTEGER.value,)),
        ),
        Field(name="hint", label=Text("填写说明(中文)", "Help (Chinese)"), required=False),
        Field(name="hint_en", label=Text("填写说明(英文)", "Help (English)"), required=False),
        Field(
            name="name", label=Text("标识", "Identifier"), required=False,
            hint=Text("小写字母、数字和下划线;不填则自动编号", "small letters, digits, underscores; empty: numbered"),
        ),
    ]  # fmt: skip
    if before:
        asked += _hanging(before)
    title = (
        Text("新增字段", "Put in a question")
        if field is None
        else Text("修改字段", "Change the question")
    )
    return Form(id="field", title=title, fields=tuple(asked))


def answers_about(field: Field | None) -> Mapping[str, object]:
    """The answers that stand for *field*; None: those with which a new one begins."""
    if field is None:
        return {"kind": FieldKind.TEXT.value, "required": True}
    return {
        "label": field.label.zh,
        "label_en": _other(field.label),
        "kind": field.kind.value,
        "options": options_as_text(field.options),
        "fact": field.fact,
        "required": field.required,
        "sealed": ""
        if field.sealed == sealed_unless_said(field.kind)
        else str(field.sealed).lower(),
        "future": field.future,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "hint": field.hint.zh if field.hint else None,
        "hint_en": _other(field.hint) if field.hint else None,
        "name": field.name,
        "when": field.when[0] if field.when else None,
        "when_is": " ".join(field.when[1]) if field.when else None,
    }


def field_from(form: Form, values: Mapping[str, object]) -> Field:
    """The question that the answers *values* make."""
    kind, said = (
        FieldKind(str(values["kind"])),
        {name: _line(value) for name, value in values.items()},
    )
    hook, minimum, maximum = said.get("when"), values.get("minimum"), values.get("maximum")
    return Field(
        name=said["name"] or free_name(form),
        label=_text(said["label"], said["label_en"]),
        kind=kind,
        required=bool(values["required"]) or kind is FieldKind.BOOLEAN,
        sealed=said["sealed"] == "true" if said["sealed"] else sealed_unless_said(kind),
        options=options_from_text(str(values.get("options") or "")),
        hint=_text(said["hint"], said["hint_en"]) if said["hint"] else None,
        fact=said.get("fact") or None,
        when=(hook, tuple(said.get("when_is", "").split())) if hook else None,
        future=bool(values.get("future")),
        minimum=minimum if isinstance(minimum, int) else None,
        maximum=maximum if isinstance(maximum, int) else None,
    )


def _before(form: Form, field: Field | None) -> tuple[Field, ...]:
    """The questions on which *field* may hang: those before it that decide something."""
    fields = form.fields if field is None else form.fields[: form.fields.index(field)]
    return tuple(one for one in fields if one.kind in DECIDING)


def _hanging(before: tuple[Field, ...]) -> list[Field]:
    return [
        Field(
            name="when", label=Text("只在回答了哪一项之后询问", "Asked only after an answer to"),
            kind=FieldKind.CHOICE, required=False,
            options=(_ALWAYS, *(Option(value=one.name, label=one.label) for one in before)),
        ),
        Field(
            name="when_is", label=Text("答案是", "which is"), required=False,
            when=("when", tuple(one.name for one in before)),
            hint=Text(
                "选项的值,可写几个,以空格分开;是否项写 true 或 false。可用:{values}",
                "values of its options, several with blanks between; true or false for a yes-or-no. There are: {values}",
            ).filled(values="; ".join(f"{one.name}: {_values(one)}" for one in before)),
        ),
    ]  # fmt: skip


def _values(field: Field) -> str:
    return (
        "true false"
        if field.kind is FieldKind.BOOLEAN
        else " ".join(one.value for one in field.options)
    )


def _text(zh: str, en: str) -> Text:
    return Text(zh, en or zh)


def _other(text: Text) -> str | None:
    return None if text.en == text.zh else text.en


def _line(value: object) -> str:
    return "" if value is None else str(value).strip()


_SEALED = (
    Option(
        value="",
        label=Text("按回答方式:文字加密,其他不加密", "as is usual: texts are, all else is not"),
    ),
    Option(value="true", label=Text("加密", "yes")),
    Option(value="false", label=Text("不加密", "no")),
)
_ALWAYS = Option(value="", label=Text("总是询问", "always asked"))
