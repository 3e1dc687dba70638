"""Telling the courses of petitions for counting, as their records grow. Business never waits for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from engine.audit.course import Maps, Stay, Walk
from engine.audit.holding import Holder, holder_of
from engine.audit.replay import Replay
from engine.audit.verdict import Finding, Judged
from engine.clock import legal_date
from engine.errors import PetitionError, Stale
from engine.petition.deadlines import Ledger
from engine.petition.entries import Entry, EntryKind
from engine.record.canonical import canonical_text
from engine.record.fold import Standing
from engine.store.courses import Course, moved, write_courses
from engine.store.queries.cases import AT_ONCE, entries_by_case
from engine.store.store import Desk, Store

LEAVES_AT_ONCE: Final = 20_000
PETITIONS_AT_ONCE: Final = 300
"""How far one turn goes along the log, and how many petitions it tells."""
OPEN: Final = "open"
"""What is kept of a limit whose day decides when it is asked."""
_BY_DAY: Final = frozenset({Finding.NOT_YET_DUE, Finding.OVERDUE, Finding.LAPSED})
_DEEDS: Final = frozenset({EntryKind.ACT, EntryKind.FREE_STEP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """What one turn told: how many petitions; and whether there are more."""

    petitions: int = 0
    more: bool = False


class Telling:
    """Keeps the courses of one store told."""

    def __init__(self, store: Store, *, replay: Replay, maps: Maps) -> None:
        self._store = store
        self._replay = replay
        self._maps = maps

    def turn(self, now: datetime) -> Turned:
        """Tell petitions that have moved, a bounded number of them."""
        with self._store.reading() as desk:
            of = moved(desk, leaves=LEAVES_AT_ONCE, most=PETITIONS_AT_ONCE)
            if not of.petitions and of.upto == of.place:
                return Turned()
            courses = list(self._courses(desk, of.petitions, now))
        try:
            with self._store.transaction() as paper:
                written = write_courses(paper, courses, of)
        except Stale:  # somebody's business was in the way; what was told is told another time
            return Turned(more=True)
        return Turned(petitions=len(courses) if written else 0, more=of.more)

    def catch_up(self, now: datetime) -> int:
        """Turn until there are no more. Returns how many petitions were told."""
        told = 0
        while True:
            done = self.turn(now)
            told += done.petitions
            if not done.more:
                return told

    def _courses(self, desk: Desk, ids: Sequence[str], now: datetime) -> Iterator[Course]:
        for first in range(0, len(ids), AT_ONCE):
            some = entries_by_case(desk, ids[first : first + AT_ONCE])
            for petition, entries in some.items():
                judged = self._replay.verdict(desk, entries, legal_date(now))
                yield told(petition, entries, judged, self._maps)


def told(petition: str, entries: Sequence[Entry], judged: Sequence[Judged], maps: Maps) -> Course:
    """What is told of one petition. Where its drawings are no longer known, nothing is told of steps and holders."""
    acts = [entry.act for entry in entries if entry.kind in _DEEDS]
    course = _Course()
    try:
        course.walk(entries, maps)
    except (PetitionError, KeyError):
        course = _Course()
    began = course.spans[0][1] if course.spans else _second(entries[0].effective_at)
    return Course(
        petition=petition,
        seq=entries[-1].seq,
        way=hashlib.sha256("\n".join(acts).encode()).hexdigest()[:24],
        acts=canonical_text(acts),
        began=began,
        ended=course.ended,
        stays=[_stay(stay, course.breaches.get(id(stay), 0)) for stay in course.stays],
        holds=list(course.holds()),
        findings=[_finding(one) for one in judged if _counts(one)],
    )


class _Course:
    """A course in the making."""

    def __init__(self) -> None:
        self.stays: list[Stay] = []
        self.breaches: dict[int, int] = {}
        self.spans: list[tuple[Holder | None, int]] = []
        """From when on who held it."""
        self.ended: int | None = None

    def walk(self, entries: Sequence[Entry], maps: Maps) -> None:
        """Walk along all entries."""
        walk, standing = Walk(maps), Standing()
        known: set[int] = set()
        for entry in entries:
            standing = standing.after(entry)
            late = _breaches(standing.ledger, entry.seq)
            during = list(walk.open)
            leg = walk.on(entry)
            for stay in during if late else ():
                self.breaches[id(stay)] = self.breaches.get(id(stay), 0) + late
            for stay in (*walk.over, *walk.open):
                if id(stay) not in known:
                    known.add(id(stay))
                    self.stays.append(stay)
            self.spans.append((holder_of(walk.steps(), standing), _second(leg.at)))
        if self.spans and self.spans[-1][0] is None:
            self.ended = self.spans[-1][1]

    def holds(self) -> Iterator[Mapping[str, Any]]:
        """The spans, those of one holder that follow each other as one."""
        begun: tuple[Holder, int] | None = None
        for holder, since in self.spans:
            if begun is not None and holder == begun[0]:
                continue
            if begun is not None and since > begun[1]:
                yield _hold(*begun, until=since)
            begun = (holder, since) if holder is not None else None
        if begun is not None:
            yield _hold(*begun, until=None)


def _breaches(ledger: Ledger, seq: int) -> int:
    return sum(row.passed_by == seq and not row.power for row in ledger)


def _hold(holder: Holder, since: int, *, until: int | None) -> Mapping[str, Any]:
    return {"holder": holder.id, "transit": holder.transit, "since": since, "until": until}


def _stay(stay: Stay, breaches: int) -> Mapping[str, Any]:
    return {
        "element": stay.element,
        "entered": _second(stay.entered_at),
        "left": _second(stay.left_at) if stay.left_at else None,
        "breaches": breaches,
    }


def _counts(one: Judged) -> bool:
    return one.finding is not Finding.NOT_ENGAGED or bool(one.doubts)


def _finding(one: Judged) -> Mapping[str, Any]:
    return {
        "limit_id": one.limit,
        "debtor": one.debtor,
        "power": one.power,
        "finding": OPEN if one.finding in _BY_DAY else one.finding.value,
        "legal_due": one.legal_due,
        "started_on": one.started_on,
        "days": one.days if one.finding is Finding.LATE else None,
        "doubts": len(one.doubts),
    }


def _second(at: datetime) -> int:
    return int(at.timestamp())
