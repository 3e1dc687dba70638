"""A worker with a clock that can be turned from outside, as a process of its own: ``python -m engine.bench.alarm``.

Says when it is ready. Each line on its standard input is then a new offset from the machine's clock, in seconds, and it
works from the first one on. It ends with its input.
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
    clock = TurnedClock(SystemClock())
    house = open_house(Settings.from_environment(), clock=clock)
    print("ready", flush=True)
    clock.offset = timedelta(seconds=float(sys.stdin.readline()))
    threading.Thread(target=_follow, args=[clock], daemon=True).start()
    house.worker.run()


def _follow(clock: TurnedClock) -> None:
    for line in sys.stdin:
        clock.offset = timedelta(seconds=float(line))
    os._exit(0)


if __name__ == "__main__":
    main()
