"""``petition bench herd``: a great many clocks fall due at one midnight and two workers drain them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from engine.bench.figures import Figure
from engine.bench.scale import Scale
from engine.bench.spawning import spawned
from engine.bench.workplace import Workplace, measured_source
from engine.store.tally import firings_at

BENCH = "herd"
WORKERS = 2
FIRED, LOST, DOUBLE = "clock drained by two workers", "clocks lost", "clocks fired twice"
_MS = 1e3


def herd(place: Workplace, scale: Scale) -> list[Figure]:
    """As many petitions as the scale says, whose internal limit is up at one midnight.

    Besides the cost of each: how many clocks were lost and how many fired twice, by the record, as ``n``.
    """
    place.deploy(measured_source())
    petitions = place.registered(scale.herd)
    due = place.next_due()
    took = _drained(place, due)
    lost, double = _miscounted(place, petitions, due)
    return [
        _cost(place, took, scale.herd),
        _count(place, LOST, lost),
        _count(place, DOUBLE, double),
    ]


def sound(figures: Sequence[Figure]) -> bool:
    """Whether nothing was lost and nothing happened twice."""
    return all(figure.n == 0 for figure in figures if figure.operation in {LOST, DOUBLE})


def _drained(place: Workplace, at: datetime) -> list[dict[str, Any]]:
    with spawned(place, "engine.bench.drain", at.isoformat(), count=WORKERS) as workers:
        for worker in workers:
            worker.hear()
        for worker in workers:
            worker.tell("begin")
        return [json.loads(worker.hear()) for worker in workers]


def _miscounted(place: Workplace, petitions: Sequence[str], due: datetime) -> tuple[int, int]:
    fired = firings_at(place.house.store.engine, due)
    lost = sum(petition not in fired for petition in petitions)
    return lost, sum(count > 1 for count in fired.values())


def _cost(place: Workplace, took: Sequence[dict[str, Any]], clocks: int) -> Figure:
    wall = max(one["wall"] for one in took) / clocks
    database = [one["database_cpu"] for one in took]
    return Figure(
        bench=BENCH,
        database=place.database,
        operation=FIRED,
        n=clocks,
        cpu_ms=round(sum(one["cpu"] for one in took) / clocks * _MS, 3),
        db_cpu_ms=None if None in database else round(sum(database) / clocks * _MS, 3),
        wall_p50_ms=round(wall * _MS, 3),
        wall_p95_ms=round(wall * _MS, 3),
        sql=round(sum(one["statements"] for one in took) / clocks, 2),
        commits=round(sum(one["commits"] for one in took) / clocks, 2),
        bytes=None,
        floor_ratio=None,
    )


def _count(place: Workplace, operation: str, count: int) -> Figure:
    return Figure(
        bench=BENCH,
        database=place.database,
        operation=operation,
        n=count,
        cpu_ms=None,
        db_cpu_ms=None,
        wall_p50_ms=None,
        wall_p95_ms=None,
        sql=None,
        commits=None,
        bytes=None,
        floor_ratio=None,
    )
