"""Drafts of the procedure: what was saved over a base, file by file, and the last of what was saved before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, insert, select, update

from engine.errors import NotFound
from engine.store.drafting_tables import draft, draft_import, draft_save
from engine.store.loading import Loading
from engine.text import Text

OPEN, DISCARDED = "open", "discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A draft without its files. ``updated_at`` is when it was last saved, renamed, discarded or taken back; ``submitted``
    the version as which it was handed in, until that is sent back."""

    id: str
    title: str
    owner: str
    base: str
    revision: int
    state: str
    created_at: datetime
    updated_at: datetime
    submitted: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRow:
    """One file, saved by somebody as a revision of a draft; ``size`` in octets, None where it was taken out."""

    revision: int
    path: str
    person: str
    saved_at: datetime
    size: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """A file of another modeler that was brought in as a revision of a draft; ``report`` (JSON) says what became of it."""

    draft: str
    revision: int
    name: str
    person: str
    taken_at: datetime
    report: str


class DraftReading(Loading):
    """What can be read of drafts."""

    def drafts(self, state: str) -> tuple[DraftRow, ...]:
        """The drafts in *state* (``open``, ``discarded``) that are not handed in, those worked on last first."""
        return tuple(_draft(row) for row in self._connection.execute(_DRAFTS, {"in_state": state}))

    def draft(self, id: str) -> DraftRow:
        """The draft *id*; within a writing transaction its row is locked. Raises NotFound."""
        row = self._connection.execute(self._draft_query(), {"this": id}).first()
        if row is None:
            raise NotFound(_NO_DRAFT)
        return _draft(row)

    def _draft_query(self) -> Select[Any]:
        return _DRAFT

    def drafted(self, id: str) -> dict[str, bytes | None]:
        """Every file that was ever saved in the draft *id* as it stands now; None: taken out."""
        found = self._connection.execute(_DRAFTED, {"this": id})
        return {row.path: _octets(row.content) for row in found}

    def draft_people(self, id: str) -> frozenset[str]:
        """Who saved something in the draft *id* that is still kept."""
        return frozenset(self._connection.execute(_PEOPLE, {"this": id}).scalars())

    def draft_saves(self, id: str, *, after: int = 0, path: str | None = None) -> list[SaveRow]:
        """What is still known of the saves after revision *after*, of all files or of *path*, newest first."""
        query = _SAVES if path is None else _SAVES.where(draft_save.c.path == path)
        found = self._connection.execute(query, {"this": id, "after": after})
        return [
            SaveRow(
                revision=row.revision,
                path=row.path,
                person=row.person,
                saved_at=row.saved_at,
                size=row.size,
            )
            for row in found
        ]

    def draft_save(self, id: str, path: str, revision: int) -> bytes | None:
        """The content that *path* got with *revision*; None where it was taken out then. Raises NotFound."""
        row = self._connection.execute(
            _SAVE, {"this": id, "file": path, "number": revision}
        ).first()
        if row is None:
            raise NotFound(_NO_SAVE)
        return _octets(row.content)

    def draft_imports(self, id: str) -> tuple[ImportRow, ...]:
        """The files of other modelers that were brought into the draft *id*, newest first."""
        return tuple(
            ImportRow(**row._mapping) for row in self._connection.execute(_IMPORTS, {"this": id})
        )

    def draft_original(self, id: str, revision: int) -> bytes:
        """The file that was brought into the draft *id* with *revision*, as it came. Raises NotFound."""
        found = self._connection.execute(_ORIGINAL, {"this": id, "number": revision}).scalar()
        if found is None:
            raise NotFound(_NO_IMPORT)
        return bytes(found)


