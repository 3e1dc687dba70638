"""Filling the demonstration office: petitions that have travelled every path, on a clock that was turned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from engine.bootstrap import open_house
from engine.clock import SHANGHAI, Clock, ManualClock, legal_date
from engine.demo.journeys import Journey, read_journeys
from engine.demo.opening import open_demonstration
from engine.demo.organs import DemoOffice
from engine.demo.travel import Caravan, Traveller
from engine.settings import Settings

RECENT_DAYS = 120
"""Over how many days before today the petitions beyond the first of each journey were handed in."""
SPREAD = 37
"""Shares no divisor with the days above, so that stepping by it spreads the petitions evenly."""


def fill(
    settings: Settings,
    office: DemoOffice,
    *,
    petitions: int | None,
    clock: Clock,
    told: Callable[[int, int], None] | None = None,
) -> int:
    """Make the demonstration office of *settings* and let petitions travel until now. Returns how many.

    Without a number every journey is travelled once. *told* hears how many stops of about how many are played.
    """
    now = clock.now()
    travellers = tuple(planned(read_journeys(), petitions, legal_date(now)))
    opening = min([traveller.starts for traveller in travellers], default=legal_date(now))
    turned = ManualClock(_morning(opening - timedelta(days=1)))
    store = open_demonstration(settings, office, turned)
    try:
        house = open_house(settings, clock=turned, store=store)
        stops = sum(len(traveller.journey.stops) for traveller in travellers)
        caravan = Caravan(house, turned)
        caravan.play(
            travellers, until=now, progress=None if told is None else lambda n: told(n, stops)
        )
    finally:
        store.close()
    return len(travellers)


def planned(journeys: Sequence[Journey], petitions: int | None, today: date) -> Iterator[Traveller]:
    """Who sets out when: the first of each journey early enough to arrive by *today*, the others lately."""
    wanted = len(journeys) if petitions is None else petitions
    for serial in range(wanted):
        journey = journeys[serial % len(journeys)]
        if serial < len(journeys):
            length = sum(stop.after for stop in journey.stops)
            ago = length + 1 + serial % len(journeys)
        else:
            ago = 1 + (serial * SPREAD) % RECENT_DAYS
        yield Traveller(journey=journey, serial=serial, starts=today - timedelta(days=ago))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=SHANGHAI).astimezone(UTC)
