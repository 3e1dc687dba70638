"""What was looked at, under one root: the chain of reading.

Who opens a paper or unmasks a person must not wait for a chain that all share, and must not move the petition's version. So
looks are rows, and every minute an entry ``looks`` of the chain ``reads`` commits to those that have come since: their
number and the root of a tree over them, in the order of their ids. A row that is altered, dropped or slipped in later shows.

A reason may name people, so the chain holds a commitment to it and the words lie sealed under the key of the file: they go
when it is erased, and the chain still proves itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from engine.record.canonical import canonical_bytes
from engine.record.tree import InMemory, TreeHash

CHAIN: Final = "reads"
ACT: Final = "looks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Somebody looked at something of a file: *what* it was, and the *reason* that was given, or a commitment to it."""

    id: str
    petition: str
    person: str
    organ: str
    what: str
    reason: str
    seen_at: datetime

    def content(self) -> bytes:
        """What its leaf in the tree of looks holds."""
        return canonical_bytes(
            [self.id, self.petition, self.person, self.organ, self.what, self.reason, self.seen_at]
        )


def statement(hashing: TreeHash, looks: Iterable[Look]) -> dict[str, object]:
    """What the entry ``looks`` says of *looks*."""
    ordered = sorted(looks, key=lambda one: one.id)
    tree = InMemory(hashing, (hashing.leaf(one.content()) for one in ordered))
    return {
        "looks": len(ordered),
        "hash": hashing.name,
        "root": tree.frontier.root().hex(),
    }
