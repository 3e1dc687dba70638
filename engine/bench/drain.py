"""One of several clock towers at work on the same database, as a process of its own: ``python -m engine.bench.drain``.

Takes the instant it works at (ISO 8601); the office is the one of the environment. Waits for a line on its standard
input, drains what is due, and writes what that took as one line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime

from engine.bench.processor import processor_time
from engine.bootstrap import open_house
from engine.clock import ManualClock
from engine.settings import Settings
from engine.store.metering import Meter


def main(instant: str) -> None:
    """Drain what is due at *instant*, once told to begin."""
    house = open_house(
        Settings.from_environment(), clock=ManualClock(datetime.fromisoformat(instant))
    )
    meter = Meter(house.store.engine)
    with house.store.reading() as desk:
        desk.directory()
    print("ready", flush=True)
    sys.stdin.readline()
    begun, cpu = time.perf_counter(), time.process_time()
    total = house.tower.drain()
    took = {
        "firings": total.firings,
        "failed": total.failed,
        "wall": time.perf_counter() - begun,
        "cpu": time.process_time() - cpu,
        "database_cpu": processor_time(meter.servers),
        "statements": meter.statements,
        "commits": meter.commits,
    }
    print(json.dumps(took), flush=True)
    house.store.close()


if __name__ == "__main__":
    main(sys.argv[1])
