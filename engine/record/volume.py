"""The volume of a closed matter (一案一卷): a signed zip of its papers with a catalogue, and the dossier that proves the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from engine.record.checkpoint import Signer, Verifier
from engine.record.dossier import FORMAT as DOSSIERS
from engine.record.held import Held
from engine.record.packing import not_signed, not_whole, packed, read_index, read_members
from engine.record.proving import Fault, Verdict, verify_dossier
from engine.record.stamps import Authorities
from engine.text import Text

FORMAT: Final = "petition-volume-1"
DOSSIER: Final = "dossier.zip"
CATALOGUE: Final = "volume.pdf"


def write_volume(said: Mapping[str, object], members: Mapping[str, bytes], signer: Signer) -> bytes:
    """The volume as one file; *said* tells whose it is, what is in it and what the check of it found."""
    return packed(FORMAT, {**said, "log": {"key": str(signer.public)}}, members, signer)


def verify_volume(
    content: bytes, *, held: Held | None = None, key: str | None = None, authorities: Authorities | None = None
) -> Verdict:  # fmt: skip
    """Check the volume *content* and the dossier in it; *held*, *key* and *authorities* as for a dossier alone.

    Raises DataError where it is no volume at all.
    """
    members = read_members(content)
    index = read_index(members, FORMAT)
    dossier = members.get(DOSSIER, b"")
    verdict = verify_dossier(dossier, held=held, key=key, authorities=authorities)
    return replace(verdict, faults=(*_faults(members, index, verdict, key), *verdict.faults))


def verified(
    content: bytes, *, held: Held | None = None, key: str | None = None, authorities: Authorities | None = None
) -> Verdict:  # fmt: skip
    """Check *content*, a volume or a dossier alone. Raises DataError where it is neither."""
    index = read_index(read_members(content), FORMAT, DOSSIERS)
    verify = verify_volume if index["format"] == FORMAT else verify_dossier
    return verify(content, held=held, key=key, authorities=authorities)


def _faults(
    members: Mapping[str, bytes], index: Any, verdict: Verdict, key: str | None
) -> Iterator[Fault]:
    for _, why in not_whole(members, index):
        yield Fault(None, why)
    verifier = Verifier.read(str(index["log"]["key"]))
    for why in not_signed(members, index, verifier, key):
        yield Fault(None, why)
    origin = verdict.checkpoint.origin if verdict.checkpoint else ""
    if index["petition"] != verdict.petition or not origin.startswith(verifier.name):
        yield Fault(
            None, Text("卷内案卷属于另一事项或者另一日志", "the dossier in it is of another matter or log")
        )  # fmt: skip


__all__ = ["CATALOGUE", "DOSSIER", "FORMAT", "verified", "verify_volume", "write_volume"]
