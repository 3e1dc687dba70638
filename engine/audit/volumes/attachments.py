"""Files that were handed in, judged by their octets alone: whether they can be opened, and whether something in them would run.

No search for viruses: that is the receiving archive's own.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from engine.text import Text

_STARTS: Final = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}
_ENDS: Final = {
    "application/pdf": b"%%EOF",
    "image/png": b"IEND\xae\x42\x60\x82",
    "image/jpeg": b"\xff\xd9",
}
_TAIL: Final = 2048
"""Octets at the end of a file in which its end is looked for."""
_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")
_IN_PDF: Final = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|SubmitForm|ImportData)\b"
)
_IN_MARKUP: Final = re.compile(rb"<\s*(script|iframe|object|embed)\b", re.IGNORECASE)
_IN_OFFICE: Final = re.compile(r"(?i)(vbaProject\.bin|/embeddings/|/activeX/)")

UNKNOWN: Final = Text("格式不在长期保存之列", "its format is none for keeping")
OTHER: Final = Text("内容不是所标的格式", "its content is not of the format it claims")
CUT: Final = Text("末尾缺损", "its end is missing")


def fault_of(media_type: str, content: bytes) -> Text | None:
    """Why a file cannot be relied on to open; None where nothing speaks against it."""
    start = _STARTS.get(media_type)
    if start is None:
        return UNKNOWN
    if not content.startswith(start):
        return OTHER
    return None if _ENDS[media_type] in content[-_TAIL:] else CUT


def active_in(content: bytes) -> str | None:
    """The name of what would run or fetch something in *content*; None where nothing was found."""
    if content.startswith(_PROGRAMS):
        return "program"
    if content.startswith(b"%PDF-"):
        found = _IN_PDF.search(content)
        return found[0].decode() if found else None
    if content.startswith(b"PK"):
        return _in_archive(content)
    found = _IN_MARKUP.search(content[:1_000_000])
    return found[0].decode(errors="replace") if found else None


def _in_archive(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return next((name for name in archive.namelist() if _IN_OFFICE.search(name)), None)
    except zipfile.BadZipFile:
        return "zip"
