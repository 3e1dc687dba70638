"""What lies in a volume: every paper in the order of the procedure, printed, with its place in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import PurePath
from typing import Final

from engine.audit.issued import Issued
from engine.audit.wording import Wording, organ_name
from engine.clock import legal_date
from engine.errors import PetitionError
from engine.people.directory import Directory
from engine.petition.documents import Document
from engine.petition.entries import Entry
from engine.petition.file import Attachment
from engine.petition.parties import Actor
from engine.printing.fragment import read_fragment
from engine.printing.press import printed
from engine.store.desk import Desk
from engine.store.queries.file_view import FileView
from engine.text import Text

PAPER: Final = "paper"
_NOON: Final = time(4)
"""Noon in Asia/Shanghai: the day of a paper, whoever reads its date."""
_PETITIONER: Final = "信访人"
_ENDINGS: Final = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the catalogue. ``pages`` and ``page`` (where it begins) are None for what is not printed.

    ``content`` are the octets that lie in the volume under ``name``; ``fault`` says why there are none.
    """

    place: int
    entry: int
    number: str
    organ: str
    title: str
    on: date
    digest: str
    name: str
    content: bytes
    pages: int | None = None
    page: int | None = None
    fault: Text | None = None
    document: Document | None = None
    attachment: Attachment | None = None
    fields: Mapping[str, str] | None = None


def items_of(
    desk: Desk, viewer: Actor, shown: FileView, entries: tuple[Entry, ...],
    *, directory: Directory, words: Wording, on: date,
) -> tuple[Item, ...]:  # fmt: skip
    """Everything that lies in the volume of *shown*, in the order in which it came to the file."""
    issued = Issued(desk, viewer, shown, directory, words.law, on)
    days = {entry.seq: legal_date(entry.effective_at) for entry in entries}
    found = [
        *(_paper(one, issued, directory, words) for one in shown.documents),
        *(_handed_in(desk, viewer, one, days.get(one.entry, on), on) for one in shown.attachments),
    ]
    found.sort(key=lambda item: (item.entry, item.attachment is not None))
    return tuple(_paged(found))


def _paged(found: list[Item]) -> Iterator[Item]:
    page = 1
    for place, item in enumerate(found, start=1):
        begins = page if item.pages else None
        yield replace(item, place=place, page=begins, name=_name(place, item))
        page += item.pages or 0


def _name(place: int, item: Item) -> str:
    if item.document is not None:
        return f"papers/{place:03}-{item.document.kind}.pdf"
    media_type = item.attachment.media_type if item.attachment else ""
    ending = _ENDINGS.get(media_type) or PurePath(item.title).suffix.lstrip(".") or "bin"
    return f"attachments/{place:03}.{ending if ending.isascii() and ending.isalnum() else 'bin'}"


def _paper(paper: Document, issued: Issued, directory: Directory, words: Wording) -> Item:
    title = words.document(paper.kind)
    made = Item(
        place=0, entry=paper.entry, number=paper.number, organ=organ_name(directory, paper.organ), title=title,
        on=paper.issued_on, digest=paper.digest, name="", content=b"", document=paper,
    )  # fmt: skip
    try:
        fields = issued.fields(paper)
        sheet = read_fragment(issued.sheet(paper, fields))
    except PetitionError as fault:
        return replace(made, fault=fault.text)
    named = f"{title} {paper.number}".strip()
    noon = datetime.combine(paper.issued_on, _NOON, UTC)
    pdf = printed(PAPER, {"title": named, "sheet": sheet}, at=noon)
    return replace(made, content=pdf.content, pages=pdf.pages, fields=fields)


def _handed_in(desk: Desk, viewer: Actor, one: Attachment, day: date, on: date) -> Item:
    made = Item(
        place=0, entry=one.entry, number="", organ=_PETITIONER, title=one.name, on=day, digest=one.digest, name="",
        content=b"", attachment=one,
    )  # fmt: skip
    try:
        _, content = desk.attachment(viewer, one.petition, one.digest, on=on)
    except PetitionError as fault:
        return replace(made, fault=fault.text)
    return replace(made, content=content)
