"""A head of the log that somebody holds: a whole checkpoint, or the few digits that stand on a paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from engine.errors import DataError, RecordBroken
from engine.record.checkpoint import SHORT_DIGITS, Checkpoint, Verifier, read_checkpoint
from engine.text import Text

_SHORT: Final = re.compile(r"(\d+)-([0-9a-f-]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The head of a log of *size* leaves whose root begins with the hexadecimal *digits*."""

    size: int
    digits: str
    note: str | None = None

    @classmethod
    def read(cls, text: str) -> Held:
        """The head that *text* gives: a signed checkpoint, or ``1234-9f3a1-…`` from a paper. Raises DataError."""
        text = text.lstrip("\ufeff").replace("\r\n", "\n")
        if found := _SHORT.fullmatch(text.strip().lower()):
            digits = found[2].replace("-", "")
            if len(digits) == SHORT_DIGITS:
                return cls(size=int(found[1]), digits=digits)
        try:
            made = read_checkpoint(text)
        except RecordBroken as error:
            raise DataError(
                Text(
                    "日志头应为检查点文件,或者凭证上的 1234-9f3a1-… 字样",
                    "a head is a checkpoint, or 1234-9f3a1-… as it stands on a paper",
                )
            ) from error
        return cls(size=made.size, digits=made.root.hex(), note=text)

    def agrees_with(self, checkpoint: Checkpoint, verifier: Verifier) -> bool:
        """Whether *checkpoint* is of the same tree, and, where the whole of it is held, signed with the same key."""
        if self.note is not None:
            try:
                verifier.opened(self.note)
            except RecordBroken:
                return False
            if read_checkpoint(self.note).origin != checkpoint.origin:
                return False
        same_size = self.size == checkpoint.size
        return same_size and checkpoint.root.hex().startswith(self.digits)
