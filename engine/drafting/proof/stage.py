"""An office in the abstract, on which the real acts of the statute are asked what they would do.

Everything happens on one day, and no earlier day is known. A limit that runs has its end ahead, one that has passed had it
long before. Organs and people are the few that the acts need; each part of a petition is played by the organ of the same
name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import permutations
from typing import Final, cast

from engine.acts.act import Situation
from engine.drafting.proof.trees import Ask
from engine.people.directory import Directory
from engine.petition.deadlines import (
    Change,
    Correct,
    Deadline,
    DeadlineState,
    Ledger,
    Open,
    Reckoner,
)
from engine.petition.facts import FACTS, FactKind, FactValue
from engine.petition.file import FileKind
from engine.petition.parties import Actor, Appointment, Level, Organ, OrganKind, Person, Role
from engine.statute.calendar import load_calendar
from engine.statute.law import load_law
from engine.statute.provisions import Limit
from engine.statute.reckoning import reckon
from engine.text import Text

TODAY: Final = date(2025, 6, 3)
_NOW: Final = datetime(TODAY.year, TODAY.month, TODAY.day, 2, tzinfo=UTC)
_DAYS: Final = 365
_LONG_AGO: Final = date(2024, 6, 3)
NONE, RUNNING, EXTENDED, SUSPENDED, OVERDUE, LAPSED = (
    "none", "running", "extended", "suspended", "overdue", "lapsed",
)  # fmt: skip
OPEN_STATES: Final = frozenset({RUNNING, EXTENDED, SUSPENDED, OVERDUE})
ALIVE: Final = frozenset({RUNNING, EXTENDED})
CLERK: Final = "clerk"

SLOTS: Final[Mapping[str, tuple[FactValue, ...]]] = {
    "organ": (None, "organ"),
    "office": (None, "office", "upper"),
    "discipline_organ": (None, "discipline"),
}
"""The parts whose holder decides something: nobody, or who. An organ that referred a matter down is held as ``upper``."""

_PLAYED: Final = {
    "review_organ": "city_organ",
    "re_review_organ": "province_organ",
    "server": "organ",
    "decider": "government",
    "supervising_office": "office",
    "proposed_organ": "other",
    "disputing_organ": "other",
    "barring_organ": "lower",
    "transferred_by": "office",
    "first_receiver": "office",
}


def clock(limit: str) -> str:
    """The name under which the state of *limit* is remembered."""
    return f"clock:{limit}"


@cache
def clock_states(limit: str) -> tuple[str, ...]:
    """The states of *limit* that are told apart; done, voided and never begun are one."""
    rule = load_law().limit_by_id(limit)
    states = [NONE, RUNNING, LAPSED if rule.is_power else OVERDUE]
    if rule.extended_by:
        states.append(EXTENDED)
    if rule.suspended_by:
        states.append(SUSPENDED)
    return tuple(states)


@cache
def directory() -> Directory:
    """The organs and the one person of the abstract office."""

    def organ(id: str, kind: OrganKind, level: Level, **more: str) -> Organ:
        return Organ(id=id, name=Text(id, id), code=id, kind=kind, level=level, **more)  # type: ignore[arg-type]

    department, county, city = OrganKind.DEPARTMENT, Level.COUNTY, Level.CITY
    organs = (
        organ("province_organ", department, Level.PROVINCE),
        organ("city_organ", department, city, higher_department="province_organ"),
        organ("city_government", OrganKind.GOVERNMENT, city),
        organ("government", OrganKind.GOVERNMENT, county, parent="city_government"),
        organ("office", OrganKind.PETITION_OFFICE, county, government="government"),
        organ("organ", department, county, higher_department="city_organ"),
        organ("upper", department, city, higher_department="province_organ"),
        organ("other", department, county, government="government"),
        organ("lower", department, Level.TOWNSHIP, government="government", higher_department="organ"),
        organ("legal", OrganKind.POLITICAL_LEGAL, county),
        organ("discipline", OrganKind.SUPERVISION, county),
    )  # fmt: skip
    posts = [
        Appointment(person=CLERK, organ=at, role=role)
        for at in ("organ", "lower", "other", "upper")
        for role in (Role.CLERK, Role.HEAD)
    ]
    return Directory.of(organs, [Person(id=CLERK, name=CLERK, login=CLERK)], posts)


class _Rules:
    law = load_law()
    calendar = load_calendar()


RECKONER: Final[Reckoner] = _Rules()


def acting_organ(slot: str) -> str:
    """The organ of the directory that plays the part *slot*."""
    return {**_PLAYED, "discipline_organ": "discipline"}.get(slot, slot)


@cache
def _actor(slot: str) -> Actor:
    return Actor(person=CLERK, organ=acting_organ(slot), roles=frozenset(Role))


def situation(ask: Ask, *, slot: str, kind: FileKind, closed: bool = False) -> Situation:
    """What an act sees of a petition whose remembered facts and clocks *ask* tells, done by the organ that plays *slot*."""
    return Situation(
        petition="petition",
        kind=kind.value,
        sealed=False,
        facts=_Facts(ask),
        ledger=_Clocks(ask),
        law=RECKONER.law,
        calendar=RECKONER.calendar,
        organs=directory(),
        actor=_actor(slot),
        today=TODAY,
        now=_NOW,
        seq=2,
        closed=closed,
    )


class _Facts(dict[str, FactValue]):
    """The facts: those that are remembered are asked for; no day is known, so that none stands in the way."""

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self._ask = ask

    def get(self, name: str, default: object = None) -> FactValue:
        fact = FACTS.get(name)
        if name in SLOTS or (fact is not None and fact.kind in {FactKind.BOOLEAN, FactKind.ENUM}):
            return cast(FactValue, self._ask(name))
        if fact is not None and fact.kind is FactKind.NUMBER:
            return 1
        return _PLAYED.get(name)

    def __getitem__(self, name: str) -> FactValue:
        return self.get(name)


class _Clocks(Ledger):
    """The ledger: the newest deadline of each limit, in the state that is remembered."""

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        object.__setattr__(self, "_ask", ask)

    def _row(self, limit: str) -> Deadline | None:
        state = self._ask(clock(limit))  # type: ignore[attr-defined]
        return None if state == NONE else row(limit, str(state))

    def of(self, limit: str) -> tuple[Deadline, ...]:
        found = self._row(limit)
        return () if found is None else (found,)

    def last_of(self, limit: str) -> Deadline | None:
        return self._row(limit)

    def open_of(self, limit: str) -> Deadline | None:
        found = self._row(limit)
        return found if found is not None and found.open else None

    def __iter__(self) -> Iterator[Deadline]:
        """Every limit as if it ran: what is asked of all is done to those that are open."""
        return iter([row(limit, RUNNING) for limit in limits_kept()])

    def changed(self, change: Change, *, by: int, reckoner: Reckoner) -> Ledger:
        limit = "" if isinstance(change, Correct) else change.limit
        return Ledger(self.of(limit)).changed(change, by=by, reckoner=reckoner)


@cache
def limits_kept() -> tuple[str, ...]:
    """The numbered limits of the text in force that are deadlines of their own."""
    return tuple(limit.id for limit in load_law().clocks())


@cache
def row(limit: str, state: str) -> Deadline:
    """The deadline of *limit* in *state*, as it stands on the one day."""
    passed = state in {OVERDUE, LAPSED}
    on = _LONG_AGO if passed else TODAY
    due = on + timedelta(days=1) if limit == "U10" else None
    opened = Ledger().changed(
        Open(limit=limit, on=on, debtor="organ", due=due), by=1, reckoner=RECKONER
    )
    found = opened.rows[0]
    if state == EXTENDED:
        return replace(found, extension_days=RECKONER.law.limit_by_id(limit).max_total or 0)
    states = {
        SUSPENDED: DeadlineState.SUSPENDED,
        OVERDUE: DeadlineState.OVERDUE,
        LAPSED: DeadlineState.LAPSED,
    }
    return replace(found, state=states.get(state, DeadlineState.RUNNING))


@cache
def earlier() -> dict[str, str]:
    """For a limit another that the same event starts and that always ends first, on whatever day of this year they start."""
    rules = [RECKONER.law.limit_by_id(limit) for limit in limits_kept()]
    found = {}
    for one, other in permutations(rules, 2):
        if one.starts == other.starts and one.length and other.length:
            days = (date(TODAY.year, 1, 1) + timedelta(days=at) for at in range(_DAYS))
            if all(_ends(one, day) < _ends(other, day) for day in days):
                found[other.id] = one.id
    return found


def _ends(limit: Limit, start: date) -> date:
    return reckon(limit, start, RECKONER.calendar).legal_due or start
