"""Work on many petitions, spread over several processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import TypeVar

from engine.bootstrap import House, open_house
from engine.settings import Settings

AT_ONCE = 50
"""Petitions that are read in one look at the database."""
T = TypeVar("T")


def spread(
    house: House, work: Callable[[House, Sequence[str]], list[T]], petitions: Sequence[str], processes: int
) -> Iterator[T]:  # fmt: skip
    """What *work* makes of *petitions*, in their order; 0 *processes*: one per processor.

    *work* must be a function of a module, or a partial of one, so that other processes find it.
    """
    batches = [petitions[at : at + AT_ONCE] for at in range(0, len(petitions), AT_ONCE)]
    processes = processes or os.cpu_count() or 1
    if processes == 1 or len(batches) <= 1:
        for some in batches:
            yield from work(house, some)
        return
    with ProcessPoolExecutor(
        processes, get_context("spawn"), initializer=_open, initargs=(house.settings,)
    ) as pool:
        for done in pool.map(partial(_here_too, work), batches):
            yield from done


_here: list[House] = []
"""The house of this helping process."""


def _open(settings: Settings) -> None:
    _here.append(open_house(settings))


def _here_too(work: Callable[[House, Sequence[str]], list[T]], petitions: Sequence[str]) -> list[T]:
    return work(_here[0], petitions)
