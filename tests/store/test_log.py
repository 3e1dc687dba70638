"""Every entry becomes one leaf, whoever writes and however many log; nothing is signed that the witness contradicts."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from engine.errors import DataError, RecordBroken
from engine.record.checkpoint import Signer, read_checkpoint
from engine.record.keys import KeyRing
from engine.record.tree import (
    SM3,
    consistency_path,
    inclusion_path,
    proves_consistency,
    proves_inclusion,
    tree_hash,
)
from engine.record.witness import Memory, Witness
from engine.store.archive import restore_archive, write_archive
from engine.store.logrows import entries_without_leaf
from engine.store.sequencer import GAP, NotToBeSigned, Sequencer
from engine.store.store import Store
from engine.store.tables import entry, log_leaf, log_pending
from tests.store.samples import NOW, file, register


@pytest.fixture
def sequencer(store: Store, keys: KeyRing, tmp_path: Path) -> Sequencer:
    return Sequencer(store, signer=Signer.of(keys), witness=Witness(tmp_path / "witness"))


def laid(store: Store, *ids: str) -> None:
    with store.transaction() as paper:
        for id in ids:
            register(paper, file(id), key=f"key-{id}")


def leaves(store: Store) -> list[tuple[str, int]]:
    with store.reading() as desk:
        found = desk.connection.execute(
            select(log_leaf.c.petition, log_leaf.c.seq).order_by(log_leaf.c.place)
        )
        return [(row.petition, row.seq) for row in found]


def test_every_entry_becomes_one_leaf_in_the_order_of_its_chain(
    store: Store, sequencer: Sequencer
) -> None:
    laid(store, "p1", "p2")
    done = sequencer.turn(NOW)

    assert done.leaves == len(leaves(store)) == len(set(leaves(store)))
    assert {("p1", 1), ("p2", 1), ("system", 1)} <= set(leaves(store))
    assert sequencer.turn(NOW + timedelta(seconds=5)).leaves == 0
    with store.reading() as desk:
        assert desk.connection.scalar(select(func.count()).select_from(log_pending)) == 0
        assert entries_without_leaf(desk) == []


def test_a_signed_checkpoint_proves_every_entry_and_every_earlier_checkpoint(
    store: Store, sequencer: Sequencer
) -> None:
    signed = []
    for turn in range(4):
        laid(store, *(f"p{turn}-{number}" for number in range(turn * 3 + 1)))
        made = sequencer.turn(NOW + timedelta(minutes=2 * turn)).checkpoint
        assert made is not None
        signed.append(made)
    last, hashing = signed[-1], tree_hash("sha256")

    with store.reading() as desk:
        tree = desk.log_tree()
        contents = {
            (row.petition, row.seq): bytes(row.content)
            for row in desk.connection.execute(select(entry))
        }
        for place, named in enumerate(leaves(store)):
            assert proves_inclusion(
                hashing, leaf=hashing.leaf(contents[named]), index=place, size=last.size, root=last.root,
                path=inclusion_path(hashing, tree, place, last.size),
            )  # fmt: skip
        for old in signed:
            assert proves_consistency(
                hashing, old=old.size, old_root=old.root, new=last.size, new_root=last.root,
                path=consistency_path(hashing, tree, old.size, last.size),
            )  # fmt: skip
        assert [one.note for one in desk.checkpoints()] == [one.note for one in signed]


def test_the_heads_of_all_chains_are_stated_once_a_legal_day(
    store: Store, sequencer: Sequencer
) -> None:
    laid(store, "p1")
    for hours in (0, 1, 2, 24, 25):
        sequencer.turn(NOW + timedelta(hours=hours))

    with store.reading() as desk:
        stated = [one for one in desk.house_entries() if one.act == "case_heads"]
        for one in stated:
            heads = desk.heads_at(one.inputs["log_size"], one.inputs["hash"])
            assert heads.statement() == one.inputs
            assert ("p1", 1) in {(head.petition, head.seq) for head in heads.all}
    assert len(stated) == 2


def test_a_large_batch_is_logged_in_parts_and_its_kept_levels_are_right(
    store: Store, sequencer: Sequencer
) -> None:
    laid(store, *(f"p{number:04}" for number in range(600)))
    made = sequencer.turn(NOW).checkpoint

    assert made is not None
    with store.reading() as desk:
        tree, hashing = desk.log_tree(), tree_hash("sha256")
        path = inclusion_path(hashing, tree, 300, made.size)
        assert proves_inclusion(
            hashing, leaf=tree.hash(0, 300), index=300, size=made.size, path=path, root=made.root
        )


def test_many_sequencers_at_once_make_each_leaf_once(
    store: Store, sequencer: Sequencer, keys: KeyRing, tmp_path: Path
) -> None:
    sequencer.turn(NOW)

    def work(worker: int) -> None:
        own = Sequencer(store, signer=Signer.of(keys), witness=sequencer.witness)
        for number in range(8):
            laid(store, f"w{worker}-{number}")
            own.catch_up()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    sequencer.catch_up()

    found = leaves(store)
    assert len(found) == len(set(found))
    with store.reading() as desk:
        assert entries_without_leaf(desk) == []
        assert desk.log_state().size == len(found)
    assert sequencer.sign(NOW + timedelta(minutes=5)).size == len(found)


def test_the_tree_is_hashed_with_sm3_where_that_was_chosen_before_the_first_leaf(
    store: Store, sequencer: Sequencer
) -> None:
    sequencer.use_hash(SM3)
    laid(store, "p1")
    made = sequencer.turn(NOW).checkpoint

    assert made is not None
    assert made.hash == SM3
    with pytest.raises(DataError):
        sequencer.use_hash("sha256")
    with pytest.raises(DataError):
        sequencer.use_hash("md5")


# ------------------------------------------------------------------------------- the witness


def test_a_database_put_back_to_an_earlier_day_signs_nothing_until_the_loss_is_accepted(
    store: Store, sequencer: Sequencer, keys: KeyRing, tmp_path: Path
) -> None:
    laid(store, "p1")
    sequencer.turn(NOW)
    older = tmp_path / "older.backup"
    write_archive(store, older)
    laid(store, "p2", "p3")
    sequencer.catch_up()
    lost = sequencer.sign(NOW + timedelta(minutes=5))
    url = f"sqlite:///{tmp_path / 'restored.db'}"
    restore_archive(older, url)
    restored = Store(url, keys=keys)
    behind = Sequencer(restored, signer=Signer.of(keys), witness=sequencer.witness)

    refused = behind.turn(NOW + timedelta(days=2))
    assert refused.checkpoint is None
    assert refused.unsigned is not None
    laid(restored, *(f"q{number}" for number in range(9)))
    grown = behind.turn(NOW + timedelta(days=3))
    assert grown.leaves
    assert grown.checkpoint is None
    with pytest.raises(NotToBeSigned, match="不符"):
        behind.sign(NOW + timedelta(days=3))

    made = behind.accept_loss(NOW + timedelta(days=3))
    assert made.origin == f"{sequencer.signer.name}/2"
    with restored.reading() as desk:
        (gap,) = [one for one in desk.house_entries() if one.act == GAP]
    assert (gap.inputs["size"], gap.inputs["root"]) == (lost.size, lost.root.hex())
    laid(restored, "r1")
    assert behind.turn(NOW + timedelta(days=4)).checkpoint is not None
    restored.close()


def test_without_its_witness_a_log_that_was_signed_is_signed_only_when_somebody_brings_the_last(
    store: Store, sequencer: Sequencer
) -> None:
    laid(store, "p1")
    made = sequencer.turn(NOW).checkpoint
    assert made is not None
    sequencer.witness.path.unlink()
    laid(store, "p2")

    assert sequencer.turn(NOW + timedelta(minutes=2)).unsigned is not None
    sequencer.witness.forget()
    assert sequencer.witness.memory() is Memory.UNKNOWN
    assert sequencer.turn(NOW + timedelta(minutes=4)).unsigned is not None
    with pytest.raises(RecordBroken):
        sequencer.resume(made.note.replace("sha256", "sha255"))
    sequencer.resume(made.note)
    assert sequencer.turn(NOW + timedelta(minutes=6)).checkpoint is not None


def test_business_and_logging_go_on_while_nothing_may_be_signed(
    store: Store, sequencer: Sequencer
) -> None:
    sequencer.witness.forget()
    laid(store, "p1")
    done = sequencer.turn(NOW)

    assert (done.checkpoint, done.leaves > 0) == (None, True)
    with store.reading() as desk:
        assert desk.last_checkpoint() is None
    sequencer.resume(None)
    assert sequencer.turn(NOW).checkpoint is not None


def test_a_leaf_lost_under_a_signed_head_stops_all_signing(
    store: Store, sequencer: Sequencer, url: str
) -> None:
    laid(store, "p1")
    sequencer.turn(NOW)
    with store.transaction() as paper:
        unguarded = "drop trigger log_leaf_kept"
        if url.startswith("postgresql"):
            unguarded = "alter table log_leaf disable trigger all"
        paper.connection.exec_driver_sql(unguarded)
        paper.connection.exec_driver_sql("delete from log_leaf where place = 1")
    laid(store, "p2")

    sequencer.catch_up()
    with pytest.raises(RecordBroken):
        sequencer.sign(NOW + timedelta(minutes=5))


@pytest.mark.parametrize("table", ["log_leaf", "log_node", "log_checkpoint"])
@pytest.mark.parametrize("verb", ["delete from {}", "update {} set place = 5"])
def test_the_log_is_written_once(store: Store, sequencer: Sequencer, table: str, verb: str) -> None:
    laid(store, *(f"p{number:03}" for number in range(300)))
    sequencer.turn(NOW)
    column = "size" if table == "log_checkpoint" else "place"

    with pytest.raises(Exception, match="written once"), store.transaction() as paper:
        paper.connection.exec_driver_sql(verb.format(table).replace("place", column))


def test_a_backup_brings_back_what_waited_and_nothing_twice(
    store: Store, sequencer: Sequencer, keys: KeyRing, tmp_path: Path
) -> None:
    laid(store, "p1")
    sequencer.turn(NOW)
    laid(store, "p2")
    write_archive(store, tmp_path / "b")
    url = f"sqlite:///{tmp_path / 'restored.db'}"
    restore_archive(tmp_path / "b", url)
    restored = Store(url, keys=keys)

    copied = Witness(tmp_path / "copied")
    shutil.copy(sequencer.witness.path, copied.path)
    done = Sequencer(restored, signer=Signer.of(keys), witness=copied).turn(
        NOW + timedelta(minutes=3)
    )
    assert done.leaves == 1
    assert done.checkpoint is not None
    assert read_checkpoint(copied.path.read_text("utf-8")).size == done.checkpoint.size
    restored.close()
