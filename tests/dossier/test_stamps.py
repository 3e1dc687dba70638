"""Time stamps over heads of the log: asked, taken, kept beside the record, carried in dossiers, and checked by both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from engine.audit.exporting import READING_COPY
from engine.audit.log_check import check_log
from engine.bootstrap import House
from engine.errors import BadInput, RecordBroken
from engine.record.checkpoint import Checkpoint
from engine.record.packing import read_members
from engine.record.proving import verify_dossier
from engine.record.stamps import NOTE, REPLY, STAMPS, read_certificates
from engine.store.queries.stamped import stamps
from tests.dossier.conftest import Taken
from tests.dossier.forging import Forged
from tests.dossier.verifiers import PROVEN, REFUSED, engine_says, outsider_says
from tests.dossier.world import World, exported, on_copy
from tests.printing.reading import words_of
from tests.record.authority import Authority


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """An office whose head was stamped, and the authority."""

    house: House
    world: World
    authority: Authority
    head: Checkpoint


@pytest.fixture(scope="module")
def stamped(taken: Taken, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stamped]:
    authority = Authority()
    with on_copy(taken.world, tmp_path_factory.mktemp("stamped"), taken.database) as house:
        head = _stamped(house, authority)
        yield Stamped(house=house, world=taken.world, authority=authority, head=head)


def _stamped(house: House, authority: Authority, wrong: int = 0) -> Checkpoint:
    """Ask for a stamp and take what *authority* replies."""
    now = house.clock.now()
    head, request = house.stamping.ask(now)
    assert request[:1] == b"\x30"
    with house.store.reading() as desk:
        nonce = next(one.nonce for one in stamps(desk) if one.reply is None)
    reply = authority.reply(head.note.encode(), nonce + wrong, at=now + timedelta(seconds=5))
    taken_head, stamp = house.stamping.take(reply, read_certificates(authority.pem), now)
    assert taken_head == head
    assert stamp.authority == authority.name
    return head


def test_a_stamp_is_kept_as_an_entry_and_in_dossiers_that_its_head_covers(
    stamped: Stamped, tmp_path: Path
) -> None:
    dossier = exported(stamped.house, stamped.world, heads=(stamped.world.last,))
    name = f"{STAMPS}{stamped.head.size}"
    members = read_members(dossier)

    assert members[f"{name}{NOTE}"] == stamped.head.note.encode()
    assert f"{name}{REPLY}" in members
    assert stamped.authority.name in words_of(members[READING_COPY])
    assert engine_says(dossier, stamped.world.last).status == PROVEN
    said = outsider_says(dossier, stamped.world.last, tmp_path)
    assert said.status == PROVEN
    with stamped.house.store.reading() as desk:
        acts = [one.act for one in desk.house_entries()]
        assert list(check_log(desk, stamped.house.log.signer.public)) == []
    assert acts.count("ask_stamp") == acts.count("stamp_log") == 1


def test_a_verifier_that_trusts_the_authority_believes_it_and_another_does_not(
    stamped: Stamped,
) -> None:
    dossier = exported(stamped.house, stamped.world, heads=(stamped.world.last,))
    trusted = verify_dossier(dossier, authorities=read_certificates(stamped.authority.pem))
    stranger = verify_dossier(dossier, authorities=read_certificates(Authority().pem))
    nobody = verify_dossier(dossier)

    assert trusted.proven
    assert [size for size, _ in trusted.stamps] == [stamped.head.size]
    assert not stranger.proven
    assert "不能由所给证书证明" in str(stranger.first.why if stranger.first else "")
    assert nobody.proven
    assert nobody.stamps == trusted.stamps


def test_a_stamp_of_another_head_is_found_by_both(stamped: Stamped, tmp_path: Path) -> None:
    world, signer = stamped.world, stamped.house.log.signer
    dossier = exported(stamped.house, world, heads=(world.last,))
    for size, note in ((stamped.head.size, b"another note"), (3, stamped.head.note.encode())):
        forged = Forged(dossier)
        old = f"{STAMPS}{stamped.head.size}"
        reply = forged.members.pop(f"{old}{REPLY}")
        del forged.members[f"{old}{NOTE}"]
        forged.members |= {f"{STAMPS}{size}{REPLY}": reply, f"{STAMPS}{size}{NOTE}": note}
        altered = forged.packed(signer)

        assert engine_says(altered, world.last).status == REFUSED
        assert outsider_says(altered, world.last, tmp_path).status == REFUSED
    forged = Forged(dossier)
    del forged.members[f"{STAMPS}{stamped.head.size}{NOTE}"]
    assert engine_says(forged.packed(signer), world.last).status == REFUSED
    assert outsider_says(forged.packed(signer), world.last, tmp_path).status == REFUSED


def test_only_the_answer_to_our_request_is_taken_and_once(stamped: Stamped) -> None:
    house, authority = stamped.house, stamped.authority
    house.clock.turn_to(house.clock.now() + timedelta(hours=1))  # type: ignore[attr-defined]
    with pytest.raises(RecordBroken, match="随机数与请求不符"):
        _stamped(house, authority, wrong=1)
    now, trusted = house.clock.now(), read_certificates(authority.pem)
    with house.store.reading() as desk:
        waiting = next(one for one in stamps(desk) if one.reply is None)
    note = waiting.checkpoint.note.encode()

    with pytest.raises(RecordBroken, match="散列值不符"):
        house.stamping.take(authority.reply(note + b" ", waiting.nonce, at=now), trusted, now)
    good = authority.reply(note, waiting.nonce, at=now)
    with pytest.raises(RecordBroken, match="不能由所给证书证明"):
        house.stamping.take(good, read_certificates(Authority().pem), now)
    house.stamping.take(good, trusted, now)
    with pytest.raises(BadInput, match="已经收下"):
        house.stamping.take(good, trusted, now)


def test_a_stamp_that_was_exchanged_in_the_database_is_found(
    stamped: Stamped, taken: Taken, tmp_path: Path
) -> None:
    with on_copy(taken.world, tmp_path / "owned", taken.database) as house:
        _stamped(house, stamped.authority)
        with house.store.engine.begin() as connection:
            connection.exec_driver_sql("drop trigger stamp_unchanged")
            connection.exec_driver_sql("drop trigger stamp_kept")
            other = stamped.authority.reply(b"something else", 5, at=house.clock.now())
            connection.exec_driver_sql("update stamp set reply = ?", (other,))
        with house.store.reading() as desk:
            assert list(check_log(desk, house.log.signer.public))
        with house.store.engine.begin() as connection:
            connection.exec_driver_sql("delete from stamp")
        with house.store.reading() as desk:
            assert list(check_log(desk, house.log.signer.public))
