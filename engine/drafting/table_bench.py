"""The test bench of a decision table: inputs tried, saved cases tried again, and what the rows cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.procedure.table_cases import Case, cases_in, fails, shown, written_cases
from engine.procedure.table_cover import Box, TooMany, never_come_to, overlaps, uncovered
from engine.procedure.tables import Table, Value
from engine.procedure.vocabulary import FactWord


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of one try: the numbers of the rows that match, the one that decides, and what it sets."""

    given: Mapping[str, Value]
    rows: tuple[int, ...]
    decides: int | None
    outputs: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What the rows of a table cover: ``gaps`` that none does, ``overlaps`` as two rows and the cases they share, ``idle`` rows.

    ``decided`` is False where the cases fall into too many pieces to say.
    """

    gaps: tuple[Box, ...] = ()
    overlaps: tuple[tuple[int, int, Box], ...] = ()
    idle: tuple[int, ...] = ()
    decided: bool = True


def tried(table: Table, given: Mapping[str, Value]) -> Tried:
    """*given* tried on *table*, decided as it is when a petition comes by."""
    rows = tuple(row.number for row in table.matching(given))
    return Tried(
        given=given,
        rows=tuple(sorted(rows)),
        decides=rows[0] if rows else None,
        outputs=table.decide(given),
    )


def cover_of(table: Table, facts: Mapping[str, FactWord]) -> Cover:
    """What the rows of *table* cover, of all cases that there can be."""
    try:
        domains = [facts[name].domain for name in table.inputs]
        gaps = uncovered(domains, table.rows)
        idle = tuple(sorted(never_come_to(domains, table.rows)))
    except TooMany:
        return Cover(decided=False)
    return Cover(gaps=tuple(gaps), overlaps=tuple(overlaps(table.rows)), idle=idle)


def saved_cases(data: bytes | None) -> tuple[Case, ...]:
    """The cases in a file; none where there is none, or it cannot be read (the check says so)."""
    try:
        return () if data is None else cases_in(data)
    except (ValueError, TypeError, RecursionError):
        return ()


def with_case(data: bytes | None, name: str, found: Tried) -> bytes:
    """The file of cases with what was *found* as one more, that is expected from now on."""
    case = Case(name=name, given=found.given, expect=found.outputs)
    return written_cases((*saved_cases(data), case))


def without_case(data: bytes | None, at: int) -> bytes | None:
    """The file of cases without the one number *at*, from 0; None where none is left."""
    left = [case for number, case in enumerate(saved_cases(data)) if number != at]
    return written_cases(left) if left else None


__all__ = [
    "Box", "Case", "Cover", "Tried", "cover_of", "fails", "saved_cases", "shown", "tried", "with_case",
    "without_case",
]  # fmt: skip
