"""What is to be run, and which of its petitions count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from engine.drafting.simulation.assumptions import Assumptions
from engine.procedure import Source
from engine.statute.calendar import Calendar

FILLING: Final = 0.25
"""Beside those that count, this share of petitions comes before them, to fill the office, and after them, to keep it busy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A run of *petitions* that count, from the working day *start* (aware) on, with the draws of *seed*."""

    source: Source
    calendar: Calendar
    assumptions: Assumptions
    start: datetime
    petitions: int
    seed: int


def counted(petitions: int) -> range:
    """The numbers, in order of arrival, of those that count when *petitions* do."""
    before = round(petitions * FILLING)
    return range(before, before + petitions)
