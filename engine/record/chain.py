"""The chain: each entry's digest covers its content and the digest of the entry before it.

There is one chain per petition and one for the house itself (organs, people, calendars, drawings). The bytes that are
hashed are the bytes that are stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.errors import RecordBroken
from engine.petition.deadlines import Ledger
from engine.petition.entries import Entry, EntryKind
from engine.petition.facts import Facts
from engine.record.canonical import canonical_bytes, instant_text, read_canonical
from engine.record.ledger_data import deadline_to_data
from engine.text import Text

HASH = "sha256"
FORMAT = 1


class ChainBroken(RecordBroken):
    """A chain that does not prove itself; ``seq`` is the first number at fault."""

    def __init__(self, petition: str, seq: int, why: Text) -> None:
        super().__init__(
            Text(
                "记录{petition}第{seq}条不能自证:{why}",
                "record {petition} fails at entry {seq}: {why}",
            ).filled(petition=petition, seq=seq, why=why)
        )
        self.petition = petition
        self.seq = seq


def entry_content(entry: Entry) -> bytes:
    """The canonical bytes of *entry*: everything but its digest, the previous digest included."""
    return canonical_bytes(
        {
            "format": FORMAT,
            "hash": HASH,
            "petition": entry.petition,
            "seq": entry.seq,
            "kind": entry.kind.value,
            "act": entry.act,
            "person": entry.person,
            "organ": entry.organ,
            "stands_in_for": entry.stands_in_for,
            "effective_at": instant_text(entry.effective_at),
            "recorded_at": instant_text(entry.recorded_at),
            "step": entry.step,
            "inputs": entry.inputs,
            "commitments": entry.commitments,
            "consequences": entry.consequences,
            "versions": entry.versions,
            "state": entry.state,
            "previous": entry.previous,
            "key": entry.key,
        }
    )


def entry_from_content(content: bytes, digest: str) -> Entry:
    """The entry whose content is *content*; *digest* is taken as given and for :func:`verify_chain` to judge.

    Raises KeyError, ValueError or DataError where *content* is no entry.
    """
    data: Mapping[str, Any] = read_canonical(content)
    return Entry(
        petition=data["petition"],
        seq=data["seq"],
        kind=EntryKind(data["kind"]),
        act=data["act"],
        person=data["person"],
        organ=data["organ"],
        stands_in_for=data["stands_in_for"],
        effective_at=datetime.fromisoformat(data["effective_at"]),
        recorded_at=datetime.fromisoformat(data["recorded_at"]),
        step=data["step"],
        inputs=data["inputs"],
        commitments=data["commitments"],
        consequences=data["consequences"],
        versions=data["versions"],
        state=data["state"],
        previous=data["previous"],
        digest=digest,
        key=data["key"],
    )


def digest_of(content: bytes) -> str:
    """The digest of an entry's canonical bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sealed_entry(entry: Entry, *, previous: str) -> Entry:
    """*entry* linked to the digest *previous* (empty for the first one) and given its own digest."""
    linked = replace(entry, previous=previous, digest="")
    return replace(linked, digest=digest_of(entry_content(linked)))


def verify_chain(entries: Iterable[Entry], *, head: str | None = None) -> str:
    """Check that *entries* are one whole chain from its first entry on. Returns the digest of the last one.

    *head*, where given, is the digest at which the chain has to end: without it a cut-off tail cannot be seen. Raises
    ChainBroken naming the first entry at fault.
    """
    previous, petition, last = "", None, 0
    for number, entry in enumerate(entries, start=1):
        petition = entry.petition if petition is None else petition
        last = number
        if entry.seq != number:
            raise ChainBroken(petition, number, _missing(entry.seq))
        if entry.petition != petition:
            raise ChainBroken(
                petition, number, Text("属于另一事项", "it belongs to another petition")
            )
        if entry.previous != previous:
            raise ChainBroken(
                petition, number, Text("与前一条不相接", "it does not follow the one before")
            )
        if digest_of(entry_content(entry)) != entry.digest:
            raise ChainBroken(
                petition, number, Text("内容与摘要不符", "its content is not what its digest says")
            )
        previous = entry.digest
    if head is not None and previous != head:
        raise ChainBroken(
            petition or "", last + 1, Text("末尾有缺失", "the end of the chain is missing")
        )
    return previous


def _missing(found: int) -> Text:
    return Text("此处为第{found}条", "entry {found} stands in its place").filled(found=found)


def state_hash(open_steps: Sequence[Sequence[object]], facts: Facts, ledger: Ledger) -> str:
    """The digest of where a petition stands: its open steps (id, element), its facts and its ledger."""
    state = {
        "steps": sorted((list(step) for step in open_steps), key=str),
        "facts": facts,
        "ledger": [deadline_to_data(row) for row in ledger],
    }
    return digest_of(canonical_bytes(state))
