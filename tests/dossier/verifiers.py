"""Both verifiers, asked the same question."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from engine.errors import DataError
from engine.record import verify_dossier as beside
from engine.record.held import Held
from engine.record.proving import verify_dossier

VERIFIER = Path(beside.__file__)
PROVEN, REFUSED, UNREADABLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Answer:
    """``status`` is 0 proven, 1 refused, 2 no dossier; ``entry`` the first at fault."""

    status: int
    entry: int | None = None
    why: str = ""


def engine_says(dossier: bytes, held: Held | None, key: str | None = None) -> Answer:
    try:
        verdict = verify_dossier(dossier, held=held, key=key)
    except DataError as fault:
        return Answer(UNREADABLE, None, str(fault))
    first = verdict.first
    if first is None:
        return Answer(PROVEN)
    return Answer(REFUSED, first.entry, first.why.en)


def outsider_says(
    dossier: bytes, held: Held | None, directory: Path, key: str | None = None
) -> Answer:
    """What the independent verifier says, in this process: it is the same file."""
    argv = _argv(dossier, held, directory, key)
    said = StringIO()
    with redirect_stdout(said):
        status = _independent().main(argv)
    return _answer(status, said.getvalue())


def outsider_alone_says(dossier: bytes, held: Held | None, directory: Path) -> Answer:
    """What it says as outsiders run it: a process of its own that sees nothing but the standard library."""
    asked = [sys.executable, "-I", str(VERIFIER), *_argv(dossier, held, directory, None)]
    ran = subprocess.run(asked, cwd=directory, capture_output=True, text=True, check=False, env={})
    assert ran.stderr == ""
    return _answer(ran.returncode, ran.stdout)


def _argv(dossier: bytes, held: Held | None, directory: Path, key: str | None) -> list[str]:
    (directory / "dossier.zip").write_bytes(dossier)
    argv = [str(directory / "dossier.zip")]
    if held is not None:
        given = f"{held.size}-{held.digits}"
        if held.note is not None:
            (directory / "head").write_text(held.note, "utf-8")
            given = str(directory / "head")
        argv += ["--head", given]
    return argv + (["--key", key] if key else [])


def _answer(status: int, said: str) -> Answer:
    if status != REFUSED:
        return Answer(status, None, said)
    _, where, why = said.strip().split(": ", 2)
    return Answer(
        status, int(where.removeprefix("entry ")) if where != "the dossier" else None, why
    )


def _independent() -> Any:
    spec = importlib.util.spec_from_file_location("verify_dossier_alone", VERIFIER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


Says = Callable[..., Answer]
