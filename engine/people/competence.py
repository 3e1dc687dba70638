"""Which organ is competent for what and where: a table that proposes, with its reason; a clerk decides (Art. 22).

The table belongs to the office: it is data, set up by the administrator.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.errors import DataError
from engine.people.directory import Directory
from engine.people.superiors import successor
from engine.petition.parties import OrganKind
from engine.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetenceRow:
    """*organ* is competent for *subject_category* in *territory*.

    ``territory`` is the id of a government, whose area is meant; None covers every area, as a subject of None covers
    every subject. ``basis`` says where the rule comes from, in words.
    """

    organ: str
    subject_category: str | None = None
    territory: str | None = None
    basis: str = ""
    valid_from: date = date(2000, 1, 1)
    valid_to: date | None = None

    def valid_on(self, day: date) -> bool:
        """Whether the row holds on *day*."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An organ that the table proposes, and why."""

    organ: str
    reason: Text


def propose(
    rows: Iterable[CompetenceRow],
    directory: Directory,
    *,
    subject_category: str | None,
    territory: str | None,
    on: date,
) -> tuple[Proposal, ...]:
    """The organs competent for a matter, the best fit first; empty where the table knows none.

    A row for the subject goes before a row for every subject, a row for the place before one for the area around it. An
    organ that no longer exists is replaced by its successor (Art. 24(2)), or left out where it has none.
    """
    areas = _areas(directory, territory, on)
    ranked = sorted(
        (_rank(row, areas), position, row)
        for position, row in enumerate(rows)
        if row.valid_on(on)
        and row.subject_category in {None, subject_category}
        and (row.territory is None or row.territory in areas)
    )
    found: dict[str, Proposal] = {}
    for _, _, row in ranked:
        if (organ := successor(directory.organs, row.organ, on)) is not None:
            found.setdefault(organ.id, Proposal(organ=organ.id, reason=_reason(directory, row)))
    return tuple(found.values())


def parse_competence(data: bytes, name: str) -> tuple[CompetenceRow, ...]:
    """The table written in TOML, an array ``competence`` of rows. Raises DataError naming the file and the row."""
    found: list[CompetenceRow] = []
    try:
        for row in tomllib.loads(data.decode("utf-8")).get("competence", []):
            found.append(_row(row))  # one by one, so that a fault knows its row
    except (TypeError, ValueError, UnicodeDecodeError) as fault:
        raise DataError(
            Text(
                "职权表{name}第{number}行有误:{fault}",
                "row {number} of the competence table {name} is malformed: {fault}",
            ).filled(name=name, number=len(found) + 1, fault=fault)
        ) from fault
    return tuple(found)


def dangling(rows: Iterable[CompetenceRow], directory: Directory) -> tuple[CompetenceRow, ...]:
    """The rows that name an organ which the directory does not know."""
    return tuple(
        row
        for row in rows
        if not directory.exists(row.organ)
        or (row.territory and not directory.exists(row.territory))
    )


def _row(row: dict[str, Any]) -> CompetenceRow:
    if not isinstance(row.get("organ"), str):
        raise ValueError("organ")
    return CompetenceRow(**row)


def _areas(directory: Directory, territory: str | None, on: date) -> tuple[str, ...]:
    """The governments whose area contains *territory*, the smallest first."""
    if territory is None or not directory.exists(territory):
        return ()
    around = sorted(directory.hierarchy(on).above(territory).items(), key=lambda item: item[1])
    governments = [id for id, _ in around if directory.organ(id).kind is OrganKind.GOVERNMENT]
    return (territory, *governments)


def _rank(row: CompetenceRow, areas: tuple[str, ...]) -> tuple[int, int]:
    nearness = len(areas) if row.territory is None else areas.index(row.territory)
    return (1 if row.subject_category is None else 0), nearness


def _reason(directory: Directory, row: CompetenceRow) -> Text:
    where = (
        directory.organ(row.territory).name
        if row.territory and directory.exists(row.territory)
        else Text("各地", "any place")
    )
    what = (
        Text("该类事项", "this subject")
        if row.subject_category
        else Text("各类事项", "any subject")
    )
    basis = Text(f"({row.basis})", f" ({row.basis})") if row.basis else Text("", "")
    return Text(
        "职权表:{where}{what}由其管辖{basis}",
        "competence table: {what} in {where} is theirs{basis}",
    ).filled(where=where, what=what, basis=basis)
