"""The processor time that other processes on this machine have used, as Linux tells it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

_PROCESSES = Path("/proc")
_NANOSECONDS = 1e9
_USER_TIME, _SYSTEM_TIME = 11, 12
"""The places of the two times in ``/proc/PID/stat``, counted after the name of the command."""


def processor_time(processes: Iterable[int]) -> float | None:
    """The processor time of *processes* (ids) so far, in seconds; None where one of them cannot be read."""
    try:
        return sum(_time_of(process) for process in processes)
    except (OSError, ValueError, IndexError):
        return None


def _time_of(process: int) -> float:
    place = _PROCESSES / str(process)
    try:
        # Nanoseconds; the other file counts in hundredths of a second, too coarse for single operations.
        return int((place / "schedstat").read_text(encoding="ascii").split()[0]) / _NANOSECONDS
    except FileNotFoundError:
        words = (place / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        ticks = int(words[_USER_TIME]) + int(words[_SYSTEM_TIME])
        return ticks / os.sysconf("SC_CLK_TCK")
