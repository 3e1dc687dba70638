"""Small changes of a decision table's file: columns and rules put in, changed, moved and taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from engine.errors import BadInput, NotFound
from engine.procedure.table_files import values_of
from engine.procedure.table_sheets import (
    Column,
    Rule,
    Sheet,
    canonical_table,
    sheet_in,
    written_sheet,
)
from engine.procedure.tables import Value
from engine.procedure.vocabulary import FactKind, FactWord
from engine.text import Text

Part = TypeVar("Part")
Change = Callable[[bytes], bytes]
"""What makes another text of a table's file."""
POLICIES: Final = {
    "UNIQUE": Text("至多一行适用(各行不得重叠)", "at most one row fits (rows may not overlap)"),
    "FIRST": Text("自上而下,第一个适用的行", "from the top, the first row that fits"),
    "ANY": Text("几行同时适用时结果须相同", "rows that fit together have to agree"),
    "PRIORITY": Text(
        "适用各行中,结果排在最前的", "of the rows that fit, the one whose result stands first"
    ),
}
"""The hit policies that run right here, and what they mean."""
BOOLEAN: Final = "boolean"
ANYTHING: Final = "-"
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,40}")
_VALUE: Final = re.compile(r'[^"\\,\s]{1,40}')


def sheet_of(data: bytes) -> Sheet:
    """The table in a file, to be changed. Raises BadInput where it cannot be read as one."""
    sheet = sheet_in(canonical_table(data))  # by which every part has an id
    if sheet is None:
        raise BadInput({"": _UNREADABLE})
    return sheet


def new_table(id: str, title: str) -> bytes:
    """The file of a table without columns. Raises BadInput."""
    if not _NAME.fullmatch(id):
        raise BadInput({"id": _NO_NAME})
    return written_sheet(Sheet(id=id, title=title))


def entitled(title: str, policy: str, *, id: str) -> Change:
    """The change that calls a table *title* and *id*, and lets it decide by *policy*."""
    if not _NAME.fullmatch(id):
        raise BadInput({"id": _NO_NAME})
    return _change(lambda sheet: replace(sheet, id=id, title=title, policy=policy))


def with_input(fact: str, word: FactWord, label: str) -> Change:
    """The change that lets a table ask for *fact* as well; its rules take any value of it."""

    def put(sheet: Sheet) -> Sheet:
        if fact in {one.fact for one in sheet.inputs}:
            raise BadInput({"fact": _ASKED_TWICE})
        column = Column(fact=fact, label=label, type=_type(word), values=word.values)
        rules = tuple(replace(one, asked=(*one.asked, ANYTHING)) for one in sheet.rules)
        return replace(sheet, inputs=(*sheet.inputs, column), rules=rules)

    return _change(put)


def with_output(column: Column, *, instead_of: str | None = None) -> Change:
    """The change that lets a table set *column* as well, or in the place of its output with the id *instead_of*.

    The cells of a new output are empty until each rule says what it gives.
    """
    if not _NAME.fullmatch(column.fact):
        raise BadInput({"fact": _NO_NAME})
    if column.type != BOOLEAN and not column.values:
        raise BadInput({"values": _NO_VALUES})
    if any(not _VALUE.fullmatch(one) for one in column.values) or len(set(column.values)) < len(
        column.values
    ):
        raise BadInput({"values": _BAD_VALUES})

    def put(sheet: Sheet) -> Sheet:
        if column.fact in {one.fact for one in sheet.outputs if one.id != instead_of}:
            raise BadInput({"fact": _SET_TWICE})
        if instead_of is not None:
            at = place_of(sheet.outputs, instead_of)
            return replace(sheet, outputs=_with(sheet.outputs, at, replace(column, id=instead_of)))
        rules = tuple(replace(one, given=(*one.given, "")) for one in sheet.rules)
        return replace(sheet, outputs=(*sheet.outputs, column), rules=rules)

    return _change(put)


def without_input(id: str) -> Change:
    """The change that takes the input *id* out of a table and of its rules."""

    def drop(sheet: Sheet) -> Sheet:
        at = place_of(sheet.inputs, id)
        rules = tuple(replace(one, asked=_without(one.asked, at)) for one in sheet.rules)
        return replace(sheet, inputs=_without(sheet.inputs, at), rules=rules)

    return _change(drop)


def without_output(id: str) -> Change:
    """The change that takes the output *id* out of a table and of its rules."""

    def drop(sheet: Sheet) -> Sheet:
        at = place_of(sheet.outputs, id)
        rules = tuple(replace(one, given=_without(one.given, at)) for one in sheet.rules)
        return replace(sheet, outputs=_without(sheet.outputs, at), rules=rules)

    return _change(drop)


