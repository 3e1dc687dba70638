"""How documents write: days as 2026年11月23日 (GB/T 9704-2012, 7.3.5), full-width punctuation in Chinese (GB/T 15834)."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_HAN: Final = (
    "\u2e80-\u2fdf\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’\U00020000-\U0003ffff"
)
_NARROW = re.compile(rf"(?<=[{_HAN}])[,;:?!()]|[,;:?!()](?=[{_HAN}])")
_WIDE: Final = dict(zip(",;:?!()", "，；：？！（）", strict=True))


def written_day(day: date) -> str:
    """*day* as ``2026年11月23日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def as_written(text: str) -> str:
    """*text* with days like 2026-11-23 written out and punctuation beside Chinese characters in full width.

    What is no day stays as it is; so does punctuation among Latin letters and figures, such as 10:30.
    """
    return _NARROW.sub(lambda found: _WIDE[found[0]], _ISO.sub(_written, text))


def _written(found: re.Match[str]) -> str:
    try:
        return written_day(date(int(found[1]), int(found[2]), int(found[3])))
    except ValueError:
        return found[0]
