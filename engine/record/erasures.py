"""The register of erasures: which files were erased and when, kept outside the database, for the day a backup comes back.

A backup is older than what was erased after it, and brings the destroyed keys back. So every erasure is a line of a file
beside the witness, and an office that finds one of its files there with its key opens only after it was erased again. It
names files by their ids and holds nothing personal.

    {"at":"2026-03-02T01:00:00.000000+00:00","entry":12,"petition":"5b1f…"}
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from engine.errors import DataError
from engine.record.canonical import canonical_bytes, read_canonical
from engine.text import Text

_OWNER_ONLY: Final = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """The file *petition* was erased by its entry number *entry*, recorded *at* that instant."""

    petition: str
    entry: int
    at: datetime

    def line(self) -> bytes:
        """The line that says so."""
        said = {"petition": self.petition, "entry": self.entry, "at": self.at}
        return canonical_bytes(said) + b"\n"


class Register:
    """The register that is the file *path*."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def present(self) -> bool:
        """Whether there is one here."""
        return self.path.exists()

    def erasures(self) -> dict[str, Erasure]:
        """What it holds, by the ids of the files. Nothing where there is none. Raises DataError where a line is damaged."""
        try:
            return read_erasures(self.path.read_bytes())
        except FileNotFoundError:
            return {}

    def add(self, erasures: Iterable[Erasure]) -> None:
        """Write *erasures* down; they are on the disk when this returns. Whoever writes at the same time loses nothing."""
        lines = b"".join(one.line() for one in erasures)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, _OWNER_ONLY)
        try:
            os.ftruncate(handle, _whole(handle))
            os.write(handle, lines)
            os.fsync(handle)
        finally:
            os.close(handle)


def read_erasures(content: bytes) -> dict[str, Erasure]:
    """The erasures that *content* lists, by the ids of the files. Raises DataError.

    A last line without its end was torn off by a fault while it was written, and says nothing.
    """
    whole, _, _ = content.rpartition(b"\n")
    found: dict[str, Erasure] = {}
    for number, line in enumerate(whole.split(b"\n"), start=1):
        if line.strip():
            made = _read(line, number)
            found[made.petition] = made
    return found


def _read(line: bytes, number: int) -> Erasure:
    try:
        said = read_canonical(line)
        return Erasure(
            petition=str(said["petition"]),
            entry=int(said["entry"]),
            at=datetime.fromisoformat(said["at"]),
        )
    except (DataError, KeyError, TypeError, ValueError) as error:
        raise DataError(
            Text("删除登记册第{number}行已损坏", "line {number} of the register of erasures is damaged").filled(
                number=number
            )
        ) from error  # fmt: skip


def _whole(handle: int) -> int:
    """How many bytes whole lines take: a line that a fault tore off goes, before others follow it."""
    content = os.pread(handle, os.fstat(handle).st_size, 0)
    return content.rfind(b"\n") + 1


__all__ = ["Erasure", "Register", "read_erasures"]
