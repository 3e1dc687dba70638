"""A worker with a clock that can be turned from outside, as a process of its own: ``python -m engine.bench.alarm``.

Each line on its standard input is a new offset from the machine's clock, in seconds. It ends with its input.
"""

from __future__ import annotations

import os
import sys
import threading
from datetime import timedelta

from engine.bootstrap import open_house
from engine.clock import SystemClock, TurnedClock
from engine.settings import Settings


def main() -> None:
    """Work at the office of the environment until the input ends."""
    clock = TurnedClock(SystemClock(), timedelta(seconds=float(sys.stdin.readline())))
    house = open_house(Settings.from_environment(), clock=clock)
    threading.Thread(target=_follow, args=[clock], daemon=True).start()
    house.worker.run()


def _follow(clock: TurnedClock) -> None:
    for line in sys.stdin:
        clock.offset = timedelta(seconds=float(line))
    os._exit(0)


if __name__ == "__main__":
    main()
