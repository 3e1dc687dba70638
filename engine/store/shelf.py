"""What every transaction needs and seldom changes: organs, people, calendar, plan of drawings. Read once per version."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from engine.people.directory import Directory
from engine.petition.parties import Appointment, Level, Organ, OrganKind, Person, Role, Substitution
from engine.petition.versions import Plan, StepKind, VersionStep
from engine.record.canonical import read_canonical
from engine.statute.calendar import Calendar, load_calendar
from engine.store.tables import appointment, calendar, organ, person, procedure_step, substitution
from engine.text import Text


@dataclass(frozen=True, slots=True)
class InForce:
    """Which directory and calendar (empty: the shipped one) are in force, and how far the plan of drawings has come."""

    directory: int
    calendar: str
    plan: int


@dataclass(slots=True)
class Shelf:
    """The copies that one process holds. A copy is only ever of what was committed, so sharing it is safe."""

    directory: Directory | None = None
    calendars: dict[str, Calendar] = field(default_factory=dict)
    plan: tuple[int, Plan] | None = None

    def directory_at(self, version: int, connection: Connection) -> Directory:
        """The organs and people as of *version*, the one in force."""
        held = self.directory
        if held is None or held.version != version:
            held = self.directory = read_directory(connection, version)
        return held

    def calendar_at(self, version: str, connection: Connection) -> Calendar:
        """The calendar *version*; the shipped one where none was published here."""
        held = self.calendars.get(version)
        if held is None:
            held = self.calendars[version] = read_calendar(connection, version)
        return held

    def plan_at(self, version: int, connection: Connection) -> Plan:
        """Which drawings are in force when, as decided up to the entry *version*."""
        held = self.plan
        if held is None or held[0] != version:
            held = self.plan = version, read_plan(connection, version)
        return held[1]


def read_directory(connection: Connection, version: int) -> Directory:
    """All organs, people, appointments and substitutions."""
    return Directory.of(
        [organ_of(row) for row in connection.execute(_ORGANS)],
        [
            Person(id=row.id, name=row.name, login=row.login, active=row.active)
            for row in connection.execute(_PEOPLE)
        ],
        [
            Appointment(
                person=row.person,
                organ=row.organ,
                role=Role(row.role),
                sealed=row.sealed,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            for row in connection.execute(_APPOINTMENTS)
        ],
        [
            Substitution(
                absent=row.absent,
                substitute=row.substitute,
                organ=row.organ,
                role=Role(row.role) if row.role else None,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            for row in connection.execute(_SUBSTITUTIONS)
        ],
        version=version,
    )


def read_calendar(connection: Connection, version: str) -> Calendar:
    """The published calendar *version*, or the shipped one."""
    content = connection.scalar(select(calendar.c.content).where(calendar.c.version == version))
    return (
        Calendar.from_data(read_canonical(bytes(content)))
        if content is not None
        else load_calendar()
    )


def read_plan(connection: Connection, version: int) -> Plan:
    """Every decision about drawings up to the entry *version*."""
    return Plan.of(
        VersionStep(
            entry=row.entry,
            version=row.procedure,
            kind=StepKind(row.kind),
            person=row.person,
            at=row.at,
            reason=row.reason,
            from_day=row.from_day,
        )
        for row in connection.execute(_STEPS, {"last": version})
    )


def organ_of(row: Any) -> Organ:
    """The organ that a row holds."""
    return Organ(
        id=row.id,
        name=Text(row.name_zh, row.name_en),
        code=row.code,
        kind=OrganKind(row.kind),
        level=Level(row.level),
        government=row.government,
        higher_department=row.higher_department,
        vertical=row.vertical,
        parent=row.parent,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        successor=row.successor,
    )


def organ_row(one: Organ) -> dict[str, Any]:
    """The row of an organ."""
    return {
        "id": one.id,
        "name_zh": one.name.zh,
        "name_en": one.name.en,
        "code": one.code,
        "kind": one.kind.value,
        "level": one.level.value,
        "government": one.government,
        "higher_department": one.higher_department,
        "vertical": one.vertical,
        "parent": one.parent,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "successor": one.successor,
    }


_ORGANS: Select[Any] = select(organ).order_by(organ.c.id)
_PEOPLE: Select[Any] = select(person).order_by(person.c.id)
_APPOINTMENTS: Select[Any] = select(appointment).order_by(*appointment.primary_key.columns)
_SUBSTITUTIONS: Select[Any] = select(substitution).order_by(*substitution.primary_key.columns)
_STEPS: Select[Any] = select(procedure_step).where(procedure_step.c.entry <= bindparam("last"))
