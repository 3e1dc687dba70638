"""The heads of all chains under one root, so that a tail that is cut off shows.

A chain proves that nothing is missing before its last entry; nothing proves that it has no later one. So every night an
entry ``case_heads`` of the house's own chain commits to the last entry of every chain: the root of a tree over
(petition, number, leaf of its last entry), in the order of the petitions' ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.record.canonical import canonical_bytes
from engine.record.tree import InMemory, TreeHash, inclusion_path

ACT: Final = "case_heads"


@dataclass(frozen=True, slots=True)
class ChainHead:
    """Where the chain of *petition* ended: at entry *seq*, whose leaf in the log is *leaf*."""

    petition: str
    seq: int
    leaf: bytes

    def content(self) -> bytes:
        """What its leaf in the tree of heads holds."""
        return canonical_bytes([self.petition, self.seq, self.leaf.hex()])


class Heads:
    """The heads of all chains, as they were when the log had *size* leaves."""

    def __init__(self, hashing: TreeHash, size: int, heads: Sequence[ChainHead]) -> None:
        self._hashing = hashing
        self.size = size
        self.all = sorted(heads, key=lambda one: one.petition)
        self._tree = InMemory(hashing, (hashing.leaf(one.content()) for one in self.all))

    def statement(self) -> dict[str, object]:
        """What the entry ``case_heads`` says."""
        return {
            "chains": len(self.all),
            "hash": self._hashing.name,
            "log_size": self.size,
            "root": self._tree.frontier.root().hex(),
        }

    def path(self, petition: str) -> tuple[int, list[bytes]] | None:
        """The place of the chain of *petition* and the proof that it is there; None where it is not."""
        for place, one in enumerate(self.all):
            if one.petition == petition:
                return place, inclusion_path(self._hashing, self._tree, place, len(self.all))
        return None
