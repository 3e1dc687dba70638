"""The studio: where designers draw the next version of the procedure, and nothing that they saved is lost.

A draft is what was saved over its base, a version that is kept already. Drafts are nobody's procedure yet: no petition
runs on one, and no entry of the record speaks of one before it is submitted.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from engine.clock import Clock, legal_date
from engine.errors import BadInput, NotFound, NotPermitted, Refused, Stale
from engine.petition.parties import Actor, Role
from engine.procedure import Finding, Source
from engine.procedure.canonical import canonical
from engine.procedure.source import DIAGRAM, TABLE
from engine.procedure.table_sheets import canonical_table
from engine.procedure.xml import MAX_BYTES
from engine.store.drafts import DISCARDED, OPEN, DraftReading, DraftRow, SaveRow
from engine.store.store import Paper, Store
from engine.text import Text

KEPT_SAVES: Final = 50
"""How many saves of each file of a draft are kept, to go back to."""
KEPT_DAYS: Final = "drafts_kept_days"
"""The setting that says how many days a discarded draft can be taken back."""
USUAL_DAYS: Final = 30
_LONGEST_TITLE: Final = 100
_MOST_FILES: Final = 300
_LARGEST_DRAFT: Final = 20_000_000


class SavedSince(Stale):
    """Others, or the same designer elsewhere, have saved since the revision that a change was made from.

    ``revision`` is the present one; ``saves`` say who saved which file since, newest first.
    """

    def __init__(self, revision: int, saves: Sequence[SaveRow]) -> None:
        super().__init__(_SAVED_SINCE)
        self.revision = revision
        self.saves = tuple(saves)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft with its files as they stand, and the ``changes`` against its base: path → added, changed, removed."""

    row: DraftRow
    files: Mapping[str, bytes]
    changes: Mapping[str, str]


