"""What a designer says of elements that have another id in the new version, and what can be guessed of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from engine.errors import BadInput
from engine.procedure import Element, Procedure
from engine.text import Text

_LINE = re.compile(r'"?([^\s="]+)"?\s*(?:=|→|->|\s)\s*"?([^\s="]+)"?')
MOST_LINES = 500


def read_renaming(text: str) -> dict[str, str]:
    """Which id leads to which, from *text*: ``old = new``, one a line; ``#`` begins a remark.

    Raises BadInput naming the line at fault.
    """
    renamed: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition("#")[0].strip()
        if not words:
            continue
        found = _LINE.fullmatch(words)
        if found is None or found[1] in renamed or number > MOST_LINES:
            raise BadInput({"renamed": _UNREADABLE.filled(number=number, line=words[:60])})
        renamed[found[1]] = found[2]
    return renamed


def suggested(old: Procedure, new: Procedure) -> dict[str, str]:
    """Steps that look as if they had only been renamed: gone from *old*, new in *new*, and alone in doing the same act,
    or in having the same name."""
    gone = _steps_not_in(old, new)
    come = _steps_not_in(new, old)
    found: dict[str, str] = {}
    for one in gone:
        likely = [other for other in come if _alike(one, other)]
        rivals = [other for other in gone if likely and _alike(other, likely[0])]
        if len(likely) == 1 and rivals == [one]:
            found[one.id] = likely[0].id
    return found


def _steps_not_in(one: Procedure, other: Procedure) -> list[Element]:
    known = {element.id for element in other.elements()}
    return [
        element
        for element in one.elements()
        if (element.act or element.form) and element.id not in known
    ]


def _alike(one: Element, other: Element) -> bool:
    if (one.kind, one.act, one.process) != (other.kind, other.act, other.process):
        return False
    return one.act is not None or one.name == other.name or one.form == other.form


def lines_of(renamed: Mapping[str, str]) -> Iterator[str]:
    """*renamed* as :func:`read_renaming` reads it."""
    yield from (f"{old} = {new}" for old, new in sorted(renamed.items()))


_UNREADABLE = Text(
    "第{number}行读不懂,应如「旧标识 = 新标识」:{line}",
    "line {number} cannot be read; write “old = new”: {line}",
)
