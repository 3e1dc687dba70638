"""``petition bench lateness``: how long after its legal instant a clock has fired, with a real worker and real time."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

from engine.bench.figures import Figure, percentile
from engine.bench.scale import Scale
from engine.bench.spawning import Spawned, spawned
from engine.bench.workplace import Workplace, measured_source
from engine.clock import SystemClock
from engine.store.tally import firings_at

BENCH = "lateness"
LATE, LATEST = "lateness of a clock", "lateness of the latest hundredth"
AIM_SECONDS = 0.5
_LEADS = (0.9, 1.3, 0.7, 1.1)
"""Seconds before midnight at which the clock is put, so that midnight comes anywhere between two looks of the worker."""
_PATIENCE = timedelta(minutes=1)
_LOOK_EVERY = 0.002
_MS = 1e3


class NotFired(RuntimeError):
    """A clock that had not fired a minute after its instant."""


def lateness(place: Workplace, scale: Scale) -> list[Figure]:
    """Clocks of several midnights, each of which comes in real time on a clock that is offset.

    ``wall_p50_ms`` and ``wall_p95_ms`` are times from the legal instant to the moment at which another process can read
    the firing; the second figure gives the 99th percentile and the longest in their place.
    """
    place.deploy(measured_source())
    midnights = _midnights(place, scale)
    with spawned(place, "engine.bench.alarm") as (worker,):
        worker.hear()
        late = [
            seconds
            for turn, due in enumerate(midnights)
            for seconds in _lived_through(
                place, worker, due, _LEADS[turn % len(_LEADS)], scale.clocks
            )
        ]
    shares = {LATE: (0.5, 0.95), LATEST: (0.99, 1.0)}
    return [_figure(place, operation, late, share) for operation, share in shares.items()]


def in_time(figures: Sequence[Figure]) -> bool:
    """Whether the 99th percentile is within the aim."""
    return all((f.wall_p50_ms or 0) <= AIM_SECONDS * _MS for f in figures if f.operation == LATEST)


def _midnights(place: Workplace, scale: Scale) -> list[datetime]:
    found = []
    for day in range(scale.midnights):
        if day:
            place.clock.turn_days(1)
        petition = place.registered(scale.clocks)[0]
        with place.house.store.reading() as desk:
            due = desk.load(petition).next_due_at
        assert due is not None  # noqa: S101 - registering starts a clock
        found.append(due)
    return sorted(set(found))


def _lived_through(
    place: Workplace, worker: Spawned, due: datetime, lead: float, clocks: int
) -> list[float]:
    """Put the worker's clock *lead* seconds before *due* and see each of the clocks fire. Returns seconds late."""
    machine = SystemClock()
    offset = due - timedelta(seconds=lead) - machine.now()
    worker.tell(str(offset.total_seconds()))
    late: list[float] = []
    pause = threading.Event()
    while len(late) < clocks:
        pause.wait(_LOOK_EVERY)
        fired = len(firings_at(place.house.store.engine, due))
        after = machine.now() + offset - due
        late.extend([after.total_seconds()] * (fired - len(late)))
        if after > _PATIENCE or worker.ended:
            raise NotFired(f"{fired} of {clocks} clocks fired")
    return late


def _figure(
    place: Workplace, operation: str, late: Sequence[float], shares: tuple[float, float]
) -> Figure:
    first, second = (round(percentile(late, share) * _MS, 1) for share in shares)
    return Figure(
        bench=BENCH,
        database=place.database,
        operation=operation,
        n=len(late),
        cpu_ms=None,
        db_cpu_ms=None,
        wall_p50_ms=first,
        wall_p95_ms=second,
        sql=None,
        commits=None,
        bytes=None,
        floor_ratio=None,
    )
