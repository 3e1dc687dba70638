"""Playing journeys on a clock that is turned: many petitions at once, in the order of the days, as an office lives them."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from engine.bootstrap import House
from engine.clock import SHANGHAI, ManualClock, legal_date
from engine.demo.journeys import Journey, Stop, resolved
from engine.errors import DataError, PetitionError, Refused
from engine.petition.commands import Command, Receipt
from engine.petition.parties import Actor
from engine.text import Text

OFFICE_OPENS = time(9, 0)
MINUTES_APART = 7


@dataclass(order=True, slots=True)
class _Call:
    """One stop of one traveller, at its instant."""

    at: datetime
    place: int
    traveller: Traveller = field(compare=False)


@dataclass(slots=True, kw_only=True)
class Traveller:
    """One petition on its way."""

    journey: Journey
    serial: int
    starts: date
    petition: str | None = None
    stop: int = 0
    last: date | None = None
    failure: PetitionError | None = None


class Caravan:
    """Plays journeys through the office's own door, on *clock*, with the clock tower turning in between."""

    def __init__(self, house: House, clock: ManualClock) -> None:
        self._house = house
        self._clock = clock
        with house.store.reading() as desk:
            self._directory = desk.directory()
        self._people = {person.login: person.id for person in self._directory.people.values()}
        self._known: dict[str, str] = {}

    def play(
        self,
        travellers: Iterable[Traveller],
        *,
        until: datetime,
        progress: Callable[[int], None] | None = None,
    ) -> Sequence[Traveller]:
        """Play every stop that comes before *until*; later ones stay undone, so that files stand everywhere.

        Returns the travellers with what became of them. A stop that the office refuses against the journey's
        expectation raises DataError: the demonstration must be lawful.
        """
        travellers = tuple(travellers)
        calls = [_Call(self._at(one.starts, one.serial), one.serial, one) for one in travellers]
        heapq.heapify(calls)
        played = 0
        while calls:
            call = heapq.heappop(calls)
            if call.at > until:
                continue
            self._turn_to(call.at)
            self._play(call.traveller)
            played += 1
            if progress is not None:
                progress(played)
            following = self._following(call)
            if following is not None:
                heapq.heappush(calls, following)
        self._turn_to(until)
        return travellers

    def _following(self, call: _Call) -> _Call | None:
        traveller = call.traveller
        if traveller.stop >= len(traveller.journey.stops):
            return None
        after = traveller.journey.stops[traveller.stop].after
        if after == 0:
            return _Call(call.at + timedelta(minutes=MINUTES_APART), call.place, traveller)
        day = legal_date(call.at) + timedelta(days=after)
        return _Call(max(self._at(day, traveller.serial), call.at), call.place, traveller)

    def _play(self, traveller: Traveller) -> None:
        stop = traveller.journey.stops[traveller.stop]
        today = legal_date(self._clock.now())
        key = f"journey:{traveller.journey.id}:{traveller.serial}:{traveller.stop}"
        try:
            receipt = self._perform(traveller, stop, today, key)
        except Refused as refused:
            if stop.refused is None or not (refused.article or "").startswith(stop.refused):
                raise self._unexpected(traveller, stop, refused) from refused
        except PetitionError as fault:
            raise self._unexpected(traveller, stop, fault) from fault
        else:
            if stop.refused is not None:
                raise self._unexpected(traveller, stop, Text("未被拒绝", "was not refused"))
            traveller.petition = traveller.petition or receipt.petition
            self._known[f"other:{traveller.journey.id}"] = traveller.petition
        traveller.stop += 1

    def _perform(self, traveller: Traveller, stop: Stop, today: date, key: str) -> Receipt:
        known = {**self._known, "petition": traveller.petition or "", **self._deadlines(traveller, stop)}
        answers = resolved(stop.answers, today=today, known=known)
        return self._house.office.perform(
            Command(
                act=stop.act,
                actor=self.actor(stop.by, today),
                key=key,
                petition=traveller.petition,
                answers=answers,
            )
        )

    def _deadlines(self, traveller: Traveller, stop: Stop) -> dict[str, str]:
        if traveller.petition is None or not any(
            str(value).startswith("@deadline:") for value in stop.answers.values()
        ):
            return {}
        with self._house.store.reading() as desk:
            ledger = desk.load(traveller.petition).ledger
        return {f"deadline:{row.limit}": row.id for row in ledger}

    def actor(self, login: str, on: date) -> Actor:
        """The person with *login*, acting for the first organ at which they hold a role on that day."""
        person = self._people[login]
        organ = self._directory.organs_of(person, on)[0]
        return self._directory.actor_for(person, organ.id, on)

    def _turn_to(self, at: datetime) -> None:
        """Turn the clock on, stopping at each instant at which something falls due."""
        while True:
            with self._house.store.reading() as desk:
                due = desk.next_due()
            if due is None or due > at:
                break
            self._clock.turn_to(max(due, self._clock.now()))
            self._house.tower.drain()
        self._clock.turn_to(max(at, self._clock.now()))
        self._house.tower.drain()

    @staticmethod
    def _at(day: date, serial: int) -> datetime:
        minutes = (serial * 11) % 420
        local = datetime.combine(day, OFFICE_OPENS, tzinfo=SHANGHAI) + timedelta(minutes=minutes)
        return local.astimezone(UTC)

    @staticmethod
    def _unexpected(traveller: Traveller, stop: Stop, why: PetitionError | Text) -> DataError:
        return DataError(
            Text(
                "演示旅程{journey}第{place}步({act}):{why}",
                "journey {journey}, stop {place} ({act}): {why}",
            ).filled(
                journey=traveller.journey.id,
                place=traveller.stop + 1,
                act=stop.act,
                why=why.text if isinstance(why, PetitionError) else why,
            )
        )
