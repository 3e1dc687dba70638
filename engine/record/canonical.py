"""The canonical form: one value, one sequence of bytes, whatever program writes it.

JSON without spaces; keys in ASCII and sorted; strings, booleans, null and whole numbers below 2^53; no floats. On this
subset every JSON library that sorts keys gives the same bytes. Days and instants are written as ISO 8601, instants in
UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import orjson

from engine.errors import DataError
from engine.text import Text

LARGEST = 2**53 - 1
_PLAIN = frozenset({str, bool, type(None)})
"""What is plain at first sight: nearly all of an entry, and entries are written with every command."""


def canonical_bytes(value: object) -> bytes:
    """The canonical form of *value*. Raises DataError, naming the place, where it has none."""
    try:
        return orjson.dumps(plain(value), option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as error:
        raise _no_form("", str(error)) from error


def canonical_text(value: object) -> str:
    """The canonical form of *value* as text. Raises DataError as :func:`canonical_bytes` does."""
    return canonical_bytes(value).decode()


def read_canonical(content: bytes | str) -> Any:
    """The value whose canonical form is *content*. Raises DataError where it is no JSON."""
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise _no_form("", str(error)) from error


def plain(value: object, place: str = "") -> object:
    """*value* made of dicts, lists, strings, whole numbers, booleans and None alone. Raises DataError."""
    match value:
        case None | bool():
            return value
        case str():
            return str(value)
        case int():
            if abs(value) > LARGEST:
                raise _no_form(place, f"{value}")
            return value
        case datetime():
            return instant_text(value, place)
        case date():
            return value.isoformat()
        case Mapping():
            return {
                _key(key, place): inner if type(inner) in _PLAIN else plain(inner, f"{place}/{key}")
                for key, inner in value.items()
            }
        case list() | tuple():
            return [
                inner if type(inner) in _PLAIN else plain(inner, f"{place}/{number}")
                for number, inner in enumerate(value)
            ]
        case set() | frozenset():
            return sorted(str(plain(inner, place)) for inner in value)
        case _:
            raise _no_form(place, type(value).__name__)


def instant_text(instant: datetime, place: str = "") -> str:
    """An aware instant in UTC to the microsecond. Raises DataError for one without a zone."""
    if instant.tzinfo is None:
        raise _no_form(place, "datetime without zone")
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def _key(key: object, place: str) -> str:
    if isinstance(key, str) and key.isascii():
        return str(key)
    raise _no_form(place, f"key {key!r}")


def _no_form(place: str, found: str) -> DataError:
    return DataError(
        Text(
            "记录中不能写入{found}(位置:{place})", "the record cannot hold {found} (at {place})"
        ).filled(found=found, place=place or "/")
    )
