"""What is asked about a decision table, its columns and its rules, and what the answers make."""

from __future__ import annotations

from collections.abc import Mapping

from engine.drafting.table_editing import (
    BOOLEAN,
    POLICIES,
    Column,
    FactKind,
    FactWord,
    Rule,
    Sheet,
    Value,
    asked_cell,
    chosen_in,
    given_cell,
    output_word,
    value_in,
)
from engine.drafting.words import Words
from engine.petition.forms import Field, FieldKind, Form, Option
from engine.text import Text
from web.designers.fact_words import FactWords

UNSET = "-"
"""How a page says that a fact is not set."""
_READ = {"true": True, "false": False, UNSET: None}
_SAID = {value: word for word, value in _READ.items()}


def about_table(*, new: bool) -> Form:
    """What is asked about a table as a whole."""
    policies = tuple(Option(value=one, label=_policy(one)) for one in POLICIES)
    hint = Text(
        "即文件名,用小写字母、数字和下划线;改了以后,使用它的环节一并改",
        "the name of its file: small letters, digits, underscores; tasks that use the table follow",
    )
    return Form(
        id="table",
        title=Text("新建决策表", "New table") if new else Text("名称和命中规则", "Name and hit policy"),
        fields=(
            Field(name="title", label=Text("名称", "Name")),
            Field(name="policy", label=Text("几行同时适用时", "When several rows fit"), kind=FieldKind.CHOICE, options=policies),
            Field(name="id", label=Text("标识", "Identifier"), hint=hint),
        ),
    )  # fmt: skip


def about_input(words: Words, sheet: Sheet) -> Form:
    """What is asked about a fact that a table is to ask for: one that is neither asked for nor set by it yet."""
    called, taken = FactWords(words), {one.fact for one in (*sheet.inputs, *sheet.outputs)}
    options = tuple(
        Option(value=name, label=_named(called.fact(name), name))
        for name in words.facts
        if name not in taken
    )
    return Form(
        id="input",
        title=Text("新增输入", "Put in an input"),
        fields=(
            Field(name="fact", label=Text("按哪一事实判断", "Which fact it asks for"), kind=FieldKind.CHOICE, options=options),
            Field(name="label", label=Text("列名", "Name of the column"), required=False),
        ),
    )  # fmt: skip


def about_output(column: Column | None) -> Form:
    """What is asked about a result of a table; None: about a new one."""
    kinds = (
        Option(value="string", label=Text("几个取值之一", "one of several values")),
        Option(value=BOOLEAN, label=Text("是或否", "yes or no")),
    )
    return Form(
        id="output",
        title=Text("新增输出", "Put in an output") if column is None else Text("修改输出", "Change the output"),
        fields=(
            Field(name="label", label=Text("列名", "Name of the column"), required=False),
            Field(
                name="fact", label=Text("设定哪一事实", "Which fact it sets"),
                hint=Text(
                    "取一个新的标识(小写字母、数字和下划线),流程图的网关即可按它分路",
                    "a new identifier (small letters, digits, underscores), by which gateways may part ways",
                ),
            ),
            Field(name="type", label=Text("取值", "Values"), kind=FieldKind.CHOICE, options=kinds),
            Field(
                name="values", label=Text("有哪些取值", "Which values"), kind=FieldKind.LONG_TEXT, required=False,
                when=("type", ("string",)),
                hint=Text("每行一个;按结果次序命中时,前面的优先", "one a line; where the order counts, the first wins"),
            ),
        ),
    )  # fmt: skip


def column_from(values: Mapping[str, object]) -> Column:
    """The output that the answers *values* make."""
    listed = tuple(filter(None, map(str.strip, str(values.get("values") or "").splitlines())))
    kind = str(values["type"])
    return Column(
        fact=str(values["fact"]),
        label=str(values["label"] or ""),
        type=kind,
        values=() if kind == BOOLEAN else listed,
    )


def about_rule(words: Words, sheet: Sheet, *, new: bool) -> Form:
    """What is asked about a row: for each input what it may be, for each output what it is."""
    called = FactWords(words)
    asked = [
        _asked(called, words.facts.get(column.fact), column, number)
        for number, column in enumerate(sheet.inputs)
    ]
    given = [
        _given(called, output_word(column, words.facts), column, number)
        for number, column in enumerate(sheet.outputs)
    ]
    title = Text("新增一行", "Put in a row") if new else Text("修改这一行", "Change the row")
    return Form(
        id="rule",
        title=title,
        fields=(*asked, *given, Field(name="note", label=Text("备注", "Note"), required=False)),
    )


