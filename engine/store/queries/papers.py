"""A document with its contents, and an attachment with its bytes, for somebody who may see the file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, select

from engine.errors import NotFound
from engine.petition.documents import Document
from engine.petition.file import Attachment
from engine.petition.parties import Actor
from engine.record.canonical import read_canonical
from engine.store import rows
from engine.store.loading import Loading
from engine.store.queries.file_view import DOCUMENT, attachment_of
from engine.store.queries.sight import seen_file
from engine.store.sealing import open_blob, open_value
from engine.store.tables import attachment, blob, document, sealed_value
from engine.text import Text

_NO_DOCUMENT = Text(
    "没有这份文书,或者您无权查阅", "there is no such document, or none that you may see"
)
_NO_ATTACHMENT = Text(
    "没有这份附件,或者您无权查阅", "there is no such attachment, or none that you may see"
)


def document_with_fields(
    desk: Loading, viewer: Actor, id: str, *, on: date
) -> tuple[Document, Mapping[str, str]]:
    """The document *id* with its contents (none once erased). Raises NotFound where *viewer* may not see it."""
    found = desk.connection.execute(_DOCUMENT, {"id": id}).first()
    if found is None:
        raise NotFound(_NO_DOCUMENT)
    try:
        file = seen_file(desk, viewer, found.petition, on)
    except NotFound:
        raise NotFound(_NO_DOCUMENT) from None
    paper, key = rows.document_of(found), desk.key_of(file)
    place = {"petition": file.id, "entry": paper.entry, "name": f"{DOCUMENT}{paper.id}"}
    contents = desk.connection.execute(_CONTENTS, place).first()
    if key is None or contents is None:
        return paper, {}
    fields: Mapping[str, str] = read_canonical(open_value(key, contents).value)
    return paper, fields


def attachment_with_content(
    desk: Loading, viewer: Actor, petition: str, digest: str, *, on: date
) -> tuple[Attachment, bytes]:
    """The attachment *digest* of a file with its bytes. Raises NotFound where *viewer* may not see it, or once erased."""
    file = seen_file(desk, viewer, petition, on)
    key = desk.key_of(file)
    found = desk.connection.execute(_ATTACHMENT, {"petition": petition, "digest": digest}).first()
    if found is None or key is None:
        raise NotFound(_NO_ATTACHMENT)
    return attachment_of(found, key), open_blob(key, digest, bytes(found.content))


_DOCUMENT: Select[Any] = select(document).where(document.c.id == bindparam("id"))
_CONTENTS: Select[Any] = select(sealed_value).where(
    sealed_value.c.petition == bindparam("petition"),
    sealed_value.c.entry == bindparam("entry"),
    sealed_value.c.name == bindparam("name"),
)
_ATTACHMENT: Select[Any] = (
    select(attachment, blob.c.content)
    .join(blob, (blob.c.petition == attachment.c.petition) & (blob.c.digest == attachment.c.digest))
    .where(
        attachment.c.petition == bindparam("petition"), attachment.c.digest == bindparam("digest")
    )
    .order_by(attachment.c.entry, attachment.c.place)
    .limit(1)
)
