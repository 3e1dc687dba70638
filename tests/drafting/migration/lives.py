"""An office in which petitions travel their journeys while designers change the drawings under them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine.bootstrap import put_in_force
from engine.clock import legal_date
from engine.demo.journeys import Journey, read_journeys
from engine.demo.travel import Caravan, Counter, Traveller
from engine.drafting.migration import Migrations, Route
from engine.errors import PetitionError
from engine.petition.commands import FREE_STEP_ACT, Command
from engine.petition.file import File, WorkItem
from engine.petition.parties import Actor, Role
from engine.procedure import Source
from engine.store.tables import migration_file, petition
from tests.stories.worlds import LONG_AFTER, START, World, new_world

SPREAD = 60
"""Over how many days the journeys begin."""
STAND_INS = (Role.HEAD, Role.REVIEWER)
"""Who may also do what is drawn for a clerk."""
CLAIMED = 30
"""Of a hundred open steps, how many somebody has taken."""
TYPED = 60
"""Of a hundred open steps, how many somebody has begun to fill in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """All of a file that a migration may touch, or must not."""

    file: File
    work: tuple[WorkItem, ...]
    limits: Mapping[tuple[int, str], datetime]


@dataclass(slots=True)
class Life:
    """One office with its travellers. ``at`` says what is to happen before which command (counted from 1), ``on`` what
    before the first command of a day or of a later one."""

    world: World
    dice: random.Random
    at: dict[int, Callable[[], None]] = field(default_factory=dict)
    on: dict[date, Callable[[], None]] = field(default_factory=dict)
    performed: int = 0

    @classmethod
    def begun(cls, data: Path, url: str, seed: int, source: Source) -> Life:
        """An office at *url* whose petitions begin on *source*."""
        world = new_world(data, url)
        migrations = Migrations(world.house.office, world.house.store)
        house = replace(world.house, migrations=migrations)
        life = cls(world=replace(world, house=house), dice=random.Random(seed))
        life.put_in_force(source)
        return life

    def put_in_force(self, source: Source) -> None:
        """Let petitions begin on *source* from now on."""
        house = self.world.house
        put_in_force(house.store, source, house.vocabulary, house.clock)

    # ---- travelling ----------------------------------------------------------------------------------------------

    def play(self, journeys: int, *, until: datetime = LONG_AFTER) -> tuple[Traveller, ...]:
        """Let *journeys* random journeys be played to their ends, or *until* then; what is to happen happens on the way."""
        known = read_journeys()
        travellers = tuple(
            self._traveller(self.dice.choice(known), serial) for serial in range(journeys)
        )
        Caravan(self.world.house, self.world.clock, door=self).play(travellers, until=until)
        return travellers

    def _traveller(self, journey: Journey, serial: int) -> Traveller:
        starts = START + timedelta(days=0 if journey.days_ago else self.dice.randrange(SPREAD))
        return Traveller(journey=journey, serial=serial, starts=starts)

    def perform(self, command: Command) -> str:
        """What somebody does; whatever free steps the drawing has before that are done first."""
        self.performed += 1
        today = legal_date(self.world.clock.now())
        days = [self.on.pop(day) for day in sorted(self.on) if day <= today]
        for happens in (*days, self.at.pop(self.performed, None)):
            try:
                if happens is not None:
                    happens()
            except PetitionError as fault:  # no traveller's fault
                raise AssertionError(fault.text.en) from fault
        if command.petition is not None:
            self._fill(command.petition)
        return Counter(self.world.house).perform(command)

    def _fill(self, file: str) -> None:
        for number in range(20):
            free = [one for one in self.work(file) if one.form is not None]
            if not free:
                return
            self._do(FREE_STEP_ACT, file, free[0], number, notes="演示", result="clear")
        raise AssertionError("free steps without end")

    def claim(self) -> None:
        """Let people take some of the open steps."""
        for file in self.running():
            for item in self.work(file):
                if self.dice.randrange(100) < CLAIMED and item.assignee is None and item.organ:
                    try:
                        self._do("claim", file, item, self.performed)
                    except PetitionError:
                        continue  # recused, or no step of theirs

    def _do(self, act: str, file: str, item: WorkItem, number: int, **answers: str) -> None:
        version = self.file(file).version
        command = Command(
            act=act, actor=self._holder(item), key=f"{act}:{file}:{item.step}:{version}:{number}", petition=file,
            step=item.step, answers=answers,
        )  # fmt: skip
        self.world.house.office.perform(command)

    def _holder(self, item: WorkItem) -> Actor:
        """Somebody at the organ for which the step is open who may do it, and is not recused."""
        on = legal_date(self.world.clock.now())
        organ = item.organ or ""
        recused = str(self.file(item.petition).facts.get("recused") or "").split(",")
        with self.world.store.reading() as desk:
            directory = desk.directory()
        roles = {Role(item.role), *(STAND_INS if item.role == Role.CLERK else ())}
        person = next(
            one
            for one in sorted(directory.people)
            if roles & directory.roles_of(one, organ, on) and one not in recused
        )
        return directory.actor_for(person, organ, on)

    def type(self, files: Iterable[str]) -> dict[str, Mapping[str, object]]:
        """Let somebody begin to fill in some open steps of *files*, and confirm nothing. What was typed, by the page."""
        typed: dict[str, Mapping[str, object]] = {}
        for item in (one for file in files for one in self.work(file)):
            if self.dice.randrange(100) < TYPED:
                page = f"{item.assignee or item.organ}:{item.petition}:{item.step}"
                typed[page] = {"notes": f"演示:{item.name}", "step": str(item.step)}
                self.world.store.keep_typed(page, typed[page], self.world.clock.now())
        return typed

    def kept(self, pages: Iterable[str]) -> dict[str, Mapping[str, object] | None]:
        """What the *pages* show now of what was typed there."""
        with self.world.store.reading() as desk:
            return {page: desk.typed(page) for page in pages}

    # ---- looking -------------------------------------------------------------------------------------------------

    def running(self) -> list[str]:
        """The files under way."""
        query = select(petition.c.id).where(petition.c.closed_at.is_(None)).order_by(petition.c.id)
        with self.world.store.engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def file(self, id: str) -> File:
        """A file as it stands."""
        return self.world.file(id)

    def work(self, id: str) -> tuple[WorkItem, ...]:
        """The open steps of a file."""
        with self.world.store.reading() as desk:
            return desk.work(id)

    def standing(self, id: str) -> Standing:
        """All of a file that matters here."""
        now = self.world.clock.now()
        with self.world.store.reading() as desk:
            file = desk.load(id)
            opened = self.world.house.office.opened(desk, file, now)
            work = desk.work(id)
        limits = {(one.token, one.element): one.due_at for one in opened.progress.internal_limits()}
        return Standing(file=file, work=work, limits=limits)

    def rows(self, batch: str) -> dict[str, Any]:
        """The rows of a batch by the ids of their files, sealed ones included."""
        query = select(migration_file).where(migration_file.c.migration == batch)
        with self.world.store.engine.connect() as connection:
            return {row.petition: row for row in connection.execute(query)}


def route(before: Source, after: Source, renamed: Mapping[str, str]) -> Route:
    """From one version to another."""
    return Route(before=before.digest, after=after.digest, renamed=renamed)
