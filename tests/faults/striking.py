"""A store in which a process can be struck down at a marked point of a transaction: the product has no such points."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from engine.record.keys import KeyRing
from engine.store.store import Paper, Store

BEFORE_COMMIT = "before the commit"
AFTER_COMMIT = "after the commit"


def kill_myself() -> None:
    """As if the power had gone: no handler, no rollback, no goodbye."""
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass(slots=True)
class Blow:
    """Strikes when ``point`` has been passed ``passes`` times.

    A point is the name of a method of the paper (it is passed when the method has done its work), or one of
    BEFORE_COMMIT and AFTER_COMMIT.
    """

    point: str
    passes: int = 1
    strike: Callable[[], None] = kill_myself

    def passing(self, point: str) -> None:
        """Note that *point* was passed."""
        if point == self.point and self.passes > 0:
            self.passes -= 1
            if self.passes == 0:
                self.strike()


class StrikingPaper:
    """A paper that tells of each of its methods when it has done its work."""

    def __init__(self, paper: Paper, blow: Blow) -> None:
        self._paper = paper
        self._blow = blow

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._paper, name)
        if not callable(found):
            return found

        def told(*arguments: Any, **named: Any) -> Any:
            given = found(*arguments, **named)
            self._blow.passing(name)
            return given

        return told


class StrikingStore(Store):
    """A store whose transactions meet the *blow*."""

    def __init__(self, url: str, *, keys: KeyRing, blow: Blow) -> None:
        super().__init__(url, keys=keys)
        self.blow = blow

    @contextmanager
    def transaction(self) -> Iterator[Paper]:
        with super().transaction() as paper:
            yield StrikingPaper(paper, self.blow)  # type: ignore[misc]
            self.blow.passing(BEFORE_COMMIT)
        self.blow.passing(AFTER_COMMIT)
