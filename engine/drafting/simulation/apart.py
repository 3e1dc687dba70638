"""Runs in processes of their own: they know a version, assumptions and a seed, and no database at all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from engine.drafting.scenarios.private_office import PrivateOffices
from engine.drafting.simulation.notes import Notes
from engine.drafting.simulation.running import run
from engine.drafting.simulation.task import Task
from engine.errors import PetitionError
from engine.text import Text

_KINDNESS = 5
"""How much a run gives way to those who work with real petitions (nice)."""
_TIDINGS = 100
"""How often a run says how far it is."""


@dataclass(slots=True)
class _Child:
    process: BaseProcess
    pipe: Connection
    whole: int
    done: int = 0
    notes: Notes | None = None


@dataclass(slots=True)
class Apart:
    """Tasks under way, each in its own process. ``fault`` says why one of them cannot be run."""

    children: list[_Child] = field(default_factory=list)
    fault: Text | None = None

    @classmethod
    def begin(cls, offices: PrivateOffices, tasks: Sequence[Task]) -> Apart:
        """Begin to run *tasks*."""
        spawning, self = get_context("spawn"), cls()
        for task in tasks:
            ours, theirs = spawning.Pipe(duplex=False)
            process = spawning.Process(
                target=_run, args=(theirs, offices.afresh(), task), daemon=True
            )
            process.start()
            theirs.close()
            self.children.append(_Child(process, ours, whole=2 * task.petitions))
        return self

    @property
    def progress(self) -> tuple[int, int]:
        """How much is done, of how much."""
        return sum(one.done for one in self.children), sum(one.whole for one in self.children)

    @property
    def notes(self) -> list[Notes] | None:
        """The notes of all tasks in their order, once all have come."""
        found = [one.notes for one in self.children if one.notes is not None]
        return found if len(found) == len(self.children) else None

    def look(self, seconds: float = 0.0) -> None:
        """Hear what there is to hear; wait at most *seconds* for something."""
        pipes = {one.pipe: one for one in self.children if one.notes is None}
        for ready in wait(list(pipes), seconds):
            child = pipes[ready]  # type: ignore[index]
            try:
                while child.notes is None and child.pipe.poll():
                    self._hear(child, child.pipe.recv())
            except EOFError:
                self.fault = self.fault or _BROKEN

    def stop(self) -> None:
        """End all of it."""
        for one in self.children:
            one.process.terminate()
            one.process.join()
            one.pipe.close()

    def _hear(self, child: _Child, said: object) -> None:
        match said:
            case Notes():
                child.notes = said
            case Text():
                self.fault = said
            case (int(done), int(whole)):
                child.done, child.whole = done, whole


def _run(pipe: Connection, offices: PrivateOffices, task: Task) -> None:
    os.nice(_KINDNESS)
    told = -1

    def tell(done: int, whole: int) -> None:
        nonlocal told
        if done * _TIDINGS // whole > told:
            told = done * _TIDINGS // whole
            pipe.send((done, whole))

    try:
        pipe.send(run(offices, task, tell))
    except PetitionError as fault:
        pipe.send(fault.text)
    except (BrokenPipeError, KeyboardInterrupt):
        pass  # nobody listens any more


_BROKEN = Text("模拟意外中断", "the simulation broke off")
