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


def uncovered(domains: Iterable[Iterable[Value]], rows: Iterable[Row]) -> list[Box]:
    """The cases over *domains* that none of *rows* covers, as boxes that do not overlap. Raises TooMany."""
    left = _all(domains)
    for row in rows:
        left = _less(left, row)
    return left


def overlaps(rows: Sequence[Row]) -> Iterator[tuple[int, int, Box]]:
    """Each pair of rows that some case matches both of: their numbers, and those cases."""
    for one, other in combinations(sorted(rows, key=lambda row: row.number), 2):
        if one.meets(other):
            shared = tuple(
                mine & theirs for mine, theirs in zip(one.admits, other.admits, strict=True)
            )
            yield one.number, other.number, shared


def never_come_to(domains: Iterable[Iterable[Value]], rows: Iterable[Row]) -> Iterator[int]:
    """The numbers of the rows before which, in the order of *rows*, others have taken every case. Raises TooMany."""
    left = _all(domains)
    for row in rows:
        if not any(_meet(box, row.admits) for box in left):
            yield row.number
        left = _less(left, row)


def _all(domains: Iterable[Iterable[Value]]) -> list[Box]:
    return [tuple(frozenset(domain) for domain in domains)]


def _less(boxes: list[Box], row: Row) -> list[Box]:
    left = [piece for box in boxes for piece in _without(box, row.admits)]
    if len(left) > MOST:
        raise TooMany
    return left


def _meet(one: Box, other: Box) -> bool:
    return all(mine & theirs for mine, theirs in zip(one, other, strict=True))


def _without(box: Box, taken: Box) -> Iterator[Box]:
    """*box* less the cases in *taken*, as boxes that do not overlap."""
    if not _meet(box, taken):
        yield box
        return
    before: Box = ()
    for place, (mine, theirs) in enumerate(zip(box, taken, strict=True)):
        if rest := mine - theirs:
            yield (*before, rest, *box[place + 1 :])
        before = (*before, mine & theirs)
