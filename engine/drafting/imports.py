"""Diagrams of other modelers, brought into a draft: the file is kept as it came, and what became of it is told."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.clock import Clock
from engine.drafting.studio import Studio
from engine.errors import NotFound
from engine.petition.parties import Actor
from engine.procedure.foreign import (
    Fate,
    Foreign,
    Note,
    Taken,
    foreign_in,
    ids_in,
    plain,
    take_in,
    without_foreign,
)
from engine.procedure.source import DIAGRAM
from engine.store.drafts import ImportRow
from engine.store.store import Store
from engine.text import Text

_LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A file that was brought in: by whom and when (``row``), the diagrams that came of it, and what became of what."""

    row: ImportRow
    paths: tuple[str, ...]
    notes: tuple[Note, ...]


class Imports:
    """The door through which diagrams of other modelers come into drafts."""

    def __init__(self, *, store: Store, clock: Clock, studio: Studio) -> None:
        self._store = store
        self._clock = clock
        self._studio = studio

    def take_in(
        self, draft: str, name: str, data: bytes, *, replacing: bool = False, actor: Actor
    ) -> int:
        """Bring the file *name* into *draft*: beside the diagrams that it has, or *replacing* those of the same process.

        Returns the number of the import. Raises BadInput, saying what to do; NotPermitted, NotFound, Refused.
        """
        before = self._studio.draft(draft)
        found = taken_beside(name, data, before.files, replacing=replacing)
        with self._studio.drawing(actor) as paper:
            row = self._studio.opened(paper, draft)
            if row.revision != before.row.revision:
                files = self._studio.files(paper, row)
                found = taken_beside(name, data, files, replacing=replacing)
            laid: dict[str, bytes | None] = {one.path: one.content for one in found}
            revision = self._studio.lay(paper, row, laid, actor=actor)
            kept = ImportRow(
                draft=draft, revision=revision, name=_shown(name), person=actor.person,
                taken_at=self._clock.now(), report=_written(found),
            )  # fmt: skip
            paper.keep_import(kept, data)
        return revision

    def imports(self, draft: str) -> tuple[Import, ...]:
        """What was brought into *draft*, newest first. Raises NotFound."""
        with self._store.reading() as desk:
            desk.draft(draft)
            return tuple(_read(row) for row in desk.draft_imports(draft))

    def brought(self, draft: str, number: int) -> Import:
        """The import *number* of *draft*. Raises NotFound."""
        found = next((one for one in self.imports(draft) if one.row.revision == number), None)
        if found is None:
            raise NotFound(_NO_IMPORT)
        return found

    def original(self, draft: str, number: int) -> bytes:
        """The file as it came. Raises NotFound."""
        with self._store.reading() as desk:
            return desk.draft_original(draft, number)


def taken_beside(
    name: str, data: bytes, files: Mapping[str, bytes], *, replacing: bool
) -> tuple[Taken, ...]:
    """The diagrams in the file *name*, with ids of which *files* have none, but for those it is *replacing*. Raises BadInput."""
    diagrams = {path: content for path, content in files.items() if path.endswith(DIAGRAM)}
    if replacing:
        for one in take_in(name, data):
            diagrams.pop(one.path, None)
    return take_in(name, data, ids_in(diagrams.values()))


def without(elements: Collection[str] = (), *, running: bool) -> Callable[[bytes], bytes]:
    """The change that takes out what other products wrote: all, or what would run something; at *elements*, or everywhere."""
    return lambda diagram: without_foreign(diagram, running=running, elements=elements)


def _shown(name: str) -> str:
    printable = "".join(
        one for one in name.replace("\\", "/").rsplit("/", 1)[-1] if one.isprintable()
    )
    return printable[-_LONGEST_NAME:] or "—"


def _written(found: Collection[Taken]) -> str:
    return json.dumps(
        {
            "paths": [one.path for one in found],
            "notes": [_told(note) for one in found for note in one.notes],
        },
        ensure_ascii=False,
    )


def _told(note: Note) -> dict[str, object]:
    words = {"zh": note.words.zh, "en": note.words.en}
    return {
        "fate": note.fate.value, "diagram": note.diagram, "element": note.element, "name": note.name, **words,
    }  # fmt: skip


def _read(row: ImportRow) -> Import:
    report: dict[str, Any] = json.loads(row.report)
    notes = tuple(
        Note(
            fate=Fate(one["fate"]), diagram=one["diagram"], element=one["element"], name=one["name"],
            words=Text(one["zh"], one["en"]),
        )
        for one in report["notes"]
    )  # fmt: skip
    return Import(row=row, paths=tuple(report["paths"]), notes=notes)


_NO_IMPORT: Final = Text("没有这次导入", "there is no such import")

__all__ = [
    "Fate",
    "Foreign",
    "Import",
    "Imports",
    "Note",
    "foreign_in",
    "plain",
    "taken_beside",
    "without",
]
