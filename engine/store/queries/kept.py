"""What is kept beside the record, for whoever checks it against the record on the installation's own machine."""

from __future__ import annotations

import hashlib
from collections.abc import Set

from sqlalchemy import select

from engine.errors import RecordBroken
from engine.petition.file import File
from engine.store.loading import Loading
from engine.store.sealing import open_blob
from engine.store.tables import attachment, blob, house, procedure_file


def house_head(desk: Loading) -> str:
    """The digest at which the house's own chain ends."""
    return str(desk.connection.scalar(select(house.c.head)))


def attached(desk: Loading, petition: str) -> list[tuple[int, str, int]]:
    """Entry, digest and size of each attachment of a file, in their order."""
    found = desk.connection.execute(
        select(attachment.c.entry, attachment.c.digest, attachment.c.size)
        .where(attachment.c.petition == petition)
        .order_by(attachment.c.entry, attachment.c.place)
    )
    return [(row.entry, row.digest, row.size) for row in found]


def blobs_in_disorder(desk: Loading, file: File, wanted: Set[str]) -> set[str]:
    """Those of the *wanted* contents of *file* that are missing or are not what their digest says."""
    key = desk.key_of(file)
    found = desk.connection.execute(
        select(blob.c.digest, blob.c.content).where(blob.c.petition == file.id)
    )
    wrong = set(wanted)
    for row in found:
        try:
            content = b"" if key is None else open_blob(key, row.digest, bytes(row.content))
        except RecordBroken:
            continue
        if hashlib.sha256(content).hexdigest() == row.digest:
            wrong.discard(row.digest)
    return wrong


def versions_of_drawings(desk: Loading) -> dict[str, dict[str, bytes]]:
    """The files of every version of the drawings, by digest and path."""
    versions: dict[str, dict[str, bytes]] = {}
    for row in desk.connection.execute(select(procedure_file)):
        versions.setdefault(row.procedure, {})[row.path] = bytes(row.content)
    return versions
