"""A made-up office, read from a file: organs, staff and competence table, for scenarios and for the demonstration."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from engine.errors import DataError
from engine.people.competence import CompetenceRow
from engine.people.directory import Directory
from engine.petition.parties import (
    Appointment,
    Level,
    Organ,
    OrganKind,
    Person,
    Role,
    Substitution,
)
from engine.text import Text

_EVER = date(2000, 1, 1)
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpOffice:
    """The rows with which such an office is set up. In a demonstration everybody signs in with ``password``."""

    organs: tuple[Organ, ...]
    people: tuple[Person, ...]
    appointments: tuple[Appointment, ...]
    substitutions: tuple[Substitution, ...]
    competence: tuple[CompetenceRow, ...]
    password: str

    def directory(self, version: int = 0) -> Directory:
        """The directory of these rows."""
        return Directory.of(
            self.organs, self.people, self.appointments, self.substitutions, version=version
        )


def read_office(path: Path, *, today: date | None = None) -> MadeUpOffice:
    """The office of the file *path*; an organ that ended a while ago ended so long before *today*, where given.

    Raises DataError naming the table at fault.
    """
    with path.open("rb") as file:
        tables = tomllib.load(file)
    persons = tables["person"]
    return MadeUpOffice(
        organs=_rows(partial(_organ, today=today), tables["organ"], "organ"),
        people=_rows(_person, persons, "person"),
        appointments=tuple(row for rows in _rows(_appointments, persons, "person") for row in rows),
        substitutions=_rows(_substitution, tables.get("substitution", []), "substitution"),
        competence=_rows(_competence, tables.get("competence", []), "competence"),
        password=str(tables["password"]),
    )


def _rows(
    read: Callable[[Mapping[str, Any]], Row], rows: Iterable[Mapping[str, Any]], table: str
) -> tuple[Row, ...]:
    found = []
    for number, row in enumerate(rows, start=1):
        try:
            found.append(read(row))
        except (KeyError, TypeError, ValueError) as fault:
            raise DataError(
                Text(
                    "虚构机关的[[{table}]]第{number}行有误:{fault}",
                    "row {number} of [[{table}]] of the made-up office is malformed: {fault}",
                ).filled(table=table, number=number, fault=repr(fault))
            ) from fault
    return tuple(found)


def _organ(row: Mapping[str, Any], *, today: date | None) -> Organ:
    ended = row.get("valid_to")
    if today is not None and "ended_days_ago" in row:
        ended = today - timedelta(days=row["ended_days_ago"])
    return Organ(
        id=row["id"],
        name=Text(row["name"]["zh"], row["name"]["en"]),
        code=row["code"],
        kind=OrganKind(row["kind"]),
        level=Level(row["level"]),
        government=row.get("government"),
        higher_department=row.get("higher"),
        vertical=row.get("vertical", False),
        parent=row.get("parent"),
        valid_from=row.get("valid_from", _EVER),
        valid_to=ended,
        successor=row.get("successor"),
    )


def _person(row: Mapping[str, Any]) -> Person:
    return Person(id=row["login"], name=row["name"], login=row["login"])


def _appointments(row: Mapping[str, Any]) -> tuple[Appointment, ...]:
    return tuple(
        Appointment(
            person=row["login"],
            organ=row["organ"],
            role=Role(role),
            sealed=row.get("sealed", False),
        )
        for role in row["roles"]
    )


def _substitution(row: Mapping[str, Any]) -> Substitution:
    return Substitution(
        absent=row["absent"],
        substitute=row["substitute"],
        organ=row["organ"],
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        role=Role(row["role"]) if "role" in row else None,
    )


def _competence(row: Mapping[str, Any]) -> CompetenceRow:
    return CompetenceRow(**row)
