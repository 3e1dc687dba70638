"""The web as a process of its own, with the clock tower in it, that can be struck down and started again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from typing import IO

from engine.settings import Settings

PATIENCE = 60
MOST_PORTS = 5
HOST = "127.0.0.1"
SERVE = (
    "import argparse, sys; from web.serve import command; "
    "parser = argparse.ArgumentParser(); run = command(parser); sys.exit(run(parser.parse_args()))"
)


class Web:
    """``petition serve`` for the office of *settings*. ``port`` is the one at which it listens at present."""

    def __init__(self, settings: Settings) -> None:
        self._environment = {
            **os.environ,
            "PETITION_DATA": str(settings.data),
            "PETITION_DATABASE_URL": settings.database_url,
        }
        self._open = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        self.port = 0
        self.said: list[str] = []

    def launch(self) -> None:
        """Start the process; whether and when it will listen is not waited for."""
        self.port = _free_port()
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVE, "--host", HOST, "--port", str(self.port)],
            env=self._environment, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stderr is not None
        self._spoke = threading.Event()
        self._reader = threading.Thread(target=self._listen, args=[self._process.stderr])
        self._reader.start()

    def open(self) -> None:
        """Start the process and let the clients in once it listens."""
        for _ in range(MOST_PORTS):
            self.launch()
            assert self._spoke.wait(PATIENCE), "the web says nothing"
            if any("Serving on" in line for line in self.said):
                self._open.set()
                return
            self.strike()  # somebody else has taken the port in between
        raise AssertionError(f"the web does not start: {self.said[-20:]}")

    def strike(self, *, after: float = 0) -> None:
        """kill -9, *after* so many seconds, of the process if there is one."""
        if self._process is None or self._reader is None:
            return
        try:
            self._process.wait(after)
        except subprocess.TimeoutExpired:
            self._open.clear()
            self._process.kill()
        self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)

    def wait_until_open(self) -> None:
        """Return when there is a process that listens."""
        assert self._open.wait(PATIENCE), "the web was not started again"

    def _listen(self, voice: IO[str]) -> None:
        """Read what the process says, lest it wait for a reader."""
        self.said = []
        with voice:
            for line in voice:
                self.said.append(line.rstrip())
                if "Serving on" in line:
                    self._spoke.set()
        self._spoke.set()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
