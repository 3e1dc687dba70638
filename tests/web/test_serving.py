"""``petition serve``: what it understands, and that it answers on the address it names."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from web.serve import command


def parser() -> argparse.ArgumentParser:
    """A parser to which the command has said what it takes."""
    made = argparse.ArgumentParser()
    command(made)
    return made


def test_help_says_what_can_be_chosen() -> None:
    said = parser().format_help()

    assert all(option in said for option in ("--host", "--port", "--no-worker"))


@pytest.mark.parametrize("arguments", [["--port", "many"], ["--proxy", "somewhere"], ["--unknown"]])
def test_unusable_options_are_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parser().parse_args(arguments)

    assert left.value.code == 2


def test_it_serves_the_office_that_the_environment_names(lived_in: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = (
        "import argparse, sys; from web.serve import command; "
        "parser = argparse.ArgumentParser(); run = command(parser); sys.exit(run(parser.parse_args()))"
    )
    environment = {**os.environ, "PETITION_DATA": str(lived_in)}
    environment.pop("PETITION_DATABASE_URL", None)
    with subprocess.Popen(
        [sys.executable, "-c", code, "--port", str(port), "--no-worker"],
        env=environment, stderr=subprocess.PIPE, text=True,
    ) as server:  # fmt: skip
        try:
            assert server.stderr is not None
            line = next(line for line in server.stderr if "Serving on" in line)
            with urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=20) as answer:
                page = answer.read().decode()
        finally:
            server.terminate()

    assert str(port) in line
    assert "登录" in page
