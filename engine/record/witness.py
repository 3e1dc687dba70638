"""The witness: the last checkpoint that was signed, kept outside the database.

A database that was put back to an earlier day would grow another tree and sign it; whoever held a head of the first would
then hold a head of nothing. So nothing is signed before the log is known to go on from what the witness saw. The file
lies in the data directory, or where PETITION_WITNESS says: better on another machine.
"""

from __future__ import annotations

import os
import secrets
from enum import StrEnum
from pathlib import Path
from typing import Final

from engine.errors import RecordBroken
from engine.record.checkpoint import Checkpoint, Verifier
from engine.text import Text

UNKNOWN: Final = "unknown\n"
"""What a restored installation holds instead of a checkpoint, until somebody brings the last one."""


class Memory(StrEnum):
    """What the witness can say."""

    NOTHING = "nothing"
    """Nothing was ever signed here, as far as it knows."""
    UNKNOWN = "unknown"
    """Something may have been signed, and it does not know what."""
    KNOWN = "known"


class Witness:
    """The witness whose memory is the file *path*."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def memory(self) -> Memory:
        """What it can say."""
        try:
            return Memory.UNKNOWN if self._text() == UNKNOWN else Memory.KNOWN
        except FileNotFoundError:
            return Memory.NOTHING

    def last(self, verifier: Verifier) -> Checkpoint:
        """The last checkpoint it saw. Raises RecordBroken where its file holds none that *verifier* accepts."""
        try:
            return verifier.checkpoint(self._text())
        except (FileNotFoundError, UnicodeDecodeError) as error:
            raise RecordBroken(_NO_WITNESS) from error

    def remember(self, note: str) -> None:
        """Keep *note*; it is on the disk when this returns."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}")
        with open(draft, "x", encoding="utf-8") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)

    def forget(self) -> None:
        """Say from now on that it does not know: after a restore, which brings no witness along."""
        self.remember(UNKNOWN)

    def _text(self) -> str:
        return self.path.read_text(encoding="utf-8")


_NO_WITNESS = Text("见证文件无法读取", "the witness file cannot be read")

__all__ = ["UNKNOWN", "Memory", "Witness"]
