"""Cases of a decision table: what is given and what has to come out. They are part of the version, and the gate tries them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from engine.procedure.findings import Findings
from engine.procedure.tables import Table, Value, value_words
from engine.text import Text
from engine.toml import toml_value

MOST: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case; an input that ``given`` leaves out is unset, and so has an output that ``expect`` leaves out to be."""

    name: str
    given: Mapping[str, Value]
    expect: Mapping[str, Value]


def cases_in(data: bytes) -> tuple[Case, ...]:
    """The cases in a file. Raises ValueError with what is wrong with it."""
    read = tomllib.loads(data.decode("utf-8"))
    if unknown := set(read) - {"case"}:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    rows = read.get("case", [])
    if not isinstance(rows, list) or len(rows) > MOST:
        raise ValueError(f"expected at most {MOST} [[case]]")
    return tuple(_case(row) for row in rows)


def written_cases(cases: Iterable[Case]) -> bytes:
    """*cases* as a file."""
    return "\n".join(
        f"[[case]]\nname = {toml_value(one.name)}\ngiven = {_written(one.given)}\nexpect = {_written(one.expect)}\n"
        for one in cases
    ).encode()


def fails(case: Case, table: Table) -> Text | None:
    """What is wrong with *case* by *table*: a word that is none of its, or another result; None: it comes out as expected."""
    for name in (*case.given, *case.expect):
        if name not in (table.inputs if name in case.given else table.outputs):
            return _STRANGE.filled(name=name)
    found = {name: value for name, value in table.decide(case.given).items() if value is not None}
    expected = {name: value for name, value in case.expect.items() if value is not None}
    return (
        None
        if found == expected
        else _OTHERWISE.filled(expected=shown(expected), found=shown(found))
    )


def try_cases(table: Table | None, file: str, data: bytes, findings: Findings) -> None:
    """Hold the cases in *file* against *table*; None: there is no such table that can be read."""
    try:
        cases = cases_in(data)
    except (ValueError, TypeError, RecursionError) as fault:
        findings.add("cases_form", file, None, why=str(fault)[:200])
        return
    for case in cases:
        if table is not None and (why := fails(case, table)) is not None:
            findings.add("case_fails", file, None, name=case.name or "—", why=why)


def shown(values: Mapping[str, Value]) -> Text:
    """What facts are, in words: ``measure = letter``."""
    said = [(name, value_words(value)) for name, value in values.items()]
    if not said:
        return Text("不设", "nothing is set")
    return Text(
        "、".join(f"{name} = {value.zh}" for name, value in said),
        ", ".join(f"{name} = {value.en}" for name, value in said),
    )


def _case(row: Mapping[str, object]) -> Case:
    if unknown := set(row) - {"name", "given", "expect"}:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    return Case(
        name=str(row.get("name", "")),
        given=_values(row.get("given")),
        expect=_values(row.get("expect")),
    )


def _values(row: object) -> Mapping[str, Value]:
    if not isinstance(row, Mapping):
        raise ValueError("given and expect are tables")
    for name, value in row.items():
        if not isinstance(value, bool | str):
            raise ValueError(f"{name} is neither a text nor true or false")
    return dict(row)


def _written(values: Mapping[str, Value]) -> str:
    said = {name: value for name, value in values.items() if value is not None}
    return toml_value(said) if said else "{}"


_STRANGE: Final = Text("表中没有“{name}”这一列", "the table has no column {name}")
_OTHERWISE: Final = Text("应为 {expected},实为 {found}", "expected {expected}, found {found}")
