"""What the record of an office says about how it works, in place of usual assumptions. Measured, never guessed.

| number | how it is measured |
|---|---|
| arrivals | petitions received, by working days from the first of the sample until today |
| staff | people of the role at the organs that played the part, by the directory |
| work at a step | working hours from the moment somebody took the step for themselves until it was done |
| the petitioner's time, and share | days from the opening of the step until it was done; how many were done |
| shares of ways | what was answered, as far as it is recorded in the clear |
| shares of standing acts | petitions on which the act was done, of those that are over |

What a step's stay was (waiting included) is told beside, since it is what the office sees; it is no assumption.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from engine.audit.course import Maps, instant_of
from engine.clock import legal_date
from engine.drafting.simulation.assumptions import FREE, REGISTER, Assumptions, Pace, Standing
from engine.drafting.simulation.chance import Spread
from engine.drafting.simulation.working_time import WorkingTime
from engine.errors import DataError
from engine.people.directory import Directory
from engine.petition.entries import Entry, EntryKind
from engine.petition.parties import Role, Slot
from engine.procedure import Element
from engine.statute.calendar import Calendar
from engine.store.queries.cases import AT_ONCE, entries_by_case
from engine.store.queries.recent import recent_files
from engine.store.store import Desk

SAMPLE: Final = 400
"""So many of the newest files are looked at."""
ENOUGH: Final = 10
"""Fewer observations than that say nothing: what is usual stays."""
_TAKEN: Final = frozenset({"claim", "hand_over", "substitute"})
_FILLED: Final = "fill:"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The usual assumptions with what was measured in their place, and the stays that the office sees (days; how many)."""

    assumptions: Assumptions
    petitions: int = 0
    since: date | None = None
    stays: Mapping[str, tuple[Spread, int]] = field(default_factory=dict)


def measured(desk: Desk, usual: Assumptions, maps: Maps, today: date) -> Measured:
    """What the record at *desk* says by *today*."""
    sample = _Sample(usual, maps)
    ids = recent_files(desk, SAMPLE)
    for at in range(0, len(ids), AT_ONCE):
        for entries in entries_by_case(desk, ids[at : at + AT_ONCE]).values():
            if entries:
                sample.add(entries)
    return sample.measured(desk.calendar(), desk.directory(), today)


@dataclass(slots=True)
class _OnFile:
    """Where the look at one file has come to."""

    at: datetime | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    opened: dict[str, datetime] = field(default_factory=dict)
    taken: dict[str, datetime] = field(default_factory=dict)