class DraftWriting(DraftReading):
    """What designers write. The rules of drafts are the studio's."""

    def begin_draft(self, row: DraftRow) -> None:
        """Keep a new draft."""
        self._connection.execute(
            insert(draft), {name: getattr(row, name) for name in DraftRow.__slots__}
        )

    def save_draft(
        self,
        row: DraftRow,
        path: str,
        content: bytes | None,
        *,
        person: str,
        now: datetime,
        keep: int,
    ) -> int:
        """Save *path* as the next revision, and forget all but the last *keep* saves of it. Returns the revision."""
        revision = row.revision + 1
        saved = {"draft": row.id, "revision": revision, "path": path, "content": content}
        self._connection.execute(insert(draft_save), {**saved, "person": person, "saved_at": now})
        self._connection.execute(_FORGET, {"this": row.id, "file": path, "most": keep})
        self.change_draft(row.id, now=now, revision=revision)
        return revision

    def change_draft(self, id: str, *, now: datetime, **changed: Any) -> None:
        """Change the columns *changed* of the draft *id*."""
        self._connection.execute(
            update(draft).where(draft.c.id == id).values(updated_at=now, **changed)
        )

    def keep_import(self, row: ImportRow, original: bytes) -> None:
        """Keep the file that was brought in, as it came."""
        kept = {name: getattr(row, name) for name in ImportRow.__slots__}
        self._connection.execute(insert(draft_import), {**kept, "original": original})

    def reopen_drafts(self, submitted: str) -> None:
        """Let the drafts that were handed in as the version *submitted* be worked on again."""
        self._connection.execute(
            update(draft).where(draft.c.submitted == submitted).values(submitted=None)
        )

    def forget_drafts(self, before: datetime) -> None:
        """Forget for good what was discarded before *before*."""
        doomed = select(draft.c.id).where(draft.c.state == DISCARDED, draft.c.updated_at < before)
        for table in (draft_save, draft_import):
            self._connection.execute(delete(table).where(table.c.draft.in_(doomed)))
        self._connection.execute(
            delete(draft).where(draft.c.state == DISCARDED, draft.c.updated_at < before)
        )

    def _draft_query(self) -> Select[Any]:
        return _DRAFT_LOCKED


def _draft(row: Any) -> DraftRow:
    return DraftRow(**{name: getattr(row, name) for name in DraftRow.__slots__})


def _octets(content: Any) -> bytes | None:
    return None if content is None else bytes(content)


_NO_DRAFT = Text("没有这份草案", "there is no such draft")
_NO_IMPORT = Text("没有这次导入", "there is no such import")
_NO_SAVE = Text("这一次保存已不再留存", "this save is no longer kept")

_THIS = draft_save.c.draft == bindparam("this")
_DRAFT: Select[Any] = select(draft).where(draft.c.id == bindparam("this"))
_DRAFT_LOCKED: Select[Any] = _DRAFT.with_for_update()
_DRAFTS: Select[Any] = (
    select(draft)
    .where(draft.c.state == bindparam("in_state"), draft.c.submitted.is_(None))
    .order_by(draft.c.updated_at.desc(), draft.c.id)
)
_LAST = select(func.max(draft_save.c.revision)).where(_THIS).group_by(draft_save.c.path)
_DRAFTED: Select[Any] = select(draft_save.c.path, draft_save.c.content).where(
    _THIS, draft_save.c.revision.in_(_LAST)
)
_PEOPLE: Select[Any] = select(draft_save.c.person).where(_THIS).distinct()
_SAVES: Select[Any] = (
    select(
        draft_save.c.revision,
        draft_save.c.path,
        draft_save.c.person,
        draft_save.c.saved_at,
        func.length(draft_save.c.content).label("size"),
    )
    .where(_THIS, draft_save.c.revision > bindparam("after"))
    .order_by(draft_save.c.revision.desc())
)
_IMPORTS: Select[Any] = (
    select(*(draft_import.c[name] for name in ImportRow.__slots__))
    .where(draft_import.c.draft == bindparam("this"))
    .order_by(draft_import.c.revision.desc())
)
_ORIGINAL: Select[Any] = select(draft_import.c.original).where(
    draft_import.c.draft == bindparam("this"), draft_import.c.revision == bindparam("number")
)
_OF_FILE = (_THIS, draft_save.c.path == bindparam("file"))
_SAVE: Select[Any] = select(draft_save.c.content).where(
    *_OF_FILE, draft_save.c.revision == bindparam("number")
)
_KEPT = (
    select(draft_save.c.revision)
    .where(*_OF_FILE)
    .order_by(draft_save.c.revision.desc())
    .limit(bindparam("most"))
)
_FORGET = delete(draft_save).where(*_OF_FILE, draft_save.c.revision.not_in(_KEPT))
