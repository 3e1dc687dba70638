"""Which characters the fonts can print. What they lack must not vanish from a paper: it is named by its code point.

Names are written with rare characters, and a font that lacks one leaves an empty box without a word.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Self

GETA: Final = "〓"
"""What printers set where a character is missing."""
_ALWAYS: Final = frozenset({0x09, 0x0A, 0x0D})
_MANY_GROUPS: Final = 12
"""The format of a font's character map that covers all of Unicode (OpenType, cmap)."""


class Glyphs:
    """The characters that all of some fonts have."""

    def __init__(self, known: frozenset[int]) -> None:
        self._known = known

    @classmethod
    def of(cls, *fonts: Path) -> Self:
        """What the OpenType *fonts* have in common."""
        return cls(frozenset.intersection(*(frozenset(_characters(one)) for one in fonts)))

    def __contains__(self, character: str) -> bool:
        return ord(character) in self._known or ord(character) in _ALWAYS

    def spelled(self, text: str) -> str:
        """*text* with every character that cannot be printed as ``〓(U+2B740)``."""
        missing = {one for one in set(text) if one not in self}
        return text.translate({ord(one): f"{GETA}(U+{ord(one):04X})" for one in missing})


def _characters(font: Path) -> Iterator[int]:
    data = font.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    for place in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sIII", data, 12 + 16 * place)
        if tag == b"cmap":
            yield from _mapped(data, start)


def _mapped(data: bytes, start: int) -> Iterator[int]:
    (maps,) = struct.unpack_from(">H", data, start + 2)
    for place in range(maps):
        (offset,) = struct.unpack_from(">I", data, start + 4 + 8 * place + 4)
        (kind,) = struct.unpack_from(">H", data, start + offset)
        if kind == _MANY_GROUPS:
            (groups,) = struct.unpack_from(">I", data, start + offset + 12)
            for group in range(groups):
                first, last, _ = struct.unpack_from(">III", data, start + offset + 16 + 12 * group)
                yield from range(first, last + 1)
