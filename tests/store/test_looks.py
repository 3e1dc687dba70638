"""Every look at a file is committed to by the chain of reading, moves no petition, and can be neither changed nor dropped."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Executable, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from engine.audit.papers_check import check_papers
from engine.clock import legal_date
from engine.errors import RecordBroken
from engine.petition.entries import Entry
from engine.record import chain
from engine.record.checkpoint import Signer
from engine.record.commitments import new_salt
from engine.record.keys import KeyRing
from engine.record.looks import CHAIN
from engine.record.witness import Witness
from engine.store.queries import timeline
from engine.store.sealing import seal_reason
from engine.store.sequencer import Sequencer
from engine.store.store import Store
from engine.store.tables import viewing
from tests.store.samples import CLERK, NOW, file, register

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
REASON = "演示甲来电询问"


@pytest.fixture
def sequencer(store: Store, keys: KeyRing, tmp_path: Path) -> Sequencer:
    with store.transaction() as paper:
        register(paper, file("p1"), key="key-p1")
    made = Sequencer(store, signer=Signer.of(keys), witness=Witness(tmp_path / "witness"))
    made.turn(NOW)
    return made


def looked(store: Store, *whats: str) -> None:
    for place, what in enumerate(whats):
        with store.transaction() as paper:
            paper.look(CLERK, "p1", what, now=NOW + place * SECOND)


def reads(store: Store) -> list[Entry]:
    with store.reading() as desk:
        return list(timeline.entries_of(desk, CHAIN))


def faults(store: Store) -> list[tuple[str | None, int | None]]:
    with store.reading() as desk:
        return [(one.petition, one.seq) for one in check_papers(desk) if one.petition == CHAIN]


def kept(store: Store) -> tuple[str, bytes | None]:
    with store.reading() as desk:
        row = desk.connection.execute(select(viewing.c.reason, viewing.c.sealed)).one()
    return row.reason, row.sealed


def shown(store: Store) -> list[str | None]:
    with store.reading() as desk:
        return [one.reason for one in desk.viewings(CLERK, "p1", on=legal_date(NOW))]


def test_the_reason_of_a_look_is_shown_and_lies_sealed_until_the_file_is_erased(
    store: Store, sequencer: Sequencer
) -> None:
    with store.transaction() as paper:
        paper.look(CLERK, "p1", "opinion", purpose=REASON, now=NOW)
    sequencer.seal_looks(NOW + MINUTE)
    committed, sealed = kept(store)
    assert shown(store) == [REASON]
    assert len(committed) == 64
    assert sealed
    assert REASON.encode() not in sealed

    with store.transaction() as paper:
        paper.erase(paper.load("p1"), NOW)
        paper.look(CLERK, "p1", "receipt", purpose=REASON, now=NOW + 2 * MINUTE)
    sequencer.seal_looks(NOW + 3 * MINUTE)

    assert shown(store) == [None, None]
    assert faults(store) == []


def test_a_reason_that_was_noted_in_the_clear_before_still_stands_and_verifies(
    store: Store, sequencer: Sequencer
) -> None:
    old = {
        "id": "1" * 24, "petition": "p1", "person": CLERK.person, "organ": CLERK.organ, "what": "opinion",
        "reason": REASON, "seen_at": NOW,
    }  # fmt: skip
    with store.transaction() as paper:
        paper.connection.execute(insert(viewing), [old])
    looked(store, "receipt")
    sequencer.seal_looks(NOW + MINUTE)

    assert sorted(shown(store), key=str) == ["", REASON]
    assert faults(store) == []


def test_another_reason_under_the_same_commitment_is_not_shown(
    store: Store, sequencer: Sequencer
) -> None:
    with store.transaction() as paper:
        paper.look(CLERK, "p1", "opinion", purpose=REASON, now=NOW)
        key = paper.key_of(paper.load("p1"))
        assert key is not None
        id = paper.connection.scalar(select(viewing.c.id))
        forged = seal_reason(key, str(id), new_salt(), "another")
        paper.connection.execute(update(viewing).values(sealed=forged))

    with pytest.raises(RecordBroken):
        shown(store)


def test_looks_of_a_minute_are_one_entry_and_move_no_petition(
    store: Store, sequencer: Sequencer
) -> None:
    looked(store, "opinion", "receipt", "letter")
    assert sequencer.turn(NOW + 10 * SECOND).leaves == 0
    assert reads(store) == []

    assert sequencer.turn(NOW + MINUTE).leaves == 1
    looked(store, "opinion")
    sequencer.seal_looks(NOW + 2 * MINUTE)

    first, second = reads(store)
    chain.verify_chain([first, second])
    assert (first.inputs["looks"], second.inputs["looks"]) == (3, 1)
    assert faults(store) == []
    with store.reading() as desk:
        assert desk.load("p1").version == 0


def test_what_nothing_commits_to_yet_is_committed_to_with_the_heads_of_the_night(
    store: Store, sequencer: Sequencer
) -> None:
    looked(store, "opinion")
    sequencer.state_heads(NOW + 5 * SECOND)

    assert len(reads(store)) == 1


@pytest.mark.parametrize(
    "alteration",
    [
        update(viewing).values(reason="another"),
        update(viewing).values(person="somebody"),
        update(viewing).values(entry=7),
        delete(viewing),
    ],
    ids=["reason", "person", "entry", "dropped"],
)
def test_a_look_that_is_committed_to_is_written_once(
    store: Store, sequencer: Sequencer, alteration: Executable
) -> None:
    looked(store, "opinion", "receipt")
    sequencer.seal_looks(NOW)

    with pytest.raises(DBAPIError), store.transaction() as paper:
        paper.connection.execute(alteration)
    assert faults(store) == []
