"""Simulations of one office: asked for by designers, run in the background, kept beside the version or draft that they try."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from engine.audit.course import Maps
from engine.clock import Clock, SystemClock, legal_date
from engine.drafting.scenarios.private_office import PrivateOffices
from engine.drafting.simulation.apart import Apart
from engine.drafting.simulation.asking import Asked, must_be_sensible
from engine.drafting.simulation.assumptions import Assumptions, from_data, read_pace
from engine.drafting.simulation.figures import differences, figures
from engine.drafting.simulation.history import Measured, measured
from engine.drafting.simulation.notes import Notes
from engine.drafting.simulation.running import run
from engine.drafting.simulation.task import Task, counted
from engine.drafting.simulation.working_time import WorkingTime
from engine.errors import NotOffered, NotPermitted, PetitionError
from engine.petition.parties import Actor, Role
from engine.procedure import Procedure, Source
from engine.store.simulations import SimulationRow
from engine.store.store import Store
from engine.text import Text

MOST_KEPT: Final = 12
"""How many simulations of one version or draft are kept; the oldest make room."""
TIDINGS: Final = 0.5
"""For so many seconds a turn waits for tidings of what is under way."""
BEAT: Final = timedelta(seconds=2)
"""So often it is written down how far a simulation is."""
SILENT: Final = timedelta(seconds=30)
"""Who has not been heard of for so long is taken to be gone; another process begins anew."""

SourceOf = Callable[[str], Source]


@dataclass(slots=True)
class _UnderWay:
    row: SimulationRow
    tasks: list[Task]
    apart: Apart
    beaten: datetime


class Simulations:
    """What designers ask, and what the worker does about it."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        offices: PrivateOffices,
        source_of: SourceOf,
        maps: Maps,
        pace: Path,
        machine: Clock | None = None,
    ) -> None:
        self.offices = offices
        self._store = store
        self._clock = clock
        self._source_of = source_of
        self._maps = maps
        self._pace = pace
        self._under_way: _UnderWay | None = None
        self._lock = threading.Lock()
        self._machine = machine or SystemClock()

    # ---- what people ask -----------------------------------------------------------------------------------------

    def usual(self) -> Assumptions:
        """The usual assumptions."""
        return read_pace(self._pace)

    def drawings(self, about: str) -> tuple[Procedure, ...]:
        """The version or draft *about* and, after it, the one with which it is compared. Raises NotFound, DrawingRefused."""
        versions = (about, self.base_of(about))
        return tuple(self.offices.procedure(self._source_of(one)) for one in versions if one)

    def measured(self) -> Measured:
        """What the record of this office says in place of usual assumptions."""
        with self._store.reading() as desk:
            return measured(desk, self.usual(), self._maps, legal_date(self._clock.now()))

    def base_of(self, about: str) -> str | None:
        """The version with which *about* is compared: the one in force; None where that is *about* itself."""
        with self._store.reading() as desk:
            in_force = desk.current_procedure(legal_date(self._clock.now()))
        return None if in_force in {about, self._source_of(about).digest} else in_force

    def of(self, about: str) -> tuple[SimulationRow, ...]:
        """The simulations of *about*, the newest first, without what came out."""
        with self._store.reading() as desk:
            return desk.simulations(about)

    def get(self, id: str) -> SimulationRow:
        """The simulation *id*. Raises NotFound."""
        with self._store.reading() as desk:
            return desk.simulation(id)

    def begin(self, asked: Asked, *, actor: Actor) -> str:
        """Ask for a simulation, which the worker then runs. Returns its id.

        Raises NotPermitted; BadInput; NotFound and DrawingRefused where there is nothing to run.
        """
        _must_design(actor)
        must_be_sensible(asked)
        for source in self._sources(asked):
            self.offices.procedure(source)
        now = self._clock.now()
        row = SimulationRow(
            id=secrets.token_hex(8), about=asked.about, person=actor.person, state="waiting",
            asked=asked.data(self._start(asked.assumptions)), asked_at=now, attempt=0, done=0, whole=0,
        )  # fmt: skip
        with self._store.transaction() as paper:
            for old in paper.simulations(asked.about)[MOST_KEPT - 1 :]:
                paper.drop_simulation(old.id)
            paper.ask_simulation(row)
        return row.id

    def stop(self, id: str, *, actor: Actor) -> None:
        """Let the simulation *id* stop. Raises NotPermitted; NotOffered where it is over already."""
        _must_design(actor)
        with self._store.transaction() as paper:
            if not paper.stop_simulation(id):
                raise NotOffered(Text("这次模拟已经结束", "this simulation is over already"))

    def drop(self, id: str, *, actor: Actor) -> None:
        """Forget the simulation *id*."""
        _must_design(actor)
        with self._store.transaction() as paper:
            paper.drop_simulation(id)

    # ---- what is done --------------------------------------------------------------------------------------------

    def turn(self, now: datetime) -> None:
        """Look after the simulation under way, or take up the next: what the worker calls again and again."""
        with self._lock:
            if self._under_way is None:
                self._under_way = self._taken_up()
            if self._under_way is not None and not self._went_on(self._under_way):
                self._under_way = None

    def finish(self, id: str, told: Callable[[int, int], None] = lambda done, whole: None) -> None:
        """Run the simulation *id*, which waits, here and now in this process. Raises NotOffered where it does not wait."""
        row = self._take()
        if row is None or row.id != id:
            raise NotOffered(Text("还有别的模拟在先", "another simulation comes first"))
        tasks = self._tasks(row)
        self._end(row, tasks, [run(self.offices, task, told) for task in tasks])

    def together(self, asked: Asked, told: Callable[[int, int], None]) -> dict[str, Any]:
        """Run what is *asked* at once, in processes of its own; nothing is kept. Raises PetitionError."""
        must_be_sensible(asked)
        tasks = self._tasks_of(asked.about, asked.data(self._start(asked.assumptions)))
        apart = Apart.begin(self.offices, tasks)
        try:
            while apart.notes is None and apart.fault is None:
                apart.look(1.0)
                if apart.notes is None:
                    told(*apart.progress)
        finally:
            apart.stop()
        if apart.notes is None:
            raise PetitionError(apart.fault or Text("模拟没有完成", "the simulation did not end"))
        return self.came_out(tasks, apart.notes)

    def came_out(self, tasks: list[Task], notes: list[Notes]) -> dict[str, Any]:
        """What came out, as it is kept."""
        runs = [
            figures(one, self.offices.procedure(task.source), task.assumptions)
            for one, task in zip(notes, tasks, strict=True)
        ]
        found: dict[str, Any] = {"digest": tasks[0].source.digest, "tried": runs[0], "base": None}
        if len(runs) > 1:
            roots = counted(tasks[0].petitions)
            found |= {"base": runs[1], "differences": differences(notes[0], notes[1], roots)}
        return found

    # ---- within --------------------------------------------------------------------------------------------------

    def _take(self) -> SimulationRow | None:
        beat = self._machine.now()
        with self._store.reading() as desk:
            if not desk.simulation_waits(silent_since=beat - SILENT):
                return None
        with self._store.transaction() as paper:
            return paper.take_simulation(beat=beat, silent_since=beat - SILENT)

    def _taken_up(self) -> _UnderWay | None:
        row = self._take()
        if row is None:
            return None
        try:
            tasks = self._tasks(row)
        except PetitionError as fault:
            self._fail(row, fault.text)
            return None
        return _UnderWay(row, tasks, Apart.begin(self.offices, tasks), self._machine.now())

    def _went_on(self, one: _UnderWay) -> bool:
        """Whether there is more to wait for."""
        one.apart.look(TIDINGS)
        if one.apart.fault is not None:
            self._fail(one.row, one.apart.fault)
        elif one.apart.notes is not None:
            self._end(one.row, one.tasks, one.apart.notes)
        elif self._wanted(one):
            return True
        one.apart.stop()
        return False

    def _wanted(self, one: _UnderWay) -> bool:
        """Whether it is still to be run, and by this process; says now and then how far it is."""
        done, whole, now = *one.apart.progress, self._machine.now()
        if now - one.beaten < BEAT:
            row = self.get(one.row.id)
            return (row.state, row.attempt) == ("running", one.row.attempt)
        one.beaten = now
        with self._store.transaction() as paper:
            return paper.beat_simulation(
                one.row.id, one.row.attempt, done=done, whole=whole, beat=now
            )

    def _end(self, row: SimulationRow, tasks: list[Task], notes: list[Notes]) -> None:
        found = self.came_out(tasks, notes)
        with self._store.transaction() as paper:
            whole = sum(2 * task.petitions for task in tasks)
            paper.end_simulation(row.id, row.attempt, came_out=found, why=None, whole=whole)

    def _fail(self, row: SimulationRow, why: Text) -> None:
        with self._store.transaction() as paper:
            paper.end_simulation(row.id, row.attempt, came_out=None, why=why, whole=row.whole)

    def _tasks(self, row: SimulationRow) -> list[Task]:
        return self._tasks_of(row.about, row.asked)

    def _tasks_of(self, about: str, asked: dict[str, Any]) -> list[Task]:
        with self._store.reading() as desk:
            calendar = desk.calendar()
        return [
            Task(
                source=self._source_of(version),
                calendar=calendar,
                assumptions=from_data(asked["assumptions"]),
                start=datetime.fromisoformat(asked["start"]),
                petitions=asked["petitions"],
                seed=asked["seed"],
            )
            for version in (about, asked["base"])
            if version is not None
        ]

    def _sources(self, asked: Asked) -> list[Source]:
        return [self._source_of(one) for one in (asked.about, asked.base) if one is not None]

    def _start(self, assumptions: Assumptions) -> datetime:
        """The next opening of the office, from which the simulated time runs."""
        now = self._clock.now()
        with self._store.reading() as desk:
            calendar = desk.calendar()
        time = WorkingTime(
            calendar, legal_date(now), opens=assumptions.opens, hours=assumptions.hours
        )
        return time.opening(now + timedelta(days=1)).astimezone(UTC).replace(microsecond=0)


def _must_design(actor: Actor) -> None:
    if Role.DESIGNER not in actor.roles:
        raise NotPermitted(Text("只有流程设计人员可以模拟", "only designers simulate drawings"))


__all__ = ["Asked", "SimulationRow", "Simulations"]
