"""An office for the model to watch: the demonstration's organs and staff on SQLite, copied in a moment, on a clock that stands."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import func, select

from engine.bootstrap import House, open_house, vocabulary
from engine.clock import ManualClock, legal_date
from engine.demo.opening import open_demonstration
from engine.demo.organs import read_office
from engine.office import FrontDesk, Office
from engine.office.ports import Procedure
from engine.people.directory import Directory
from engine.petition.entries import Entry
from engine.petition.file import File, WorkItem
from engine.petition.parties import Actor
from engine.procedure import Source, load
from engine.settings import Settings, sqlite_url
from engine.statute.law import load_law
from engine.store.queries.timeline import entries_of
from engine.store.tables import attachment, document, entry, outbox, petition, work_item
from engine.worker import ClockTower

FOUNDED = datetime(2023, 12, 1, 1, 0, tzinfo=UTC)
MORNING_AFTER = FOUNDED + timedelta(days=1)
DATABASE = "petition.db"
_COUNTED = (petition, entry, document, attachment, outbox, work_item)


def found(data: Path) -> Path:
    """A demonstration office without petitions in the directory *data*, to be copied."""
    settings = Settings(data=data, database_url=sqlite_url(data / DATABASE))
    office = read_office(today=legal_date(FOUNDED))
    open_demonstration(settings, office, ManualClock(FOUNDED)).close()
    return data


@cache
def _procedure(digest: str, files: tuple[tuple[str, bytes], ...]) -> Procedure:
    return load(Source(dict(files)), vocabulary(load_law()))


def _load(files: Mapping[str, bytes]) -> Procedure:
    """The drawings, read once for all offices: they never change."""
    return _procedure(Source(files).digest, tuple(sorted(files.items())))


def _at_work(house: House) -> House:
    """*house* with an office that reads its drawings through :func:`_load`."""
    office = Office(store=house.store, load_procedure=_load, law=house.law, clock=house.clock)
    return replace(
        house,
        office=office,
        front_desk=FrontDesk(office, house.store),
        tower=ClockTower(office=office, store=house.store),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A house with its clock."""

    house: House
    clock: ManualClock
    directory: Directory

    @classmethod
    def copied(cls, founded: Path, data: Path, *, opens: datetime) -> Place:
        """The office of *founded*, in *data*, at the instant *opens*."""
        shutil.copytree(founded, data)
        return cls.at(data, opens=opens)

    @classmethod
    def at(cls, data: Path, *, opens: datetime) -> Place:
        """The office in *data*, at the instant *opens*."""
        clock = ManualClock(opens)
        settings = Settings(data=data, database_url=sqlite_url(data / DATABASE))
        house = _at_work(open_house(settings, clock=clock))
        with house.store.reading() as desk:
            directory = desk.directory()
        return cls(house=house, clock=clock, directory=directory)

    def actor(self, person: str) -> Actor:
        """The member of staff *person*, for the one organ where they hold a role."""
        on = legal_date(self.clock.now())
        organ = self.directory.organs_of(person, on)[0].id
        return self.directory.actor_for(person, organ, on)

    def file(self, id: str) -> File:
        """A file as it stands."""
        with self.house.store.reading() as desk:
            return desk.load(id)

    def work(self, id: str) -> tuple[WorkItem, ...]:
        """The open steps of a file, as the lists show them."""
        with self.house.store.reading() as desk:
            return desk.work(id)

    def entries(self, id: str) -> tuple[Entry, ...]:
        """The record of a file."""
        with self.house.store.reading() as desk:
            return entries_of(desk, id)

    def versions(self) -> dict[str, int]:
        """Every file with its version."""
        with self.house.store.engine.connect() as connection:
            rows = connection.execute(select(petition.c.id, petition.c.version))
            return {row.id: row.version for row in rows}

    def traces(self) -> tuple[object, ...]:
        """What must not change where nothing was done: every version, and how much there is of everything."""
        counts = [select(func.count()).select_from(table).scalar_subquery() for table in _COUNTED]
        with self.house.store.engine.connect() as connection:
            amounts = tuple(connection.execute(select(*counts)).one())
        return (*sorted(self.versions().items()), amounts)
