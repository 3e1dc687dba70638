"""What must hold of an office whatever was done to its processes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.bootstrap import House
from engine.clock import SHANGHAI
from engine.documents.numbers import parse_number
from engine.errors import RecordBroken
from engine.petition.deadlines import DeadlineState
from engine.petition.entries import Entry, EntryKind
from engine.petition.file import File
from engine.record import chain
from engine.record.fold import fold
from engine.statute.reckoning import due_instant
from engine.store.desk import Desk
from engine.store.tables import document, entry, number_series, outbox, petition, work_item
from tests.faults.journal import Told

PASSED = frozenset({DeadlineState.OVERDUE, DeadlineState.LAPSED})


def broken(house: House, told: Told | None = None) -> list[str]:
    """Every invariant that does not hold, in words; none, it is to be hoped."""
    with house.store.engine.connect() as connection:
        records = _records(connection)
        found = [
            *_every_file(house, connection, records),
            *_numbers(connection),
            *_papers(connection, records),
            *_supervision(connection, records),
        ]
        if told is not None:
            found += _acknowledged(connection, records, told)
    return found


def settled(house: House) -> list[str]:
    """What is still to be done, or should have been done by now: nothing, once the tower has drained."""
    now = house.clock.now()
    with house.store.reading() as desk:
        due = desk.next_due()
    with house.store.engine.connect() as connection:
        waiting = list(connection.execute(select(outbox.c.key).where(~outbox.c.relayed)).scalars())
    late = [f"something was due at {due}, it is {now}"] if due is not None and due <= now else []
    return late + [f"{key} was not relayed" for key in waiting]


def _records(connection: Connection) -> dict[str, list[Entry]]:
    rows = connection.execute(
        select(entry.c.petition, entry.c.content, entry.c.digest).order_by(
            entry.c.petition, entry.c.seq
        )
    )
    records: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        records[row.petition].append(chain.entry_from_content(bytes(row.content), row.digest))
    return records


def _every_file(
    house: House, connection: Connection, records: Mapping[str, list[Entry]]
) -> Iterator[str]:
    with house.store.reading() as desk:
        for id in connection.execute(select(petition.c.id)).scalars():
            yield from _file(house, desk, desk.load(id), records[id])


def _file(house: House, desk: Desk, file: File, entries: list[Entry]) -> Iterator[str]:
    steps = {(item.step, item.element) for item in desk.work(file.id)}
    opened = house.office.opened(desk, file, house.clock.now())
    try:
        chain.verify_chain(entries, head=file.head)
    except RecordBroken as fault:
        yield f"{file.id}: {fault.text.en}"
    standing = fold(entries)
    if (standing.seq, standing.facts, standing.ledger) != (file.seq, file.facts, file.ledger):
        yield f"{file.id}: its row is not the fold of its entries"
    if opened.state_hash() != entries[-1].state:
        yield f"{file.id}: its state is not the one that its last entry names"
    if {(step.id, step.element) for step in opened.progress.open_steps()} != steps:
        yield f"{file.id}: the list of steps is not what the drawing has open"
    yield from _clocks(file, entries)


def _clocks(file: File, entries: Iterable[Entry]) -> Iterator[str]:
    firings = [one for one in entries if one.kind is EntryKind.FIRING]
    named = Counter(one.inputs["deadline"] for one in firings if "deadline" in one.inputs)
    by_number = {one.seq: one for one in firings}
    for row in file.ledger:
        fired = named.pop(row.id, 0)
        if fired != (1 if row.passed_by is not None else 0):
            yield f"{file.id}: {row.id} fired {fired} times"
        if row.state in PASSED and row.passed_by not in by_number:
            yield f"{file.id}: {row.id} is {row.state} and no entry says so"
        if row.passed_by is not None and row.legal_due is not None:
            instant = by_number[row.passed_by].effective_at
            if instant != due_instant(row.legal_due):
                yield f"{file.id}: {row.id} fired for {instant}, its day is {row.legal_due}"
    yield from (f"{file.id}: {id} fired and is not in the ledger" for id in named)
    for one in firings:
        if not _midnight(one.effective_at) or one.effective_at > one.recorded_at:
            yield f"{file.id}: entry {one.seq} fired for {one.effective_at} at {one.recorded_at}"
    internal = Counter(one.effective_at for one in firings if one.act == "clock:internal")
    yield from (
        f"{file.id}: {count} firings for {at}" for at, count in internal.items() if count > 1
    )


def _midnight(instant: datetime) -> bool:
    local = instant.astimezone(SHANGHAI)
    return (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)


def _numbers(connection: Connection) -> Iterator[str]:
    """Registers without a gap: as many numbers as the series has given, from 1 on, each once."""
    given: Counter[tuple[str, str, int]] = Counter()
    for row in connection.execute(select(number_series)):
        given[(row.organ, row.register, row.year)] = row.last
    used: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for row in connection.execute(select(petition)):
        register = "sealed" if row.sealed else row.kind
        number = parse_number(row.number)
        used[(row.organ, register, number.year)].append(number.serial)
    for row in connection.execute(select(document).where(document.c.number != "")):
        number = parse_number(row.number)
        used[(row.organ, row.kind, number.year)].append(number.serial)
    for series in given.keys() | used.keys():
        if sorted(used[series]) != list(range(1, given[series] + 1)):
            yield f"register {series}: {sorted(used[series])}, last given {given[series]}"


def _papers(connection: Connection, records: Mapping[str, list[Entry]]) -> Iterator[str]:
    kept = {row.id: row.digest for row in connection.execute(select(document))}
    named = {
        one["id"]: one["digest"]
        for entries in records.values()
        for made in entries
        for one in made.consequences.get("documents", ())
    }
    if kept != named:
        yield f"documents: {len(kept)} are kept, the record names {len(named)}"


def _supervision(connection: Connection, records: Mapping[str, list[Entry]]) -> Iterator[str]:
    """At most one supervision file for each breach, whatever was relayed twice."""
    opened: Counter[tuple[Any, Any]] = Counter()
    for entries in records.values():
        facts = entries[0].consequences.get("facts", {})
        if entries[0].act == "open_supervision":
            opened[(facts["about"], facts["breach_deadline"])] += 1
    yield from (
        f"{breach} is supervised {count} times" for breach, count in opened.items() if count > 1
    )


def _acknowledged(
    connection: Connection, records: Mapping[str, list[Entry]], told: Told
) -> Iterator[str]:
    keyed = {
        one.key: one
        for entries in records.values()
        for one in entries
        if one.key is not None and one.petition != "system"
    }
    for key, receipt in told.done.items():
        one = keyed.get(key)
        if one is None:
            yield f"{key} was acknowledged and is lost"
        elif (one.petition, one.seq) != (receipt["petition"], receipt.get("entry", one.seq)):
            yield f"{key} stands elsewhere than its receipt says"
    yield from (f"{key} was refused and yet done" for key in told.refused if key in keyed)
    relayed = set(connection.execute(select(outbox.c.key)).scalars())
    yield from (f"{key} was done and nobody sent it" for key in keyed.keys() - told.sent - relayed)
    steps = connection.execute(select(work_item.c.petition)).scalars().all()
    yield from () if steps else ("no step is open anywhere",)
