"""What an act is, what it sees and what follows from it.

An act holds no stage machine of its own: it asks the facts and the ledger, and refuses or produces an outcome. It knows
nothing of the drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from engine.errors import Refused
from engine.people.competence import CompetenceRow
from engine.people.directory import Directory
from engine.petition.deadlines import Change, Ledger
from engine.petition.documents import Issue, ServiceState
from engine.petition.facts import Facts, FactValue
from engine.petition.forms import Form, Values
from engine.petition.parties import Actor, Role, Slot
from engine.statute.calendar import Calendar
from engine.statute.law import Law
from engine.text import Text


class ActKind(StrEnum):
    """When an act may be done."""

    START = "start"
    """Opens a file."""
    STEP = "step"
    """Needs an open step of the drawing that names it."""
    STANDING = "standing"
    """Allowed whenever the statute allows it, whatever the drawing shows."""
    OFFICE = "office"
    """Changes who works on the file, never where it stands in law (claim, hand over)."""


@dataclass(frozen=True, slots=True)
class By:
    """Somebody who may do an act: a role at the organ that plays a part in the petition."""

    slot: Slot
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that an act may look at. ``excluded`` are organs and people who must never receive this matter.

    ``competence`` reads the competence table, for the few acts that ask it.
    """

    petition: str
    kind: str
    sealed: bool
    facts: Facts
    ledger: Ledger
    law: Law
    calendar: Calendar
    organs: Directory
    actor: Actor
    today: date
    now: datetime
    seq: int
    closed: bool = False
    excluded: frozenset[str] = frozenset()
    competence: Callable[[], Sequence[CompetenceRow]] = tuple

    def slot(self, slot: Slot | str) -> str | None:
        """The id of the organ that plays the part *slot*, if one does."""
        value = self.facts.get(str(slot))
        return str(value) if value else None

    def day(self, name: str) -> date | None:
        """The date fact *name*."""
        value = self.facts.get(name)
        return date.fromisoformat(str(value)) if value else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A command about another file, to be carried out afterwards, exactly once, by the clock tower.

    ``petition`` names the file; where it is known only as the one that an earlier follow-up opened, ``opened_by`` is the
    key of that follow-up.
    """

    act: str
    petition: str | None
    answers: Mapping[str, object]
    key: str
    opened_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to tell the world after the commit: ``to`` is ``"petitioner"`` or an organ's id. Never any content."""

    to: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What follows from an act.

    ``message`` names the standing act that the drawing may be listening to; ``served`` says how far the service of earlier
    documents, by their ids, has come.
    """

    facts: Mapping[str, FactValue] = field(default_factory=dict)
    deadlines: tuple[Change, ...] = ()
    documents: tuple[Issue, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    notices: tuple[Notice, ...] = ()
    served: Mapping[str, ServiceState] = field(default_factory=dict)
    exclude: frozenset[str] = frozenset()
    warnings: tuple[Text, ...] = ()
    message: str | None = None


Decide = Callable[[Situation, Values], Outcome]
Offered = Callable[[Situation], Refused | None]


Defaults = Callable[[Situation], Values]
Reasons = Callable[[Situation], Mapping[str, Text]]


@dataclass(frozen=True, slots=True)
class Choice:
    """The organs (or people) that *suit* a question, by id; ``left_out`` says in words who is not listed, and why."""

    suits: Callable[[Situation, str], bool]
    left_out: Text


def _always(situation: Situation) -> Refused | None:
    return None


def _nothing(situation: Situation) -> Values:
    return {}


def _unexplained(situation: Situation) -> Mapping[str, Text]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A verb of the statute: its article, who may do it, what it asks, and what follows.

    ``offered`` says, before anything is asked, whether the statute would allow it now (None: yes). ``decide`` gives the
    outcome or raises ActRefused/OutOfTime/BadInput. ``defaults`` is what its form may be filled with beforehand, and
    ``reasons`` says of some questions why.
    ``choices`` says whom its questions for organs and people may be answered with, where ``decide`` would refuse others.
    ``documents`` and ``facts`` list what it may issue and set, and ``clocks`` what it may do to the ledger (such as
    ``"open:T5"``; the verbs are those of ``engine.petition.deadlines.Change``), for the proof of drawings.
    """

    id: str
    title: Text
    article: str
    kind: ActKind
    by: tuple[By, ...]
    form: Form
    decide: Decide
    offered: Offered = _always
    defaults: Defaults = _nothing
    choices: Mapping[str, Choice] = field(default_factory=dict)
    reasons: Reasons = _unexplained
    documents: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