def with_rule(rule: Rule, *, instead_of: str | None = None) -> Change:
    """The change that puts *rule* at the end, or in the place of the rule with the id *instead_of*."""

    def put(sheet: Sheet) -> Sheet:
        if (len(rule.asked), len(rule.given)) != (len(sheet.inputs), len(sheet.outputs)):
            raise BadInput({"": _OTHER_COLUMNS})
        if instead_of is None:
            return replace(sheet, rules=(*sheet.rules, rule))
        at = place_of(sheet.rules, instead_of)
        return replace(sheet, rules=_with(sheet.rules, at, replace(rule, id=instead_of)))

    return _change(put)


def without_rule(id: str) -> Change:
    """The change that takes the rule *id* out."""
    return _change(
        lambda sheet: replace(sheet, rules=_without(sheet.rules, place_of(sheet.rules, id)))
    )


def moved_rule(id: str, *, by: int) -> Change:
    """The change that moves the rule *id* up (``by=-1``) or down; at either end it stays."""

    def move(sheet: Sheet) -> Sheet:
        at = place_of(sheet.rules, id)
        rest = list(_without(sheet.rules, at))
        rest.insert(max(0, at + by), sheet.rules[at])
        return replace(sheet, rules=tuple(rest))

    return _change(move)


def place_of(parts: Sequence[Column | Rule], id: str) -> int:
    """Where among *parts* the one with that *id* stands, from 0. Raises NotFound."""
    for at, part in enumerate(parts):
        if part.id == id:
            return at
    raise NotFound(_NOTHING_THERE)


def asked_cell(chosen: Iterable[Value], word: FactWord) -> str:
    """The input cell that admits the *chosen* values of a fact, and all where none or every one is chosen."""
    picked = frozenset(chosen)
    if not picked or picked == frozenset(word.domain):
        return ANYTHING
    if None not in picked:
        return _cell(value for value in word.domain if value in picked)
    return (
        f"not({_cell(value for value in word.domain if value is not None and value not in picked)})"
    )


def given_cell(value: Value) -> str:
    """The output cell that gives *value*; nothing for none."""
    return "" if value is None else _cell([value])


def chosen_in(cell: str, word: FactWord) -> frozenset[Value]:
    """The values that an input *cell* picks; none where it takes any, or cannot be read."""
    values = values_of(cell, word) or frozenset()
    return frozenset() if values == frozenset(word.domain) else values


def value_in(cell: str, word: FactWord) -> Value:
    """The value that an output *cell* gives; None where it gives none that can be read."""
    values = values_of(cell, word) if cell not in {"", ANYTHING} else None
    return next(iter(values)) if values is not None and len(values) == 1 else None


def output_word(column: Column, facts: Mapping[str, FactWord]) -> FactWord:
    """What *column* can set: its own values, or those of a fact that there is already."""
    known = facts.get(column.fact)
    if column.type == BOOLEAN:
        return FactWord(kind=FactKind.BOOLEAN)
    return FactWord(kind=FactKind.ENUM, values=column.values or (known.values if known else ()))


def _cell(values: Iterable[Value]) -> str:
    return ",".join(
        ("true" if value else "false") if isinstance(value, bool) else f'"{value}"'
        for value in values
    )


def _type(word: FactWord) -> str:
    return BOOLEAN if word.kind == FactKind.BOOLEAN else "string"


def _change(make: Callable[[Sheet], Sheet]) -> Change:
    return lambda data: written_sheet(make(sheet_of(data)))


def _with(parts: tuple[Part, ...], at: int, part: Part) -> tuple[Part, ...]:
    return (*parts[:at], part, *parts[at + 1 :])


def _without(parts: tuple[Part, ...], at: int) -> tuple[Part, ...]:
    return (*parts[:at], *parts[at + 1 :])


_UNREADABLE: Final = Text(
    "这个文件不能作为决策表修改:须恰有一个决策、一张表,各行的列数一致",
    "this file cannot be changed as a table: exactly one decision with one table is needed, and rows that fit its columns",
)
_NO_NAME: Final = Text(
    "标识用小写字母、数字和下划线,字母开头,至多41字",
    "an identifier is made of small letters, digits and underscores, a letter first, at most 41",
)
_ASKED_TWICE: Final = Text("已有这一输入", "the table asks for this fact already")
_SET_TWICE: Final = Text("已有这一输出", "the table sets this fact already")
_NO_VALUES: Final = Text("请列出结果的取值,每行一个", "list the values of the result, one a line")
_BAD_VALUES: Final = Text(
    "取值不得重复,不含引号、逗号和空格", "values may not repeat, nor hold quotes, commas or blanks"
)
_OTHER_COLUMNS: Final = Text(
    "表的列已有变动,请重新打开这一行", "the columns of the table have changed: open the row again"
)
_NOTHING_THERE: Final = Text("表中没有这一处", "the table has no such place")

__all__ = [
    "ANYTHING", "BOOLEAN", "POLICIES", "Change", "Column", "FactKind", "FactWord", "Rule", "Sheet", "Value", "asked_cell",
    "chosen_in", "entitled", "given_cell", "moved_rule", "new_table", "output_word", "place_of", "sheet_of", "value_in",
    "with_input", "with_output", "with_rule", "without_input", "without_output", "without_rule",
]  # fmt: skip
