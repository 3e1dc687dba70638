"""Days as people and spreadsheets write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from engine.clock import legal_date

_ORDERED = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?=\D|$)")
_TIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{4}|\d{6})?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIAL_ZERO = date(
    1899, 12, 30
)  # day 0 of the spreadsheets' count, which takes 1900 for a leap year


def read_day(text: str) -> date | None:
    """The day that *text* names, with or without a time of day; None where it names none for certain.

    Year first, as in ``2023-01-05``, ``2023/1/5 8:30``, ``2023年1月5日``, ``20230105``; a spreadsheet's count of days; or
    an instant with its zone, which is turned to Asia/Shanghai. A day before the month, or a year of two digits, is left
    to people.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    try:
        if found := _zoned(text):
            return found
        if match := _ORDERED.match(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _TIGHT.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _SERIAL.fullmatch(text):
            return _SERIAL_ZERO + timedelta(days=int(match[1]))
    except ValueError:
        return None
    return None


def _zoned(text: str) -> date | None:
    if "T" not in text:
        return None
    instant = datetime.fromisoformat(text)
    return legal_date(instant) if instant.tzinfo else instant.date()
