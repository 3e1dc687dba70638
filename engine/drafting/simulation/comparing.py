"""What of a difference is more than chance, and between what limits a rate lies.

Petitions that wait in one queue are late together, so they are no independent trials. Two runs are therefore compared in
batches: the petitions in order of arrival, cut into ten parts; in each part the difference is taken, and Student's
interval of the ten differences is the interval of the difference. Both runs meet the same petitions with the same draws.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import mean, stdev
from typing import Final

BATCHES: Final = 10
FEWEST: Final = 5
"""From so many batches on, in which both runs have something, a difference is judged."""
_Z: Final = 1.959964
_T: Final = {4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262}
"""Two-sided 95 % points of Student's distribution, by degrees of freedom."""
Sums = Mapping[int, tuple[float, float]]
"""By petition: a sum, and over how many."""


class Says(StrEnum):
    """What a comparison says."""

    SAME = "same"
    """Every single petition fell out alike."""
    CHANCE = "chance"
    """The difference may well be chance."""
    MORE = "more"
    """It is more than chance (with an error of one in twenty)."""
    FEW = "few"
    """There is too little to compare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How much more (or less) the tried version has, between *low* and *high* with 95 % confidence."""

    says: Says
    mean: float = 0.0
    low: float = 0.0
    high: float = 0.0


def compared(tried: Sums, base: Sums, petitions: Iterable[int]) -> Difference:
    """The mean (or rate) of *tried* less that of *base*, over *petitions* in order of arrival."""
    roots = list(petitions)
    if not tried or not base:
        return Difference(says=Says.FEW)
    if all(tried.get(root) == base.get(root) for root in roots):
        return Difference(says=Says.SAME)
    size = max(1, math.ceil(len(roots) / BATCHES))
    parts = [roots[at : at + size] for at in range(0, len(roots), size)]
    pairs = [(_ratio(tried, part), _ratio(base, part)) for part in parts]
    found = [one - other for one, other in pairs if one is not None and other is not None]
    if len(found) < FEWEST:
        return Difference(says=Says.FEW)
    middle, reach = mean(found), _T[len(found) - 1] * stdev(found) / math.sqrt(len(found))
    low, high = middle - reach, middle + reach
    says = Says.MORE if low > 0 or high < 0 else Says.CHANCE
    return Difference(says=says, mean=middle, low=low, high=high)


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Between what limits the rate lies, with 95 % confidence, of which *part* of *whole* were seen (Wilson's interval)."""
    if not whole:
        return (0.0, 1.0)
    rate, spread = part / whole, _Z**2 / whole
    middle = (rate + spread / 2) / (1 + spread)
    reach = _Z * math.sqrt(rate * (1 - rate) / whole + spread / (4 * whole)) / (1 + spread)
    return (max(0.0, middle - reach), min(1.0, middle + reach))


def _ratio(of: Sums, part: Iterable[int]) -> float | None:
    found = [of[root] for root in part if root in of]
    over = sum(whole for _, whole in found)
    return sum(value for value, _ in found) / over if over else None
