"""Boxes and points of a layout, in the units of BPMN DI."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

Point = tuple[float, float]

EVENT, GATEWAY, STEP, NOTE, DATA = (36, 36), (50, 50), (140, 80), (140, 60), (36, 50)
STORE: Final = (50, 50)
ACROSS: Final = 60
"""Between two columns."""
DOWN: Final = 40
"""Between two rows."""
EDGE: Final = 30
"""Around what lies in a sub-process or pool; the width of its title."""


@dataclass(slots=True)
class Box:
    """Where something lies."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def move(self, x: float, y: float) -> None:
        """Shift it by *x* and *y*."""
        self.x += x
        self.y += y

    def around(self, other: Box) -> Box:
        """The box around both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Box(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)


@dataclass(slots=True)
class Plan:
    """A layout: a box for each element and the points of each line, by id; ``open`` are sub-processes shown with their
    inside, ``bands`` where each lane begins and ends."""

    boxes: dict[str, Box] = field(default_factory=dict)
    lines: dict[str, list[Point]] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    bands: list[tuple[float, float]] = field(default_factory=list)

    def extent(self) -> Box:
        """The box around everything."""
        whole: Box | None = None
        for box in self.boxes.values():
            whole = box if whole is None else whole.around(box)
        for points in self.lines.values():
            for x, y in points:
                point = Box(x, y, 0, 0)
                whole = point if whole is None else whole.around(point)
        return whole or Box(0, 0, 0, 0)

    def move(self, x: float, y: float) -> None:
        """Shift everything by *x* and *y*."""
        for box in self.boxes.values():
            box.move(x, y)
        self.lines = {id: [(a + x, b + y) for a, b in points] for id, points in self.lines.items()}
        self.bands = [(top + y, bottom + y) for top, bottom in self.bands]

    def take(self, other: Plan) -> None:
        """The boxes and lines of *other* too."""
        self.boxes |= other.boxes
        self.lines |= other.lines
        self.open |= other.open


def across(one: Box, other: Box) -> list[Point]:
    """A straight line between two boxes, one above the other, from edge to edge."""
    if one.middle[1] > other.middle[1]:
        return across(other, one)[::-1]
    return [(one.middle[0], one.bottom), (other.middle[0], other.y)]
