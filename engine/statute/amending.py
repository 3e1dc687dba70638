"""The law as it would be with some rows changed from a day on: to be rehearsed, never kept.

An amendment is TOML in the words of the statute's own files. It says from which day it would hold, and of each row only
what changes, besides the ``id`` (``kind`` for a document) of the row:

    from = 2027-07-01

    [[limit]]
    id = "T5"
    length = 45
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from engine.errors import BadInput, DataError
from engine.statute.law import FILES, HERE, Law, law_of
from engine.statute.law_file import law_file_of
from engine.statute.provisions import DocumentRule, Limit
from engine.statute.rows import read_toml
from engine.text import Text

LARGEST: Final = 100_000
_KEYS: Final = {"limit": "id", "document": "kind"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A law of which some rows are changed: each limit and document as it is and as it would be from ``from_day`` on."""

    law: Law
    from_day: date
    limits: tuple[tuple[Limit, Limit], ...]
    documents: tuple[tuple[DocumentRule, DocumentRule], ...]


def amended(law: Law, text: str) -> Amendment:
    """What *text* would make of the shipped *law*. Raises BadInput with what is wrong in it."""
    rows, from_day = _read(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    left = {(section, str(row[_KEYS[section]])): row for section, row in rows}
    files = []
    for name in FILES:
        data = read_toml(HERE / name)
        for section, key in _KEYS.items():
            for row in data.get(section, []):
                row.update(left.pop((section, str(row[key])), {}))
        try:
            files.append(law_file_of(data, name, digest))
        except DataError as fault:
            raise BadInput({"text": fault.text}) from fault
    if left:
        raise BadInput({"text": _NO_ROW.filled(row=", ".join(" ".join(one) for one in left))})
    try:
        would_be = law_of(files)
    except DataError as fault:
        raise BadInput({"text": fault.text}) from fault
    ids = {
        section: [str(row[_KEYS[section]]) for of, row in rows if of == section]
        for section in _KEYS
    }
    return Amendment(
        law=would_be,
        from_day=from_day,
        limits=tuple((law.limit_by_id(id), would_be.limit_by_id(id)) for id in ids["limit"]),
        documents=tuple((law.document(kind), would_be.document(kind)) for kind in ids["document"]),
    )


def _read(text: str) -> tuple[list[tuple[str, Mapping[str, Any]]], date]:
    if len(text) > LARGEST:
        raise BadInput({"text": _TOO_LONG.filled(most=LARGEST)})
    try:
        data = tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise BadInput({"text": _NO_TOML.filled(why=str(fault)[:200])}) from fault
    from_day = data.pop("from", None)
    if not isinstance(from_day, date) or isinstance(from_day, datetime):
        raise BadInput({"text": _NO_DAY})
    rows: list[tuple[str, Mapping[str, Any]]] = []
    for section, found in data.items():
        if section not in _KEYS or not isinstance(found, list):
            raise BadInput({"text": _NO_SECTION.filled(section=section)})
        for row in found:
            if not isinstance(row, dict) or not isinstance(row.get(_KEYS[section]), str):
                raise BadInput({"text": _NO_KEY.filled(section=section, key=_KEYS[section])})
            rows.append((section, row))
    if not rows:
        raise BadInput({"text": _NOTHING})
    return rows, from_day


_TOO_LONG: Final = Text("至多{most}字", "at most {most} characters")
_NO_TOML: Final = Text("不是有效的 TOML:{why}", "this is not valid TOML: {why}")
_NO_DAY: Final = Text(
    "请写明自哪一日起,如 from = 2027-07-01",
    "say from which day it would hold, as in from = 2027-07-01",
)
_NO_SECTION: Final = Text(
    "只能改 [[limit]] 和 [[document]],不能改 {section}",
    "only [[limit]] and [[document]] can be changed, not {section}",
)
_NO_KEY: Final = Text(
    "[[{section}]] 的每一行须有 {key}", "every row of [[{section}]] needs its {key}"
)
_NO_ROW: Final = Text("法规数据中没有:{row}", "there is no such row in the statute: {row}")
_NOTHING: Final = Text("没有写任何改动", "nothing is changed")
