"""What the law is made of: limits, duties without a number, document contents, liabilities. Frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from engine.text import Text


class Actor(StrEnum):
    """Who owes a duty or holds a power."""

    OFFICE = "office"
    ORGAN = "organ"
    PETITIONER = "petitioner"
    REVIEW_ORGAN = "review_organ"
    RE_REVIEW_ORGAN = "re_review_organ"


class Unit(StrEnum):
    """How a limit is measured. Only the first two are counted."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    ASSIGNED = "assigned"
    """Until a day that somebody named (Art. 22(1)(3))."""
    IMMEDIATELY = "immediately"
    """Without a number (立即)."""


class Kind(StrEnum):
    """What the passing of a limit means."""

    DUTY = "duty"
    """Passed: a breach; the duty is still owed."""
    POWER = "power"
    """Passed: it has lapsed."""
    TARGET = "target"
    """Passed: an internal target was missed; nothing follows in law."""


class Mark(StrEnum):
    """How sure we are of a row (statute data, head of the file)."""

    VERIFIED = "V"
    EXCERPT = "E"
    SECONDARY = "S"
    LOCAL = "L"
    DECIDED = "D"
    MEMORY = "M"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """One text of law and the days on which a clock may start under it (both included; no end: in force)."""

    id: str
    title: Text
    valid_from: date
    valid_to: date | None
    source: str
    mark: Mark

    def covers(self, day: date) -> bool:
        """Whether a clock that starts on *day* runs under this text."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A time limit: who must or may do what, from which event, in how many days.

    ``length`` is in ``unit`` and None where the law gives no number. ``max_total`` is the most extension, in days.
    ``extended_by`` is the limit that extends this one, ``suspended_by`` the events whose days do not count.
    """

    id: str
    alias: str
    version: str
    article: str
    cite: Text
    title: Text
    actor: Actor
    starts: str
    length: int | None
    unit: Unit
    kind: Kind
    mark: Mark
    quote: str
    source: str
    extended_by: str | None = None
    max_total: int | None = None
    suspended_by: tuple[str, ...] = ()
    breach: str | None = None
    breach_mark: Mark | None = None
    exception: str | None = None
    condition: str | None = None
    counterpart: str | None = None
    also: tuple[str, ...] = ()

    @property
    def is_power(self) -> bool:
        """Whether it lapses when it passes, instead of being breached."""
        return self.kind is Kind.POWER


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A duty (or a rule of conduct) for which the law gives no number. ``setting`` may supply one, never by default."""

    id: str
    alias: str
    version: str
    article: str
    cite: Text
    title: Text
    actor: Actor
    mark: Mark
    quote: str
    breach: str | None = None
    setting: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a document: its key in forms and templates, and its caption."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRule:
    """What a document must state. ``code`` is the word of its number (信处), empty where it has no number.

    ``personal`` are the parts that repeat what the petitioner told of themselves and their matter: inside the office they
    are read for a stated purpose only.
    """

    kind: str
    title: Text
    code: str
    article: str
    cite: Text
    issuer: str
    to: str
    parts: tuple[Part, ...]
    optional: tuple[Part, ...]
    personal: tuple[Part, ...]
    served: bool
    mark: Mark

    @property
    def mandatory(self) -> tuple[str, ...]:
        """The keys of the parts without which the document may not be issued."""
        return tuple(part.id for part in self.parts)

    def missing(self, given: Mapping[str, str]) -> tuple[Part, ...]:
        """The mandatory parts that *given* leaves out or blank."""
        return tuple(part for part in self.parts if not given.get(part.id, "").strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Liability:
    """An article on liability: who answers for what."""

    version: str
    article: str
    cite: Text
    who: Actor
    title: Text
    mark: Mark
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number of the law that is not a limit of time: a head-count, or the days of a fiction."""

    id: str
    article: str
    cite: Text
    title: Text
    value: int
    mark: Mark
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A number that the law leaves open. An administrator may set it; there is no default."""

    id: str
    title: Text
    article: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A limit of another procedure, which a petition does not stop and of which notices warn."""

    id: str
    title: Text
    wording: Text
    source: str
    mark: Mark
    quote: str
