"""One file laid open for somebody who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, select

from engine.petition.documents import TO_BE_SERVED, Document
from engine.petition.file import Attachment, File, SealedValue, WorkItem
from engine.petition.parties import Actor
from engine.record.keys import PetitionKey
from engine.store import rows
from engine.store.loading import Loading
from engine.store.queries.files import FileRow, related
from engine.store.queries.sight import seen_file, view
from engine.store.queries.timeline import EntryRow, entries_of, entry_row
from engine.store.sealing import open_attachment_name, open_value
from engine.store.tables import attachment, document, sealed_value

DOCUMENT = "document:"
MASKED = "••••••"
ERASED = "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file and all that hangs on it. ``sealed`` names what is personal, masked; ``erased`` says it is gone."""

    file: File
    work: tuple[WorkItem, ...]
    documents: tuple[Document, ...]
    attachments: tuple[Attachment, ...]
    entries: tuple[EntryRow, ...]
    related: tuple[FileRow, ...]
    sealed: Mapping[str, str]
    erased: bool

    @property
    def unserved(self) -> tuple[Document, ...]:
        """The documents that are still to be served."""
        return tuple(one for one in self.documents if one.service in TO_BE_SERVED)

    def version_at(self, entry: int) -> str:
        """The version of the drawings, forms and templates that the file followed with its entry number *entry*."""
        return self.entries[entry - 1].procedure or self.file.procedure

    def work_of(self, step: int | None) -> WorkItem | None:
        """The open step number *step*, if there is one."""
        return next((item for item in self.work if item.step == step), None)


def file_view(desk: Loading, viewer: Actor, petition: str, *, on: date) -> FileView:
    """The file *petition* as *viewer* may see it on the day *on*. Raises NotFound, whether it exists or not."""
    file = seen_file(desk, viewer, petition, on)
    key = desk.key_of(file)
    names = desk.connection.execute(_SEALED_NAMES, {"petition": file.id})
    others = [str(one) for one in (file.about, file.facts.get("merged_into")) if one]
    return FileView(
        file=file,
        work=desk.work(file.id),
        documents=documents_of(desk, file.id),
        attachments=_attachments(desk, file.id, key),
        entries=tuple(entry_row(one) for one in entries_of(desk, file.id)),
        related=related(desk, view(desk, viewer, on), file.id, others),
        sealed={row.name: MASKED for row in names if not row.name.startswith(DOCUMENT)},
        erased=key is None,
    )


def documents_of(desk: Loading, petition: str) -> tuple[Document, ...]:
    """The documents of a file, in the order in which they were issued."""
    found = desk.connection.execute(_DOCUMENTS, {"petition": petition})
    return tuple(rows.document_of(row) for row in found)


def sealed_values(desk: Loading, file: File) -> tuple[SealedValue, ...]:
    """The sealed answers of a file in the clear, for those who have asked for it already; none once erased."""
    key = desk.key_of(file)
    if key is None:
        return ()
    found = desk.connection.execute(_SEALED, {"petition": file.id})
    return tuple(open_value(key, row) for row in found)


def _attachments(desk: Loading, petition: str, key: PetitionKey | None) -> tuple[Attachment, ...]:
    found = desk.connection.execute(_ATTACHMENTS, {"petition": petition})
    return tuple(attachment_of(row, key) for row in found)


def attachment_of(row: Any, key: PetitionKey | None) -> Attachment:
    """The attachment that a row describes; without the key its name is gone."""
    name = (
        ERASED if key is None else open_attachment_name(key, row.entry, row.place, bytes(row.name))
    )
    return Attachment(
        petition=row.petition,
        digest=row.digest,
        name=name,
        media_type=row.media_type,
        size=row.size,
        entry=row.entry,
    )


_DOCUMENTS: Select[Any] = (
    select(document)
    .where(document.c.petition == bindparam("petition"))
    .order_by(document.c.entry, document.c.place)
)
_ATTACHMENTS: Select[Any] = (
    select(attachment)
    .where(attachment.c.petition == bindparam("petition"))
    .order_by(attachment.c.entry, attachment.c.place)
)
_SEALED_NAMES: Select[Any] = (
    select(sealed_value.c.name, sealed_value.c.entry)
    .where(sealed_value.c.petition == bindparam("petition"))
    .order_by(sealed_value.c.entry, sealed_value.c.name)
)
_SEALED: Select[Any] = (
    select(sealed_value)
    .where(sealed_value.c.petition == bindparam("petition"))
    .order_by(sealed_value.c.entry, sealed_value.c.name)
)
