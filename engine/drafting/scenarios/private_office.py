"""A private office: the real counter and the real clocks on a store in memory, with made-up organs and people.

Nothing of it lies in any database, and nothing that is done there is told to anybody.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar, cast

from engine.clock import ManualClock, legal_date
from engine.drafting.scenarios.tracing import Traced
from engine.drafting.scenarios.usual import Usual
from engine.errors import BadInput, DataError, NotFound, Refused
from engine.office import FrontDesk, Office, ports
from engine.people.directory import Directory
from engine.people.made_up import MadeUpOffice
from engine.petition.entries import Entry
from engine.petition.file import File
from engine.petition.parties import SYSTEM, Actor
from engine.procedure import Procedure, Source, Vocabulary, load
from engine.statute.calendar import Calendar
from engine.statute.law import Law
from engine.store.queries.timeline import entries_of
from engine.store.scratch import Imprint, store_in_memory
from engine.store.store import Store
from engine.text import Text
from engine.worker import ClockTower

FOUNDED = datetime(2000, 1, 3, tzinfo=UTC)
"""When private offices were opened: before anything that is tried in them."""
_VERSIONS_KEPT = 8
Key = TypeVar("Key")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateOffice:
    """One private office. ``flows`` counts the sequence flows that its files have taken."""

    store: Store
    office: Office
    front_desk: FrontDesk
    tower: ClockTower
    clock: ManualClock
    law: Law
    procedure: Procedure
    directory: Directory
    calendar: Calendar
    flows: Counter[str]

    @property
    def today(self) -> date:
        """The legal day."""
        return legal_date(self.clock.now())

    def actor(self, login: str) -> Actor:
        """The member of staff *login*, for the first organ as which they may act today. Raises NotFound."""
        organs = self.directory.organs_of(login, self.today)
        if not organs:
            raise NotFound(
                Text("没有可办理的人员「{login}」", "there is nobody {login} to act").filled(
                    login=login
                )
            )
        return self.directory.actor_for(login, organs[0].id, self.today)

    def file(self, id: str) -> File:
        """The file *id* as it stands."""
        with self.store.reading() as desk:
            return desk.load(id)

    def entries(self, id: str) -> tuple[Entry, ...]:
        """The record of the file *id*."""
        with self.store.reading() as desk:
            return entries_of(desk, id)

    def next_due(self) -> datetime | None:
        """The next instant at which something falls due in this office."""
        with self.store.reading() as desk:
            return desk.next_due()

    def turn_to(self, at: datetime) -> None:
        """Turn the clock on to *at*, stopping at each instant at which something falls due. Raises BadInput."""
        if at < self.clock.now():
            raise BadInput({"to": Text("时钟只能向前拨", "the clock turns on, never back")})
        while (due := self.next_due()) is not None and due <= at:
            self.clock.turn_to(max(due, self.clock.now()))
            self.settle()
        self.clock.turn_to(at)
        self.settle()

    def settle(self) -> None:
        """Let what has fallen due pass and what follows from it happen. Raises DataError where either fails."""
        if self.tower.drain().failed:
            raise DataError(
                Text("时钟或者后续事项处理失败", "a clock, or what follows from it, failed")
            )

    def able(self, may: Callable[[Actor], object]) -> tuple[Actor, ...]:
        """Those of the staff of whom *may* does not raise Refused, by login."""
        found = []
        for person in sorted(self.directory.people):
            for organ in self.directory.organs_of(person, self.today):
                actor = self.directory.actor_for(person, organ.id, self.today)
                try:
                    may(actor)
                except Refused:
                    continue
                found.append(actor)
                break
        return tuple(found)


class PrivateOffices:
    """Opens private offices. Each version of the drawings is read, and each kind of office set up, once."""

    def __init__(
        self, *, law: Law, vocabulary: Vocabulary, made_up: MadeUpOffice, usual: Usual
    ) -> None:
        self.usual = usual
        self.law = law
        self.made_up = made_up
        self._vocabulary = vocabulary
        self._procedures: dict[str, Procedure] = {}
        self._imprints: dict[tuple[str, str], Imprint] = {}

    def afresh(self) -> PrivateOffices:
        """The same with nothing read or set up yet: small enough to be sent to another process."""
        return PrivateOffices(
            law=self.law, vocabulary=self._vocabulary, made_up=self.made_up, usual=self.usual
        )

    def procedure(self, source: Source) -> Procedure:
        """The version in *source*, read once. Raises DrawingRefused."""
        return _kept(self._procedures, source.digest, lambda: load(source, self._vocabulary))

    def open(
        self, source: Source, at: datetime, *, calendar: Calendar | None = None
    ) -> PrivateOffice:
        """An office that works by the version in *source*, at the instant *at*; under *calendar*, or the shipped one.

        Raises DrawingRefused.
        """
        procedure, clock, flows = self.procedure(source), ManualClock(at), Counter[str]()
        kind = (source.digest, calendar.version if calendar else "")
        store = _kept(self._imprints, kind, lambda: self._founded(source, calendar)).store()
        ids = itertools.count(1)

        def load_procedure(files: Mapping[str, bytes]) -> ports.Procedure:
            return cast(ports.Procedure, Traced(procedure, flows))

        office = Office(
            store=store,
            load_procedure=load_procedure,
            law=self.law,
            clock=clock,
            new_id=lambda: f"{next(ids):024x}",
        )
        with store.reading() as desk:
            directory, known = desk.directory(), desk.calendar()
        return PrivateOffice(
            store=store,
            office=office,
            front_desk=FrontDesk(office, store),
            tower=ClockTower(office=office, store=store, world=_Nobody()),
            clock=clock,
            law=self.law,
            procedure=procedure,
            directory=directory,
            calendar=known,
            flows=flows,
        )

    def _founded(self, source: Source, calendar: Calendar | None) -> Imprint:
        made_up, store = self.made_up, store_in_memory()
        with store.transaction() as paper:
            paper.deploy(source.files, digest=source.digest, now=FOUNDED, actor=SYSTEM)
            paper.change_directory(
                organs=made_up.organs,
                people=made_up.people,
                appointments=made_up.appointments,
                substitutions=made_up.substitutions,
                actor=SYSTEM,
                now=FOUNDED,
            )
            paper.set_competence(made_up.competence, actor=SYSTEM, now=FOUNDED)
            if calendar is not None:
                paper.publish_calendar(calendar, actor=SYSTEM, now=FOUNDED)
        imprint = Imprint.of(store)
        store.close()
        return imprint


class _Nobody:
    """Whom a private office tells of anything."""

    def tell(self, item: object) -> None:
        """Tell nobody."""


def _kept(made: dict[Key, Made], key: Key, make: Callable[[], Made]) -> Made:
    """What *make* makes for *key*, made once; the oldest makes room for what is one too many."""
    if key not in made:
        if len(made) >= _VERSIONS_KEPT:
            made.pop(next(iter(made)), None)
        made[key] = make()
    return made[key]
