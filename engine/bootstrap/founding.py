"""How an installation comes to be: its database and keys, and the drawings that it works by."""

from __future__ import annotations

from engine.clock import Clock, legal_date
from engine.drafting.library import ship
from engine.drafting.proof import proved
from engine.petition.parties import SYSTEM
from engine.procedure import Source, Vocabulary, load
from engine.record.keys import KeyRing
from engine.settings import Settings
from engine.store.migrate import upgrade
from engine.store.store import Store

OWNER_ONLY = 0o700  # titles stand in the database in the clear


def new_store(settings: Settings) -> Store:
    """The store on the database of *settings*, made or brought to this version, with a master key of its own."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY)
    keys = KeyRing.create_in(settings.data)
    upgrade(settings.database_url)
    return Store(settings.database_url, keys=keys)


def deploy(store: Store, source: Source, words: Vocabulary, clock: Clock) -> str:
    """Lay *source* beside the versions of the office, in force at once where it has drawn none of its own.

    Returns the digest of what is in force then. Raises DrawingRefused for what the gate or the proof refuses.
    """
    with store.reading() as desk:
        if desk.plan().in_force(legal_date(clock.now())) == source.digest:
            return source.digest
    proved(source, words)
    return put_in_force(store, source, words, clock)


def put_in_force(store: Store, source: Source, words: Vocabulary, clock: Clock) -> str:
    """The same without the proof, for what measures the engine on drawings that no law fits. Raises DrawingRefused."""
    load(source, words)
    with store.transaction() as paper:
        return ship(paper, source, actor=SYSTEM, now=clock.now())
