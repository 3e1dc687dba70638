"""Reads decision tables: a small part of DMN, checked for overlaps and gaps, so that a table cannot decide wrongly."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from engine.procedure.findings import Findings
from engine.procedure.table_cover import Box, TooMany, overlaps, uncovered
from engine.procedure.tables import Row, Table, Value, value_words
from engine.procedure.vocabulary import FactKind, FactWord
from engine.procedure.xml import local, namespace, read_xml, words_in
from engine.text import Text

Element = Any

_SPACE: Final = re.compile(r"https?://www\.omg\.org/spec/DMN/[0-9]{8}/(MODEL/?|DMN\.xsd|dmn\.xsd)")
_TEXTS: Final = re.compile(r'\s*"([^"\\]*)"\s*')
_NOT: Final = re.compile(r"not\s*\((.*)\)", re.DOTALL)
_POLICIES: Final = frozenset({"UNIQUE", "FIRST", "ANY", "PRIORITY"})
_KNOWN: Final = frozenset(
    {
        "definitions", "decision", "decisionTable", "input", "inputExpression", "inputValues", "output",
        "outputValues", "rule", "inputEntry", "outputEntry", "text", "description", "annotation",
        "annotationEntry", "variable", "extensionElements",
    }
)  # fmt: skip

_MOST_ROWS: Final = 500


class _Unusable(Exception):
    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)


def read_table(
    name: str, file: str, data: bytes, facts: Mapping[str, FactWord], findings: Findings
) -> Table | None:
    """The table *name* in *file*, or None with findings that say why it cannot be used."""
    root = read_xml(file, data, findings)
    if root is None:
        return None
    try:
        return _Reader(name, file, facts, findings).read(root)
    except _Unusable as fault:
        findings.add("table_form", file, None, why=fault.text)
        return None


class _Reader:
    def __init__(
        self, name: str, file: str, facts: Mapping[str, FactWord], findings: Findings
    ) -> None:
        self._name = name
        self._file = file
        self._facts = facts
        self._findings = findings

    def read(self, root: Element) -> Table | None:
        table = self._table(root)
        policy = table.get("hitPolicy", "UNIQUE")
        if policy not in _POLICIES:
            self._findings.add("table_policy", self._file, None, policy=policy)
            return None
        inputs = {name: self._domain(name) for name in map(_input_name, parts(table, "input"))}
        if len(inputs) != len(parts(table, "input")):
            raise _Unusable("两列输入同名", "two inputs share a name")
        outputs = dict(self._output(output) for output in parts(table, "output"))
        if not outputs or not inputs:
            raise _Unusable("须有输入和输出", "inputs and outputs are needed")
        if len(parts(table, "rule")) > _MOST_ROWS:
            raise _Unusable(f"超过{_MOST_ROWS}行", f"there are more than {_MOST_ROWS} rows")
        rows = [
            self._row(index, rule, inputs, outputs)
            for index, rule in enumerate(parts(table, "rule"), 1)
        ]
        read = [row for row in rows if row is not None]
        if len(read) < len(rows):
            return None
        return self._judged(table, policy, inputs, outputs, read)

    def _table(self, root: Element) -> Element:
        if local(root) != "definitions" or not _SPACE.fullmatch(namespace(root)):
            raise _Unusable("不是 DMN 文件", "this is not a DMN file")
        own = namespace(root)
        for element in root.iter():
            if namespace(element) == own and local(element) not in _KNOWN:
                raise _Unusable(f"不支持 {local(element)}", f"{local(element)} is not supported")
        decision = decision_in(root)
        if decision is None:
            raise _Unusable(
                "须恰有一个决策、一张表", "exactly one decision with one table is needed"
            )
        return parts(decision, "decisionTable")[0]

    def _domain(self, name: str) -> FactWord:
        fact = self._facts.get(name)
        if fact is None or fact.kind not in {FactKind.BOOLEAN, FactKind.ENUM}:
            raise _Unusable(
                f"“{name}”不是可用的事实", f"{name} is not a boolean or enumeration among the facts"
            )
        return fact

    def _output(self, element: Element) -> tuple[str, FactWord]:
        name = element.get("name") or ""
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,40}", name):
            raise _Unusable(f"输出名“{name}”不合用", f"the output name {name!r} is unusable")
        listed = parts(element, "outputValues")
        values = quoted(words_in(listed[0])) if listed else None
        known = self._facts.get(name)
        if known is not None:
            if values and not set(values) <= set(known.values):
                raise _Unusable(f"“{name}”没有这些值", f"{name} does not have these values")
            return name, FactWord(kind=known.kind, values=tuple(values or known.values))
        if values:
            return name, FactWord(kind=FactKind.ENUM, values=tuple(values))
        if element.get("typeRef") == "boolean":
            return name, FactWord(kind=FactKind.BOOLEAN)
        raise _Unusable(
            f"输出“{name}”须列出其值", f"the output {name} must list its values in outputValues"
        )

    def _row(
        self,
        index: int,
        rule: Element,
        inputs: Mapping[str, FactWord],
        outputs: Mapping[str, FactWord],
    ) -> Row | None:
        asked, given = parts(rule, "inputEntry"), parts(rule, "outputEntry")
        if len(asked) != len(inputs) or len(given) != len(outputs):
            raise _Unusable(f"第{index}行的列数不对", f"row {index} has the wrong number of cells")
        cells = [*zip(asked, inputs.values(), strict=True)]
        try:
            admits = tuple(_admitted(words_in(cell), fact) for cell, fact in cells)
            values = tuple(
                _value(words_in(cell), fact)
                for cell, fact in zip(given, outputs.values(), strict=True)
            )
        except _BadCell as fault:
            self._findings.add(
                "table_cell", self._file, None, row=index, cell=fault.cell[:60], why=fault.text
            )
            return None
        return Row(admits, values, number=index)

    def _judged(
        self,
        element: Element,
        policy: str,
        inputs: Mapping[str, FactWord],
        outputs: Mapping[str, FactWord],
        rows: list[Row],
    ) -> Table:
        self._overlaps(policy, rows)
        self._gaps(inputs, rows)
        if policy == "PRIORITY":
            if not all(parts(output, "outputValues") for output in parts(element, "output")):
                raise _Unusable(
                    "PRIORITY 须列出 outputValues", "PRIORITY needs outputValues for every output"
                )
            ranks = [fact.values for fact in outputs.values()]
            rows = sorted(
                rows, key=lambda row: [r.index(v) for r, v in zip(ranks, row.outputs, strict=True)]
            )
        return Table(
            name=self._name,
            policy=policy,
            inputs=tuple(inputs),
            outputs=tuple(outputs),
            rows=tuple(rows),
            new_facts={name: fact for name, fact in outputs.items() if name not in self._facts},
            booleans=frozenset(
                name for name, fact in inputs.items() if fact.kind == FactKind.BOOLEAN
            ),
        )

    def _overlaps(self, policy: str, rows: list[Row]) -> None:
        if policy not in {"UNIQUE", "ANY"}:
            return
        given = {row.number: row.outputs for row in rows}
        for first, second, _ in overlaps(rows):
            if policy == "UNIQUE" or given[first] != given[second]:
                self._findings.add(
                    "table_overlap", self._file, None, first=first, second=second, policy=policy
                )

    def _gaps(self, inputs: Mapping[str, FactWord], rows: list[Row]) -> None:
        try:
            gaps = uncovered([fact.domain for fact in inputs.values()], rows)
        except TooMany:
            self._findings.add("table_pieces", self._file, None)
            return
        if gaps:
            told = box_words(tuple(inputs), gaps[0])
            self._findings.add("table_gap", self._file, None, case=told, n=len(gaps))


class _BadCell(Exception):
    def __init__(self, cell: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.cell = cell
        self.text = Text(zh, en)


def decision_in(root: Element) -> Element | None:
    """The decision of a DMN file, where it holds exactly one, with exactly one table."""
    if local(root) != "definitions" or not _SPACE.fullmatch(namespace(root)):
        return None
    decisions = parts(root, "decision")
    if len(decisions) != 1 or len(parts(decisions[0], "decisionTable")) != 1:
        return None
    return decisions[0]


def parts(element: Element, name: str) -> list[Element]:
    """The children of *element* of that *name*, in the namespace of *element*."""
    own = namespace(element)
    return [child for child in element if namespace(child) == own and local(child) == name]


def box_words(names: Sequence[str], box: Box) -> Text:
    """A set of cases in words: each name with the values that it may have."""
    sides = [
        (
            name,
            [value_words(value) for value in sorted(side, key=lambda one: (one is None, str(one)))],
        )
        for name, side in zip(names, box, strict=True)
    ]
    return Text(
        "、".join(f"{name} = {'/'.join(one.zh for one in values)}" for name, values in sides),
        ", ".join(f"{name} = {'/'.join(one.en for one in values)}" for name, values in sides),
    )


def values_of(cell: str, fact: FactWord) -> frozenset[Value] | None:
    """The values that an input *cell* admits; None where it cannot be read."""
    try:
        return _admitted(cell, fact)
    except _BadCell:
        return None


def _input_name(element: Element) -> str:
    expressions = parts(element, "inputExpression")
    return words_in(expressions[0]) if expressions else ""


def quoted(cell: str) -> list[str] | None:
    """The quoted values of a list such as ``"a","b"``, or None if it is anything else."""
    values: list[str] = []
    for part in cell.split(","):
        match = _TEXTS.fullmatch(part)
        if match is None:
            return None
        values.append(match[1])
    return values


def _admitted(cell: str, fact: FactWord) -> frozenset[Value]:
    everything = frozenset[Value](fact.domain)
    if cell in {"", "-"}:
        return everything
    negated = _NOT.fullmatch(cell)
    if negated:
        return everything - _listed(cell, negated[1].strip(), fact)
    return _listed(cell, cell, fact)


def _listed(cell: str, text: str, fact: FactWord) -> frozenset[Value]:
    if fact.kind == FactKind.BOOLEAN:
        if text not in {"true", "false"}:
            raise _BadCell(cell, "应为 true 或 false", "true or false was expected")
        return frozenset({text == "true"})
    values = quoted(text)
    if values is None:
        raise _BadCell(cell, "应为带引号的值", "values in quotes were expected")
    if unknown := [value for value in values if value not in fact.values]:
        raise _BadCell(cell, f"没有值{unknown[0]}", f"there is no value {unknown[0]}")
    return frozenset(values)


def _value(cell: str, fact: FactWord) -> Value:
    admitted = _listed(cell, cell, fact)
    if len(admitted) != 1:
        raise _BadCell(cell, "只能有一个值", "one value was expected")
    return next(iter(admitted))
