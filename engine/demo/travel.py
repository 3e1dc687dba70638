"""Playing journeys on a clock that is turned: many at once, in the order of the days, as an office lives them."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol

from engine.bootstrap import House
from engine.clock import SHANGHAI, ManualClock, legal_date
from engine.demo.journeys import MAIN, Journey, Stop
from engine.drafting.scenarios.naming import names_parts, words_of_file
from engine.drafting.scenarios.usual import resolved
from engine.errors import DataError, PetitionError, Refused
from engine.petition.commands import Command, supervision_key
from engine.petition.parties import Actor
from engine.store.queries.timeline import entries_of
from engine.text import Text

OFFICE_OPENS = time(9, 0)
MINUTES_APART = 7
_SPREAD, _STAGGER = 420, 11
_SUPERVISION = "supervision."


class Door(Protocol):
    """A way into the office: its own counter, or the pages before it."""

    def perform(self, command: Command) -> str:
        """Have *command* carried out; returns the id of the petition. Raises what the office says against it."""


class Counter:
    """The office's own door."""

    def __init__(self, house: House) -> None:
        self._house = house

    def perform(self, command: Command) -> str:
        """Carry out *command*."""
        return self._house.office.perform(command).petition


@dataclass(slots=True, kw_only=True)
class Traveller:
    """One journey under way; ``files`` holds the ids of its files by the journey's own names."""

    journey: Journey
    serial: int
    starts: date
    files: dict[str, str] = field(default_factory=dict)
    stop: int = 0
    fault: DataError | None = None
    """Why the journey was given up: a stop that went otherwise than it says."""

    @property
    def arrived(self) -> bool:
        """Whether every stop has been played."""
        return self.stop >= len(self.journey.stops)

    @property
    def next(self) -> Stop:
        """The stop to be played next."""
        return self.journey.stops[self.stop]


@dataclass(order=True, slots=True)
class _Call:
    at: datetime
    place: int
    traveller: Traveller = field(compare=False)


