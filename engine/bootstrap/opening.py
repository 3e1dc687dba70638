"""From settings to a house that works: every part made once and handed to those who need it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import cast

from engine.audit.course import maps_of
from engine.audit.figures.telling import Telling
from engine.audit.replay import Replay
from engine.bootstrap.finding import source_of
from engine.bootstrap.house import House
from engine.bootstrap.shipped import PACE, SCENARIOS, private_offices
from engine.bootstrap.turning import clock_of
from engine.bootstrap.words import vocabulary
from engine.clock import Clock
from engine.drafting.migration import Migrations
from engine.drafting.scenarios.trials import Trials
from engine.drafting.simulation.jobs import Simulations
from engine.office import FrontDesk, Office
from engine.procedure import Procedure, Source, load
from engine.record.checkpoint import Signer
from engine.record.erasures import Register
from engine.record.keys import KeyRing
from engine.record.witness import Witness
from engine.settings import Settings
from engine.statute.law import load_law
from engine.store.erasures import Erasures
from engine.store.sequencer import Sequencer
from engine.store.store import Store
from engine.window import PublicWindow
from engine.worker import ClockTower, Worker


def open_house(
    settings: Settings, *, clock: Clock | None = None, store: Store | None = None
) -> House:
    """An office on the database that *settings* name.

    The database must exist and be at this version (``petition init``, ``petition upgrade``). *clock* replaces the
    machine's clock in tests and scenarios. Raises DataError.
    """
    law = load_law()
    words = vocabulary(law)
    store = store or Store(settings.database_url, keys=KeyRing.in_directory(settings.data))

    def load_procedure(files: Mapping[str, bytes]) -> Procedure:
        return load(Source(files), words)

    clock = clock or clock_of(store)
    office = Office(store=store, load_procedure=load_procedure, law=law, clock=clock)
    tower = ClockTower(office=office, store=store)
    log = Sequencer(
        store,
        signer=Signer.of(store.keys, settings.data),
        witness=Witness(settings.witness_file),
    )
    erasures = Erasures(store, Register(settings.erasures_file))

    def drawings(digest: str) -> Procedure:
        with store.reading() as desk:
            return cast(Procedure, office.procedure(desk, digest))

    maps = maps_of(drawings)
    offices = private_offices(law, words)
    replay = Replay(law=law, read_procedure=office.procedure)
    telling = Telling(store, replay=replay, maps=maps)
    migrations = Migrations(office, store)
    found = partial(source_of, store, clock)
    simulations = Simulations(
        store=store, clock=clock, offices=offices.afresh(), source_of=found, maps=maps, pace=PACE
    )
    return House(
        settings=settings,
        store=store,
        office=office,
        front_desk=FrontDesk(office, store),
        window=PublicWindow(office, store),
        tower=tower,
        worker=Worker(
            tower,
            office=office,
            store=store,
            keepers={
                "log": log,
                "erasures": erasures,
                "courses": telling,
                "migrations": migrations,
                "simulations": simulations,
            },
        ),
        log=log,
        erasures=erasures,
        migrations=migrations,
        clock=clock,
        law=law,
        vocabulary=words,
        private_offices=offices,
        maps=maps,
        telling=telling,
        trials=Trials(
            store=store,
            clock=clock,
            offices=offices,
            source_of=found,
            shipped=SCENARIOS,
        ),
        simulations=simulations,
    )
