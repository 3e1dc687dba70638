"""The Merkle tree of RFC 9162 (2.1): leaves in, roots and proofs out. Pure; SHA-256, or SM3 where OpenSSL has it.

Besides the leaves only every eighth level of the tree is ever kept: the root of each complete subtree of 256, 65,536, …
leaves. What lies between is hashed again when a proof needs it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from engine.errors import DataError
from engine.text import Text

SHA256: Final = "sha256"
SM3: Final = "sm3"
HASHES: Final = (SHA256, SM3)
WIDTH: Final = 256
"""How many nodes of one kept level make one of the next."""
DIGEST_BYTES: Final = 32
_HEIGHT: Final = 8


class TreeHash:
    """How leaves and nodes are hashed. Made by :func:`tree_hash`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._plain = hashlib.new(name)
        self._leaf = hashlib.new(name, b"\x00")
        self._node = hashlib.new(name, b"\x01")

    def empty(self) -> bytes:
        """The root of a tree without leaves."""
        return self._plain.copy().digest()

    def leaf(self, content: bytes) -> bytes:
        """The hash of a leaf that holds *content*."""
        made = self._leaf.copy()
        made.update(content)
        return made.digest()

    def node(self, left: bytes, right: bytes) -> bytes:
        """The hash of the node above *left* and *right*."""
        made = self._node.copy()
        made.update(left + right)
        return made.digest()


def tree_hash(name: str) -> TreeHash:
    """The hash called *name*. Raises DataError where it is none of ours or this machine's OpenSSL lacks it."""
    if name in HASHES:
        try:
            return TreeHash(name)
        except ValueError:
            pass
    raise DataError(
        Text(
            "本机不支持散列算法{name};可用:{all}",
            "this machine cannot hash with {name}; known are {all}",
        ).filled(name=name, all=" ".join(HASHES))
    )


@dataclass(frozen=True, slots=True)
class Node:
    """A complete subtree to be kept: the *index*-th of 256 ** *level* leaves."""

    level: int
    index: int
    hash: bytes


class Frontier:
    """The right edge of a growing tree: the roots of its complete subtrees, the largest first."""

    def __init__(self, hashing: TreeHash, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if len(peaks) != size.bit_count():
            raise DataError(Text("日志边缘已损坏", "the edge of the log is damaged"))
        self.hashing = hashing
        self.size = size
        self.peaks = list(peaks)

    @classmethod
    def loaded(cls, hashing: TreeHash, size: int, edge: bytes) -> Frontier:
        """The frontier that :meth:`edge` gave. Raises DataError where the two do not belong together."""
        peaks = [edge[at : at + DIGEST_BYTES] for at in range(0, len(edge), DIGEST_BYTES)]
        return cls(hashing, size, peaks)

    def edge(self) -> bytes:
        """The frontier as bytes."""
        return b"".join(self.peaks)

    def append(self, leaf: bytes) -> list[Node]:
        """Add the hash of a leaf. Returns the subtrees that are complete by it and are to be kept."""
        node, index, level, complete = leaf, self.size, 0, []
        while index & 1:
            node = self.hashing.node(self.peaks.pop(), node)
            index >>= 1
            level += 1
            if level % _HEIGHT == 0:
                complete.append(Node(level // _HEIGHT, index, node))
        self.peaks.append(node)
        self.size += 1
        return complete

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        if not self.peaks:
            return self.hashing.empty()
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = self.hashing.node(peak, root)
        return root


class Kept(Protocol):
    """What is kept of a tree: leaves are level 0."""

    def hash(self, level: int, index: int) -> bytes:
        """The hash of the *index*-th complete subtree of 256 ** *level* leaves."""


class InMemory:
    """A whole tree in memory, for small ones and for tests."""

    def __init__(self, hashing: TreeHash, leaves: Iterable[bytes]) -> None:
        self._levels: list[list[bytes]] = [[]]
        self.frontier = Frontier(hashing)
        for leaf in leaves:
            self._levels[0].append(leaf)
            for node in self.frontier.append(leaf):
                while len(self._levels) <= node.level:
                    self._levels.append([])
                self._levels[node.level].append(node.hash)

    def hash(self, level: int, index: int) -> bytes:
        """See :class:`Kept`."""
        return self._levels[level][index]


def root(hashing: TreeHash, kept: Kept, size: int) -> bytes:
    """The root over the first *size* leaves."""
    return _range(hashing, kept, 0, size) if size else hashing.empty()


def inclusion_path(hashing: TreeHash, kept: Kept, index: int, size: int) -> list[bytes]:
    """The proof that leaf *index* is one of the first *size* leaves (RFC 9162, 2.1.3.1)."""
    path, start, stop = [], 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append(_range(hashing, kept, middle, stop))
            stop = middle
        else:
            path.append(_range(hashing, kept, start, middle))
            start = middle
    return path[::-1]


def consistency_path(hashing: TreeHash, kept: Kept, old: int, new: int) -> list[bytes]:
    """The proof that the first *old* leaves of the tree of *new* leaves never changed (RFC 9162, 2.1.4.1)."""
    if not 0 < old < new:
        return []
    path, start, stop = [], 0, new
    while stop != old:
        middle = start + _split(stop - start)
        if old <= middle:
            path.append(_range(hashing, kept, middle, stop))
            stop = middle
        else:
            path.append(_range(hashing, kept, start, middle))
            start = middle
    if start:
        path.append(_range(hashing, kept, start, stop))
    return path[::-1]


def proves_inclusion(
    hashing: TreeHash, *, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Whether *path* shows that *leaf* stands at *index* in the tree of *size* leaves with *root* (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = hashing.node(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = hashing.node(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def proves_consistency(
    hashing: TreeHash,
    *,
    old: int,
    old_root: bytes,
    new: int,
    new_root: bytes,
    path: Sequence[bytes],
) -> bool:
    """Whether *path* shows that the tree of *new* leaves begins with the tree of *old* leaves (2.1.4.2)."""
    if old == new:
        return not path and old_root == new_root
    if not 0 < old < new or not path:
        return False
    steps = list(path)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = hashing.node(sibling, before), hashing.node(sibling, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = hashing.node(after, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == new_root


def _split(width: int) -> int:
    """The largest power of two that is smaller than *width*."""
    return 1 << (width - 1).bit_length() - 1


def _range(hashing: TreeHash, kept: Kept, start: int, stop: int) -> bytes:
    """The root over the leaves from *start* to before *stop*, a range that RFC 9162 would split off."""
    width = stop - start
    level = _level_of(width)
    if level is not None:
        return kept.hash(level, start // width)
    middle = start + _split(width)
    return hashing.node(_range(hashing, kept, start, middle), _range(hashing, kept, middle, stop))


def _level_of(width: int) -> int | None:
    """The level at which subtrees of *width* leaves are kept, if they are."""
    exponent = width.bit_length() - 1
    return exponent // _HEIGHT if width == 1 << exponent and exponent % _HEIGHT == 0 else None


__all__ = [
    "HASHES", "SHA256", "SM3", "WIDTH", "Frontier", "InMemory", "Kept", "Node", "TreeHash", "consistency_path",
    "inclusion_path", "proves_consistency", "proves_inclusion", "root", "tree_hash",
]  # fmt: skip
