"""``petition bench fire``: what it costs to let a clock fire."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from engine.bench.beside import bare_transaction, changing, plain_spiff
from engine.bench.figures import FLOOR, NAIVE, Figure
from engine.bench.scale import Scale
from engine.bench.series import Series, figures
from engine.bench.workplace import Workplace, measured_source
from engine.store.floor import Floor
from engine.store.metering import Meter

BENCH = "fire"
BATCHED = "internal limit"
ALONE = "internal limit, one at a time"
BREACH = "limit of the statute and its supervision"


def fire(place: Workplace, scale: Scale) -> list[Figure]:
    """An internal limit that interrupts its step, in batches as the tower does it and one at a time; then a breach.

    The breach is the dear case: an overdue duty is recorded and a supervision file is opened before its office.
    """
    place.deploy(measured_source())
    meter = Meter(place.house.store.engine)
    floor = Floor(place.house.store.engine)
    bare = bare_transaction(floor)
    plain = plain_spiff()
    passed = plain.passed(plain.started())
    naive = changing(floor, NAIVE, [passed] * scale.groups * scale.batch, plain.fired)
    size = _registered_day_by_day(place, scale)
    series = {name: Series() for name in (FLOOR, BATCHED, ALONE, f"{NAIVE} {BATCHED}", BREACH)}
    for group in range(scale.groups):
        alone = group % 2 == 1
        name, batch = (ALONE, 1) if alone else (BATCHED, scale.batch)
        place.clock.turn_to(place.next_due())
        _turned(place, meter, series[name], batch, scale.batch, size)
        for turn in range(scale.batch):
            number = group * scale.batch + turn
            series[FLOOR].run(meter, partial(bare, number))
            series[f"{NAIVE} {BATCHED}"].run(meter, partial(naive, number))
    for _ in range(scale.groups):
        place.clock.turn_to(place.next_due())
        _turned(place, meter, series[BREACH], scale.batch, scale.batch, size)
    return figures(BENCH, place.database, series)


def _registered_day_by_day(place: Workplace, scale: Scale) -> int:
    """A batch of petitions on each of some days, so that each batch has a midnight of its own."""
    petitions: list[str] = []
    for day in range(scale.groups):
        if day:
            place.clock.turn_days(1)
        petitions = place.registered(scale.batch)
    return place.state_size(petitions[0])


def _turned(
    place: Workplace, meter: Meter, series: Series, batch: int, expected: int, size: int
) -> None:
    """Let the tower turn until the *expected* clocks have fired, and take the time per clock."""
    fired = 0
    while fired < expected:
        turn = _Turn(place, batch, size)
        series.run(meter, turn, times=batch)
        if not turn.fired:
            raise RuntimeError(f"the tower fired {fired} clocks of {expected}")
        fired += turn.fired


@dataclass(slots=True)
class _Turn:
    """One turn of the tower; gives the bytes of state and remembers how many clocks fired."""

    place: Workplace
    batch: int
    size: int
    fired: int = 0

    def __call__(self) -> int:
        self.fired = self.place.house.tower.turn(batch=self.batch).firings
        return self.size * self.batch
