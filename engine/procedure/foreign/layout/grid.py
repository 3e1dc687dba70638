"""Columns and rows with what lies in their cells, and ways between them that cross no cell in between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.procedure.foreign.layout.boxes import ACROSS, DOWN, Box, Point

_FAR = 50
Row = tuple[int, int]
Cell = tuple[int, Row]


class Grid:
    """*cells* says in which column and row (a band, and a row of it) each lies, *sizes* how large it is."""

    def __init__(self, cells: Mapping[str, Cell], sizes: Mapping[str, tuple[float, float]]) -> None:
        self._cells, self._sizes = cells, sizes
        self._taken = set(cells.values())
        self._wide = _largest((cells[id][0], width) for id, (width, _) in sizes.items())
        self._high = _largest((cells[id][1], height) for id, (_, height) in sizes.items())
        self._lefts, self._tops = _starts(self._wide, ACROSS), _starts(self._high, DOWN)

    def box(self, id: str) -> Box:
        """Where *id* lies: in the middle of its cell."""
        column, row = self._cells[id]
        width, height = self._sizes[id]
        x = self._lefts[column] + (self._wide[column] - width) / 2
        return Box(x, self._tops[row] + (self._high[row] - height) / 2, width, height)

    def way(self, source: str, start: Box, target: str, end: Box, *, below: bool) -> list[Point]:
        """A flow in right angles from *start* (in the cell of *source*; *below*: at its lower edge) to the left of *end*."""
        (from_column, from_row), (to_column, to_row) = self._cells[source], self._cells[target]
        (x1, y1), (_, y2) = start.middle, end.middle
        turn = self._lefts[to_column] - ACROSS / 2
        if not below and y1 == y2 and self._clear(from_column, to_column, from_row):
            return [(start.right, y1), (end.x, y2)]
        if not below and to_column == from_column + 1:
            return [(start.right, y1), (turn, y1), (turn, y2), (end.x, y2)]
        if below or to_column <= from_column:
            under = self._tops[from_row] + self._high[from_row] + DOWN / 2
            return [(x1, start.bottom), (x1, under), (turn, under), (turn, y2), (end.x, y2)]
        out = self._lefts[from_column + 1] - ACROSS / 2
        between = self._tops[to_row] - DOWN / 2
        if to_row < from_row:
            between = self._tops[to_row] + self._high[to_row] + DOWN / 2
        return [
            (start.right, y1), (out, y1), (out, between), (turn, between), (turn, y2), (end.x, y2),
        ]  # fmt: skip

    def bands(self, count: int) -> list[tuple[float, float]]:
        """Where each of *count* bands begins and ends; each has a row at least."""
        rows: dict[int, list[Row]] = {}
        for row in self._high:
            rows.setdefault(row[0], []).append(row)
        return [
            (
                self._tops[rows[band][0]] - DOWN / 2,
                self._tops[rows[band][-1]] + self._high[rows[band][-1]] + DOWN / 2,
            )
            for band in range(count)
        ]

    def _clear(self, one: int, other: int, row: Row) -> bool:
        """Whether nothing lies between two columns of *row*."""
        between = range(one + 1, min(other, one + _FAR))
        return one < other <= one + _FAR and not any((at, row) in self._taken for at in between)


def _largest(sizes: Iterable[tuple[Any, float]]) -> dict[Any, float]:
    found: dict[Any, float] = {}
    for key, size in sizes:
        found[key] = max(found.get(key, 0), size)
    return dict(sorted(found.items()))


def _starts(sizes: Mapping[Any, float], gap: float) -> dict[Any, float]:
    """Where each begins if they lie one after the other with *gap* between."""
    at, found = 0.0, {}
    for key, size in sizes.items():
        found[key] = at
        at += size + gap
    return found
