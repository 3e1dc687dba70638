"""kill -9 of clerks and clock towers, at marked points of a transaction and at random."""

from __future__ import annotations

import random
import signal
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess

import pytest

from tests.effort import effort
from tests.faults.conftest import Battered
from tests.faults.invariants import broken, settled
from tests.faults.striking import AFTER_COMMIT, BEFORE_COMMIT
from tests.faults.workers import started

CLERK, TOWER = True, False
MARKED = [
    (CLERK, "load_for"),
    (CLERK, "next_number"),
    (CLERK, "create"),
    (CLERK, "save"),
    (CLERK, "append"),
    (CLERK, "settle_work"),
    (CLERK, "issue"),
    (CLERK, BEFORE_COMMIT),
    (CLERK, AFTER_COMMIT),
    (TOWER, "claim_due"),
    (TOWER, "save"),
    (TOWER, "append"),
    (TOWER, "settle_work"),
    (TOWER, BEFORE_COMMIT),
    (TOWER, AFTER_COMMIT),
    (TOWER, "enqueue"),
    (TOWER, "take_outbox"),
    (TOWER, "relayed"),
]
OF_BREACHES = {"enqueue", "take_outbox", "relayed"}
LONGER_THAN_T1 = 20
LONGEST_LIFE = 0.15
PATIENCE = 60


def test_nothing_is_lost_or_doubled_by_kills_at_marked_points(
    battered: Battered, processes: ForkServerContext
) -> None:
    """Each point of a command's and of a firing's transaction, the commit's both sides included."""
    dice = random.Random(1)
    for seed, (clerk, point) in enumerate(MARKED):
        _give_work(battered, clerk=clerk, breaches=point in OF_BREACHES)
        passes = dice.randint(1, 3) if point != "relayed" else 1
        process = started(
            processes, battered.shift(seed=seed, point=point, passes=passes), clerk=clerk
        )
        process.join(PATIENCE)

        assert process.exitcode == -signal.SIGKILL, f"{point} was not reached"
        assert broken(battered.place.house, battered.told()) == [], f"after a kill at {point}"
    _end(battered)


@pytest.mark.parametrize("seed", range(2))
def test_nothing_is_lost_or_doubled_by_kills_at_random(
    battered: Battered, processes: ForkServerContext, seed: int
) -> None:
    """Two clerks and a tower at once; one after another is struck down wherever it happens to be."""
    dice = random.Random(seed)
    struck = 0
    for turn in range(effort(6, long=21)):
        _give_work(battered, clerk=False)
        team = [
            started(processes, battered.shift(seed=100 * seed + turn), clerk=True),
            started(processes, battered.shift(seed=100 * seed + turn + 50), clerk=True),
            started(processes, battered.shift(seed=turn), clerk=False),
        ]
        struck += _strike_down(dice.choice(team), after=dice.uniform(0, LONGEST_LIFE))
        for process in team:
            process.join(PATIENCE)
        survivors = [process.exitcode for process in team if process.exitcode != -signal.SIGKILL]

        assert survivors.count(0) == len(survivors)
        assert broken(battered.place.house, battered.told()) == []
    assert struck > 0
    _end(battered)


def _give_work(battered: Battered, *, clerk: bool, breaches: bool = False) -> None:
    """A few more petitions; for a tower, clocks that are due, those of the statute too where *breaches*."""
    place = battered.place
    battered.register(2 if clerk else 6)
    if breaches:
        place.clock.turn_days(LONGER_THAN_T1)
    elif not clerk:
        place.clock.turn_to(max(place.next_due(), place.clock.now()))


def _strike_down(process: BaseProcess, *, after: float) -> bool:
    process.join(after)
    process.kill()
    process.join(PATIENCE)
    return process.exitcode == -signal.SIGKILL


def _end(battered: Battered) -> None:
    """After everything, what is due is done once, and the books are in order."""
    battered.place.house.tower.drain()

    assert settled(battered.place.house) == []
    assert broken(battered.place.house, battered.told()) == []
