"""Whatever its owner alters in the database under a head held outside is found, and the first wrong entry is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from engine.audit.log_check import LogFault, check_log
from engine.audit.papers_check import check_papers
from engine.bootstrap import House
from engine.errors import PetitionError, RecordBroken
from engine.record.held import Held
from engine.store.sequencer import NotToBeSigned
from engine.store.tables import log_leaf
from tests.dossier.conftest import Taken
from tests.dossier.owner import Deed, Owner, deeds
from tests.dossier.verifiers import PROVEN, engine_says, outsider_says
from tests.dossier.world import World, exported, on_copy


def faults(house: House, *held: Held) -> list[LogFault]:
    with house.store.reading() as desk:
        return [*check_log(desk, house.log.signer.public, held), *check_papers(desk)]


def all_deeds(taken: Taken) -> list[Deed]:
    world = taken.world
    with world.place.house.store.reading() as desk:
        covered = select(log_leaf.c.petition, func.count()).where(
            log_leaf.c.place < world.last.size
        )
        found = desk.connection.execute(covered.group_by(log_leaf.c.petition))
        counts = {row[0]: row[1] for row in found}
    return list(deeds(world.file, world.other, counts))


def done(taken: Taken, directory: Path, deed: Deed) -> bytes:
    """The database after the deed."""
    directory.mkdir(exist_ok=True)
    path = directory / "altered.db"
    path.write_bytes(taken.database)
    owner = Owner(path, taken.world.place.house.log.signer)
    deed.do(owner)
    owner.close()
    return path.read_bytes()


def test_an_untouched_database_agrees_with_its_log_and_every_head(world: World) -> None:
    assert faults(world.place.house, *(Held.read(one.note) for one in world.heads)) == []


def test_every_deed_of_an_owner_is_found_and_the_first_wrong_entry_named(
    taken: Taken, tmp_path: Path
) -> None:
    wrong, tried = [], all_deeds(taken)
    for deed in tried:
        with on_copy(taken.world, tmp_path / "copy", done(taken, tmp_path, deed)) as house:
            found = faults(house, taken.world.last)
        if not found:
            wrong.append((deed.name, "not found"))
        elif deed.petition is not None and not _named(deed, found):
            wrong.append((deed.name, deed.petition[:6], deed.seq, found[:3]))

    assert len(tried) >= 200
    assert wrong == []


def test_no_dossier_of_an_altered_record_is_proven_under_the_head_that_is_held(
    taken: Taken, tmp_path: Path
) -> None:
    wrong = []
    for deed in (one for one in all_deeds(taken) if one.exported):
        with on_copy(taken.world, tmp_path / "copy", done(taken, tmp_path, deed)) as house:
            for dossier in _dossiers(house, taken):
                answers = (
                    engine_says(dossier, taken.world.last),
                    outsider_says(dossier, taken.world.last, tmp_path),
                )
                if (
                    PROVEN in {one.status for one in answers}
                    or answers[0].entry != answers[1].entry
                ):
                    wrong.append((deed.name, *answers))

    assert wrong == []


def test_a_database_put_back_is_found_by_a_later_head_before_and_after_it_has_grown_anew(
    taken: Taken, tmp_path: Path
) -> None:
    world, directory = taken.world, tmp_path / "back"
    with on_copy(world, directory, taken.database) as house:
        house.store.close()
    with on_copy(world, directory, taken.database) as house:
        _registered(house, world)
        house.clock.turn_to(house.clock.now() + timedelta(hours=2))
        later = house.log.turn(house.clock.now()).checkpoint
        assert later is not None
        witness = (directory / "witness").read_bytes()
    held = Held.read(later.note)
    with on_copy(world, tmp_path / "older", taken.database) as house:
        (tmp_path / "older" / "witness").write_bytes(witness)
        assert "put back" in faults(house, held)[0].why.en
        with pytest.raises(RecordBroken):
            exported(house, world, heads=(held,))
        for _ in range(4):
            _registered(house, world)
        house.log.catch_up()
        assert [one for one in faults(house, held) if one.seq is not None]
        with pytest.raises(NotToBeSigned):
            house.log.sign(house.clock.now())
        # Even where the witness was put back with it, the head that somebody holds tells.
        (tmp_path / "older" / "witness").write_bytes((world.settings.data / "witness").read_bytes())
        dossier = exported(house, world)
    assert engine_says(dossier, held).status != PROVEN
    assert outsider_says(dossier, held, tmp_path).status != PROVEN


def _registered(house: House, world: World) -> None:
    house.office.perform(world.place.registration())


def _dossiers(house: House, taken: Taken) -> Iterator[bytes]:
    """What the altered office exports, if it does: with a proof for the head that is held, and without."""
    for heads in ((taken.world.last,), ()):
        try:
            yield exported(house, taken.world, heads=heads)
        except PetitionError:
            continue


def _named(deed: Deed, found: list[LogFault]) -> bool:
    of = [one for one in found if one.petition == deed.petition]
    numbers = [one.seq for one in of if one.seq is not None]
    return bool(of) if deed.seq is None else bool(numbers) and min(numbers) == deed.seq
