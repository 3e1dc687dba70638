"""An office set up for measuring: a few made-up organs and clerks, on an empty database, with a clock that is turned."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from engine.bootstrap import House, open_house, put_in_force, shipped_source
from engine.clock import Clock, ManualClock, legal_date
from engine.petition.commands import Command
from engine.petition.parties import (
    SYSTEM,
    Actor,
    Appointment,
    Level,
    Organ,
    OrganKind,
    Person,
    Role,
)
from engine.procedure import Source
from engine.record.keys import KeyRing
from engine.settings import Settings, sqlite_url
from engine.store.migrate import upgrade
from engine.store.scratch import scratch_database
from engine.text import Text

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
DRAWINGS = Path(__file__).parent / "drawings"
FREE_STEP = "visit"
BEGINS = datetime(2026, 3, 2, 1, tzinfo=UTC)
"""A Monday morning in Shanghai, in a year whose calendar is published."""
_AT_ONCE = 200
_ADDED_AFTERWARDS = date(2000, 1, 1)

_CITY, _COUNTY, _BUREAU = "city.petitions", "county.petitions", "county.bureau"
_ORGANS = (
    Organ(
        id="city.government",
        name=Text("测试市人民政府", "Test City People's Government"),
        code="测市政",
        kind=OrganKind.GOVERNMENT,
        level=Level.CITY,
    ),
    Organ(
        id=_CITY,
        name=Text("测试市信访局", "Test City Petition Office"),
        code="测市",
        kind=OrganKind.PETITION_OFFICE,
        level=Level.CITY,
        government="city.government",
    ),
    Organ(
        id="county.government",
        name=Text("测试县人民政府", "Test County People's Government"),
        code="测县政",
        kind=OrganKind.GOVERNMENT,
        level=Level.COUNTY,
        government=None,
        parent="city.government",
    ),
    Organ(
        id=_COUNTY,
        name=Text("测试县信访局", "Test County Petition Office"),
        code="测县",
        kind=OrganKind.PETITION_OFFICE,
        level=Level.COUNTY,
        government="county.government",
    ),
    Organ(
        id=_BUREAU,
        name=Text("测试县自然资源局", "Test County Natural Resources Bureau"),
        code="测县自",
        kind=OrganKind.DEPARTMENT,
        level=Level.COUNTY,
        government="county.government",
    ),
)


def _staff() -> tuple[list[Person], list[Appointment]]:
    people: list[Person] = []
    appointments: list[Appointment] = []
    for organ in _ORGANS:
        person = Person(id=f"{organ.id}.clerk", name=f"演示{organ.code}", login=f"{organ.id}.clerk")
        people.append(person)
        roles = (
            [Role.CLERK, Role.SUPERVISOR]
            if organ.kind is OrganKind.PETITION_OFFICE
            else [Role.CLERK]
        )
        appointments.extend(
            Appointment(person=person.id, organ=organ.id, role=role, valid_from=_ADDED_AFTERWARDS)
            for role in roles
        )
    return people, appointments


@dataclass(slots=True)
class Workplace:
    """One office on one database, and the commands that are measured on it."""

    house: House
    database: str
    settings: Settings

    @property
    def clock(self) -> ManualClock:
        """The office's clock, where it was opened on one that is turned by hand."""
        assert isinstance(self.house.clock, ManualClock)  # noqa: S101 - a bench that measures by the clock made it so
        return self.house.clock

    @property
    def clerk(self) -> Actor:
        """The clerk of the county's petition office."""
        return self.actor(_COUNTY)

    def actor(self, organ: str) -> Actor:
        """The clerk of *organ*."""
        with self.house.store.reading() as desk:
            return desk.directory().actor_for(
                f"{organ}.clerk", organ, legal_date(self.house.clock.now())
            )

    def deploy(self, source: Source) -> None:
        """Put *source* in force for the petitions that are registered from now on."""
        put_in_force(self.house.store, source, self.house.vocabulary, self.house.clock)

    def registration(self, *, received: date | None = None) -> Command:
        """The command that registers one more petition."""
        answers = {
            "received_on": (received or legal_date(self.house.clock.now())).isoformat(),
            "channel": "letter",
            "category": "grievance",
            "title": "测速用事项",
            "content": "反映征收补偿款未足额发放,请求核实。" * 8,
            "demands": "核实补偿标准\n补足差额",
            "petitioner_name": "演示甲",
            "petitioner_address": "测试县测试路1号",
            "initial": True,
        }
        return self._command("register", None, answers)

    def free_step(self, petition: str, *, again: bool = True) -> Command:
        """The command that fills in the free step of the measured drawing."""
        answers = {
            "visit_again": "yes" if again else "no",
            "notes": "现场走访,已听取双方陈述。" * 6,
        }
        with self.house.store.reading() as desk:
            step = next(item.step for item in desk.work(petition) if item.form == FREE_STEP)
        return self._command("fill", petition, answers, step=step)

    def sorting(self, petition: str) -> Command:
        """The command that sorts a petition of the shipped procedure towards the bureau."""
        return self._command("sort", petition, {"disposition": "forward"})

    def forwarding(self, petition: str) -> Command:
        """The command that forwards it: an act with a document, a number, a clock closed and two opened."""
        today = legal_date(self.house.clock.now()).isoformat()
        return self._command("forward", petition, {"organ": _BUREAU, "arrived_on": today})

    def registered(self, count: int, *, received: date | None = None) -> list[str]:
        """The ids of *count* new petitions."""
        return self.carried_out([self.registration(received=received) for _ in range(count)])

    def carried_out(self, commands: Sequence[Command]) -> list[str]:
        """Carry out *commands*, many to a transaction since nobody measures it. Returns their petitions' ids."""
        petitions = []
        for begin in range(0, len(commands), _AT_ONCE):
            with self.house.store.transaction() as paper:
                for command in commands[begin : begin + _AT_ONCE]:
                    petitions.append(self.house.office.carry_out(paper, command).receipt.petition)
        return petitions

    def next_due(self) -> datetime:
        """The earliest instant at which something falls due. There must be one."""
        with self.house.store.reading() as desk:
            due = desk.next_due()
        assert due is not None  # noqa: S101 - registering starts a clock
        return due

    def state_size(self, petition: str) -> int:
        """The length of the petition's state document."""
        with self.house.store.reading() as desk:
            return len(desk.load(petition).progress)

    def _command(
        self, act: str, petition: str | None, answers: dict[str, Any], *, step: int | None = None
    ) -> Command:
        return Command(
            act=act,
            actor=self.clerk,
            key=secrets.token_hex(12),
            petition=petition,
            step=step,
            answers=answers,
        )


