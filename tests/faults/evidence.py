"""What must hold of the record and its log, whoever wrote them and however many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from engine.audit.log_check import check_log
from engine.bootstrap import House
from engine.errors import RecordBroken
from engine.record import chain
from engine.record.checkpoint import Checkpoint
from engine.record.looks import CHAIN, statement
from engine.record.tree import consistency_path, proves_consistency, tree_hash
from engine.store.desk import Desk
from engine.store.logrows import entry_rows, log_rows
from engine.store.queries.timeline import entries_of


def unproven(house: House) -> list[str]:
    """Everything in the record and in its log that does not prove itself, in words. Everything must have been logged."""
    verifier = house.log.signer.public
    with house.store.reading() as desk:
        return [
            *_chains(desk),
            *_once(desk),
            *(f"{fault.petition} {fault.seq}: {fault.why.en}" for fault in check_log(desk, verifier)),
            *_looks(desk),
            *(fault for pair in pairwise(desk.checkpoints()) for fault in _grown(desk, *pair)),
        ]  # fmt: skip


def _chains(desk: Desk) -> Iterator[str]:
    """Of petitions, of the office and of reading: each entry names its predecessor."""
    for id, rows in groupby(entry_rows(desk), key=lambda row: row.petition):
        try:
            chain.verify_chain(
                [chain.entry_from_content(bytes(row.content), row.digest) for row in rows]
            )
        except RecordBroken as fault:
            yield f"{id}: {fault.text.en}"


def _once(desk: Desk) -> Iterator[str]:
    """No command has two entries, no entry two leaves, and none is without."""
    rows = list(entry_rows(desk))
    keys = Counter(row.key for row in rows if row.key is not None)
    yield from (f"{key} was done {count} times" for key, count in keys.items() if count > 1)
    leaves = Counter((row.petition, row.seq) for row in log_rows(desk))
    yield from (f"{one} is {count} leaves" for one, count in leaves.items() if count > 1)
    written = [(row.petition, row.seq) for row in rows]
    yield from (f"{one} is no leaf" for one in written if one not in leaves)


def _looks(desk: Desk) -> Iterator[str]:
    """Each entry of the chain of reading commits to the looks that name it."""
    said = {one.seq: one.inputs for one in entries_of(desk, CHAIN)}
    for number, looks in desk.sealed_looks():
        if statement(tree_hash(said[number]["hash"]), looks) != said[number]:
            yield f"entry {number} commits to other looks"


def _grown(desk: Desk, old: Checkpoint, new: Checkpoint) -> Iterator[str]:
    """The tree of the later checkpoint begins with that of the earlier."""
    hashing, tree = tree_hash(new.hash), desk.log_tree()
    try:
        path = consistency_path(hashing, tree, old.size, new.size)
    except RecordBroken as fault:
        yield fault.text.en
        return
    if not proves_consistency(
        hashing, old=old.size, old_root=old.root, new=new.size, new_root=new.root, path=path
    ):
        yield f"the log of {new.size} leaves does not begin with that of {old.size}"
