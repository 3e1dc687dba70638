"""The dossier: one file with everything that is needed to check a petition's record without us (DOSSIER.md).

A signed zip (``packing.py``) whose index says where each entry lies in the log and proves it; the rest are the entries
themselves and what they refer to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine.record.checkpoint import Checkpoint, Signer
from engine.record.packing import packed

FORMAT: Final = "petition-dossier-1"
ENTRIES: Final = "entries/"
HEADS: Final = "heads/"
VALUES: Final = "values/"
PROCEDURE: Final = "procedure/"


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
    said = {
        **parts.about,
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
    }
    return packed(FORMAT, said, members, signer)


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
