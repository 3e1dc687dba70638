"""An office of its own for a story: the demonstration's organs and staff, on a clock that the test turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher

from engine.bootstrap import House, open_house, vocabulary
from engine.clock import ManualClock
from engine.demo.opening import open_demonstration
from engine.demo.organs import read_office
from engine.demo.travel import Caravan, Traveller
from engine.drafting.scenarios.tracing import Traced
from engine.office import FrontDesk, Office
from engine.office.ports import Procedure
from engine.petition.entries import Entry
from engine.petition.file import File
from engine.petition.parties import Actor
from engine.procedure import Source, load
from engine.settings import Settings
from engine.store.queries.timeline import entries_of
from engine.store.store import Store
from engine.worker import ClockTower

START = date(2026, 3, 2)
"""The day on which stories begin: a Monday, with Qingming, May Day and the autumn holidays ahead."""
TODAY = START + timedelta(days=75)
"""The day that counts as today for what the demonstration office says happened days ago."""
OPENED = datetime(2026, 2, 26, 1, 0, tzinfo=UTC)
LONG_AFTER = datetime(2027, 6, 1, tzinfo=UTC)
"""By then every story has come to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A house, its clock, and the sequence flows that its petitions have taken."""

    house: House
    clock: ManualClock
    flows: Counter[str]

    @property
    def store(self) -> Store:
        """Where the paper lies."""
        return self.house.store

    def actor(self, login: str, on: date = START) -> Actor:
        """The member of staff who signs in as *login*."""
        return Caravan(self.house, self.clock).actor(login, on)

    def file(self, petition: str) -> File:
        """The file as it stands."""
        with self.store.reading() as desk:
            return desk.load(petition)

    def entries(self, petition: str) -> tuple[Entry, ...]:
        """The record of the file."""
        with self.store.reading() as desk:
            return entries_of(desk, petition)


def new_world(
    data: Path,
    url: str,
    *,
    opened: datetime = OPENED,
    today: date = TODAY,
    office: type[Office] = Office,
) -> World:
    """A demonstration office without petitions, on the empty database at *url*; its counter is an *office*."""
    settings = Settings(data=data, database_url=url)
    clock = ManualClock(opened)
    store = open_demonstration(settings, read_office(today=today), clock)
    _make_sign_in_quick(store, opened)
    house = open_house(settings, clock=clock, store=store)
    flows = Counter[str]()
    words = vocabulary(house.law)

    def traced(files: Mapping[str, bytes]) -> Procedure:
        return Traced(load(Source(files), words), flows)

    return World(house=with_counter(house, office, traced), clock=clock, flows=flows)


def _make_sign_in_quick(store: Store, now: datetime) -> None:
    """The same password under the cheapest hash: the stories sign in a hundred times."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(read_office().password)
    with store.transaction() as paper:
        for person in paper.directory().people:
            paper.set_password(person, cheap, now=now)


def with_counter(
    house: House,
    kind: type[Office],
    load_procedure: Callable[[Mapping[str, bytes]], Procedure],
) -> House:
    """*house* with a counter of *kind* that reads its drawings through *load_procedure*."""
    office = kind(
        store=house.store, load_procedure=load_procedure, law=house.law, clock=house.clock
    )
    return replace(
        house,
        office=office,
        front_desk=FrontDesk(office, house.store),
        tower=ClockTower(office=office, store=house.store),
    )


def setting_out(journeys: tuple[object, ...]) -> tuple[Traveller, ...]:
    """A traveller for each of *journeys*, all starting on the first day."""
    return tuple(
        Traveller(journey=journey, serial=serial, starts=START)  # type: ignore[arg-type]
        for serial, journey in enumerate(journeys)
    )
