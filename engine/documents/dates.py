"""Days as documents write them: 2026年11月23日, without leading zeros (GB/T 9704-2012, 7.3.5)."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")


def written_day(day: date) -> str:
    """*day* as ``2026年11月23日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def with_written_days(text: str) -> str:
    """*text* with every day like 2026-11-23 in it written out; what is no day stays as it is."""
    return _ISO.sub(_written, text)


def _written(found: re.Match[str]) -> str:
    try:
        return written_day(date(int(found[1]), int(found[2]), int(found[3])))
    except ValueError:
        return found[0]