def measured_source() -> Source:
    """The drawing of free steps that is measured, with the shipped one for the supervision of breaches."""
    supervision = "supervision.bpmn"
    return Source.in_directory(DRAWINGS).with_files(
        {supervision: shipped_source().files[supervision]}
    )


@contextmanager
def workplace(
    database: str, *, server: str | None, directory: Path | None = None, clock: Clock | None = None
) -> Iterator[Workplace]:
    """A new office on a database of its own, gone afterwards.

    *server* is the URL of a PostgreSQL server that may be asked for a database; *directory* is where SQLite's file and
    the keys lie (a temporary one by default). *clock* is one that stands still unless another is given.
    """
    with tempfile.TemporaryDirectory(prefix="petition-bench-", dir=directory) as home:
        data = Path(home)
        if database == SQLITE:
            yield from _opened(database, sqlite_url(data / "petition.db"), data, clock)
            return
        assert server is not None  # noqa: S101 - asked for before
        with scratch_database(server) as url:
            yield from _opened(database, url, data, clock)


def _opened(database: str, url: str, data: Path, clock: Clock | None) -> Iterator[Workplace]:
    upgrade(url)
    KeyRing.create_in(data)
    settings = Settings(data=data, database_url=url)
    house = open_house(settings, clock=clock or ManualClock(BEGINS))
    people, appointments = _staff()
    try:
        with house.store.transaction() as paper:
            paper.change_directory(
                organs=_ORGANS,
                people=people,
                appointments=appointments,
                actor=SYSTEM,
                now=house.clock.now(),
            )
        yield Workplace(house=house, database=database, settings=settings)
    finally:
        house.store.close()
