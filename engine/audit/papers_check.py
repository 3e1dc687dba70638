"""Checking what lies beside the record: rows, values, papers and drawings must be those that the entries name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from engine.audit.log_check import LogFault
from engine.errors import DataError, NotFound, RecordBroken
from engine.petition.entries import Entry
from engine.petition.file import File
from engine.record import chain
from engine.record.commitments import opens
from engine.record.fold import fold
from engine.record.looks import CHAIN, statement
from engine.record.proving import files_digest
from engine.record.tree import tree_hash
from engine.store.logrows import entry_rows
from engine.store.queries.file_view import documents_of, sealed_values
from engine.store.queries.kept import attached, blobs_in_disorder, house_head, versions_of_drawings
from engine.store.store import Desk
from engine.text import Text

HOUSE = "system"


def check_papers(desk: Desk) -> Iterator[LogFault]:
    """Every chain, and what is kept beside it. The first fault of each petition is named, chain by chain."""
    for petition, rows in groupby(entry_rows(desk), key=lambda row: row.petition):
        try:
            yield from _petition(desk, str(petition), list(rows))
        except RecordBroken as fault:
            yield LogFault(str(petition), getattr(fault, "seq", None), fault.text)
        except (DataError, KeyError, TypeError, ValueError):
            yield LogFault(str(petition), None, Text("无法读取", "it cannot be read"))
    for digest, files in versions_of_drawings(desk).items():
        if files_digest(files) != digest:
            yield LogFault(None, None, _DRAWINGS.filled(digest=digest[:16]))


def _petition(desk: Desk, petition: str, rows: list[Any]) -> Iterator[LogFault]:
    entries = []
    for number, row in enumerate(rows, start=1):
        entry = _entry(petition, number, row)
        entries.append(entry)
        if not _beside(entry, row):
            yield LogFault(
                petition,
                number,
                Text("旁列与内容不符", "the columns beside it are not what it says"),
            )
    if petition == HOUSE:
        chain.verify_chain(entries, head=house_head(desk))
        return
    if petition == CHAIN:
        chain.verify_chain(entries)
        yield from _looks(desk, entries)
        return
    try:
        file = desk.load(petition)
    except NotFound:
        yield LogFault(petition, 1, Text("卷宗的行缺失", "the row of the file is missing"))
        return
    chain.verify_chain(entries, head=file.head)
    standing = fold(entries)
    if (standing.seq, standing.facts, standing.ledger) != (file.seq, file.facts, file.ledger):
        yield LogFault(
            petition,
            None,
            Text("事实或期限与记录不符", "facts or deadlines are not those of the record"),
        )
    yield from documents_beside(desk, petition, entries)
    yield from values_beside(desk, file, entries)
    yield from attachments_beside(desk, file, entries)


def _looks(desk: Desk, entries: list[Entry]) -> Iterator[LogFault]:
    """The looks at files must be those that the chain of reading commits to."""
    kept = dict(desk.sealed_looks())
    for one in entries:
        found = kept.pop(one.seq, [])
        if statement(tree_hash(str(one.inputs["hash"])), found) != one.inputs:
            yield LogFault(CHAIN, one.seq, _LOOKS)
    for number in sorted(kept):
        yield LogFault(CHAIN, number, _LOOKS)


def _entry(petition: str, number: int, row: Any) -> Entry:
    try:
        return chain.entry_from_content(bytes(row.content), row.digest)
    except (DataError, KeyError, TypeError, ValueError) as error:
        raise chain.ChainBroken(petition, number, Text("无法读取", "it cannot be read")) from error


def _beside(entry: Entry, row: Any) -> bool:
    said = (
        entry.petition,
        entry.seq,
        entry.kind.value,
        entry.act,
        entry.person,
        entry.organ,
        entry.key,
    )
    kept = (row.petition, row.seq, row.kind, row.act, row.person, row.organ, row.key)
    times: tuple[datetime, datetime] = (entry.effective_at, entry.recorded_at)
    whole = chain.entry_content(entry) == bytes(row.content)
    return whole and said == kept and times == (row.effective_at, row.recorded_at)


def documents_beside(desk: Desk, petition: str, entries: Iterable[Entry]) -> Iterator[LogFault]:
    """The documents that are kept and those that the entries name must be the same."""
    kept = {
        one.id: (one.entry, one.kind, one.number, one.digest)
        for one in documents_of(desk, petition)
    }
    named = {
        made["id"]: (one.seq, made["kind"], made["number"], made["digest"])
        for one in entries
        for made in one.consequences.get("documents", ())
    }
    for id in sorted(kept.keys() | named.keys()):
        if kept.get(id) != named.get(id):
            yield LogFault(petition, (named.get(id) or kept[id])[0], _DOCUMENT)


def values_beside(desk: Desk, file: File, entries: Iterable[Entry]) -> Iterator[LogFault]:
    """Each sealed value, the contents of documents among them, must be what its entry commits to."""
    if file.wrapped_key is None:
        return  # Erased: the commitments stay, and nobody can open them.
    kept = {(one.entry, one.name): one for one in sealed_values(desk, file)}
    for entry in entries:
        for name, promise in entry.commitments.items():
            value = kept.pop((entry.seq, name), None)
            if value is None or not opens(promise, value.salt, value.value):
                yield LogFault(file.id, entry.seq, _VALUE.filled(name=name))
    for number, name in sorted(kept):
        yield LogFault(file.id, number, _VALUE.filled(name=name))


def attachments_beside(desk: Desk, file: File, entries: Iterable[Entry]) -> Iterator[LogFault]:
    """The files that were handed in must be those that the entries name, octet by octet."""
    named = [
        (entry.seq, made["digest"], made["size"])
        for entry in entries
        for made in entry.consequences.get("attachments", ())
    ]
    kept = attached(desk, file.id)
    for number in sorted({one[0] for one in {*named} ^ {*kept}}):
        yield LogFault(file.id, number, _ATTACHMENT)
    if file.wrapped_key is not None:
        wrong = blobs_in_disorder(desk, file, {one[1] for one in named})
        for number, digest, _ in named:
            if digest in wrong:
                yield LogFault(file.id, number, _ATTACHMENT)


_DOCUMENT = Text("文书与记录不符", "a document is not the one that it names")
_VALUE = Text("{name}的内容与记录不符", "the value of {name} is not the one that it commits to")
_ATTACHMENT = Text("附件与记录不符", "an attachment is not the one that it names")
_LOOKS = Text("查阅记录与所承诺的不符", "the looks are not those that it commits to")
_DRAWINGS = Text(
    "流程图版本{digest}…的文件已改动", "the drawings of version {digest}… were altered"
)

__all__ = ["attachments_beside", "check_papers", "documents_beside", "values_beside"]