class Studio:
    """The drafts of one office. ``check`` says what is wrong with a set of files; it is the house's own."""

    def __init__(
        self, *, store: Store, clock: Clock, check: Callable[[Mapping[str, bytes]], list[Finding]]
    ) -> None:
        self._store = store
        self._clock = clock
        self._check = check

    # ------------------------------------------------------------------------------- reading

    def drafts(self, *, discarded: bool = False) -> tuple[DraftRow, ...]:
        """The open drafts, or those that were discarded and can be taken back; those worked on last first."""
        with self._store.reading() as desk:
            if not discarded:
                return desk.drafts(OPEN)
            forgotten = self._forgotten(desk)
            return tuple(row for row in desk.drafts(DISCARDED) if row.updated_at >= forgotten)

    def draft(self, id: str) -> Draft:
        """The draft *id*, open or discarded. Raises NotFound."""
        with self._store.reading() as desk:
            row = self._kept(desk, desk.draft(id))
            before, files = desk.procedure_files(row.base), self.files(desk, row)
        return Draft(row=row, files=MappingProxyType(files), changes=_changes(before, files))

    def source(self, id: str) -> Source:
        """The files of the draft *id*. Raises NotFound."""
        return Source(self.draft(id).files)

    def check(self, id: str, unsaved: Mapping[str, bytes | None] | None = None) -> list[Finding]:
        """What the house's check finds in the draft *id*, with *unsaved* files put over it (None: taken out).

        Raises NotFound; BadInput for a path at which no file of a version may lie.
        """
        changed = {_path(path): _content(content) for path, content in (unsaved or {}).items()}
        return self._check(_over(self.draft(id).files, changed))

    def saves(self, id: str, path: str | None = None) -> list[SaveRow]:
        """The saves of the draft *id* that are still kept, of all files or of *path*, newest first. Raises NotFound."""
        with self._store.reading() as desk:
            return desk.draft_saves(self._kept(desk, desk.draft(id)).id, path=path)

    def saved(self, id: str, path: str, revision: int) -> bytes | None:
        """What *path* held after *revision*; None: it was taken out then. Raises NotFound."""
        with self._store.reading() as desk:
            return desk.draft_save(self._kept(desk, desk.draft(id)).id, path, revision)

    # ------------------------------------------------------------------------------- drawing

    def new(self, title: str, base: str | None = None, *, actor: Actor) -> str:
        """Begin a draft over the version *base*, or over the one in force. Returns its id.

        Raises NotPermitted, BadInput, DataError where there is no such version.
        """
        now = self._clock.now()
        with self.drawing(actor) as paper:
            paper.forget_drafts(self._forgotten(paper))
            base = base or paper.current_procedure(legal_date(now))
            paper.procedure_files(base)
            row = _begun(title, base, actor, now)
            paper.begin_draft(row)
        return row.id

    def save(
        self, id: str, path: str, content: bytes | None, revision: int, *, actor: Actor
    ) -> int:
        """Save *content* as *path* (None: take it out), made from *revision*. Returns the present revision.

        A diagram is kept in its canonical form, so that a small change is a small difference.
        What one designer saves in different files is merged silently, and saving what stands there already changes
        nothing. Raises SavedSince where others saved, or anybody the same file; NotPermitted, NotFound, BadInput.
        """
        return self.save_together(id, {path: content}, revision, actor=actor)

    def save_together(
        self, id: str, laid: Mapping[str, bytes | None], revision: int, *, actor: Actor
    ) -> int:
        """Save several files, all or none, each as a revision of its own. Returns the present revision; raises as ``save``."""
        laid = {_path(path): _content(content) for path, content in laid.items()}
        with self.drawing(actor) as paper:
            row = self.opened(paper, id)
            files = self.files(paper, row)
            laid = {path: _tidy(path, content, files.get(path)) for path, content in laid.items()}
            laid = {path: content for path, content in laid.items() if files.get(path) != content}
            for path in laid:
                _refuse_overtaken(paper, row, path, revision, actor)
            return self.lay(paper, row, laid, actor=actor)

    def copy(self, id: str, path: str, content: bytes | None, *, actor: Actor) -> str:
        """Begin another draft with all that the draft *id* holds, and *content* as *path*. Returns its id.

        Raises NotPermitted, NotFound, BadInput.
        """
        found, now = self.draft(id), self._clock.now()
        laid = {changed: found.files.get(changed) for changed in found.changes}
        laid[_path(path)] = _tidy(path, _content(content), found.files.get(path))
        title = f"{found.row.title[: _LONGEST_TITLE - 5]} (副本)"
        row = _begun(title, found.row.base, actor, now)
        with self.drawing(actor) as paper:
            paper.begin_draft(row)
            self.lay(paper, row, laid, actor=actor)
        return row.id

    def edit(
        self, id: str, path: str, change: Callable[[bytes], bytes], revision: int, *, actor: Actor
    ) -> int:
        """Save what *change* makes of *path* in the draft *id* (see ``rows.py`` for changes). Raises as ``save`` does."""
        content = self.draft(id).files.get(_path(path))
        if content is None:
            raise NotFound(_NO_FILE)
        return self.save(id, path, change(content), revision, actor=actor)

    def rename(self, id: str, title: str, *, actor: Actor) -> None:
        """Give the draft *id* another title. Raises NotPermitted, NotFound, BadInput."""
        with self.drawing(actor) as paper:
            self.opened(paper, id)
            paper.change_draft(id, now=self._clock.now(), title=_title(title))

    def discard(self, id: str, *, actor: Actor) -> None:
        """Throw the draft *id* away; for some days it can be taken back. Raises NotPermitted, NotFound."""
        with self.drawing(actor) as paper:
            paper.forget_drafts(self._forgotten(paper))
            self.opened(paper, id)
            paper.change_draft(id, now=self._clock.now(), state=DISCARDED)

    def restore(self, id: str, *, actor: Actor) -> None:
        """Take the discarded draft *id* back. Raises NotPermitted, NotFound."""
        with self.drawing(actor) as paper:
            self._kept(paper, paper.draft(id))
            paper.change_draft(id, now=self._clock.now(), state=OPEN)

    def kept_days(self) -> int:
        """How many days a discarded draft can be taken back."""
        with self._store.reading() as desk:
            return _days(desk)

    # ------------------------------------------------------------------- for the library beside

    def drawing(self, actor: Actor) -> AbstractContextManager[Paper]:
        """A transaction in which *actor* draws. Raises NotPermitted."""
        if Role.DESIGNER not in actor.roles:
            raise NotPermitted(_NO_DESIGNER)
        return self._store.transaction()

    def opened(self, paper: Paper, id: str) -> DraftRow:
        """The draft *id*, locked, to be worked on. Raises NotFound; Refused where it is handed in."""
        row = paper.draft(id)
        if row.state != OPEN:
            raise NotFound(_DISCARDED)
        if row.submitted is not None:
            raise Refused(_SUBMITTED)
        return row

    def lay(
        self, paper: Paper, row: DraftRow, laid: Mapping[str, bytes | None], *, actor: Actor
    ) -> int:
        """Save all of *laid* in the draft *row* at once, as it is. Returns the present revision. Raises BadInput."""
        _refuse_too_large(_over(self.files(paper, row), laid))
        for path, content in laid.items():
            revision = paper.save_draft(
                row, path, content, person=actor.person, now=self._clock.now(), keep=KEPT_SAVES
            )
            row = replace(row, revision=revision)
        return row.revision

    def files(self, desk: DraftReading, row: DraftRow) -> dict[str, bytes]:
        """The files of the draft *row* as they stand."""
        return _over(desk.procedure_files(row.base), desk.drafted(row.id))

    def _kept(self, desk: DraftReading, row: DraftRow) -> DraftRow:
        if row.state == DISCARDED and row.updated_at < self._forgotten(desk):
            raise NotFound(_DISCARDED)
        return row

    def _forgotten(self, desk: DraftReading) -> datetime:
        return self._clock.now() - timedelta(days=_days(desk))


