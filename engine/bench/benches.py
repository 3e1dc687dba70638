"""All benches by name, and running one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from engine.bench.figures import Figure, table
from engine.bench.fire import fire
from engine.bench.herd import herd, sound
from engine.bench.lateness import in_time, lateness
from engine.bench.record import light, record
from engine.bench.scale import Scale
from engine.bench.start import start
from engine.bench.step import step
from engine.bench.workplace import POSTGRESQL, SQLITE, Workplace, workplace
from engine.errors import DataError
from engine.text import Text

BOTH: Final = "both"


def _any(figures: Sequence[Figure]) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A bench, and whether its figures are as they have to be. What merely costs time is never wrong."""

    measure: Callable[[Workplace, Scale], list[Figure]]
    good: Callable[[Sequence[Figure]], bool] = _any


BENCHES: Final[Mapping[str, Bench]] = {
    "step": Bench(measure=step),
    "start": Bench(measure=start),
    "fire": Bench(measure=fire),
    "herd": Bench(measure=herd, good=sound),
    "record": Bench(measure=record, good=light),
    "lateness": Bench(measure=lateness, good=in_time),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Databases:
    """Where to measure: ``chosen`` is sqlite, postgresql or both; ``server`` the URL of a PostgreSQL server.

    The server is only asked for new databases, which are dropped afterwards. ``directory`` takes SQLite's files.
    """

    chosen: str = SQLITE
    server: str | None = None
    directory: Path | None = None

    def names(self) -> tuple[str, ...]:
        """The databases to measure on. Raises DataError where PostgreSQL is asked for and no server is known."""
        if self.chosen == SQLITE:
            return (SQLITE,)
        if self.server is None:
            raise DataError(
                Text(
                    "没有 PostgreSQL 服务器:请用 --database-url 或 PETITION_DATABASE_URL 指定,或者用 --database sqlite",
                    "no PostgreSQL server is known: name one by --database-url or PETITION_DATABASE_URL, "
                    "or measure with --database sqlite",
                )
            )
        return (POSTGRESQL,) if self.chosen == POSTGRESQL else (SQLITE, POSTGRESQL)


def run(name: str, *, json: bool, databases: Databases, scale: Scale, out: TextIO) -> int:
    """Run the bench *name* and write its figures to *out*: as JSON lines, or as tables for people.

    Returns 0, or 1 where a clock was lost, fired twice or was later than the aim, or hashing took too much of a command.
    Raises DataError.
    """
    bench = BENCHES[name]
    good = True
    for database in databases.names():
        with workplace(database, server=databases.server, directory=databases.directory) as place:
            figures = bench.measure(place, scale)
        good = good and bench.good(figures)
        lines = [figure.line() for figure in figures] if json else [table(figures), ""]
        out.write("\n".join(lines) + "\n")
        out.flush()
    return 0 if good else 1
