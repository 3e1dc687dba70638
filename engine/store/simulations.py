"""Simulations kept beside versions and drafts. What is asked and what comes out is JSON that only drafting reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, or_, select, update

from engine.errors import NotFound
from engine.store.loading import Loading
from engine.store.simulation_tables import simulation
from engine.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationRow:
    """One simulation; ``why`` says in both languages why it failed."""

    id: str
    about: str
    person: str
    state: str
    asked: dict[str, Any]
    asked_at: datetime
    attempt: int
    done: int
    whole: int
    came_out: dict[str, Any] | None = None
    why: Text | None = None


class SimulationReading(Loading):
    """What can be read of simulations."""

    def simulations(self, about: str) -> tuple[SimulationRow, ...]:
        """The simulations of *about*, the newest first, without what came out. 1 statement."""
        return tuple(_row(row) for row in self._connection.execute(_OF, {"about": about}))

    def simulation(self, id: str) -> SimulationRow:
        """The simulation *id*. Raises NotFound. 1 statement."""
        row = self._connection.execute(_ONE, {"this": id}).first()
        if row is None:
            raise NotFound(Text("没有这次模拟", "there is no such simulation"))
        return _row(row)

    def simulation_waits(self, *, silent_since: datetime) -> bool:
        """Whether there is a simulation to take up. 1 statement."""
        return self._connection.execute(_WAITS, {"silent": silent_since}).first() is not None


class SimulationWriting(SimulationReading):
    """What is written of simulations. Any number of processes may take them up; the last that did so counts."""

    def ask_simulation(self, row: SimulationRow) -> None:
        """Keep a new simulation, which waits."""
        self._connection.execute(
            insert(simulation),
            {
                "id": row.id, "about": row.about, "person": row.person, "state": row.state,
                "asked": json.dumps(row.asked, ensure_ascii=False), "asked_at": row.asked_at,
                "attempt": row.attempt, "done": row.done, "whole": row.whole,
            },
        )  # fmt: skip

    def take_simulation(self, *, beat: datetime, silent_since: datetime) -> SimulationRow | None:
        """The simulation that has waited longest, or of which nobody has been heard since *silent_since*, taken up at *beat*.

        None where there is none. What another transaction takes up is passed over.
        """
        row = self._connection.execute(_NEXT, {"silent": silent_since}).first()
        if row is None:
            return None
        changed = {"state": "running", "attempt": row.attempt + 1, "beat_at": beat, "done": 0}
        self._connection.execute(
            update(simulation).where(simulation.c.id == row.id).values(**changed)
        )
        return self.simulation(row.id)

    def beat_simulation(
        self, id: str, attempt: int, *, done: int, whole: int, beat: datetime
    ) -> bool:
        """Note how far the *attempt* at the simulation *id* is; False where it is no longer wanted."""
        return self._change(id, attempt, done=done, whole=whole, beat_at=beat)

    def end_simulation(
        self,
        id: str,
        attempt: int,
        *,
        came_out: dict[str, Any] | None,
        why: Text | None,
        whole: int,
    ) -> bool:
        """Keep what came of the *attempt* at the simulation *id*; False where it is no longer wanted."""
        told = None if why is None else json.dumps({"zh": why.zh, "en": why.en}, ensure_ascii=False)
        found = None if came_out is None else json.dumps(came_out, ensure_ascii=False)
        state = "done" if why is None else "failed"
        return self._change(
            id, attempt, state=state, came_out=found, why=told, done=whole, whole=whole
        )

    def stop_simulation(self, id: str) -> bool:
        """Let the simulation *id* stop; whether it was still to be run."""
        done = self._connection.execute(
            update(simulation)
            .where(simulation.c.id == id, simulation.c.state.in_(("waiting", "running")))
            .values(state="stopped")
        )
        return done.rowcount == 1

    def drop_simulation(self, id: str) -> None:
        """Forget the simulation *id*."""
        self._connection.execute(delete(simulation).where(simulation.c.id == id))

    def _change(self, id: str, attempt: int, **values: Any) -> bool:
        done = self._connection.execute(
            update(simulation)
            .where(
                simulation.c.id == id,
                simulation.c.attempt == attempt,
                simulation.c.state == "running",
            )
            .values(**values)
        )
        return done.rowcount == 1


def _row(row: Any) -> SimulationRow:
    found, why = getattr(row, "came_out", None), json.loads(row.why) if row.why else None
    return SimulationRow(
        id=row.id, about=row.about, person=row.person, state=row.state, asked=json.loads(row.asked),
        asked_at=row.asked_at, attempt=row.attempt, done=row.done, whole=row.whole,
        came_out=json.loads(found) if found else None, why=Text(why["zh"], why["en"]) if why else None,
    )  # fmt: skip


_OF: Select[Any] = (
    select(*(column for column in simulation.columns if column.name != "came_out"))
    .where(simulation.c.about == bindparam("about"))
    .order_by(simulation.c.asked_at.desc(), simulation.c.id)
)
_ONE: Select[Any] = select(simulation).where(simulation.c.id == bindparam("this"))
_WAITS: Select[Any] = (
    select(simulation.c.id, simulation.c.attempt)
    .where(
        or_(
            simulation.c.state == "waiting",
            (simulation.c.state == "running") & (simulation.c.beat_at < bindparam("silent")),
        )
    )
    .order_by(simulation.c.asked_at, simulation.c.id)
    .limit(1)
)
_NEXT: Select[Any] = _WAITS.with_for_update(skip_locked=True)
