"""Measuring: many operations of several kinds in turn, so that a busy moment of the machine falls on all of them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from engine.bench.figures import FLOOR, Figure, percentile
from engine.bench.processor import processor_time
from engine.store.metering import Meter

_MS = 1e3


@dataclass(slots=True)
class Series:
    """The costs of one operation so far. Times are seconds."""

    walls: list[float] = field(default_factory=list)
    cpu: float = 0.0
    database_cpu: float | None = 0.0
    statements: int = 0
    commits: int = 0
    size: int = 0
    operations: int = 0

    def run(self, meter: Meter, operation: Callable[[], int], *, times: int = 1) -> None:
        """Do and measure *operation*, which does *times* things of its kind at once and returns the bytes of state."""
        statements, commits = meter.statements, meter.commits
        database = processor_time(meter.servers)
        cpu, wall = time.process_time(), time.perf_counter()
        size = operation()
        took, used = time.perf_counter() - wall, time.process_time() - cpu
        spent = processor_time(meter.servers)
        self.operations += times
        self.walls.append(took / times)
        self.cpu += used
        known = self.database_cpu is not None and database is not None and spent is not None
        self.database_cpu = self.database_cpu + spent - database if known else None  # type: ignore[operator]
        self.statements += meter.statements - statements
        self.commits += meter.commits - commits
        self.size += size

    @property
    def work(self) -> float:
        """CPU of process and database, in seconds per operation."""
        return (self.cpu + (self.database_cpu or 0.0)) / self.operations

    def figure(self, *, bench: str, database: str, operation: str, floor: Series) -> Figure:
        """The figure of what was measured, beside the *floor* of the same run."""
        n = self.operations
        return Figure(
            bench=bench,
            database=database,
            operation=operation,
            n=n,
            cpu_ms=round(self.cpu / n * _MS, 4),
            db_cpu_ms=None if self.database_cpu is None else round(self.database_cpu / n * _MS, 4),
            wall_p50_ms=round(percentile(self.walls, 0.5) * _MS, 3),
            wall_p95_ms=round(percentile(self.walls, 0.95) * _MS, 3),
            sql=round(self.statements / n, 2),
            commits=round(self.commits / n, 2),
            bytes=self.size // n,
            floor_ratio=round(self.work / floor.work, 2) if floor.work else None,
            per_second=round(1 / self.work) if self.work else None,
        )


Operation = Callable[[int], int]
"""Does the operation for the n-th time and returns the bytes of state it left."""


def measured(
    meter: Meter, operations: Mapping[str, Operation], *, rounds: int, warm_up: int = 0
) -> dict[str, Series]:
    """Every operation *rounds* times, one of each kind in every round, after *warm_up* rounds that do not count.

    Each round has an order of its own: whoever follows a heavy operation finds the processor's caches cold.
    """
    series = {name: Series() for name in operations}
    dice = random.Random(rounds)  # noqa: S311 - an order, not a secret
    for turn in range(warm_up + rounds):
        for name in dice.sample(list(operations), len(operations)):
            if turn < warm_up:
                operations[name](turn)
            else:
                series[name].run(meter, partial(operations[name], turn))
    return series


def figures(bench: str, database: str, series: Mapping[str, Series]) -> list[Figure]:
    """The figures of one run; one of its operations is the floor."""
    floor = series[FLOOR]
    return [
        one.figure(bench=bench, database=database, operation=operation, floor=floor)
        for operation, one in series.items()
    ]
