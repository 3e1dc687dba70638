"""What belongs to the office itself: versions of calendars, competence, settings, signing in, who looked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from engine.people.competence import CompetenceRow
from engine.petition.parties import Actor
from engine.record.keys import PetitionKey
from engine.statute.calendar import Calendar
from engine.store.loading import Loading
from engine.store.queries.sight import seen_file
from engine.store.sealing import open_reason
from engine.store.shelf import read_calendar
from engine.store.tables import (
    calendar,
    competence,
    credential,
    person,
    setting,
    sign_in_failure,
    viewing,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """With what a person signs in."""

    person: str
    password_hash: str
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRow:
    """A published calendar."""

    version: str
    published_at: datetime
    in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewingRow:
    """Somebody looked at what is personal, and why; ``reason`` is None once the file was erased."""

    person: str
    organ: str
    what: str
    reason: str | None
    seen_at: datetime


def credentials(desk: Loading, login: str) -> Credentials | None:
    """With what *login* signs in; None where there is no such login or it has no password."""
    query = (
        select(credential)
        .join(person, person.c.id == credential.c.person)
        .where(person.c.login == login)
    )
    row = desk.connection.execute(query).first()
    if row is None:
        return None
    return Credentials(
        person=row.person, password_hash=row.password_hash, changed_at=row.changed_at
    )


def sign_in_failures(desk: Loading, subject: str) -> tuple[datetime, ...]:
    """When signing in failed for *subject* (an account, an address), oldest first."""
    query = select(sign_in_failure.c.failed_at).where(sign_in_failure.c.subject == subject)
    return tuple(desk.connection.execute(query.order_by(sign_in_failure.c.failed_at)).scalars())


def calendars(desk: Loading) -> tuple[CalendarRow, ...]:
    """The calendars published here, newest first; empty while the shipped one is in force."""
    in_force = desk.calendar().version
    query = select(calendar.c.version, calendar.c.published_at).order_by(
        calendar.c.published_at.desc()
    )
    return tuple(
        CalendarRow(
            version=row.version, published_at=row.published_at, in_force=row.version == in_force
        )
        for row in desk.connection.execute(query)
    )


def calendar_of(desk: Loading, version: str) -> Calendar | None:
    """The calendar *version*, published or shipped; None where it is known no more."""
    found = read_calendar(desk.connection, version)
    return found if found.version == version else None


def competence_rows(desk: Loading) -> tuple[CompetenceRow, ...]:
    """The competence table, in its order."""
    return tuple(
        CompetenceRow(
            organ=row.organ,
            subject_category=row.subject_category,
            territory=row.territory,
            basis=row.basis,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in desk.connection.execute(select(competence).order_by(competence.c.place))
    )


def settings(desk: Loading) -> Mapping[str, str]:
    """Every setting that was ever set."""
    return {
        row.name: row.value
        for row in desk.connection.execute(select(setting).order_by(setting.c.name))
    }


def viewings(desk: Loading, viewer: Actor, petition: str, *, on: date) -> Sequence[ViewingRow]:
    """Who looked at what is personal in a file, newest first. Raises NotFound where *viewer* may not see the file."""
    key = desk.key_of(seen_file(desk, viewer, petition, on))
    query = select(viewing).where(viewing.c.petition == petition).order_by(viewing.c.seen_at.desc())
    return tuple(
        ViewingRow(
            person=row.person,
            organ=row.organ,
            what=row.what,
            reason=_reason(row, key),
            seen_at=row.seen_at,
        )
        for row in desk.connection.execute(query)
    )


def _reason(row: Any, key: PetitionKey | None) -> str | None:
    """Why somebody looked. What was noted before reasons were sealed stands there in the clear."""
    if row.sealed is None:
        return str(row.reason)
    if key is None or not row.sealed:
        return None
    return open_reason(key, row.id, bytes(row.sealed), row.reason)
