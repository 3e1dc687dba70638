"""A decision table as it is written: columns, rules, cells as texts, whether or not they can be used; from its file and back.

What can be read is always written in one way, so that a changed cell is one changed line. Ids, labels and notes stay; layout
and what other products add does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from engine.procedure.findings import Findings
from engine.procedure.table_files import decision_in, parts, quoted
from engine.procedure.xml import read_xml, words_in

Element = Any

DMN: Final = "https://www.omg.org/spec/DMN/20191111/MODEL/"
_OURS: Final = "urn:petition:tables"
_ID: Final = re.compile(r"[A-Za-z_][\w.-]{0,99}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """An input or an output: the fact it asks for or sets, its label, and its values if they are listed."""

    id: str = ""
    fact: str
    label: str = ""
    type: str = "string"
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row: a cell for each input and each output, and a note."""

    id: str = ""
    asked: tuple[str, ...]
    given: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table with its title."""

    id: str
    title: str
    policy: str = "UNIQUE"
    inputs: tuple[Column, ...] = ()
    outputs: tuple[Column, ...] = ()
    rules: tuple[Rule, ...] = ()


def sheet_in(data: bytes) -> Sheet | None:
    """The table in a DMN file; None where it is not one decision with one table whose rules fit its columns."""
    root = read_xml("", data, Findings())
    decision = None if root is None else decision_in(root)
    if decision is None:
        return None
    (table,) = parts(decision, "decisionTable")
    inputs = tuple(_column(one, _expression(one), "inputValues") for one in parts(table, "input"))
    outputs = tuple(
        _column(one, (one.get("name") or "", one.get("typeRef") or "string"), "outputValues")
        for one in parts(table, "output")
    )
    rules = tuple(map(_rule, parts(table, "rule")))
    if any((len(one.asked), len(one.given)) != (len(inputs), len(outputs)) for one in rules):
        return None
    return Sheet(
        id=decision.get("id") or "decision",
        title=decision.get("name") or "",
        policy=table.get("hitPolicy") or "UNIQUE",
        inputs=inputs,
        outputs=outputs,
        rules=rules,
    )


def written_sheet(sheet: Sheet) -> bytes:
    """*sheet* as DMN; :func:`sheet_in` gives an equal one once every part has an id."""
    root = etree.Element(f"{{{DMN}}}definitions", nsmap={None: DMN})
    root.attrib.update(
        {"id": f"{sheet.id}_definitions", "name": sheet.title or sheet.id, "namespace": _OURS}
    )
    decision = _put(root, "decision", id=sheet.id, name=sheet.title)
    table = _put(decision, "decisionTable", id=f"{sheet.id}_table", hitPolicy=sheet.policy)
    ids = _Ids()
    for column in sheet.inputs:
        _input(table, column, ids.of(column.id, "input"))
    for column in sheet.outputs:
        _output(table, column, ids.of(column.id, "output"))
    for rule in sheet.rules:
        _row(table, rule, ids.of(rule.id, "rule"))
    etree.indent(root, "  ")
    text = str(etree.tostring(root, encoding="unicode"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def canonical_table(data: bytes) -> bytes:
    """A table in the one way to write it; what cannot be read as a table as it is: the gate has the words for it."""
    sheet = sheet_in(data)
    return data if sheet is None else written_sheet(sheet)


class _Ids:
    """Ids as they are; a part without one, or with one that is taken, gets the next number of its kind."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, id: str, kind: str) -> str:
        number = 0
        while not _ID.fullmatch(id) or id in self._taken:
            number += 1
            id = f"{kind}_{number}"
        self._taken.add(id)
        return id


def _column(element: Element, said: tuple[str, str], listed: str) -> Column:
    fact, type_ = said
    values = parts(element, listed)
    return Column(
        id=element.get("id") or "",
        fact=fact,
        label=element.get("label") or "",
        type=type_,
        values=tuple(quoted(words_in(values[0])) or ()) if values else (),
    )


def _expression(element: Element) -> tuple[str, str]:
    for expression in parts(element, "inputExpression"):
        return words_in(expression), expression.get("typeRef") or "string"
    return "", "string"


def _rule(element: Element) -> Rule:
    notes = parts(element, "description") or parts(element, "annotationEntry")
    return Rule(
        id=element.get("id") or "",
        asked=_cells(element, "inputEntry"),
        given=_cells(element, "outputEntry"),
        note=" ".join(filter(None, map(words_in, notes))),
    )


def _cells(element: Element, kind: str) -> tuple[str, ...]:
    return tuple(map(words_in, parts(element, kind)))


def _input(table: Element, column: Column, id: str) -> None:
    element = _put(table, "input", id=id, label=column.label)
    expression = _put(element, "inputExpression", id=f"{id}_expression", typeRef=column.type)
    _put(expression, "text").text = column.fact
    _listed(element, "inputValues", id, column.values)


def _output(table: Element, column: Column, id: str) -> None:
    element = _put(
        table, "output", id=id, label=column.label, name=column.fact, typeRef=column.type
    )
    _listed(element, "outputValues", id, column.values)


def _row(table: Element, rule: Rule, id: str) -> None:
    element = _put(table, "rule", id=id)
    if rule.note:
        _put(element, "description").text = rule.note
    for kind, cells in (("inputEntry", rule.asked), ("outputEntry", rule.given)):
        for number, cell in enumerate(cells, 1):
            _put(_put(element, kind, id=f"{id}_{kind}_{number}"), "text").text = cell


def _listed(element: Element, kind: str, id: str, values: Sequence[str]) -> None:
    if values:
        listed = _put(element, kind, id=f"{id}_values")
        _put(listed, "text").text = ",".join(f'"{value}"' for value in values)


def _put(parent: Element, kind: str, /, **attributes: str) -> Element:
    element = etree.SubElement(parent, f"{{{DMN}}}{kind}")
    element.attrib.update({key: value for key, value in attributes.items() if value})
    return element
