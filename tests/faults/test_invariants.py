"""The invariants can fail: each kind of damage that a fault could do is seen and named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from engine.bench.workplace import Workplace
from engine.record import chain
from engine.store import rows
from engine.store.tables import document, entry, number_series, petition, work_item
from tests.faults.invariants import broken, settled
from tests.faults.journal import Told

pytestmark = pytest.mark.parametrize("place", ["sqlite"], indirect=True)
Damage = Callable[[Connection, str], object]


@pytest.fixture
def struck(place: Workplace) -> str:
    """A petition with a firing and a free step behind it."""
    petition_id = place.registered(1)[0]
    place.clock.turn_to(place.next_due())
    place.house.tower.drain()
    place.house.office.perform(place.free_step(petition_id))
    return petition_id


def _disarm(connection: Connection) -> None:
    """Take away the triggers by which the database itself refuses to alter the record."""
    guards = "select name from sqlite_master where type = 'trigger' and tbl_name = 'entry'"
    for name in connection.execute(text(guards)).scalars().all():
        connection.execute(text(f"drop trigger {name}"))


def _lose_the_last_entry(connection: Connection, id: str) -> None:
    last = select(petition.c.seq).where(petition.c.id == id).scalar_subquery()
    connection.execute(delete(entry).where(entry.c.petition == id, entry.c.seq == last))


def _fire_twice(connection: Connection, id: str) -> None:
    found = connection.execute(
        select(entry).where(entry.c.petition == id, entry.c.kind == "firing")
    ).one()
    row = connection.execute(select(petition).where(petition.c.id == id)).one()
    fired = chain.entry_from_content(bytes(found.content), found.digest)
    again = chain.sealed_entry(replace(fired, seq=row.seq + 1), previous=row.head)
    connection.execute(insert(entry), rows.entry_row(again, row.version))
    moved = update(petition).where(petition.c.id == id)
    connection.execute(moved.values(seq=again.seq, head=again.digest))


DAMAGES: dict[str, tuple[Damage, str]] = {
    "an entry is lost": (_lose_the_last_entry, "chain"),
    "a clock has fired twice": (_fire_twice, "2 firings"),
    "an entry was altered": (
        lambda db, id: db.execute(update(entry).where(entry.c.petition == id).values(digest="0")),
        "fails at entry",
    ),
    "a fact was altered": (
        lambda db, id: db.execute(
            update(petition).where(petition.c.id == id).values(facts={"urgent": True})
        ),
        "not the fold",
    ),
    "a step is lost": (
        lambda db, id: db.execute(delete(work_item).where(work_item.c.petition == id)),
        "list of steps",
    ),
    "a number is lost": (
        lambda db, id: db.execute(update(number_series).values(last=number_series.c.last + 1)),
        "register",
    ),
    "a document is lost": (
        lambda db, id: db.execute(delete(document).where(document.c.petition == id)),
        "documents",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_seen(place: Workplace, struck: str, damage: str) -> None:
    do, words = DAMAGES[damage]
    assert broken(place.house) == []

    with place.house.store.engine.begin() as connection:
        _disarm(connection)
        do(connection, struck)

    assert any(words in line for line in broken(place.house))


def test_what_was_acknowledged_and_is_lost_is_seen(place: Workplace, struck: str) -> None:
    receipt = {"petition": struck, "entry": 1}
    keys = {"known": receipt}

    found = broken(place.house, Told(sent={"known"}, done=keys, refused={}))

    assert "known was acknowledged and is lost" in found


def test_what_nobody_sent_is_seen(place: Workplace, struck: str) -> None:
    found = broken(place.house, Told(sent=set(), done={}, refused={}))

    assert sum("nobody sent it" in line for line in found) == 2


def test_what_is_still_to_be_done_is_seen(place: Workplace, struck: str) -> None:
    assert settled(place.house) == []

    place.clock.turn_to(place.next_due())

    assert settled(place.house) != []
