"""Whatever is altered in a dossier, both verifiers find it and name the same entry: the first that is wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.errors import DataError
from engine.record.checkpoint import Signer
from engine.record.dossier import FORMAT
from engine.record.held import Held
from engine.record.keys import KeyRing
from engine.record.packing import read_index, read_members
from tests.dossier.conftest import Taken
from tests.dossier.forging import ANYWHERE, Alteration, Forged, alterations
from tests.dossier.verifiers import PROVEN, engine_says, outsider_alone_says, outsider_says
from tests.effort import effort

AT_LEAST = 200
FLIPS = effort(150, long=5000)


@pytest.fixture(scope="session")
def signer(taken: Taken) -> Signer:
    """The log's own key, stolen."""
    return taken.world.place.house.log.signer


@pytest.fixture(scope="session")
def altered(taken: Taken, signer: Signer) -> list[tuple[Alteration, bytes]]:
    members = read_members(taken.other)
    foreign: tuple[bytes, Any] = (
        members["entries/1.json"],
        read_index(members, FORMAT)["entries"][0],
    )
    return list(_made(taken.opened, signer, foreign))


def _made(
    dossier: bytes, signer: Signer, foreign: tuple[bytes, Any]
) -> Iterator[tuple[Alteration, bytes]]:
    for one in alterations(dossier, signer, foreign):
        forged = Forged(dossier)
        one.alter(forged)
        yield one, forged.packed(signer if one.resigned else None)


def test_every_alteration_is_found_by_both_and_the_first_wrong_entry_is_named(
    taken: Taken, altered: list[tuple[Alteration, bytes]], tmp_path: Path
) -> None:
    held, wrong = taken.world.last, []
    for one, dossier in altered:
        ours, theirs = engine_says(dossier, held), outsider_says(dossier, held, tmp_path)
        named = None if one.entry == ANYWHERE else one.entry
        if PROVEN in {ours.status, theirs.status} or ours.status != theirs.status:
            wrong.append((one.name, ours, theirs))
        elif (ours.entry, theirs.entry) != (named, named):
            wrong.append((one.name, one.entry, ours, theirs))

    assert len(altered) >= AT_LEAST
    assert wrong == []


def test_a_dossier_signed_with_another_key_is_refused_by_whoever_holds_a_head(
    taken: Taken, tmp_path: Path
) -> None:
    own = Signer.of(KeyRing.fresh())
    forged = Forged(taken.opened)
    for note in [forged.index, *forged.index["earlier"]]:
        text = note["checkpoint"].split("\n\n")[0].replace(taken.world.heads[-1].origin, own.name)
        note["checkpoint"] = own.signed(f"{text}\n")
    forged.index["log"] = {**forged.index["log"], "origin": own.name, "key": str(own.public)}
    dossier = forged.packed(own)

    assert engine_says(dossier, None).status == PROVEN
    assert engine_says(dossier, taken.world.last).status != PROVEN
    assert outsider_says(dossier, taken.world.last, tmp_path).status != PROVEN


def test_a_flipped_byte_never_changes_what_is_proven(taken: Taken, tmp_path: Path) -> None:
    dice, held = random.Random(20260302), taken.world.last
    true = read_members(taken.closed)
    for _ in range(FLIPS):
        bent = bytearray(taken.closed)
        bent[dice.randrange(len(bent))] ^= 1 << dice.randrange(8)
        dossier = bytes(bent)
        ours, theirs = engine_says(dossier, held), outsider_says(dossier, held, tmp_path)
        assert (ours.status == PROVEN) == (theirs.status == PROVEN)
        if ours.status == PROVEN:
            # A zip has bytes that say nothing: dates, system, the disk's number.
            assert true == read_members(dossier)


def test_a_dossier_cut_short_anywhere_is_none(taken: Taken, tmp_path: Path) -> None:
    for length in range(0, len(taken.closed), len(taken.closed) // 20 + 1):
        cut = taken.closed[:length]
        assert engine_says(cut, None).status != PROVEN
        assert outsider_says(cut, None, tmp_path).status != PROVEN


def test_outsiders_in_a_process_of_their_own_find_it_too(
    taken: Taken, altered: list[tuple[Alteration, bytes]], tmp_path: Path
) -> None:
    for one, dossier in altered[:: len(altered) // 5]:
        assert outsider_alone_says(dossier, taken.world.last, tmp_path).status != PROVEN, one.name


def test_a_later_head_refuses_an_older_dossier_and_asks_for_a_new_one(
    taken: Taken, tmp_path: Path
) -> None:
    later = Held(size=taken.world.last.size + 50, digits="ab" * 10)

    assert "ask for a new one" in engine_says(taken.closed, later).why
    assert "ask for a new one" in outsider_says(taken.closed, later, tmp_path).why
    with pytest.raises(DataError):
        Held.read("12-34")
