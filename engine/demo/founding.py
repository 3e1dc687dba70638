"""Founding the demonstration office: organs and staff, and petitions that have travelled every path up to today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.bootstrap import House, open_house
from engine.clock import Clock, ManualClock, SystemClock, legal_date
from engine.demo.journeys import Journey, read_journeys
from engine.demo.opening import open_demonstration
from engine.demo.organs import read_office
from engine.demo.travel import Caravan, Traveller
from engine.people.made_up import MadeUpOffice
from engine.petition.parties import Role
from engine.settings import Settings
from engine.text import Text

SPAN = 200
"""Over how many days up to today the petitions arrive."""
BEFORE = 3
"""How many days before the first petition the office opens."""
_SCATTER = 0.6180339887
"""The golden ratio scatters the arrivals evenly, whatever their number."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """How one member of the made-up staff signs in, and as what."""

    login: str
    name: str
    organ: Text
    roles: tuple[Role, ...]
    sealed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIns:
    """Everybody who can sign in; all with the same ``password``."""

    password: str
    people: tuple[SignIn, ...]


def found(
    settings: Settings,
    *,
    petitions: int,
    progress: Progress | None = None,
    until: Clock | None = None,
) -> SignIns:
    """Make the demonstration office of *settings* with *petitions* that stand at every stage today.

    Nothing may be there yet. *until* says what today is (the machine's clock). Raises DataError.
    """
    end = (until or SystemClock()).now()
    office = read_office(today=legal_date(end))
    clock = ManualClock(end - timedelta(days=SPAN + BEFORE))
    store = open_demonstration(settings, office, clock)
    try:
        house = open_house(settings, clock=clock, store=store)
        _fill(house, clock, petitions, end, progress)
    finally:
        store.close()
    return SignIns(password=office.password, people=tuple(_sign_ins(office)))


def _fill(
    house: House, clock: ManualClock, petitions: int, end: datetime, progress: Progress | None
) -> None:
    journeys = read_journeys()
    travellers = staggered(journeys, petitions, today=legal_date(end))
    stops = sum(len(one.journey.stops) for one in travellers)

    def told(played: int) -> None:
        if progress is not None:
            progress("journeys", played, stops)

    for one in Caravan(house, clock).play(travellers, until=end, progress=told):
        if one.fault is not None:
            raise one.fault
    house.log.turn(end)


def staggered(journeys: Sequence[Journey], count: int, *, today: date) -> tuple[Traveller, ...]:
    """*count* travellers, taking the journeys in turn, that start scattered over the ``SPAN`` days up to *today*."""
    return tuple(
        Traveller(journey=journeys[serial % len(journeys)], serial=serial, starts=day)
        for serial in range(count)
        for day in [today - _ago(journeys[serial % len(journeys)], serial)]
    )


def _ago(journey: Journey, serial: int) -> timedelta:
    if journey.days_ago is not None:
        return timedelta(days=journey.days_ago)
    return timedelta(days=SPAN - int(serial * _SCATTER % 1 * SPAN))


def _sign_ins(office: MadeUpOffice) -> Iterator[SignIn]:
    organs = {organ.id: organ.name for organ in office.organs}
    for person in office.people:
        held = [row for row in office.appointments if row.person == person.id]
        yield SignIn(
            login=person.login,
            name=person.name,
            organ=organs[held[0].organ],
            roles=tuple(row.role for row in held),
            sealed=any(row.sealed for row in held),
        )
