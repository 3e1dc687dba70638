"""Processes of their own that work at the measured office."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from engine.bench.workplace import Workplace


class Spawned:
    """A Python module at work in a process of its own, spoken to in lines."""

    def __init__(self, place: Workplace, module: str, *arguments: str) -> None:
        own = {
            "PETITION_DATA": str(place.settings.data),
            "PETITION_DATABASE_URL": place.settings.database_url,
        }
        self._process = subprocess.Popen(  # noqa: S603 - our own modules, in our own Python
            [sys.executable, "-m", module, *arguments],
            env=os.environ | own,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def ended(self) -> bool:
        """Whether the process is over."""
        return self._process.poll() is not None

    def tell(self, line: str) -> None:
        """Write *line* to its standard input."""
        pipe = _pipe(self._process.stdin)
        pipe.write(f"{line}\n")
        pipe.flush()

    def hear(self) -> str:
        """The next line of its standard output; empty once it has ended."""
        return _pipe(self._process.stdout).readline().rstrip("\n")

    def end(self) -> None:
        """End it at once, if it has not ended by itself."""
        self._process.kill()
        self._process.communicate()


@contextmanager
def spawned(
    place: Workplace, module: str, *arguments: str, count: int = 1
) -> Iterator[list[Spawned]]:
    """*count* processes of *module* for the length of the block."""
    processes = [Spawned(place, module, *arguments) for _ in range(count)]
    try:
        yield processes
    finally:
        for process in processes:
            process.end()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None  # noqa: S101 - it was asked for
    return pipe
