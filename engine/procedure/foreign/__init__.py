"""Diagrams of other modelers, brought in so that nothing is lost without being told, and handed out without words of ours.

    take_in("order.bpmn", data, taken)   its diagrams, one for each process, and what became of what; or BadInput
    foreign_in(diagram)                  what in a diagram is another product's, now
    without_foreign(diagram, running=…)  the same diagram without that
    plain(diagram)                       the same diagram without ours

A file goes through ``reading`` (bytes → tree), ``naming`` (ids), ``splitting`` (a file for each process), ``tidying`` and
``layout``. Nothing here decides whether a diagram may run: that is the gate's.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from lxml import etree

from engine.procedure.canonical import canonical
from engine.procedure.foreign.extensions import Foreign, foreign_in, plain, without_foreign
from engine.procedure.foreign.layout import complete
from engine.procedure.foreign.naming import ids_in, name_all
from engine.procedure.foreign.notes import Fate, Note, Notes
from engine.procedure.foreign.reading import read_foreign
from engine.procedure.foreign.splitting import split
from engine.procedure.foreign.tidying import one_prefix, tidy
from engine.procedure.source import DIAGRAM

SUFFIXES: Final = (".bpmn20.xml", ".bpmn.xml", DIAGRAM, ".bpmn2", ".xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A diagram as it was brought in: its file in a version, its content, and what became of what it brought along."""

    path: str
    content: bytes
    notes: tuple[Note, ...]


def take_in(name: str, data: bytes, taken: Collection[str] = ()) -> tuple[Taken, ...]:
    """The diagrams in the file *name*, with ids that are not among *taken*. Raises BadInput, saying what to do."""
    notes = Notes()
    root = one_prefix(read_foreign(data, notes))
    name_all(root, _stem(name), taken, notes)
    found = []
    for process, alone, told in split(root, notes):
        tidy(alone, told)
        complete(alone, told)
        content = canonical(etree.tostring(alone, encoding="UTF-8", xml_declaration=True))
        found.append(
            Taken(path=f"{process}{DIAGRAM}", content=content, notes=tuple(told.of(process)))
        )
    return tuple(found)


def _stem(name: str) -> str:
    last = PurePath(name.replace("\\", "/")).name
    suffix = next((one for one in SUFFIXES if last.lower().endswith(one)), "")
    return last[: len(last) - len(suffix)] or "process"


__all__ = [
    "Fate",
    "Foreign",
    "Note",
    "Taken",
    "foreign_in",
    "ids_in",
    "plain",
    "take_in",
    "without_foreign",
]
