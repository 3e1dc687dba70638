"""How much of a command is hashing: all that proves its entry, done once more on what the command has left behind."""

from __future__ import annotations

from collections.abc import Callable

from engine.bench.workplace import Workplace
from engine.record.chain import entry_content, sealed_entry
from engine.record.commitments import commitment, new_salt
from engine.record.tree import SHA256, Frontier, tree_hash
from engine.store.queries.file_view import sealed_values
from engine.store.queries.timeline import entries_of


def hashing(place: Workplace, petition: str) -> Callable[[], None]:
    """What hashes once for each entry of *petition*: its values, the state it left, its content, its leaf of the log.

    The state is the last one, which is the longest.
    """
    house = place.house
    with house.store.reading() as desk:
        file = desk.load(petition)
        entries = entries_of(desk, petition)
        values = sealed_values(desk, file)
        opened = house.office.opened(desk, file, house.clock.now())

    def hash() -> None:
        log = Frontier(tree_hash(SHA256))
        for value in values:
            commitment(new_salt(), value.value)
        for entry in entries:
            opened.state_hash()
            made = sealed_entry(entry, previous=entry.previous)
            log.append(log.hashing.leaf(entry_content(made)))

    return hash
