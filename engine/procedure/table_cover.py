"""What the rows of a decision table cover: cases that none covers, pairs that overlap, rows that are never come to.

A set of cases is a box: for each input the values it may have. Taking a row out of a box leaves boxes, so everything is
decided exactly, without going through the cases one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from engine.procedure.tables import Row, Value

Box = tuple[frozenset[Value], ...]
MOST: Final = 5000
"""In so many pieces a table is not cut any further."""


class TooMany(Exception):
    """The cases fall apart into too many pieces to be told."""


def uncovered(domains: Sequence[Iterable[Value]], rows: Iterable[Row]) -> list[Box]:
    """The cases over *domains* that none of *rows* covers, as boxes that do not overlap. Raises TooMany."""
    left = [tuple(frozenset(domain) for domain in domains)]
    for row in rows:
        left = [piece for box in left for piece in _without(box, row.admits)]
        if len(left) > MOST:
            raise TooMany
    return left


def overlaps(rows: Sequence[Row]) -> Iterator[tuple[int, int, Box]]:
    """Each pair of rows that some case matches both of: their numbers, and those cases."""
    for one, other in combinations(sorted(rows, key=lambda row: row.number), 2):
        if one.meets(other):
            shared = tuple(
                mine & theirs for mine, theirs in zip(one.admits, other.admits, strict=True)
            )
            yield one.number, other.number, shared


def never_come_to(rows: Sequence[Row]) -> Iterator[int]:
    """The numbers of the rows before which, in the order of *rows*, others have taken every case. Raises TooMany."""
    for place, row in enumerate(rows):
        if not uncovered(row.admits, rows[:place]):
            yield row.number


def _without(box: Box, taken: Box) -> Iterator[Box]:
    """*box* less the cases in *taken*, as boxes that do not overlap."""
    if not all(mine & theirs for mine, theirs in zip(box, taken, strict=True)):
        yield box
        return
    before: Box = ()
    for place, (mine, theirs) in enumerate(zip(box, taken, strict=True)):
        if rest := mine - theirs:
            yield (*before, rest, *box[place + 1 :])
        before = (*before, mine & theirs)
