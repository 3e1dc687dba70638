"""Writing what belongs to the office itself: organs and people, calendars, settings. Every change of it is an
entry of the house's own chain."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, select, update

from engine.errors import DataError
from engine.people.competence import CompetenceRow
from engine.people.directory import Directory
from engine.petition.entries import Entry, EntryKind
from engine.petition.file import SealedValue
from engine.petition.parties import Actor, Appointment, Organ, Person, Substitution
from engine.record import chain, commitments
from engine.record.canonical import canonical_bytes
from engine.statute.calendar import Calendar
from engine.store import rows, upserts
from engine.store.loading import Loading
from engine.store.sealing import seal_value
from engine.store.shelf import organ_row
from engine.store.tables import (
    appointment,
    calendar,
    competence,
    credential,
    entry,
    house,
    organ,
    person,
    sealed_value,
    setting,
    sign_in_failure,
    substitution,
)
from engine.text import Text

HOUSE_CHAIN = "system"
"""In the place of a petition's id: the chain of the office itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What is recorded of a change to the office: ``inputs`` in the clear, ``sealed`` committed to."""

    act: str
    inputs: Mapping[str, Any]
    sealed: Mapping[str, str] | None = None


class Household(Loading):
    """What administrators write."""

    def change_directory(
        self,
        *,
        organs: Sequence[Organ] = (),
        people: Sequence[Person] = (),
        appointments: Sequence[Appointment] = (),
        substitutions: Sequence[Substitution] = (),
        actor: Actor,
        now: datetime,
    ) -> None:
        """Add these rows, or put them in the place of those with the same key, and record it.

        Nothing is ever taken out: what has ended gets its last day. Raises DataError where a row names something that
        is not there.
        """
        self._refuse_dangling(organs, people, appointments, substitutions)
        self._replace(organ, [organ_row(one) for one in organs])
        self._replace(person, [_fields(one, "id", "name", "login", "active") for one in people])
        self._replace(appointment, [_appointment_row(one) for one in appointments])
        self._replace(substitution, [_substitution_row(one) for one in substitutions])
        self._set_versions(directory=self._in_force().directory + 1)
        self._directory_changed = True
        inputs = {
            "organs": [_plain(organ_row(one)) for one in organs],
            "people": [{"id": one.id, "active": one.active} for one in people],
            "appointments": [_plain(_appointment_row(one)) for one in appointments],
            "substitutions": [_plain(_substitution_row(one)) for one in substitutions],
        }
        sealed = {f"person:{one.id}": f"{one.name}\n{one.login}" for one in people}
        self.record_change(
            Deed(act="change_directory", inputs=inputs, sealed=sealed), actor=actor, now=now
        )
        self._connection.execute(_DIRECTORY_IN_FORCE)

    def _refuse_dangling(
        self,
        organs: Sequence[Organ],
        people: Sequence[Person],
        appointments: Sequence[Appointment],
        substitutions: Sequence[Substitution],
    ) -> None:
        present = self.directory()
        Directory.of(
            {**present.organs, **{one.id: one for one in organs}}.values(),
            {**present.people, **{one.id: one for one in people}}.values(),
            (*present.appointments, *appointments),
            (*present.substitutions, *substitutions),
        )

    def publish_calendar(self, published: Calendar, *, actor: Actor, now: datetime) -> None:
        """Put *published* in force. Running deadlines are counted again by the act ``recalendar``, file by file."""
        content = canonical_bytes(published.to_data())
        row = {"version": published.version, "content": content, "published_at": now}
        self._connection.execute(upserts.or_nothing(calendar, self._connection.dialect.name), row)
        self._connection.execute(update(house).values(calendar=published.version))
        self._set_versions(calendar=published.version)
        self.record_change(
            Deed(
                act="publish_calendar",
                inputs={"version": published.version, "years": list(published.years())},
            ),
            actor=actor,
            now=now,
        )

    def set_competence(
        self, table: Sequence[CompetenceRow], *, actor: Actor, now: datetime
    ) -> None:
        """Put *table* in the place of the competence table."""
        lines = [
            {"id": secrets.token_hex(8), "place": place, **_competence_row(one)}
            for place, one in enumerate(table)
        ]
        self._connection.execute(delete(competence))
        if lines:
            self._connection.execute(insert(competence), lines)
        inputs = {"rows": [_plain(_competence_row(one)) for one in table]}
        self.record_change(Deed(act="set_competence", inputs=inputs), actor=actor, now=now)

    def change_settings(
        self, values: Mapping[str, str], *, actor: Actor, now: datetime
    ) -> Mapping[str, str]:
        """Set those of *values* that differ from what is kept, as one entry of the house's chain; returns them."""
        changed = {
            name: value for name, value in values.items() if (self.setting(name) or "") != value
        }
        for name, value in changed.items():
            self.set_setting(name, value)
        if changed:
            deed = Deed(act="change_settings", inputs={"settings": changed})
            self.record_change(deed, actor=actor, now=now)
        return changed

    def set_setting(self, name: str, value: str) -> None:
        """Keep *value* under *name*."""
        self._replace(setting, [{"name": name, "value": value}])

    def set_password(self, person: str, password_hash: str, *, now: datetime) -> None:
        """Keep the hash of a new password of *person*; all earlier failures to sign in are another matter."""
        self._replace(
            credential, [{"person": person, "password_hash": password_hash, "changed_at": now}]
        )

    def sign_in_failed(self, subjects: Sequence[str], now: datetime) -> None:
        """Note a failed attempt to sign in for each of *subjects* (an account, an address)."""
        self._connection.execute(
            insert(sign_in_failure),
            [{"id": secrets.token_hex(12), "subject": one, "failed_at": now} for one in subjects],
        )

    def forget_failures(
        self, *, subject: str | None = None, before: datetime | None = None
    ) -> None:
        """Forget failed attempts: those of *subject* after a success, or all that lie *before* an instant."""
        doomed = delete(sign_in_failure)
        if subject is not None:
            doomed = doomed.where(sign_in_failure.c.subject == subject)
        if before is not None:
            doomed = doomed.where(sign_in_failure.c.failed_at < before)
        self._connection.execute(doomed)

    def lock_house(self) -> None:
        """Hold the house, as it was last committed, for this transaction: first of all, where a decision depends on it."""
        row = self._connection.execute(_HOUSE_LOCKED).first()
        if row is None:
            raise DataError(_NO_HOUSE)
        self._set_versions(
            directory=row.directory_version, calendar=row.calendar, plan=row.plan_version
        )

    def record_change(self, deed: Deed, *, actor: Actor, now: datetime) -> Entry:
        """Add an entry to the house's own chain."""
        head = self._connection.execute(_HOUSE_LOCKED).first()
        if head is None:
            raise DataError(_NO_HOUSE)
        seq = head.seq + 1
        sealed = [
            SealedValue(entry=seq, name=name, salt=commitments.new_salt(), value=value)
            for name, value in (deed.sealed or {}).items()
        ]
        written = chain.sealed_entry(
            _house_entry(deed, seq, sealed, actor, now), previous=head.head
        )
        wrapped = bytes(head.wrapped_key) if head.wrapped_key else self._ring.new_key(HOUSE_CHAIN)
        self._connection.execute(insert(entry), rows.entry_row(written, seq))
        if sealed:
            key = self._ring.unwrapped(HOUSE_CHAIN, wrapped)
            self._connection.execute(
                insert(sealed_value), [seal_value(key, HOUSE_CHAIN, value) for value in sealed]
            )
        self._connection.execute(
            update(house).values(
                seq=seq,
                head=written.digest,
                wrapped_key=wrapped,
                key_fingerprint=self._ring.fingerprint,
            )
        )
        return written

    def _replace(self, table: Any, lines: Sequence[Mapping[str, Any]]) -> None:
        if lines:
            self._connection.execute(
                upserts.or_replace(table, self._connection.dialect.name), list(lines)
            )


