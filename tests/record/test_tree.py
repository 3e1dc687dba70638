"""The tree of RFC 9162: known roots, every proof of every small tree, and nothing else proves."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import DataError
from engine.record.tree import (
    HASHES,
    Frontier,
    InMemory,
    TreeHash,
    consistency_path,
    inclusion_path,
    proves_consistency,
    proves_inclusion,
    root,
    tree_hash,
)

SHA = tree_hash("sha256")
# The reference leaves and roots of Certificate Transparency, from the tests of its first implementation.
KNOWN_LEAVES = [
    b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57", b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
]  # fmt: skip
KNOWN_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def naive_root(hashing: TreeHash, leaves: list[bytes]) -> bytes:
    """The definition of RFC 9162 2.1.1, word for word."""
    if not leaves:
        return hashing.empty()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashing.node(naive_root(hashing, leaves[:half]), naive_root(hashing, leaves[half:]))


def leaves_of(count: int, hashing: TreeHash = SHA) -> list[bytes]:
    return [hashing.leaf(str(number).encode()) for number in range(count)]


def test_the_roots_are_those_that_everybody_knows() -> None:
    frontier, found = Frontier(SHA), [Frontier(SHA).root().hex()]
    for content in KNOWN_LEAVES:
        frontier.append(SHA.leaf(content))
        found.append(frontier.root().hex())

    assert found == KNOWN_ROOTS


@pytest.mark.parametrize("name", HASHES)
def test_every_leaf_and_every_earlier_tree_of_small_trees_is_proved(name: str) -> None:
    hashing = tree_hash(name)
    leaves = leaves_of(40, hashing)
    tree = InMemory(hashing, leaves)
    roots = [naive_root(hashing, leaves[:size]) for size in range(41)]

    for size in range(1, 41):
        assert root(hashing, tree, size) == roots[size]
        for index in range(size):
            path = inclusion_path(hashing, tree, index, size)
            assert proves_inclusion(
                hashing, leaf=leaves[index], index=index, size=size, path=path, root=roots[size]
            )
        for old in range(1, size + 1):
            path = consistency_path(hashing, tree, old, size)
            assert proves_consistency(
                hashing, old=old, old_root=roots[old], new=size, new_root=roots[size], path=path
            )


LARGE = 70_000
LARGE_LEAVES = leaves_of(LARGE)
LARGE_TREE = InMemory(SHA, LARGE_LEAVES)


@given(st.data())
def test_proofs_of_large_trees_hold_and_only_for_what_they_are_made(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, LARGE))
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    whole, before = root(SHA, LARGE_TREE, size), root(SHA, LARGE_TREE, old)
    path = inclusion_path(SHA, LARGE_TREE, index, size)
    steps = consistency_path(SHA, LARGE_TREE, old, size)
    leaf = LARGE_LEAVES[index]

    assert proves_inclusion(SHA, leaf=leaf, index=index, size=size, path=path, root=whole)
    assert proves_consistency(SHA, old=old, old_root=before, new=size, new_root=whole, path=steps)
    other = data.draw(st.integers(0, size - 1).filter(lambda one: one != index))
    assert not proves_inclusion(SHA, leaf=leaf, index=other, size=size, path=path, root=whole)
    assert not proves_inclusion(
        SHA, leaf=LARGE_LEAVES[other], index=index, size=size, path=path, root=whole
    )
    assert not proves_inclusion(SHA, leaf=leaf, index=index, size=size, path=path[:-1], root=whole)
    if old < size:
        assert not proves_consistency(
            SHA, old=old, old_root=whole, new=size, new_root=whole, path=steps
        )
        changed = data.draw(st.integers(0, len(steps) - 1))
        bent = [*steps[:changed], bytes(32), *steps[changed + 1 :]]
        assert not proves_consistency(
            SHA, old=old, old_root=before, new=size, new_root=whole, path=bent
        )


def test_a_frontier_goes_on_from_its_edge() -> None:
    first, whole = Frontier(SHA), Frontier(SHA)
    for leaf in leaves_of(300):
        first.append(leaf)
        whole.append(leaf)
    again = Frontier.loaded(SHA, first.size, first.edge())
    for leaf in leaves_of(300):
        again.append(leaf)
        whole.append(leaf)

    assert again.root() == whole.root()
    with pytest.raises(DataError):
        Frontier.loaded(SHA, first.size + 1, first.edge())


def test_leaves_and_nodes_are_hashed_apart_and_sm3_is_sm3() -> None:
    content = bytes(64)

    assert SHA.leaf(content) == hashlib.sha256(b"\x00" + content).digest()
    assert SHA.node(content[:32], content[32:]) == hashlib.sha256(b"\x01" + content).digest()
    assert tree_hash("sm3").leaf(b"abc") == hashlib.new("sm3", b"\x00abc").digest()


def test_a_hash_that_is_not_known_is_refused() -> None:
    with pytest.raises(DataError, match="md5"):
        tree_hash("md5")
