"""Processes that work at the office until they are struck down: a clerk's client and a clock tower."""

from __future__ import annotations

import multiprocessing
import random
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from sqlalchemy import Engine, select

from engine.bench.workplace import FREE_STEP, SQLITE, Workplace
from engine.bootstrap import House, open_house
from engine.clock import ManualClock
from engine.errors import PetitionError
from engine.petition.commands import Command, Receipt
from engine.record.keys import KeyRing
from engine.settings import Settings
from engine.store.tables import work_item
from tests.faults.journal import DONE, REFUSED, SENT, Journal
from tests.faults.striking import Blow, StrikingStore

COMMANDS = 25
BATCH = 4
COVETED = 4
"""How many petitions all clerks like to work on."""
PURPOSE = "演示:核对联系方式"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What a process is to do: at which office, at which instant, and at which point it dies (None: when it is told).

    A clerk does ``commands``, half of them on the same few petitions as everybody else.
    """

    settings: Settings
    now: datetime
    seed: int
    point: str | None = None
    passes: int = 1
    journals: Path | None = None
    commands: int = COMMANDS


def processes() -> ForkServerContext:
    """Where processes come from: a server that has loaded the engine, so that each starts at once and clean."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def started(context: ForkServerContext, shift: Shift, *, clerk: bool) -> BaseProcess:
    """A process at work on *shift*."""
    process = context.Process(target=work_as_clerk if clerk else work_as_tower, args=[shift])
    process.start()
    return process


def work_as_clerk(shift: Shift) -> None:
    """Register petitions, fill in free steps, look at people and repeat what was acknowledged, noting all that was sent."""
    assert shift.journals is not None
    dice = random.Random(shift.seed)
    place = _place(shift)
    journal = Journal(shift.journals / f"{secrets.token_hex(4)}.jsonl")
    acknowledged: list[tuple[Command, Receipt]] = []
    for _ in range(shift.commands):
        if acknowledged and dice.random() < 0.2:
            command, known = dice.choice(acknowledged)
            again = place.house.office.perform(command)
            assert again == replace(known, repeated=True), f"{again} is not {known}"
            _look(place, known.petition)
            continue
        command = _next_command(place, dice)
        journal.note(SENT, command.key, act=command.act)
        try:
            receipt = place.house.office.perform(command)
        except PetitionError as refused:
            journal.note(REFUSED, command.key, why=type(refused).__name__)
            continue
        journal.note(
            DONE, command.key, petition=receipt.petition, entry=receipt.entry, number=receipt.number
        )
        acknowledged.append((command, receipt))


def work_as_tower(shift: Shift) -> None:
    """Fire what is due and relay the outbox."""
    _house(shift).tower.drain(batch=BATCH)


def _next_command(place: Workplace, dice: random.Random) -> Command:
    petitions = with_free_steps(place.house.store.engine)
    if not petitions or dice.random() < 0.3:
        return place.registration()
    coveted = petitions[:COVETED] if dice.random() < 0.5 else petitions
    return place.free_step(dice.choice(coveted))


def _look(place: Workplace, petition: str) -> None:
    """Look at what is personal in *petition*."""
    store, now = place.house.store, place.house.clock.now()
    store.unmask(place.clerk, petition, purpose=PURPOSE, now=now)


def with_free_steps(engine: Engine) -> list[str]:
    """The petitions in which a free step is open, in some fixed order."""
    found = select(work_item.c.petition).where(work_item.c.form == FREE_STEP).distinct()
    with engine.connect() as connection:
        return sorted(connection.execute(found).scalars())


def _place(shift: Shift) -> Workplace:
    return Workplace(house=_house(shift), database=SQLITE, settings=shift.settings)


def _house(shift: Shift) -> House:
    blow = Blow(shift.point or "", passes=shift.passes)
    keys = KeyRing.in_directory(shift.settings.data)
    store = StrikingStore(shift.settings.database_url, keys=keys, blow=blow)
    return open_house(shift.settings, clock=ManualClock(shift.now), store=store)
