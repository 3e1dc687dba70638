"""A dossier proves itself to both verifiers, shows nothing of others, and nothing that it should not."""

from __future__ import annotations

import ast
import io
import sys
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.errors import NotFound, RecordBroken
from engine.petition.parties import Actor, Role
from engine.record.checkpoint import Signer
from engine.record.dossier import FORMAT
from engine.record.held import Held
from engine.record.keys import KeyRing
from engine.record.packing import read_index, read_members
from engine.record.tree import SM3
from engine.store.tables import entry, viewing
from tests.dossier.conftest import Taken
from tests.dossier.verifiers import (
    PROVEN,
    REFUSED,
    VERIFIER,
    engine_says,
    outsider_alone_says,
    outsider_says,
)
from tests.dossier.world import MARKER, World, exported, lived_in, on_copy, workplace


def test_a_dossier_proves_itself_under_every_head_that_was_asked_for(
    taken: Taken, tmp_path: Path
) -> None:
    for dossier in (taken.opened, taken.closed):
        for head in (None, *(Held.read(one.note) for one in taken.world.heads)):
            assert engine_says(dossier, head).status == PROVEN
            assert outsider_says(dossier, head, tmp_path).status == PROVEN


def test_the_words_on_a_receipt_are_a_head(taken: Taken, tmp_path: Path) -> None:
    for checkpoint in taken.world.heads:
        held = Held.read(checkpoint.short)
        other = replace(held, digits="0" * 20)

        assert engine_says(taken.closed, held).status == PROVEN
        assert outsider_says(taken.closed, held, tmp_path).status == PROVEN
        assert engine_says(taken.closed, other).status == REFUSED
        assert outsider_says(taken.closed, other, tmp_path).status == REFUSED


def test_the_independent_verifier_needs_nothing_but_the_standard_library(
    taken: Taken, tmp_path: Path
) -> None:
    module = ast.parse(VERIFIER.read_text("utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(module)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported <= sys.stdlib_module_names
    assert outsider_alone_says(taken.opened, taken.world.last, tmp_path).status == PROVEN
    assert VERIFIER.read_text("utf-8").count("\n") < 400


def test_another_key_than_the_known_one_is_refused(taken: Taken, tmp_path: Path) -> None:
    known = str(taken.world.place.house.log.signer.public)
    other = str(Signer.of(KeyRing.fresh()).public)

    assert engine_says(taken.closed, None, known).status == PROVEN
    assert outsider_says(taken.closed, None, tmp_path, known).status == PROVEN
    assert engine_says(taken.closed, None, other).status == REFUSED
    assert outsider_says(taken.closed, None, tmp_path, other).status == REFUSED


def test_without_a_purpose_nothing_personal_and_no_salt_is_in_a_dossier(taken: Taken) -> None:
    members = read_members(taken.closed)

    assert not [name for name, data in members.items() if MARKER.encode() in data]
    assert not [name for name in members if name.startswith(("values/", "documents/"))]
    opened = read_members(taken.opened)
    assert [name for name, data in opened.items() if MARKER.encode() in data]
    assert [name for name in opened if name.startswith("documents/")]


def test_a_dossier_tells_of_no_other_petition(taken: Taken) -> None:
    world = taken.world
    with world.place.house.store.reading() as desk:
        theirs = set(
            desk.connection.scalars(select(entry.c.digest).where(entry.c.petition == world.other))
        )
        other = desk.load(world.other)
    everything = b"".join(read_members(taken.opened).values())

    assert not [
        one
        for one in {*theirs, world.other, other.number, other.code}
        if one.encode() in everything
    ]


def test_whoever_may_not_see_a_file_gets_no_dossier_and_every_export_is_logged(
    taken: Taken, tmp_path: Path
) -> None:
    world = taken.world
    stranger = Actor(person="nobody", organ="county.bureau", roles=frozenset({Role.CLERK}))
    with on_copy(world, tmp_path / "copy", taken.database) as house:
        with house.store.reading() as desk:
            before = desk.connection.execute(select(viewing)).all()
        with pytest.raises(NotFound):
            exported(house, replace(world, viewer=stranger))
        with house.store.reading() as desk:
            assert len(desk.connection.execute(select(viewing)).all()) == len(before)
        exported(house, world, purpose="审计抽查")
        with house.store.reading() as desk:
            looks = desk.viewings(world.viewer, world.file, on=house.clock.now().date())
    assert ("export", "审计抽查") in {(one.what, one.reason) for one in looks}


def test_a_dossier_is_whole_to_the_moment_of_its_export(world: World, tmp_path: Path) -> None:
    place = world.place
    place.clock.turn_to(place.clock.now() + timedelta(hours=1))
    dossier = exported(place.house, world)
    index = read_index(read_members(dossier), FORMAT)

    assert index["heads"][-1]["seq"] == len(index["entries"])
    assert engine_says(dossier, None).status == PROVEN
    assert outsider_says(dossier, None, tmp_path).status == PROVEN


def test_a_head_of_another_log_or_of_another_past_gets_no_dossier(
    taken: Taken, tmp_path: Path
) -> None:
    world = taken.world
    with on_copy(world, tmp_path / "copy", taken.database) as house:
        for held in (
            Held(size=world.last.size, digits="00" * 10),
            Held(size=world.last.size + 1000, digits=world.last.digits),
        ):
            with pytest.raises(RecordBroken):
                exported(house, world, heads=(held,))


def test_a_log_hashed_with_sm3_proves_its_dossiers_too(tmp_path: Path) -> None:
    with workplace("sqlite", server=None, directory=tmp_path) as place:
        place.house.log.use_hash(SM3)
        world = lived_in(place)
        dossier = exported(place.house, world, heads=(world.last,))

        assert world.heads[-1].hash == SM3
        assert engine_says(dossier, world.last).status == PROVEN
        assert outsider_says(dossier, world.last, tmp_path).status == PROVEN


def test_erasure_leaves_every_proof_and_nothing_personal(taken: Taken, tmp_path: Path) -> None:
    world = taken.world
    directory = tmp_path / "erased"
    with on_copy(world, directory, taken.database) as house:
        before = exported(house, world, heads=(world.last,))
        with house.store.transaction() as paper:
            paper.erase(paper.load(world.file), house.clock.now())
        after = exported(house, world, purpose="复核", heads=(world.last,))
    everything = b"".join(path.read_bytes() for path in directory.iterdir())

    assert MARKER.encode() not in everything
    for dossier in (before, after):
        assert engine_says(dossier, world.last).status == PROVEN
        assert outsider_says(dossier, world.last, tmp_path).status == PROVEN
    with zipfile.ZipFile(io.BytesIO(after)) as archive:
        assert not [name for name in archive.namelist() if MARKER.encode() in archive.read(name)]
