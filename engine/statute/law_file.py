"""Reads the law's TOML files into provisions and refuses a malformed one, naming the file and the row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from engine.statute.provisions import (
    Actor,
    DocumentRule,
    Duty,
    Kind,
    Liability,
    Limit,
    Mark,
    Neighbour,
    Part,
    Quantity,
    Regulation,
    Setting,
    Unit,
)
from engine.statute.rows import Row, malformed, read_toml
from engine.text import Text

Provision = Limit | Duty | DocumentRule | Liability | Quantity | Setting | Neighbour
P = TypeVar("P")

COUNTED = frozenset({Unit.DAYS, Unit.WORKING_DAYS})


@dataclass(frozen=True, slots=True)
class LawFile:
    """All that one file says."""

    name: str
    digest: str
    regulation: Regulation
    limits: tuple[Limit, ...]
    duties: tuple[Duty, ...]
    documents: tuple[DocumentRule, ...]
    liabilities: tuple[Liability, ...]
    quantities: tuple[Quantity, ...]
    settings: tuple[Setting, ...]
    neighbours: tuple[Neighbour, ...]


def read_law_file(path: Path) -> LawFile:
    """What the file at *path* says. Raises DataError where it is not TOML or breaks a rule of these files."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return law_file_of(read_toml(path), path.name, digest)


def law_file_of(data: Mapping[str, Any], name: str, digest: str) -> LawFile:
    """What *data*, the content of the file *name*, says. Raises DataError where it breaks a rule of these files."""
    regulation = Row(name, "version", _table(data, name, "version")).finished(_regulation)

    def rows(section: str, build: Callable[[Row, Regulation], P]) -> tuple[P, ...]:
        return tuple(
            row.finished(lambda row: build(row, regulation)) for row in _rows(data, name, section)
        )

    captions = _captions(data, name)
    read = LawFile(
        name=name,
        digest=digest,
        regulation=regulation,
        limits=rows("limit", _limit),
        duties=rows("duty", _duty),
        documents=rows("document", lambda row, regulation: _document(row, regulation, captions)),
        liabilities=rows("liability", _liability),
        quantities=rows("quantity", _quantity),
        settings=rows("setting", _setting),
        neighbours=rows("neighbour", _neighbour),
    )
    _refuse_unknown(data, name)
    return read


SECTIONS = frozenset(
    {
        "version",
        "limit",
        "duty",
        "document",
        "part",
        "liability",
        "quantity",
        "setting",
        "neighbour",
    }
)


def _refuse_unknown(data: Mapping[str, Any], file: str) -> None:
    for section in data:
        if section not in SECTIONS:
            raise malformed(file, section, "没有这种表", "there is no such section")


def _table(data: Mapping[str, Any], file: str, section: str) -> Mapping[str, Any]:
    table = data.get(section)
    if not isinstance(table, dict):
        raise malformed(file, section, "缺少此表", "this table is missing")
    return table


def _rows(data: Mapping[str, Any], file: str, section: str) -> Iterator[Row]:
    seen: set[str] = set()
    for position, values in enumerate(data.get(section, []), start=1):
        named = values.get("id") or values.get("kind") if isinstance(values, dict) else None
        key = named or (values.get("article") if isinstance(values, dict) else None)
        place = f"{section} {key or position}"
        if not isinstance(values, dict):
            raise malformed(file, place, "不是表", "is not a table")
        if key in seen:
            raise malformed(file, place, "编号重复", "appears twice")
        seen.add(str(key))
        yield Row(file, place, values)


def _regulation(row: Row) -> Regulation:
    start, end = row.day("from"), row.day("to")
    if start is None:
        raise row.error("缺少 from", "from is missing")
    if end is not None and end < start:
        raise row.error("to 早于 from", "to is before from")
    return Regulation(
        id=row.word("id"),
        title=row.text("title"),
        valid_from=start,
        valid_to=end,
        source=row.word("source"),
        mark=row.choice("mark", Mark),
    )


def _cite(row: Row, regulation: Regulation, article: str) -> Text:
    clause = row.word("clause")
    return Text(f"《{regulation.title.zh}》{clause}", f"{regulation.title.en}, Art. {article}")


