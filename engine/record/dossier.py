"""The dossier: one file with everything that is needed to check a petition's record without us (DOSSIER.md).

A zip of exact bytes. ``index.json`` says where each entry lies in the log and proves it, ``index.sig`` is the log's
signature over it; the rest are the entries themselves and what they refer to.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from engine.errors import DataError
from engine.record.canonical import canonical_bytes, read_canonical
from engine.record.checkpoint import Checkpoint, Signer
from engine.text import Text

FORMAT: Final = "petition-dossier-1"
INDEX: Final = "index.json"
SIGNATURE: Final = "index.sig"
ENTRIES: Final = "entries/"
HEADS: Final = "heads/"
VALUES: Final = "values/"
PROCEDURE: Final = "procedure/"
_MOST_BYTES: Final = 1 << 30
_DAWN: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can say: when members were written is nobody's business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """An entry's exact bytes, its place in the log, and the proof that it is there."""

    content: bytes
    place: int
    path: Sequence[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsProved:
    """A statement about the heads of all chains, and the proof of where this one ended then."""

    statement: Proved
    number: int
    seq: int
    chain_place: int
    chain_path: Sequence[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier checkpoint, and the proof that the log of the last one goes on from it."""

    checkpoint: Checkpoint
    path: Sequence[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a dossier is made of. ``files`` are further members by name; ``about`` says whose it is, when and for whom."""

    petition: str
    about: Mapping[str, object]
    checkpoint: Checkpoint
    entries: Sequence[Proved]
    heads: Sequence[HeadsProved]
    earlier: Sequence[Earlier] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)


def write_dossier(parts: Parts, signer: Signer) -> bytes:
    """The dossier as one file."""
    members = dict(parts.files)
    for number, one in enumerate(parts.entries, start=1):
        members[f"{ENTRIES}{number}.json"] = one.content
    for stated in parts.heads:
        members[f"{HEADS}{stated.number}.json"] = stated.statement.content
    index = canonical_bytes(
        {
            **parts.about,
            "format": FORMAT,
            "petition": parts.petition,
            "log": {
                "origin": parts.checkpoint.origin,
                "hash": parts.checkpoint.hash,
                "key": str(signer.public),
            },
            "checkpoint": parts.checkpoint.note,
            "earlier": [
                {"checkpoint": one.checkpoint.note, "path": _hex(one.path)} for one in parts.earlier
            ],
            "entries": [{"place": one.place, "path": _hex(one.path)} for one in parts.entries],
            "heads": [_heads_data(one) for one in parts.heads],
            "files": {
                name: hashlib.sha256(data).hexdigest() for name, data in sorted(members.items())
            },
        }
    )
    signature = signer.signed(signed_text(index)).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in [(INDEX, index), (SIGNATURE, signature), *sorted(members.items())]:
            archive.writestr(zipfile.ZipInfo(name, _DAWN), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def signed_text(index: bytes) -> str:
    """What ``index.sig`` signs."""
    return f"{FORMAT}\n{hashlib.sha256(index).hexdigest()}\n"


def read_members(content: bytes) -> dict[str, bytes]:
    """The members of a dossier. Raises DataError where *content* is no zip, or names a member twice."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) != len(set(names)):
                raise ValueError("a member twice")
            if sum(one.file_size for one in archive.infolist()) > _MOST_BYTES:
                raise ValueError("too large")
            return {name: archive.read(name) for name in names}
    except (
        zipfile.BadZipFile,
        ValueError,
        NotImplementedError,
        EOFError,
        OSError,
        KeyError,
    ) as error:
        raise not_readable(str(error)) from error
    except Exception as error:  # zlib's own error, and whatever a bent header leads zipfile to
        raise not_readable(type(error).__name__) from error


def read_index(members: Mapping[str, bytes]) -> Any:
    """The index among *members*. Raises DataError where there is none of this format."""
    try:
        index = read_canonical(members[INDEX])
        if index["format"] != FORMAT:
            raise ValueError(index["format"])
    except (KeyError, TypeError, ValueError) as error:
        raise not_readable(INDEX) from error
    return index


def not_readable(why: str) -> DataError:
    """The file is no dossier."""
    return DataError(
        Text("不是可读的案卷文件({why})", "this is no readable dossier ({why})").filled(why=why)
    )


def _heads_data(one: HeadsProved) -> dict[str, object]:
    return {
        "number": one.number,
        "place": one.statement.place,
        "path": _hex(one.statement.path),
        "seq": one.seq,
        "chain_place": one.chain_place,
        "chain_path": _hex(one.chain_path),
    }


def _hex(path: Sequence[bytes]) -> list[str]:
    return [step.hex() for step in path]