@dataclass(slots=True)
class _Sample:
    usual: Assumptions
    maps: Maps
    received: list[date] = field(default_factory=list)
    over: int = 0
    stays: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    ended: Counter[str] = field(default_factory=Counter)
    worked: dict[str, list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))  # fmt: skip
    ways: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    stood: Counter[str] = field(default_factory=Counter)
    organs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, entries: Sequence[Entry]) -> None:
        """Look at one file. Where its drawings are no longer known, nothing is learned from it."""
        try:
            self._follow(entries)
        except (DataError, KeyError):
            return
        opening = entries[0]
        if opening.act == REGISTER:
            day = opening.inputs.get("received_on")
            self.received.append(
                date.fromisoformat(day) if day else legal_date(opening.recorded_at)
            )
            if any("closing" in _facts(one) for one in entries):
                self.over += 1
                self.stood.update({one.act for one in entries} & self.usual.standing.keys())

    def _follow(self, entries: Sequence[Entry]) -> None:
        on = _OnFile()
        for entry in entries:
            elements = self.maps(entry.versions["procedure"]).elements
            on.at = instant_of(entry, on.at)
            on.facts |= _facts(entry)
            if entry.kind is EntryKind.OFFICE and entry.act in _TAKEN and entry.step:
                on.taken[entry.step] = on.at
            self._done(entry, on, elements)
            self._left(entry, on, elements)
            on.opened |= {
                id: on.at
                for id in entry.consequences.get("entered", ())
                if id in elements and (elements[id].act or elements[id].form)
            }
        # In the supervision of a breach the supervised organ plays the organ's part, whoever it is.
        parts = tuple(Slot) if entries[0].act == REGISTER else (Slot.SUPERVISING_OFFICE,)
        for slot in parts:
            if on.facts.get(slot.value):
                self.organs[slot.value].add(str(on.facts[slot.value]))

    def _done(self, entry: Entry, on: _OnFile, elements: Mapping[str, Element]) -> None:
        """What somebody has done: which way, and how long after they had taken it for themselves."""
        if entry.kind not in {EntryKind.ACT, EntryKind.FREE_STEP} or on.at is None:
            return
        key = self._key(entry.act, getattr(elements.get(_element(entry)), "slot", None))
        self._choose(key, {**on.facts, **entry.inputs})
        if entry.step in on.taken:
            self.worked[key].append((on.taken[entry.step], on.at))

    def _left(self, entry: Entry, on: _OnFile, elements: Mapping[str, Element]) -> None:
        """Which steps have ended, and whether by being done."""
        for id in entry.consequences.get("left", ()):
            since = on.opened.pop(id, None)
            if since is not None and on.at is not None:
                own = self._key(elements[id].act or f"{FREE}{elements[id].form}", elements[id].slot)
                self.ended[own] += 1
                if id == _element(entry):
                    self.stays[own].append((on.at - since) / _DAY)

    def _key(self, act: str, slot: str | None) -> str:
        step = f"{FREE}{act.removeprefix(_FILLED)}" if act.startswith(_FILLED) else act
        return self.usual.key(step, slot or "")

    def _choose(self, key: str, known: Mapping[str, Any]) -> None:
        for way in self.usual.pace(key).ways:
            said = {name: value for name, value in way.answers.items() if name in known}
            wanted = {**said, **way.when, **way.told}
            if wanted and all(known.get(name) == value for name, value in wanted.items()):
                self.ways[key][way.name] += 1
                return

    # ---- what follows --------------------------------------------------------------------------------------------

    def measured(self, calendar: Calendar, directory: Directory, today: date) -> Measured:
        """What was measured."""
        sources: dict[str, int] = {}
        of, since = self.usual, min(self.received, default=today)
        days = sum(calendar.is_working(since + place * _DAY) for place in range((today - since).days))  # fmt: skip
        if len(self.received) >= ENOUGH and days >= ENOUGH:
            of = replace(of, arrivals=round(len(self.received) / days, 2))
            sources["arrivals"] = len(self.received)
        of = replace(of, staff=self._staff(directory, today, sources))
        time = WorkingTime(calendar, since - 400 * _DAY, opens=of.opens, hours=of.hours)
        paces = {key: self._pace(key, pace, time, sources) for key, pace in self._known().items()}
        of = replace(of, paces=paces, standing=self._standing(sources), sources=sources)
        stays = {key: (_spread(found), len(found)) for key, found in self.stays.items() if found}
        return Measured(
            assumptions=of, petitions=len(self.received), since=since if self.received else None, stays=stays
        )  # fmt: skip

    def _known(self) -> dict[str, Pace]:
        free = {key for key in self.worked if key.startswith(FREE)}
        return {**self.usual.paces, **{key: self.usual.pace(key) for key in sorted(free)}}

    def _pace(self, key: str, pace: Pace, time: WorkingTime, sources: dict[str, int]) -> Pace:
        worked = [time.minutes(done) - time.minutes(taken) for taken, done in self.worked[key]]
        if len(worked) >= ENOUGH:
            pace = replace(pace, work=_spread(worked))
            sources[f"steps.{key}.work"] = len(worked)
        if pace.done < 1 and self.ended[key] >= ENOUGH:
            pace = replace(pace, done=round(len(self.stays[key]) / self.ended[key], 3))
            sources[f"steps.{key}.done"] = self.ended[key]
            if len(self.stays[key]) >= ENOUGH:
                pace = replace(pace, wait=_spread(self.stays[key]))
                sources[f"steps.{key}.wait"] = len(self.stays[key])
        seen = self.ways[key].total()
        if len(pace.ways) > 1 and seen >= ENOUGH:
            ways = (
                replace(way, share=round(100 * self.ways[key][way.name] / seen, 1))
                for way in pace.ways
            )
            pace = replace(pace, ways=tuple(ways))
            sources[f"steps.{key}.ways"] = seen
        return pace

    def _standing(self, sources: dict[str, int]) -> dict[str, Standing]:
        if self.over < ENOUGH:
            return dict(self.usual.standing)
        sources |= {f"standing.{act}.share": self.over for act in self.usual.standing}
        return {
            act: replace(one, share=round(self.stood[act] / self.over, 3))
            for act, one in self.usual.standing.items()
        }

    def _staff(
        self, directory: Directory, today: date, sources: dict[str, int]
    ) -> Mapping[str, int]:
        staff = dict(self.usual.staff)
        for team in staff:
            slot, _, role = team.partition(".")
            organs = self.organs[slot]
            people = {
                one for organ in organs for one in directory.people_at(organ, Role(role), today)
            }
            if people and len(self.received) >= ENOUGH:
                staff[team] = len(people)
                sources[f"staff.{team}"] = len(organs)
        return staff


def _element(entry: Entry) -> str:
    return (entry.step or "").partition("#")[0]


def _facts(entry: Entry) -> Mapping[str, Any]:
    found: Mapping[str, Any] = entry.consequences.get("facts", {})
    return found


def _spread(of: Iterable[float]) -> Spread:
    found = sorted(of)
    median, ninetieth = (found[-(-share * len(found) // 10) - 1] for share in (5, 9))
    return Spread(round(median, 2), round(ninetieth, 2))
