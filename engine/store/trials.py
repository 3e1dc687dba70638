"""Trials and saved scenarios. Both are texts; they lie encrypted, since nobody can know what somebody typed to try a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, insert, select, update

from engine.errors import NotFound, Stale
from engine.store import upserts
from engine.store.loading import Loading
from engine.store.trial_tables import scenario, trial
from engine.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialRow:
    """A trial of *person* on a version or a draft: its scenario as text, at its ``revision``."""

    id: str
    person: str
    about: str
    revision: int
    text: str
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedScenario:
    """A scenario saved beside a version or a draft."""

    about: str
    name: str
    person: str
    text: str
    changed_at: datetime


class TrialReading(Loading):
    """What can be read of trials and saved scenarios."""

    def trials(self, person: str) -> tuple[TrialRow, ...]:
        """The trials of *person*, those worked on last first."""
        return tuple(self._trial(row) for row in self._connection.execute(_TRIALS, {"who": person}))

    def trial(self, id: str, person: str) -> TrialRow:
        """The trial *id* of *person*. Raises NotFound, also where it is somebody else's."""
        row = self._connection.execute(_TRIAL, {"this": id, "who": person}).first()
        if row is None:
            raise NotFound(_NO_TRIAL)
        return self._trial(row)

    def saved_scenarios(self, about: Sequence[str]) -> tuple[SavedScenario, ...]:
        """The scenarios saved beside any of *about*, by name."""
        found = self._connection.execute(_SAVED, {"these": list(about)})
        return tuple(
            SavedScenario(
                about=row.about,
                name=row.name,
                person=row.person,
                text=self._opened(scenario.name, f"{row.about}:{row.name}", row),
                changed_at=row.changed_at,
            )
            for row in found
        )

    def _trial(self, row: Any) -> TrialRow:
        return TrialRow(
            id=row.id,
            person=row.person,
            about=row.about,
            revision=row.revision,
            text=self._opened(trial.name, row.id, row),
            changed_at=row.changed_at,
        )

    def _opened(self, table: str, name: str, row: Any) -> str:
        key = self._ring.unwrapped(f"{table}:{name}", bytes(row.wrapped_key))
        return key.decrypt(table, "content", bytes(row.content)).decode()


class TrialWriting(TrialReading):
    """What designers write while they try."""

    def begin_trial(self, row: TrialRow) -> None:
        """Keep a new trial."""
        self._connection.execute(
            insert(trial),
            {
                "id": row.id,
                "person": row.person,
                "about": row.about,
                "revision": row.revision,
                "changed_at": row.changed_at,
                **self._sealed(trial.name, row.id, row.text),
            },
        )

    def change_trial(self, row: TrialRow, text: str, *, now: datetime) -> None:
        """Let the trial of *row* go on as *text*. Raises Stale where it has gone on since *row* was read."""
        changed = self._connection.execute(
            update(trial)
            .where(trial.c.id == row.id, trial.c.revision == row.revision)
            .values(
                revision=row.revision + 1, changed_at=now, **self._sealed(trial.name, row.id, text)
            )
        )
        if changed.rowcount != 1:
            raise Stale(_GONE_ON)

    def drop_trial(self, id: str, person: str) -> None:
        """Forget the trial *id* of *person*."""
        self._connection.execute(delete(trial).where(trial.c.id == id, trial.c.person == person))

    def save_scenario(self, saved: SavedScenario) -> None:
        """Keep *saved*, in the place of one of the same name."""
        row = {
            "about": saved.about,
            "name": saved.name,
            "person": saved.person,
            "changed_at": saved.changed_at,
            **self._sealed(scenario.name, f"{saved.about}:{saved.name}", saved.text),
        }
        self._connection.execute(upserts.or_replace(scenario, self._connection.dialect.name), [row])

    def drop_scenario(self, about: str, name: str) -> None:
        """Forget the scenario *name* of *about*."""
        self._connection.execute(
            delete(scenario).where(scenario.c.about == about, scenario.c.name == name)
        )

    def _sealed(self, table: str, name: str, text: str) -> dict[str, bytes]:
        owner = f"{table}:{name}"
        wrapped = self._ring.new_key(owner)
        content = self._ring.unwrapped(owner, wrapped).encrypt(table, "content", text.encode())
        return {"wrapped_key": wrapped, "content": content}


_NO_TRIAL = Text("没有这次试运行", "there is no such trial")
_GONE_ON = Text(
    "这次试运行在别处已有变动,请查看最新情况后再继续",
    "this trial has gone on elsewhere; look again and decide anew",
)

_TRIALS: Select[Any] = (
    select(trial)
    .where(trial.c.person == bindparam("who"))
    .order_by(trial.c.changed_at.desc(), trial.c.id)
)
_TRIAL: Select[Any] = select(trial).where(
    trial.c.id == bindparam("this"), trial.c.person == bindparam("who")
)
_SAVED: Select[Any] = (
    select(scenario)
    .where(scenario.c.about.in_(bindparam("these", expanding=True)))
    .order_by(scenario.c.name, scenario.c.about)
)
