"""Keys open what they closed, at its place, and nothing else; commitments prove a value and tell nothing."""

from __future__ import annotations

import secrets
import stat
from pathlib import Path

import pytest

from engine.errors import DataError, RecordBroken
from engine.record import commitments
from engine.record.keys import KEY_FILE, KeyRing, PetitionKey
from engine.settings import SECRET_FILE, Settings, write_once


def _key(ring: KeyRing, petition: str = "p1") -> PetitionKey:
    return ring.unwrapped(petition, ring.new_key(petition))


def test_a_value_is_read_again_at_its_own_place_only() -> None:
    ring = KeyRing.fresh()
    wrapped = ring.new_key("p1")
    sealed = ring.unwrapped("p1", wrapped).encrypt("sealed_value", "1:phone", b"13900000000")

    assert b"139" not in sealed
    assert (
        ring.unwrapped("p1", wrapped).decrypt("sealed_value", "1:phone", sealed) == b"13900000000"
    )
    for table, name in (
        ("blob", "1:phone"),
        ("sealed_value", "1:name"),
        ("sealed_value", "2:phone"),
    ):
        with pytest.raises(RecordBroken):
            ring.unwrapped("p1", wrapped).decrypt(table, name, sealed)


def test_a_changed_byte_is_found() -> None:
    key = _key(KeyRing.fresh())
    sealed = key.encrypt("t", "n", b"value")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(RecordBroken):
            key.decrypt("t", "n", bytes(changed))


def test_a_key_serves_its_own_petition_under_its_own_master_key_only() -> None:
    ring = KeyRing.fresh()
    wrapped = ring.new_key("p1")

    with pytest.raises(RecordBroken):
        ring.unwrapped("p2", wrapped)
    with pytest.raises(RecordBroken):
        KeyRing.fresh().unwrapped("p1", wrapped)


def test_the_same_value_is_never_sealed_the_same_way_twice() -> None:
    key = _key(KeyRing.fresh())

    assert key.encrypt("t", "n", b"value") != key.encrypt("t", "n", b"value")


def test_the_master_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    first = KeyRing.create_in(tmp_path / "data")
    again = KeyRing.create_in(tmp_path / "data")
    path = tmp_path / "data" / KEY_FILE

    assert (
        first.fingerprint
        == again.fingerprint
        == KeyRing.in_directory(tmp_path / "data").fingerprint
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in path.parent.iterdir()] == [KEY_FILE]


def test_a_missing_an_open_and_a_damaged_key_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="没有主密钥文件"):
        KeyRing.in_directory(tmp_path)
    KeyRing.create_in(tmp_path)
    path = tmp_path / KEY_FILE
    path.chmod(0o640)
    with pytest.raises(DataError, match="不得被他人读取"):
        KeyRing.in_directory(tmp_path)
    path.chmod(0o600)
    for damaged in ("not hexadecimal", "00" * 31):
        path.write_text(damaged)
        with pytest.raises(DataError):
            KeyRing.in_directory(tmp_path)


def test_the_blind_index_meets_equal_values_however_they_are_written() -> None:
    ring = KeyRing.fresh()

    assert ring.blind_index("phone", "+86 138-0000-0000") == ring.blind_index(
        "phone", "13800000000"
    )
    assert ring.blind_index("id_number", "11010119900307123x") == ring.blind_index(
        "id_number", "11010119900307123X"
    )
    assert ring.blind_index("phone", "13800000000") != ring.blind_index("phone", "13800000001")
    assert ring.blind_index("phone", "13800000000") != ring.blind_index("id_number", "13800000000")
    assert ring.blind_index("phone", "13800000000") != KeyRing.fresh().blind_index(
        "phone", "13800000000"
    )
    assert len(ring.blind_index("phone", "13800000000")) == 16


def test_a_commitment_is_opened_by_its_value_and_salt_alone() -> None:
    salt = commitments.new_salt()
    committed = commitments.commitment(salt, "演示甲")

    assert commitments.opens(committed, salt, "演示甲")
    assert not commitments.opens(committed, salt, "演示乙")
    assert not commitments.opens(committed, commitments.new_salt(), "演示甲")
    assert commitments.commitment(commitments.new_salt(), "演示甲") != committed


def test_settings_come_from_the_environment_and_have_defaults(tmp_path: Path) -> None:
    bare = Settings.from_environment({})
    named = Settings.from_environment(
        {
            "PETITION_DATA": str(tmp_path),
            "PETITION_DATABASE_URL": "postgresql:///x",
            "PETITION_LANGUAGE": "en",
        }
    )

    assert (bare.data, bare.database_url, bare.language) == (
        Path("data"),
        "sqlite:///data/petition.db",
        "zh",
    )
    assert (named.data, named.database_url, named.language) == (tmp_path, "postgresql:///x", "en")
    with pytest.raises(DataError):
        Settings.from_environment({"PETITION_LANGUAGE": "fr"})


def test_the_secret_of_sessions_is_made_once(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "new", database_url="sqlite://")
    secret = settings.session_secret()

    assert settings.session_secret() == secret
    assert len(secret) >= 64
    assert stat.S_IMODE((tmp_path / "new" / SECRET_FILE).stat().st_mode) == 0o600


def test_of_two_who_write_a_file_first_one_wins_and_both_read_it(tmp_path: Path) -> None:
    mine, theirs = secrets.token_hex(4), secrets.token_hex(4)

    assert write_once(tmp_path / "file", mine) == mine
    assert write_once(tmp_path / "file", theirs) == mine
