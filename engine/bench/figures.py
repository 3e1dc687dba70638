"""A figure: what one operation cost, and how figures are told to people and to programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

FLOOR = "floor"
NAIVE = "naive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one *operation* cost on one *database*, per operation over *n* of them.

    Times are milliseconds: ``cpu_ms`` of our own process, ``db_cpu_ms`` of PostgreSQL's backends (0 for SQLite, which
    runs in our process; None where the server is on another machine). ``sql`` counts statements, ``bytes`` is the
    length of the state document, ``floor_ratio`` the CPU of both over that of a bare transaction in the same run,
    ``per_second`` how many a second of CPU is enough for, ``share`` the part it takes of the whole that it belongs to.
    """

    bench: str
    database: str
    operation: str
    n: int
    cpu_ms: float | None
    db_cpu_ms: float | None
    wall_p50_ms: float | None
    wall_p95_ms: float | None
    sql: float | None
    commits: float | None
    bytes: int | None
    floor_ratio: float | None
    per_second: int | None = None
    share: float | None = None

    @property
    def work_ms(self) -> float | None:
        """CPU of process and database together."""
        return None if self.cpu_ms is None else self.cpu_ms + (self.db_cpu_ms or 0.0)

    def line(self) -> str:
        """The figure as one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of *values* that is not below *share* of them."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -int(-len(ordered) * share // 1) - 1))]


_HEAD = (
    "operation",
    "n",
    "cpu ms",
    "db cpu ms",
    "p50 ms",
    "p95 ms",
    "sql",
    "commits",
    "bytes",
    "× floor",
    "naive ×",
    "per s",
    "share",
)


def table(figures: Iterable[Figure]) -> str:
    """The figures as aligned tables, one per bench and database.

    ``× floor`` is the cost as a multiple of a bare transaction; ``naive ×`` how many times as much stock SpiffWorkflow
    costs for the same (its operation is named alike, with ``naive`` in front). Thousandths of a millisecond are µs.
    """
    groups: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        groups.setdefault((figure.bench, figure.database), []).append(figure)
    return "\n\n".join(_group(*title, rows) for title, rows in groups.items())


def _group(bench: str, database: str, figures: Sequence[Figure]) -> str:
    known = {figure.operation: figure for figure in figures}
    rows = [
        _HEAD,
        *(_cells(figure, known.get(f"{NAIVE} {figure.operation}")) for figure in figures),
    ]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEAD))]
    lines = [
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
        )
        for row in rows
    ]
    return "\n".join([f"{bench} · {database}", *(line.rstrip() for line in lines)])


def _cells(figure: Figure, naive: Figure | None) -> tuple[str, ...]:
    times = (figure.cpu_ms, figure.db_cpu_ms, figure.wall_p50_ms, figure.wall_p95_ms)
    behind = naive.work_ms / figure.work_ms if naive and naive.work_ms and figure.work_ms else None
    return (
        figure.operation,
        str(figure.n),
        *(_number(value, 3) for value in times),
        _number(figure.sql, 1),
        _number(figure.commits, 1),
        "" if figure.bytes is None else str(figure.bytes),
        _number(figure.floor_ratio, 1),
        _number(behind, 1),
        "" if figure.per_second is None else str(figure.per_second),
        "" if figure.share is None else f"{figure.share:.1%}",
    )


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}"