def answers_about_rule(words: Words, sheet: Sheet, rule: Rule | None) -> dict[str, object]:
    """The answers that stand for *rule*; None: those with which a new one begins."""
    if rule is None:
        return {}
    answers: dict[str, object] = {"note": rule.note}
    for number, (column, cell) in enumerate(zip(sheet.inputs, rule.asked, strict=True)):
        word = words.facts.get(column.fact)
        picked = None if word is None else tuple(sorted(map(said, chosen_in(cell, word))))
        boolean = word is not None and word.kind == FactKind.BOOLEAN
        answers[f"in_{number}"] = cell if picked is None else "".join(picked) if boolean else picked
    for number, (column, cell) in enumerate(zip(sheet.outputs, rule.given, strict=True)):
        value = value_in(cell, output_word(column, words.facts))
        answers[f"out_{number}"] = None if value is None else said(value)
    return answers


def rule_from(words: Words, sheet: Sheet, values: Mapping[str, object]) -> Rule:
    """The row that the answers *values* make."""
    asked = []
    for number, column in enumerate(sheet.inputs):
        word, answer = words.facts.get(column.fact), values[f"in_{number}"]
        if word is None:
            asked.append(str(answer or ""))
        else:
            many = answer if isinstance(answer, tuple) else (answer,) if answer else ()
            asked.append(asked_cell((read(str(one)) for one in many), word))
    given = [given_cell(read(str(values[f"out_{number}"]))) for number in range(len(sheet.outputs))]
    return Rule(asked=tuple(asked), given=tuple(given), note=str(values["note"] or ""))


def about_case(words: Words, sheet: Sheet) -> Form:
    """What the test bench asks: a value for each input."""
    called = FactWords(words)
    fields = tuple(
        Field(
            name=f"in_{number}", label=title_of(called, column), kind=FieldKind.CHOICE, required=False,
            options=tuple(
                Option(value=said(value), label=called.value(column.fact, value))
                for value in sorted(words.facts[column.fact].domain, key=lambda one: one is None)
            ),
        )
        for number, column in enumerate(sheet.inputs) if column.fact in words.facts
    )  # fmt: skip
    return Form(id="case", title=Text("试算", "Test bench"), fields=fields)


def given_from(sheet: Sheet, values: Mapping[str, object]) -> dict[str, Value]:
    """The facts that the answers *values* of the test bench give."""
    answers = {
        column.fact: values.get(f"in_{number}") for number, column in enumerate(sheet.inputs)
    }
    return {
        fact: value
        for fact, word in answers.items()
        if word and (value := read(str(word))) is not None
    }


def title_of(called: FactWords, column: Column) -> Text:
    """What a column is called, with its fact."""
    return _named(
        Text(column.label, column.label) if column.label else called.fact(column.fact), column.fact
    )


def said(value: Value) -> str:
    """How a page writes *value*."""
    return value if isinstance(value, str) else _SAID[value]


def read(word: str) -> Value:
    """The value that a page wrote as *word*."""
    return _READ.get(word, word)


def _asked(called: FactWords, word: FactWord | None, column: Column, number: int) -> Field:
    name, label = f"in_{number}", title_of(called, column)
    if word is None:
        return Field(name=name, label=label, required=False)
    boolean = word.kind == FactKind.BOOLEAN
    return Field(
        name=name, label=label, kind=FieldKind.CHOICE if boolean else FieldKind.CHOICES, required=False,
        hint=None if boolean else Text("一个都不选,就是不限", "none ticked: any"),
        options=(
            *((Option(value="", label=Text("不限", "any")),) if boolean else ()),
            *(
                Option(value=said(value), label=called.value(column.fact, value))
                for value in sorted(word.domain, key=lambda one: (one is None, one is False))
            ),
        ),
    )  # fmt: skip


def _given(called: FactWords, word: FactWord, column: Column, number: int) -> Field:
    return Field(
        name=f"out_{number}", label=Text("→ {title}", "→ {title}").filled(title=title_of(called, column)), kind=FieldKind.CHOICE,
        options=tuple(
            Option(value=said(value), label=called.value(column.fact, value)) for value in word.domain if value is not None
        ),
    )  # fmt: skip


def _policy(policy: str) -> Text:
    return Text("{words} {policy}", "{words} {policy}").filled(
        words=POLICIES[policy], policy=policy
    )


def _named(title: Text, fact: str) -> Text:
    return (
        title
        if title.zh == fact
        else Text("{title}({fact})", "{title} ({fact})").filled(title=title, fact=fact)
    )
