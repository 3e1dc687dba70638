"""Organs, people and the roles in which they act."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from engine.text import Text


class Level(StrEnum):
    """The levels of Art. 5 and Art. 14, from the top down."""

    STATE = "state"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class OrganKind(StrEnum):
    """What an organ is (Art. 2)."""

    PETITION_OFFICE = "petition_office"
    GOVERNMENT = "government"
    DEPARTMENT = "department"
    PARTY = "party"
    CONGRESS = "congress"
    CONSULTATIVE = "consultative"
    SUPERVISION = "supervision"
    COURT = "court"
    PROCURATORATE = "procuratorate"
    POLITICAL_LEGAL = "political_legal"
    JOINT_CONFERENCE = "joint_conference"
    MASS_BODY = "mass_body"
    ENTERPRISE = "enterprise"
    INSTITUTION = "institution"


class Role(StrEnum):
    """What a person may be at an organ."""

    CLERK = "clerk"
    HEAD = "head"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    DESIGNER = "designer"
    ADMINISTRATOR = "administrator"


class Slot(StrEnum):
    """The parts an organ can play in one petition; a fact of the same name holds the organ's id.

    Until the petitioner has chosen among two lawful reviewing organs, the ``other_…`` is open to them as well.
    """

    OFFICE = "office"
    ORGAN = "organ"
    REVIEW_ORGAN = "review_organ"
    RE_REVIEW_ORGAN = "re_review_organ"
    OTHER_REVIEW_ORGAN = "other_review_organ"
    OTHER_RE_REVIEW_ORGAN = "other_re_review_organ"
    DECIDER = "decider"
    DISCIPLINE_ORGAN = "discipline_organ"
    SUPERVISING_OFFICE = "supervising_office"
    SERVER = "server"
    PETITIONER = "petitioner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organ:
    """An organ, valid from a day until (not including) another; ``successor`` takes over its matters (Art. 24(2))."""

    id: str
    name: Text
    code: str
    kind: OrganKind
    level: Level
    government: str | None = None
    higher_department: str | None = None
    vertical: bool = False
    parent: str | None = None
    valid_from: date = date(2000, 1, 1)
    valid_to: date | None = None
    successor: str | None = None

    def valid_on(self, day: date) -> bool:
        """Whether the organ exists on *day*."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member of staff who can sign in."""

    id: str
    name: str
    login: str
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A role that a person holds at an organ, for a time. ``sealed`` opens sealed matters of that organ to the person."""

    person: str
    organ: str
    role: Role
    sealed: bool = False
    valid_from: date = date(2000, 1, 1)
    valid_to: date | None = None

    def valid_on(self, day: date) -> bool:
        """Whether the appointment holds on *day*."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitution:
    """A colleague who stands in for an absent person at an organ, for a time; ``role`` None means all roles.

    It never passes on the right to see sealed matters.
    """

    absent: str
    substitute: str
    organ: str
    valid_from: date
    valid_to: date | None = None
    role: Role | None = None

    def valid_on(self, day: date) -> bool:
        """Whether the substitution holds on *day*."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: a person, as one organ, in that organ's roles, possibly standing in for a colleague.

    The clock itself acts as :data:`SYSTEM`.
    """

    person: str
    organ: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    stands_in_for: str | None = None

    @property
    def is_system(self) -> bool:
        """Whether this is the engine itself (a clock firing, a follow-up)."""
        return self.person == "system"


SYSTEM = Actor(person="system", organ="system")
