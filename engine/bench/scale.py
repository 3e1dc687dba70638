"""How much a bench does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How many operations a figure rests on.

    ``rounds`` of the interleaved benches; ``after`` the numbers of steps done before a step is measured; ``groups`` of
    ``batch`` clocks each for fire; ``herd`` clocks due at one midnight; ``midnights`` of ``clocks`` each for lateness.
    """

    rounds: int = 60
    after: tuple[int, ...] = (5, 20, 100)
    groups: int = 6
    batch: int = 50
    herd: int = 1_000
    midnights: int = 10
    clocks: int = 10


USUAL: Final = Scale()
FULL: Final = Scale(rounds=300, groups=8, batch=100, herd=10_000)
TINY: Final = Scale(rounds=3, after=(1, 4), groups=2, batch=3, herd=12, midnights=2, clocks=2)
"""Enough to see that a bench runs, and nothing about how fast."""