class Caravan:
    """Plays journeys through *door* on *clock*, with the clock tower of *house* turning in between."""

    def __init__(self, house: House, clock: ManualClock, *, door: Door | None = None) -> None:
        self._house = house
        self._clock = clock
        self._door = door or Counter(house)
        with house.store.reading() as desk:
            self._directory = desk.directory()
            self._calendar = desk.calendar()
        self._people = {person.login: person.id for person in self._directory.people.values()}

    def play(
        self,
        travellers: Iterable[Traveller],
        *,
        until: datetime,
        progress: Callable[[int], None] | None = None,
    ) -> Sequence[Traveller]:
        """Play every stop that comes by *until*; later ones stay undone, so that files stand everywhere.

        *progress* is told the number of stops played so far. A journey at odds with the office (a stop that is refused
        against its expectation, or not refused) is given up with its ``fault``; the others go on.
        """
        travellers = tuple(travellers)
        calls = [_Call(self._desk(one.starts, one), one.serial, one) for one in travellers]
        heapq.heapify(calls)
        played = 0
        while calls and calls[0].at <= until:
            call = heapq.heappop(calls)
            self._turn_to(call.at)
            try:
                self._play(call.traveller)
            except DataError as fault:
                call.traveller.fault = fault
                continue
            played += 1
            if progress is not None:
                progress(played)
            if not call.traveller.arrived:
                heapq.heappush(calls, self._following(call))
        self._turn_to(until)
        for one in travellers:
            self._find_supervisions(one)
        return travellers

    def _find_supervisions(self, traveller: Traveller) -> None:
        """Note the supervision files whose end an arrived journey tells, though none of its stops was there."""
        if traveller.arrived and traveller.fault is None:
            try:
                for name in traveller.journey.closings:
                    self._petition(traveller, name)
            except DataError as fault:
                traveller.fault = fault

    def _following(self, call: _Call) -> _Call:
        traveller = call.traveller
        after = traveller.next.after
        if after == 0:
            soon = call.at + timedelta(minutes=MINUTES_APART)
            return _Call(soon, call.place, traveller)
        day = legal_date(call.at) + timedelta(days=after)
        return _Call(self._desk(day, traveller), call.place, traveller)

    def _desk(self, day: date, traveller: Traveller) -> datetime:
        """When the traveller comes to the desk: on *day* or the next working day, spread over the hours of work."""
        while not self._calendar.is_working(day):
            day += timedelta(days=1)
        minutes = timedelta(minutes=(traveller.serial * _STAGGER) % _SPREAD)
        return (datetime.combine(day, OFFICE_OPENS, tzinfo=SHANGHAI) + minutes).astimezone(UTC)

    def _play(self, traveller: Traveller) -> None:
        stop = traveller.next
        try:
            petition = self._door.perform(self._command(traveller))
        except Refused as refused:
            if stop.refused is None or not (refused.article or "").startswith(stop.refused):
                raise _unexpected(traveller, refused.text, refused.article) from refused
        except PetitionError as fault:
            raise _unexpected(traveller, fault.text) from fault
        else:
            if stop.refused is not None:
                raise _unexpected(
                    traveller, Text("应被拒绝而未被拒绝", "was to be refused and was not")
                )
            traveller.files.setdefault(stop.file, petition)
        traveller.stop += 1

    def _command(self, traveller: Traveller) -> Command:
        stop, today = traveller.next, legal_date(self._clock.now())
        petition = self._petition(traveller, stop.file)
        known = {f"file:{name}": id for name, id in traveller.files.items()}
        if names_parts(stop.answers):
            known.update(words_of_file(self._house.store, petition))
        return Command(
            act=stop.act,
            actor=self.actor(stop.by, today),
            key=f"journey:{traveller.journey.id}:{traveller.serial}:{traveller.stop}",
            petition=petition,
            answers=resolved(stop.answers, today=today, known=known),
        )

    def _petition(self, traveller: Traveller, name: str) -> str | None:
        """The file called *name*; None for one that is about to be opened."""
        if name.startswith(_SUPERVISION) and name not in traveller.files:
            limit = name.removeprefix(_SUPERVISION)
            traveller.files[name] = self._supervision(traveller.files[MAIN], limit)
        return traveller.files.get(name)

    def _supervision(self, petition: str, limit: str) -> str:
        """The file that the clock opened last because a deadline of *limit* had passed."""
        with self._house.store.reading() as desk:
            passings = [one for one in entries_of(desk, petition) if one.act == f"clock:{limit}"]
            for one in reversed(passings):
                key = supervision_key(petition, one.inputs["deadline"], one.seq)
                if (opened := desk.receipt(key)) is not None:
                    return opened.petition
        raise DataError(
            Text("没有因{limit}逾期而立的督办件", "no supervision was opened for {limit}").filled(
                limit=limit
            )
        )

    def actor(self, login: str, on: date) -> Actor:
        """The person with *login*, acting for the first organ at which they hold a role on that day."""
        person = self._people[login]
        organ = self._directory.organs_of(person, on)[0]
        return self._directory.actor_for(person, organ.id, on)

    def _turn_to(self, at: datetime) -> None:
        """Turn the clock on, stopping at each instant at which something falls due."""
        while (due := self._next_due()) is not None and due <= at:
            self._clock.turn_to(max(due, self._clock.now()))
            self._drain()
        self._clock.turn_to(max(at, self._clock.now()))
        self._drain()

    def _next_due(self) -> datetime | None:
        with self._house.store.reading() as desk:
            return desk.next_due()

    def _drain(self) -> None:
        done = self._house.tower.drain()
        if done.failed:
            raise DataError(
                Text(
                    "时钟或者后续事项处理失败,详见日志",
                    "a clock or a follow-up failed; see the log",
                )
            )


def _unexpected(traveller: Traveller, why: Text, article: str | None = None) -> DataError:
    return DataError(
        Text(
            "演示旅程{journey}第{place}步({act}):{why}{article}",
            "journey {journey}, stop {place} ({act}): {why}{article}",
        ).filled(
            journey=traveller.journey.id,
            place=traveller.stop + 1,
            act=traveller.next.act,
            why=why,
            article=f" [{article}]" if article else "",
        )
    )
