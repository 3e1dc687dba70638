"""Chance that can be repeated: every draw has a name, and the same seed and name give the same number.

So two versions of the drawings meet the same petitions: what is not concerned by the change falls out alike in both, and
their difference is seen with far fewer petitions than two independent runs would need.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from statistics import NormalDist
from typing import Final, TypeVar

_NORMAL: Final = NormalDist()
NINETIETH: Final = _NORMAL.inv_cdf(0.9)
_STEPS: Final = 1 << 52
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something takes: half of the times at most ``median``, nine of ten at most ``ninetieth`` (lognormal)."""

    median: float
    ninetieth: float

    @property
    def mean(self) -> float:
        """The mean that follows."""
        return self.median * math.exp(self._sigma**2 / 2)

    @property
    def square(self) -> float:
        """The mean of the square that follows."""
        return self.median**2 * math.exp(2 * self._sigma**2)

    def at(self, share: float) -> float:
        """The time below which *share* (above 0, below 1) of all times lie."""
        return self.median * math.exp(self._sigma * _NORMAL.inv_cdf(share))

    @property
    def _sigma(self) -> float:
        if self.median <= 0 or self.ninetieth <= self.median:
            return 0.0
        return math.log(self.ninetieth / self.median) / NINETIETH


@dataclass(frozen=True, slots=True)
class Chance:
    """The draws of one seed."""

    seed: int

    def share(self, *name: object) -> float:
        """A number above 0 and below 1, evenly spread over all names."""
        digest = blake2b(repr((self.seed, *name)).encode(), digest_size=8).digest()
        return (int.from_bytes(digest, "big") >> 12) / _STEPS + 0.5 / _STEPS

    def time(self, spread: Spread, *name: object) -> float:
        """A time of *spread*."""
        return spread.at(self.share(*name))

    def gap(self, mean: float, *name: object) -> float:
        """The time until the next of events that come independently of each other, one in *mean* (exponential)."""
        return -mean * math.log(self.share(*name))

    def one_of(self, things: Sequence[tuple[Thing, float]], *name: object) -> Thing:
        """One of *things*, each with its weight; one of them must weigh something."""
        left = self.share(*name) * sum(weight for _, weight in things)
        for thing, weight in things:
            left -= weight
            if left < 0:
                return thing
        return max(things, key=lambda pair: pair[1])[0]
