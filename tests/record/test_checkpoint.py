"""A checkpoint says what was signed and nothing else; the witness remembers the last one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.errors import DataError, RecordBroken
from engine.record.checkpoint import LOG_KEY_FILE, Checkpoint, Signer, Verifier, read_checkpoint
from engine.record.keys import KeyRing
from engine.record.witness import Memory, Witness

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
RING = KeyRing(bytes(range(32)))
SIGNER = Signer.of(RING)
MADE = Checkpoint(origin=SIGNER.name, size=1234, root=bytes(range(32)), hash="sha256", at=NOW)
NOTE = SIGNER.signed(MADE.text)


def test_a_signed_checkpoint_reads_as_it_was_made() -> None:
    opened = Verifier.read(str(SIGNER.public)).checkpoint(NOTE)

    assert (opened.origin, opened.size, opened.root) == (MADE.origin, MADE.size, MADE.root)
    assert (opened.hash, opened.at, opened.note) == ("sha256", NOW, NOTE)
    assert NOTE.splitlines()[:3] == [
        SIGNER.name, "1234", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    ]  # fmt: skip
    assert MADE.short == "1234-00010-20304-05060-70809"


@pytest.mark.parametrize("place", range(0, len(NOTE), 3))
def test_a_changed_letter_of_a_checkpoint_is_refused(place: int) -> None:
    changed = NOTE[:place] + ("x" if NOTE[place] != "x" else "y") + NOTE[place + 1 :]

    with pytest.raises(RecordBroken):
        SIGNER.public.checkpoint(changed)


@pytest.mark.parametrize("note", ["", "\n\n", "a\nb\nc\n\n— d e\n", NOTE.replace("1234", "01234")])
def test_what_is_no_checkpoint_is_refused(note: str) -> None:
    with pytest.raises(RecordBroken):
        read_checkpoint(note)


def test_signatures_of_others_are_passed_over_and_do_not_count() -> None:
    other = Signer.of(KeyRing.fresh())
    foreign = other.signed(MADE.text).splitlines()[-1]

    assert SIGNER.public.checkpoint(NOTE + foreign + "\n").size == 1234
    with pytest.raises(RecordBroken):
        SIGNER.public.checkpoint(other.signed(MADE.text))


@pytest.mark.parametrize("line", ["", "a+b+c", str(SIGNER.public)[:-4], "x" + str(SIGNER.public)])
def test_what_is_no_public_key_is_refused(line: str) -> None:
    with pytest.raises(DataError):
        Verifier.read(line)


def test_a_key_of_its_own_replaces_the_one_derived_from_the_master_key(tmp_path: Path) -> None:
    assert str(Signer.of(RING, tmp_path).public) == str(SIGNER.public)
    (tmp_path / LOG_KEY_FILE).write_text("07" * 32)
    own = Signer.of(RING, tmp_path)

    assert own.name == SIGNER.name
    assert str(own.public) != str(SIGNER.public)
    (tmp_path / LOG_KEY_FILE).write_text("no key")
    with pytest.raises(DataError):
        Signer.of(RING, tmp_path)


def test_the_witness_remembers_the_last_checkpoint_and_says_when_it_does_not(
    tmp_path: Path,
) -> None:
    witness = Witness(tmp_path / "elsewhere" / "witness")
    assert witness.memory() is Memory.NOTHING

    witness.remember(NOTE)
    assert witness.memory() is Memory.KNOWN
    assert witness.last(SIGNER.public).size == 1234

    witness.forget()
    assert witness.memory() is Memory.UNKNOWN
    with pytest.raises(RecordBroken):
        witness.last(SIGNER.public)
