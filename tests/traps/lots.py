"""Chance that falls the same way twice: whatever a command draws by lot depends on nothing but the command."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from random import Random
from typing import TypeVar

import pytest

from engine.office import Office
from engine.office.counter import Carried
from engine.office.ports import Paper
from engine.petition.commands import Command

T = TypeVar("T")


class Lots:
    """Stands in for the module ``secrets``; :meth:`about` begins afresh with what is being done."""

    def __init__(self) -> None:
        self._dice = Random("set-up")

    def about(self, what: str) -> None:
        """From here on the lots are those of *what*."""
        self._dice = Random(what)

    def token_bytes(self, size: int = 32) -> bytes:
        """As ``secrets.token_bytes``."""
        return self._dice.randbytes(size)

    def token_hex(self, size: int = 32) -> str:
        """As ``secrets.token_hex``."""
        return self._dice.randbytes(size).hex()

    def token_urlsafe(self, size: int = 32) -> str:
        """As ``secrets.token_urlsafe``, as far as anybody can tell."""
        return self._dice.randbytes(size).hex()

    def choice(self, options: Sequence[T]) -> T:
        """As ``secrets.choice``."""
        return self._dice.choice(options)

    def installed(self, patch: pytest.MonkeyPatch) -> Lots:
        """Let the whole process draw from these lots until *patch* is undone."""
        for name in ("token_bytes", "token_hex", "token_urlsafe", "choice"):
            patch.setattr(f"secrets.{name}", getattr(self, name))
        return self


LOTS = Lots()


class FatefulOffice(Office):
    """The office, drawing its lots anew for each command and each firing."""

    def carry_out(self, paper: Paper, command: Command) -> Carried:
        """As the office itself."""
        LOTS.about(command.key)
        return super().carry_out(paper, command)

    def fire(self, paper: Paper, petition: str, now: datetime) -> int:
        """As the office itself."""
        LOTS.about(f"{petition} {now.isoformat()}")
        return super().fire(paper, petition, now)
