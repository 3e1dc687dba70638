"""What stands on a PDF, read by another library than the one that made it."""

from __future__ import annotations

from contextlib import closing

import pypdfium2


def pages_of(pdf: bytes) -> list[str]:
    """The words on each page, without the blanks and line ends that setting them has made."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        found = []
        for page in document:
            with closing(page), closing(page.get_textpage()) as words:
                found.append("".join(words.get_text_range().split()))
        return found


def words_of(pdf: bytes) -> str:
    """All words of a PDF, one after the other."""
    return "".join(pages_of(pdf))
