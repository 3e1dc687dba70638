"""What lies in a file for the petitioner who holds its number and its query code (Arts. 18(1), 21(2))."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, select

from engine.petition.documents import Document
from engine.petition.file import File, FileKind
from engine.petition.parties import Slot
from engine.record.canonical import read_canonical
from engine.store.loading import Loading
from engine.store.queries.file_view import DOCUMENT, documents_of
from engine.store.queries.timeline import EntryRow, entries_of, entry_row
from engine.store.sealing import open_value
from engine.store.tables import petition, sealed_value

_BRACKETS = str.maketrans(dict.fromkeys("[(【［（〖", "〔") | dict.fromkeys("])】］）〗", "〕"))
_BLANK = re.compile(r"[\s\-]+")
LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionerView:
    """A file as far as it concerns its petitioner: the papers for them, and whom those name as contact.

    ``supervised_by`` is the office that supervises the breach of a deadline, by the deadline's id.
    """

    file: File
    entries: tuple[EntryRow, ...]
    documents: tuple[Document, ...]
    contacts: tuple[str, ...]
    supervised_by: Mapping[str, str]


def written_number(number: str) -> str:
    """A petition's number as it is kept, however somebody typed its brackets and blanks."""
    return _BLANK.sub("", number[:LONGEST]).translate(_BRACKETS)


def petition_of(desk: Loading, number: str, code: str) -> str | None:
    """The petition with *number* whose query code is *code*; None otherwise, after the same work whatever was wrong.

    A supervision is nobody's to query. 1 statement.
    """
    given = _BLANK.sub("", code[:LONGEST]).upper()
    found = desk.connection.execute(_BY_CODE, {"code": given}).first()
    known = (found.number if found else "").encode()
    if hmac.compare_digest(known, written_number(number).encode()) and found is not None:
        return str(found.id)
    return None


def petitioner_view(desk: Loading, id: str) -> PetitionerView:
    """The file *id* for its petitioner, who has shown number and code. Raises NotFound."""
    file = desk.load(id)
    documents = tuple(one for one in documents_of(desk, id) if one.to == Slot.PETITIONER)
    return PetitionerView(
        file=file,
        entries=tuple(entry_row(one) for one in entries_of(desk, id)),
        documents=documents,
        contacts=_contacts(desk, file, documents),
        supervised_by={
            str(facts.get("breach_deadline")): str(facts[Slot.SUPERVISING_OFFICE])
            for facts in desk.connection.execute(_SUPERVISED, {"id": id}).scalars()
            if facts.get(Slot.SUPERVISING_OFFICE)
        },
    )


def _contacts(desk: Loading, file: File, documents: tuple[Document, ...]) -> tuple[str, ...]:
    """Whom the papers for the petitioner name as contact, the newest first; nobody once they are erased."""
    key = desk.key_of(file)
    names = {f"{DOCUMENT}{one.id}" for one in documents}
    if key is None or not names:
        return ()
    found = desk.connection.execute(_PAPERS, {"petition": file.id, "names": sorted(names)})
    papers = [read_canonical(open_value(key, row).value) for row in found]
    contacts = [str(paper.get("contact") or "").strip() for paper in papers]
    return tuple(dict.fromkeys(one for one in contacts if one))


_BY_CODE: Select[Any] = select(petition.c.id, petition.c.number).where(
    petition.c.code == bindparam("code"), petition.c.kind == FileKind.PETITION.value
)
_SUPERVISED: Select[Any] = (
    select(petition.c.facts)
    .where(petition.c.about == bindparam("id"), petition.c.closed_at.is_(None))
    .order_by(petition.c.registered_at)
)
_PAPERS: Select[Any] = (
    select(sealed_value)
    .where(
        sealed_value.c.petition == bindparam("petition"),
        sealed_value.c.name.in_(bindparam("names", expanding=True)),
    )
    .order_by(sealed_value.c.entry.desc(), sealed_value.c.name)
)