def _house_entry(
    deed: Deed, seq: int, sealed: Sequence[SealedValue], actor: Actor, now: datetime
) -> Entry:
    return Entry(
        petition=HOUSE_CHAIN,
        seq=seq,
        kind=EntryKind.OFFICE,
        act=deed.act,
        person=actor.person,
        organ=actor.organ,
        stands_in_for=actor.stands_in_for,
        effective_at=now,
        recorded_at=now,
        inputs=deed.inputs,
        commitments={one.name: commitments.commitment(one.salt, one.value) for one in sealed},
    )


def _fields(one: object, *names: str) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}


def _appointment_row(one: Appointment) -> dict[str, Any]:
    return {
        **_fields(one, "person", "organ", "sealed", "valid_from", "valid_to"),
        "role": one.role.value,
    }


def _substitution_row(one: Substitution) -> dict[str, Any]:
    return {
        **_fields(one, "absent", "substitute", "organ", "valid_from", "valid_to"),
        "role": one.role.value if one.role else "",
    }


def _competence_row(one: CompetenceRow) -> dict[str, Any]:
    return _fields(one, "organ", "subject_category", "territory", "basis", "valid_from", "valid_to")


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


_NO_HOUSE = Text("数据库尚未初始化", "the database has not been initialised")
_DIRECTORY_IN_FORCE = update(house).values(directory_version=house.c.directory_version + 1)
_HOUSE_LOCKED: Select[Any] = (
    select(house).where(house.c.id == bindparam("house", 1)).with_for_update()
)