def _begun(title: str, base: str, actor: Actor, now: datetime) -> DraftRow:
    return DraftRow(
        id=secrets.token_hex(8), title=_title(title), owner=actor.person, base=base,
        revision=0, state=OPEN, created_at=now, updated_at=now,
    )  # fmt: skip


def _days(desk: DraftReading) -> int:
    return int(desk.setting(KEPT_DAYS) or USUAL_DAYS)


def _over(files: Mapping[str, bytes], changed: Mapping[str, bytes | None]) -> dict[str, bytes]:
    laid = {**files, **changed}
    return {path: laid_in for path, laid_in in sorted(laid.items()) if laid_in is not None}


def _changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> dict[str, str]:
    return {
        path: "added" if path not in before else "removed" if path not in after else "changed"
        for path in sorted({*before, *after})
        if before.get(path) != after.get(path)
    }


def _refuse_overtaken(paper: Paper, row: DraftRow, path: str, revision: int, actor: Actor) -> None:
    if not 0 <= revision <= row.revision:
        raise BadInput({"revision": _NO_REVISION.filled(revision=revision)})
    since = paper.draft_saves(row.id, after=revision)
    if any(save.path == path or save.person != actor.person for save in since):
        raise SavedSince(row.revision, since)


def _refuse_too_large(files: Mapping[str, bytes]) -> None:
    if len(files) > _MOST_FILES or sum(map(len, files.values())) > _LARGEST_DRAFT:
        raise BadInput({"content": _TOO_MUCH.filled(files=_MOST_FILES, size=_LARGEST_DRAFT)})


def _path(path: str) -> str:
    if not Source.holds(path):
        raise BadInput({"path": _NO_PLACE.filled(path=path[:120])})
    return path


def _content(content: bytes | None) -> bytes | None:
    if content is not None and len(content) > MAX_BYTES:
        raise BadInput({"content": _TOO_LARGE.filled(size=MAX_BYTES)})
    return content


def _tidy(path: str, content: bytes | None, before: bytes | None) -> bytes | None:
    """A diagram or a table in the one way to write it; any other file as it is."""
    if content is None:
        return None
    if path.endswith(DIAGRAM):
        return canonical(content, before)
    return canonical_table(content) if path.endswith(TABLE) else content


def _title(title: str) -> str:
    title = " ".join(title.split())
    if not title or len(title) > _LONGEST_TITLE or not title.isprintable():
        raise BadInput({"title": _NO_TITLE.filled(most=_LONGEST_TITLE)})
    return title


_NO_DESIGNER: Final = Text("只有流程设计人员可以起草", "only designers draw")
_DISCARDED: Final = Text("这份草案已被丢弃", "this draft was discarded")
_SUBMITTED: Final = Text(
    "草案已提交审批,退回后才能再改",
    "the draft was submitted; it can be changed again once it is sent back",
)
_SAVED_SINCE: Final = Text(
    "您打开之后,草案又有保存;请查看后决定是否覆盖",
    "the draft was saved by others after you opened it; look at what they did and decide anew",
)
_NO_REVISION: Final = Text("草案没有第{revision}次修订", "the draft has no revision {revision}")
_NO_PLACE: Final = Text(
    "{path}不是版本内的文件;应为 名称.bpmn、forms/名称.toml、tables/名称.dmn、documents/名称.html 或 .css",
    "{path} is no file of a version; expected name.bpmn, forms/name.toml, tables/name.dmn, documents/name.html or .css",
)
_NO_FILE: Final = Text("草案中没有这个文件", "there is no such file in the draft")
_TOO_LARGE: Final = Text("文件超过{size}字节", "the file is larger than {size} octets")
_TOO_MUCH: Final = Text(
    "草案至多{files}个文件、共{size}字节",
    "a draft holds at most {files} files of {size} octets together",
)
_NO_TITLE: Final = Text("请填写名称,至多{most}字", "give it a title of at most {most} characters")

__all__ = [
    "KEPT_DAYS",
    "KEPT_SAVES",
    "USUAL_DAYS",
    "Draft",
    "DraftRow",
    "SaveRow",
    "SavedSince",
    "Studio",
]
