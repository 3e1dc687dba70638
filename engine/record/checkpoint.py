"""Checkpoints: how large the log is and what its root is, signed. The text is that of C2SP tlog-checkpoint, the signature
that of C2SP signed-note with Ed25519, so that tools of others can read both.

    petition.log/5b1f…        whose log, the epoch after a slash where it is not the first
    1234                      how many leaves
    nND/nri/U0x…=             the root, in base64
    hash sha256               how the tree is hashed
    at 2026-03-02T01:00:00Z   when it was signed

    — petition.log/5b1f… Az3g…=
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from engine.errors import DataError, RecordBroken
from engine.record.keys import KeyRing
from engine.record.tree import DIGEST_BYTES
from engine.text import Text

LOG_KEY_FILE: Final = "log.key"
ORIGIN: Final = "petition.log/"
_ED25519: Final = b"\x01"
_MARK: Final = "— "
SHORT_DIGITS: Final = 20
"""Hexadecimal digits of the root on papers: 80 bits, which nobody meets by trying."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What the log was at one moment; ``note`` is the signed text that says so."""

    origin: str
    size: int
    root: bytes
    hash: str
    at: datetime
    note: str = ""

    @property
    def text(self) -> str:
        """What is signed."""
        at = self.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        root = base64.b64encode(self.root).decode()
        return f"{self.origin}\n{self.size}\n{root}\nhash {self.hash}\nat {at}\n"

    @property
    def short(self) -> str:
        """What fits on a receipt: the size, and the first digits of the root."""
        digits = self.root.hex()[:SHORT_DIGITS]
        return f"{self.size}-" + "-".join(digits[at : at + 5] for at in range(0, SHORT_DIGITS, 5))


class Signer:
    """Signs what the log says. Lies in the file ``log.key`` beside the master key, or else is derived from that."""

    def __init__(self, seed: bytes, name: str) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.name = name
        self.public = Verifier(name, self._key.public_key().public_bytes_raw())

    @classmethod
    def of(cls, ring: KeyRing, directory: Path | None = None) -> Signer:
        """The signer of the installation with the keys *ring*, whose files lie in *directory*. Raises DataError."""
        name = f"{ORIGIN}{ring.fingerprint}"
        own = directory / LOG_KEY_FILE if directory is not None else None
        if own is None or not own.is_file():
            return cls(ring.log_seed, name)
        try:
            return cls(bytes.fromhex(own.read_text(encoding="ascii").strip()), name)
        except ValueError as error:
            raise DataError(
                Text("日志签名密钥 {path} 已损坏", "the key of the log {path} is damaged").filled(
                    path=own
                )
            ) from error

    def signed(self, text: str) -> str:
        """*text*, which ends with a newline, as a signed note."""
        signature = base64.b64encode(self.public.id + self._key.sign(text.encode())).decode()
        return f"{text}\n{_MARK}{self.name} {signature}\n"


class Verifier:
    """The public side of a signer. ``str()`` gives the one line in which it is published (C2SP signed-note)."""

    def __init__(self, name: str, public: bytes) -> None:
        self.name = name
        self._public = public
        self._key = Ed25519PublicKey.from_public_bytes(public)
        self.id = hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]

    @classmethod
    def read(cls, line: str) -> Self:
        """The verifier that *line* gives. Raises DataError where it is none."""
        try:
            name, id, key = line.strip().split("+", 2)
            decoded = base64.b64decode(key, validate=True)
            made = cls(name, decoded[1:])
            if decoded[:1] != _ED25519 or made.id.hex() != id:
                raise ValueError(line)
        except ValueError as error:
            raise DataError(
                Text("公钥格式不对:{line}", "no public key of a log: {line}").filled(line=line[:80])
            ) from error
        return made

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(_ED25519 + self._public).decode()}"

    def opened(self, note: str) -> str:
        """The text that *note* holds, its signature checked. Raises RecordBroken where none of ours is right."""
        text, _, signatures = note.rpartition("\n\n")
        for line in signatures.splitlines():
            name, _, encoded = line.removeprefix(_MARK).rpartition(" ")
            if line.startswith(_MARK) and name == self.name and self._signed(text, encoded):
                return f"{text}\n"
        raise RecordBroken(Text("签名与日志公钥不符", "it is not signed with the key of the log"))

    def checkpoint(self, note: str) -> Checkpoint:
        """The checkpoint that *note* holds, its signature checked. Raises RecordBroken."""
        made = read_checkpoint(note)
        self.opened(note)
        return made

    def _signed(self, text: str, encoded: str) -> bool:
        try:
            signature = base64.b64decode(encoded, validate=True)
            if signature[:4] != self.id:
                return False
            self._key.verify(signature[4:], f"{text}\n".encode())
        except (InvalidSignature, binascii.Error):
            return False
        return True


def read_checkpoint(note: str) -> Checkpoint:
    """The checkpoint that *note* holds, its signature not looked at. Raises RecordBroken where it is none."""
    try:
        text, _, _ = note.partition("\n\n")
        origin, size, root, hashed, at = text.split("\n")
        made = Checkpoint(
            origin=origin,
            size=int(size),
            root=base64.b64decode(root, validate=True),
            hash=_after("hash ", hashed),
            at=datetime.fromisoformat(_after("at ", at)),
            note=note,
        )
        if made.text != f"{text}\n" or len(made.root) != DIGEST_BYTES:
            raise ValueError(text)
    except ValueError as error:
        raise RecordBroken(Text("不是日志检查点", "this is no checkpoint of a log")) from error
    return made


def _after(word: str, line: str) -> str:
    if not line.startswith(word):
        raise ValueError(line)
    return line.removeprefix(word)


__all__ = ["LOG_KEY_FILE", "SHORT_DIGITS", "Checkpoint", "Signer", "Verifier", "read_checkpoint"]
