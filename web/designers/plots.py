"""The geometry of small plots that the server draws: numbers in, coordinates out. A table beside says the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, log10
from typing import Final

WIDTH: Final = 240.0
HEIGHT: Final = 56.0


@dataclass(frozen=True, slots=True)
class Scale:
    """From 0 to *most* on *width* units."""

    most: float
    width: float = WIDTH

    def at(self, value: float) -> float:
        """Where *value* lies."""
        return round(self.width * min(value, self.most) / self.most, 1) if self.most else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line from left to right, as the points of a polyline, and of the area below it."""

    points: str

    @property
    def area(self) -> str:
        """The corners of the area between the line and the ground."""
        return f"0,{HEIGHT} {self.points} {self.last},{HEIGHT}" if self.points else ""

    @property
    def last(self) -> str:
        """Where the line ends."""
        return self.points.rpartition(" ")[2].partition(",")[0]


def scale_of(values: Iterable[float | None], width: float = WIDTH) -> Scale:
    """A scale that ends at a round number which holds all *values*."""
    return Scale(rounded_up(max((one for one in values if one is not None), default=0.0)), width)


def rounded_up(value: float) -> float:
    """The next of 1, 2, 2.5, 5, 10 … (times a power of ten) that is not below *value*; 1 for nothing."""
    if value <= 0:
        return 1.0
    power = 10.0 ** int(ceil(log10(value)) - 1)
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= value * 0.999999)


def line(values: Sequence[float], most: float) -> Line:
    """*values* one after the other, from 0 on the ground to *most* at the top."""
    if not values or not most:
        return Line("")
    step = WIDTH / max(1, len(values) - 1)
    points = (
        f"{place * step:.1f},{HEIGHT - HEIGHT * min(value, most) / most:.1f}"
        for place, value in enumerate(values)
    )
    return Line(" ".join(points))
