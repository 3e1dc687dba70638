"""The environment of pm4py: where it is, how it is made, how it is asked."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PLACE = ROOT / ".cache" / "pm4py"
PYTHON = PLACE / "bin" / "python"
WANTED = "pm4py==2.7.23.11"


def made() -> bool:
    """Whether the environment is there."""
    return PYTHON.exists() and any(PLACE.glob("lib/*/site-packages/pm4py"))


def make() -> None:
    """Make it, by way of pip's own settings."""
    venv.create(PLACE, with_pip=True)
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", WANTED], check=True)


def asked(xes: Path, ocel: Path, model: Path, *, most: int) -> dict[str, Any]:
    """What pm4py makes of our files."""
    script = Path(__file__).with_name("conformance.py")
    ran = subprocess.run(
        [PYTHON, script, xes, ocel, model, str(most)], capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise RuntimeError(ran.stderr[-2000:])
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def progress(words: str) -> None:
    """Say what is being done."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
