"""A counter on a real database: the organs and the usual answers of the tests of acts, and a clock that the test turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from engine.acts.catalogue import ACTS
from engine.bootstrap import (
    House,
    deploy,
    new_store,
    open_house,
    put_in_force,
    shipped_source,
    vocabulary,
)
from engine.clock import SHANGHAI, ManualClock
from engine.errors import PetitionError
from engine.office import Offer, Offers
from engine.petition.commands import Command, Receipt, Upload
from engine.petition.deadlines import Deadline
from engine.petition.entries import Entry
from engine.petition.file import File, FileKind
from engine.petition.parties import SYSTEM, Actor, Appointment, Person, Role, Substitution
from engine.procedure import Source
from engine.settings import Settings
from engine.statute.law import load_law
from engine.store.metadata import METADATA
from engine.store.queries.timeline import entries_of
from tests.acts.situations import ANSWERS, DISCIPLINE, HOUSING, MONDAY, PO, actor, office

MORNING = datetime.combine(MONDAY, time(9), SHANGHAI).astimezone(UTC)
SEALED_POSTS = (
    ("abel", PO, Role.CLERK),
    ("cleo", HOUSING, Role.CLERK),
    ("igor", DISCIPLINE, Role.CLERK),
)
"""Those whose appointments open sealed matters."""
USUALLY: Mapping[str, str] = {
    "register": "anna", "sort": "anna", "forward": "anna", "assign": "anna", "sign_for": "carl", "route": "carl",
    "accept": "carl", "appoint": "dora", "hear_petitioner": "carl", "investigate": "carl", "issue_opinion": "dora",
    "dispatch": "carl", "prove_service": "carl", "confirm_lapse": "carl", "reopen": "dora", "extend": "dora",
    "request_review": "carl", "confirm_execution": "carl",
}  # fmt: skip
"""Who does an act where a test does not say."""


def furnish(settings: Settings) -> None:
    """Set up an office at *settings*: the shipped drawings, the organs and people of the tests of acts."""
    store = new_store(settings)
    clock = ManualClock(MORNING)
    deploy(store, shipped_source(), vocabulary(load_law()), clock)
    known = office()
    with store.transaction() as paper:
        paper.change_directory(
            organs=tuple(known.organs.values()),
            people=(*known.people.values(), *(_person(who) for who, _, _ in SEALED_POSTS)),
            appointments=(
                *known.appointments,
                *(
                    Appointment(person=who, organ=at, role=role, sealed=True)
                    for who, at, role in SEALED_POSTS
                ),
            ),
            actor=SYSTEM,
            now=clock.now(),
        )
    store.close()


def _person(who: str) -> Person:
    return Person(id=who, name=f"演示{who}", login=who)


@dataclass(slots=True)
class Counter:
    """One office, and those who come to its counter."""

    house: House
    keys: count[int] = field(default_factory=lambda: count(1))

    @property
    def clock(self) -> ManualClock:
        """The clock that the test turns."""
        assert isinstance(self.house.clock, ManualClock)
        return self.house.clock

    # ---- asking -------------------------------------------------------------------------------

    def actor(self, who: str) -> Actor:
        """The person *who* at the organ of their post."""
        for person, at, role in SEALED_POSTS:
            if person == who:
                return Actor(person=who, organ=at, roles=frozenset({role}))
        return actor(who)

    def command(
        self, act: str, petition: str | None = None, who: str | Actor | None = None, **answers: Any
    ) -> Command:
        """The command with the usual answers of *act*, changed by *answers* (None takes one away)."""
        person = who or USUALLY[act]
        given = {**ANSWERS.get(act, {}), **answers}
        return Command(
            act=act,
            actor=person if isinstance(person, Actor) else self.actor(person),
            key=f"key-{next(self.keys)}",
            petition=petition,
            answers={name: value for name, value in given.items() if value is not None},
        )

    def perform(self, command: Command) -> Receipt:
        """Carry out *command*."""
        return self.house.office.perform(command)

    def does(
        self, act: str, petition: str | None = None, who: str | Actor | None = None, **answers: Any
    ) -> Receipt:
        """Carry out *act*."""
        return self.perform(self.command(act, petition, who, **answers))

    def goes(self, petition: str, *acts: str) -> str:
        """Let *petition* go through *acts* in the usual way."""
        for act in acts:
            self.does(act, petition)
        return petition

    def refuses(self, command: Command, kind: type[PetitionError] = PetitionError) -> PetitionError:
        """The refusal of *command*, by which nothing at all may have changed."""
        before = self.everything()
        with pytest.raises(kind) as caught:
            self.perform(command)
        assert self.everything() == before
        return caught.value

    def offers(self, petition: str, who: str | Actor) -> Offers:
        """What *who* is offered on *petition*."""
        person = who if isinstance(who, Actor) else self.actor(who)
        return self.house.front_desk.offers(petition, person)

    def step(self, petition: str, element: str) -> int:
        """The number of the open step *element*."""
        with self.house.store.reading() as desk:
            return next(item.step for item in desk.work(petition) if item.element == element)

    # ---- places -------------------------------------------------------------------------------

    def registered(self, **answers: Any) -> str:
        """A petition at the county's petition office."""
        return self.does("register", **answers).petition

    def forwarded(self, **answers: Any) -> str:
        """A petition that has been sent to the housing department."""
        return self.goes(self.registered(**answers), "sort", "forward")

    def accepted(self) -> str:
        """A petition accepted under Art. 31(6)."""
        return self.goes(self.forwarded(), "sign_for", "route", "accept")

    def served(self) -> str:
        """A petition whose opinion the petitioner has received."""
        return self.goes(
            self.accepted(), "appoint", "hear_petitioner", "investigate", "issue_opinion",
            "dispatch", "prove_service",
        )  # fmt: skip

    # ---- time ---------------------------------------------------------------------------------

    def turn_to(self, day: date) -> None:
        """Turn the clock to the morning of *day*; nobody has looked at it yet."""
        self.clock.turn_to(datetime.combine(day, time(9), SHANGHAI).astimezone(UTC))

    def drain(self) -> None:
        """Let the clock tower do all that is to be done now; nothing may fail."""
        assert self.house.tower.drain().failed == 0

    def live_until(self, day: date) -> None:
        """Turn the clock to *day* and let the tower do what is due."""
        self.turn_to(day)
        self.drain()

    # ---- looking ------------------------------------------------------------------------------

    def file(self, petition: str) -> File:
        """The file as it stands."""
        with self.house.store.reading() as desk:
            return desk.load(petition)

    def entries(self, petition: str) -> tuple[Entry, ...]:
        """The record of the file."""
        with self.house.store.reading() as desk:
            return entries_of(desk, petition)

    def row(self, petition: str, limit: str) -> Deadline:
        """The newest deadline of *limit*."""
        row = self.file(petition).ledger.last_of(limit)
        assert row is not None, f"no {limit} on the ledger"
        return row

    def open_elements(self, petition: str) -> set[str]:
        """The elements of the drawing that are open."""
        with self.house.store.reading() as desk:
            return {item.element for item in desk.work(petition)}

    def supervisions(self, petition: str) -> list[File]:
        """The supervision files about *petition*."""
        table = METADATA.tables["petition"]
        with self.house.store.engine.connect() as connection:
            found = connection.execute(table.select().where(table.c.about == petition))
            ids = [row.id for row in found if row.kind == FileKind.SUPERVISION]
        return [self.file(id) for id in ids]

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """All that the database holds."""
        with self.house.store.engine.connect() as connection:
            return {
                table.name: sorted(
                    (tuple(row) for row in connection.execute(table.select())), key=repr
                )
                for table in METADATA.sorted_tables
            }

    # ---- changing the office ------------------------------------------------------------------

    def deploy(self, source: Source) -> str:
        """Put *source* in force for what begins from now on."""
        return put_in_force(self.house.store, source, self.house.vocabulary, self.clock)

    def appoint(
        self, *appointments: Appointment, substitutions: Sequence[Substitution] = ()
    ) -> None:
        """Change who holds which post, or stands in for whom."""
        with self.house.store.transaction() as paper:
            paper.change_directory(
                appointments=appointments,
                substitutions=substitutions,
                actor=SYSTEM,
                now=self.clock.now(),
            )


def counter_at(data: Path, url: str) -> Counter:
    """The counter of an office that was furnished at *data* and *url*."""
    settings = Settings(data=data, database_url=url)
    return Counter(open_house(settings, clock=ManualClock(MORNING)))


def possible(offers: Offers) -> list[Offer]:
    """The offers that are not refused."""
    return [one for one in (*offers.steps, *offers.standing) if one.refused is None]


def at_step(command: Command, offer: Offer) -> Command:
    """*command* at the step of *offer*."""
    return replace(command, step=offer.step)


def upload(name: str, content: bytes) -> Upload:
    """A paper handed in."""
    return Upload(name=name, media_type="application/pdf", content=b"%PDF-" + content)


__all__ = ["ACTS", "Counter", "counter_at", "furnish"]
