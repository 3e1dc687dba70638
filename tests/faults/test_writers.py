"""Many processes write at once, some of them to the same petitions, while the log is written on and signed."""

from __future__ import annotations

import base64
import secrets
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from multiprocessing.context import ForkServerContext

import pytest
from sqlalchemy import Connection, Executable, delete, select, text, update

from engine.bench.workplace import Workplace
from engine.record.tree import DIGEST_BYTES
from engine.store.tables import entry, log_checkpoint, log_leaf, viewing
from tests.effort import effort
from tests.faults.conftest import Battered
from tests.faults.evidence import unproven
from tests.faults.invariants import broken
from tests.faults.journal import told_by_each
from tests.faults.workers import PURPOSE, started

WRITERS = 8
COMMANDS = effort(100, long=400)
PATIENCE = 600


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_many_writers_leave_whole_chains_and_one_growing_log(
    battered: Battered, processes: ForkServerContext
) -> None:
    place = battered.place
    battered.register(WRITERS)
    shift = replace(battered.shift(seed=0), commands=COMMANDS)
    team = [started(processes, replace(shift, seed=one), clerk=True) for one in range(WRITERS)]
    signed, at = 0, place.clock.now()
    while any(process.is_alive() for process in team):
        at += timedelta(minutes=2)
        signed += place.house.log.turn(at).checkpoint is not None
        team[0].join(0.05)
    for process in team:
        process.join(PATIENCE)
    place.house.log.turn(at + timedelta(minutes=2))

    assert [process.exitcode for process in team] == [0] * WRITERS
    assert signed > 1
    hands = [{line["petition"] for line in one.done.values()} for one in told_by_each(battered.journals)]  # fmt: skip
    assert max(Counter(petition for one in hands for petition in one).values()) > WRITERS // 2
    assert broken(place.house, battered.told()) == []
    assert unproven(place.house) == []


# ---- the guard can fail ---------------------------------------------------------------------------------------------


def _altered(connection: Connection, table: str, change: Executable) -> None:
    """Carry *change* out on *table*, past the triggers by which the database refuses it."""
    guards = f"select name from sqlite_master where type = 'trigger' and tbl_name = '{table}'"
    for name in connection.execute(text(guards)).scalars().all():
        connection.execute(text(f"drop trigger {name}"))
    connection.execute(change)


def _forged(note: str) -> str:
    """The checkpoint *note* with another root."""
    lines = note.splitlines(keepends=True)
    lines[2] = base64.b64encode(secrets.token_bytes(DIGEST_BYTES)).decode() + "\n"
    return "".join(lines)


DAMAGES: dict[str, tuple[str, Executable, str]] = {
    "an entry of the office is lost": (
        "entry",
        delete(entry).where(entry.c.petition == "system", entry.c.seq == 1),
        "system",
    ),
    "a leaf is lost": ("log_leaf", delete(log_leaf).where(log_leaf.c.place == 3), "is no leaf"),
    "a look was altered": (
        "viewing",
        update(viewing).values(person="county.bureau.clerk"),
        "other looks",
    ),
}


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@pytest.mark.parametrize("damage", [*DAMAGES, "a signed head was forged"])
def test_what_does_not_prove_itself_is_seen(place: Workplace, damage: str) -> None:
    store, log, now = place.house.store, place.house.log, place.clock.now()
    for turn in range(2):
        [petition] = place.registered(1)
        store.unmask(place.clerk, petition, purpose=PURPOSE, now=now)
        log.turn(now + timedelta(minutes=2 + 2 * turn))
    assert unproven(place.house) == []

    with store.engine.begin() as connection:
        first = connection.execute(select(log_checkpoint).order_by(log_checkpoint.c.size)).first()
        assert first is not None
        forged = (
            update(log_checkpoint)
            .where(log_checkpoint.c.size == first.size)
            .values(note=_forged(first.note))
        )
        table, change, words = DAMAGES.get(damage, ("log_checkpoint", forged, "does not begin"))
        _altered(connection, table, change)

    assert any(words in line for line in unproven(place.house))