def _limit(row: Row, regulation: Regulation) -> Limit:
    article = row.word("article")
    unit = row.choice("unit", Unit)
    length = row.number("length")
    if (length is not None) is not (unit in COUNTED):
        raise row.error(
            "length 与 unit 不相符",
            "length is given exactly where the unit is days or working days",
        )
    return Limit(
        id=row.word("id"),
        alias=row.word("alias"),
        version=regulation.id,
        article=article,
        cite=_cite(row, regulation, article),
        title=row.text("title"),
        actor=row.choice("actor", Actor),
        starts=row.word("starts"),
        length=length,
        unit=unit,
        kind=row.choice("kind", Kind),
        mark=row.choice("mark", Mark),
        quote=row.take("quote", str),
        source=regulation.source,
        extended_by=row.maybe("extended_by", str),
        max_total=row.number("max_total"),
        suspended_by=row.words("suspended_by"),
        breach=row.maybe("breach", str),
        breach_mark=row.maybe_choice("breach_mark", Mark),
        exception=row.maybe("exception", str),
        condition=row.maybe("condition", str),
        counterpart=row.maybe("counterpart", str),
        also=row.words("also"),
    )


def _duty(row: Row, regulation: Regulation) -> Duty:
    article = row.word("article")
    return Duty(
        id=row.word("id"),
        alias=row.word("alias"),
        version=regulation.id,
        article=article,
        cite=_cite(row, regulation, article),
        title=row.text("title"),
        actor=row.choice("actor", Actor),
        mark=row.choice("mark", Mark),
        quote=row.take("quote", str),
        breach=row.maybe("breach", str),
        setting=row.maybe("setting", str),
    )


def _captions(data: Mapping[str, Any], file: str) -> dict[str, Text]:
    captions: dict[str, Text] = {}
    for key in data.get("part", {}):
        captions[key] = Row(file, f"part {key}", data["part"]).text(key)
    return captions


def _document(row: Row, regulation: Regulation, captions: Mapping[str, Text]) -> DocumentRule:
    def parts(key: str) -> tuple[Part, ...]:
        names = row.words(key)
        for name in names:
            if name not in captions:
                raise row.error(f"[part] 中没有 {name}", f"[part] has no caption for {name}")
        if len(set(names)) < len(names):
            raise row.error(f"{key} 有重复", f"{key} names a part twice")
        return tuple(Part(id=name, title=captions[name]) for name in names)

    article = row.word("article")
    return DocumentRule(
        kind=row.word("kind"),
        title=row.text("title"),
        code=row.maybe("code", str) or "",
        article=article,
        cite=_cite(row, regulation, article),
        issuer=row.word("issuer"),
        to=row.word("to"),
        parts=parts("parts"),
        optional=parts("optional"),
        personal=parts("personal"),
        served=row.maybe("served", bool) or False,
        mark=row.choice("mark", Mark),
    )


def _liability(row: Row, regulation: Regulation) -> Liability:
    article = row.word("article")
    return Liability(
        version=regulation.id,
        article=article,
        cite=_cite(row, regulation, article),
        who=row.choice("who", Actor),
        title=row.text("title"),
        mark=row.choice("mark", Mark),
        quote=row.maybe("quote", str) or "",
    )


def _quantity(row: Row, regulation: Regulation) -> Quantity:
    article = row.word("article")
    value = row.number("value")
    if value is None:
        raise row.error("缺少 value", "value is missing")
    return Quantity(
        id=row.word("id"),
        article=article,
        cite=_cite(row, regulation, article),
        title=row.text("title"),
        value=value,
        mark=row.choice("mark", Mark),
        quote=row.take("quote", str),
    )


def _setting(row: Row, regulation: Regulation) -> Setting:
    return Setting(
        id=row.word("id"),
        title=row.text("title"),
        article=row.maybe("article", str) or "",
        mark=row.choice("mark", Mark),
    )


def _neighbour(row: Row, regulation: Regulation) -> Neighbour:
    return Neighbour(
        id=row.word("id"),
        title=row.text("title"),
        wording=row.text("wording"),
        source=row.word("source"),
        mark=row.choice("mark", Mark),
        quote=row.take("quote", str),
    )
