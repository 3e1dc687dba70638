"""Decision tables at work. They are decided by ourselves.

SpiffWorkflow knows two hit policies, takes every other one for "first match", and runs cells as Python. So it is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.procedure.vocabulary import FactWord
from engine.text import Text

Value = bool | str | None
UNSET: Final = Text("未设", "unset")
_YES_NO: Final = {True: Text("是", "yes"), False: Text("否", "no")}


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: for each input the values it admits, the value of each output, and its ``number`` in the file, from 1."""

    admits: tuple[frozenset[Value], ...]
    outputs: tuple[Value, ...]
    number: int = field(default=0, compare=False)

    def matches(self, found: tuple[Value, ...]) -> bool:
        return all(value in admitted for value, admitted in zip(found, self.admits, strict=True))

    def meets(self, other: Row) -> bool:
        """Whether some case matches both rows."""
        return all(mine & theirs for mine, theirs in zip(self.admits, other.admits, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A decision table over declared facts. ``new_facts`` are the outputs that it declares itself."""

    name: str
    policy: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rows: tuple[Row, ...]
    new_facts: Mapping[str, FactWord]
    booleans: frozenset[str]

    def decide(self, facts: Mapping[str, object]) -> dict[str, Value]:
        """The outputs for *facts*; every output is None where no row matches."""
        for row in self.matching(facts):
            return dict(zip(self.outputs, row.outputs, strict=True))
        return dict.fromkeys(self.outputs)

    def matching(self, facts: Mapping[str, object]) -> Iterator[Row]:
        """The rows that *facts* match; the first of them decides."""
        found = tuple(self._found(name, facts) for name in self.inputs)
        return (row for row in self.rows if row.matches(found))

    def _found(self, name: str, facts: Mapping[str, object]) -> Value:
        value = facts.get(name)
        if name in self.booleans:
            return value is True
        return value if isinstance(value, str) else None


def value_words(value: Value) -> Text:
    """A value in words."""
    if isinstance(value, bool):
        return _YES_NO[value]
    return UNSET if value is None else Text(value, value)
