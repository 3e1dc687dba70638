"""A petition rebuilt from its record alone is what the office has stored; what was altered is found and named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text, update

from engine.audit.replay import Divergence, Replayed
from engine.bootstrap import House, open_house
from engine.cli import main
from engine.clock import ManualClock
from engine.petition.entries import Entry
from engine.record import chain
from engine.settings import Settings, sqlite_url
from engine.store.queries.census import all_files
from engine.store.tables import deadline, entry, petition, procedure_file, work_item
from tests.audit.conftest import NOW, Lived, lived


def replayed(house: House) -> list[Replayed]:
    with house.store.reading() as desk:
        replay = house.replay
        return [replay.replay(desk, id) for id in all_files(desk)]


def different(house: House) -> dict[str, Divergence]:
    return {one.petition: one.divergence for one in replayed(house) if one.divergence is not None}


# ---- equal ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_every_demonstration_petition_replays_to_what_is_stored(
    database: str, on_sqlite: Lived, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    there = on_sqlite
    if database == "postgresql":
        there = lived(tmp_path / "data", request.getfixturevalue("postgres_url"))
    house = there.open()
    found = replayed(house)
    house.store.close()

    assert [one for one in found if not one.equal] == []
    assert len(found) > 66
    assert sum(one.entries for one in found) > 500


# ---- altered -------------------------------------------------------------------------------------------------------


@pytest.fixture
def altered(
    on_sqlite: Lived, tmp_path: Path
) -> Iterator[Callable[[Callable[[Connection], None]], House]]:
    """Opens a copy of the demonstration after somebody has been at its database."""
    houses: list[House] = []

    def after(harm: Callable[[Connection], None]) -> House:
        data = tmp_path / "data"
        shutil.copytree(on_sqlite.settings.data, data)
        settings = Settings(data=data, database_url=sqlite_url(data / "petition.db"))
        houses.append(open_house(settings, clock=ManualClock(NOW)))
        with houses[-1].store.engine.begin() as connection:
            unlock(connection)
            harm(connection)
        return houses[-1]

    yield after
    for house in houses:
        house.store.close()


def unlock(connection: Connection) -> None:
    """Whoever owns the database can take away what keeps entries from being changed."""
    names = connection.execute(
        text("select name from sqlite_master where type = 'trigger'")
    ).scalars()
    for name in list(names):
        connection.execute(text(f"drop trigger {name}"))


def longest(connection: Connection) -> str:
    """The petition with the most entries that is still open."""
    query = (
        select(petition.c.id).where(petition.c.closed_at.is_(None)).order_by(petition.c.seq.desc())
    )
    return str(connection.execute(query).scalars().first())


def entries_of(connection: Connection, id: str) -> list[Entry]:
    rows = connection.execute(select(entry).where(entry.c.petition == id).order_by(entry.c.seq))
    return [chain.entry_from_content(bytes(row.content), row.digest) for row in rows]


def rewrite(connection: Connection, entries: list[Entry], *, head: bool = True) -> None:
    """Store *entries* with every digest made good, as somebody would who owns the database."""
    previous = ""
    for one in entries:
        sealed = chain.sealed_entry(one, previous=previous)
        previous = sealed.digest
        where = (entry.c.petition == one.petition) & (entry.c.seq == one.seq)
        content = {"content": chain.entry_content(sealed), "digest": sealed.digest}
        connection.execute(update(entry).where(where).values(content))
    if head:
        where = petition.c.id == entries[0].petition
        connection.execute(update(petition).where(where).values(head=previous))


def changed(one: Entry, **consequences: object) -> Entry:
    return replace(one, consequences={**one.consequences, **consequences})


Alter = Callable[[list[Entry]], tuple[list[Entry], int]]


def another_fact(entries: list[Entry]) -> tuple[list[Entry], int]:
    facts = {**entries[2].consequences["facts"], "heard": True, "head_count": 7}
    return [*entries[:2], changed(entries[2], facts=facts), *entries[3:]], 3


def another_due_day(entries: list[Entry]) -> tuple[list[Entry], int]:
    place = next(at for at, one in enumerate(entries) if one.consequences["deadlines"])
    rows = [{**row, "legal_due": "2031-01-02"} for row in entries[place].consequences["deadlines"]]
    return [
        *entries[:place],
        changed(entries[place], deadlines=rows),
        *entries[place + 1 :],
    ], place + 1


def no_move(entries: list[Entry]) -> tuple[list[Entry], int]:
    place = next(at for at, one in enumerate(entries) if at and one.consequences["moves"])
    return [*entries[:place], changed(entries[place], moves=[]), *entries[place + 1 :]], place + 1


def a_move_that_cannot_be(entries: list[Entry]) -> tuple[list[Entry], int]:
    return [entries[0], changed(entries[1], moves=[["complete", 999]]), *entries[2:]], 2


def a_move_nobody_knows(entries: list[Entry]) -> tuple[list[Entry], int]:
    return [entries[0], changed(entries[1], moves=[["fly", "x"]]), *entries[2:]], 2


def another_drawing(entries: list[Entry]) -> tuple[list[Entry], int]:
    versions = {**entries[1].versions, "procedure": "0" * 64}
    return [entries[0], replace(entries[1], versions=versions), *entries[2:]], 2


def another_way(entries: list[Entry]) -> tuple[list[Entry], int]:
    return [entries[0], changed(entries[1], entered=["nowhere"]), *entries[2:]], 2


def another_state(entries: list[Entry]) -> tuple[list[Entry], int]:
    return [*entries[:-1], replace(entries[-1], state="0" * 64)], len(entries)


@pytest.mark.parametrize(
    "alter",
    [
        another_fact, another_due_day, no_move, a_move_that_cannot_be, a_move_nobody_knows, another_drawing, another_way,
        another_state,
    ],
)  # fmt: skip
def test_a_changed_entry_is_named_though_every_digest_was_made_good(
    alter: Alter, altered: Callable[[Callable[[Connection], None]], House]
) -> None:
    at: list[tuple[str, int]] = []

    def harm(connection: Connection) -> None:
        id = longest(connection)
        entries, seq = alter(entries_of(connection, id))
        rewrite(connection, entries)
        at.append((id, seq))

    found = different(altered(harm))

    assert [(id, fault.seq) for id, fault in found.items()] == at


def test_an_entry_whose_digest_was_not_made_good_is_named(
    altered: Callable[[Callable[[Connection], None]], House],
) -> None:
    at: list[str] = []

    def harm(connection: Connection) -> None:
        at.append(longest(connection))
        where = (entry.c.petition == at[0]) & (entry.c.seq == 2)
        one = entries_of(connection, at[0])[1]
        content = chain.entry_content(replace(one, person="somebody-else"))
        connection.execute(update(entry).where(where).values(content=content))

    found = different(altered(harm))

    assert {id: fault.seq for id, fault in found.items()} == {at[0]: 2}


def test_an_entry_that_cannot_be_read_is_a_divergence_and_not_a_crash(
    altered: Callable[[Callable[[Connection], None]], House],
) -> None:
    def harm(connection: Connection) -> None:
        where = (entry.c.petition == longest(connection)) & (entry.c.seq == 2)
        connection.execute(update(entry).where(where).values(content=b"{"))

    assert len(different(altered(harm))) == 1


def _facts(connection: Connection, id: str) -> None:
    facts = connection.scalar(select(petition.c.facts).where(petition.c.id == id))
    connection.execute(
        update(petition)
        .where(petition.c.id == id)
        .values(facts={**facts, "category": "suggestion"})
    )


def _ledger(connection: Connection, id: str) -> None:
    connection.execute(update(deadline).where(deadline.c.petition == id).values(extension_days=9))


def _steps(connection: Connection, id: str) -> None:
    connection.execute(update(work_item).where(work_item.c.petition == id).values(element="decide"))


def _progress(connection: Connection, id: str) -> None:
    progress = bytes(connection.scalar(select(petition.c.progress).where(petition.c.id == id)))
    connection.execute(update(petition).where(petition.c.id == id).values(progress=progress + b" "))


def _stage(connection: Connection, id: str) -> None:
    connection.execute(update(petition).where(petition.c.id == id).values(stage="elsewhere"))


def _closed(connection: Connection, id: str) -> None:
    connection.execute(update(petition).where(petition.c.id == id).values(closed_at=NOW))


def _tail(connection: Connection, id: str) -> None:
    last = connection.scalar(select(petition.c.seq).where(petition.c.id == id))
    connection.execute(entry.delete().where(entry.c.petition == id, entry.c.seq == last))


@pytest.mark.parametrize("harm", [_facts, _ledger, _steps, _progress, _stage, _closed, _tail])
def test_a_changed_row_is_told_from_the_record(
    harm: Callable[[Connection, str], None],
    altered: Callable[[Callable[[Connection], None]], House],
) -> None:
    at: list[tuple[str, int]] = []

    def row(connection: Connection) -> None:
        id = longest(connection)
        harm(connection, id)
        at.append((id, len(entries_of(connection, id)) + 1))

    found = different(altered(row))

    assert [(id, fault.seq) for id, fault in found.items()] == at
    assert "所存现状" in next(iter(found.values())).what.zh


def test_a_changed_drawing_is_named_at_the_first_entry(
    altered: Callable[[Callable[[Connection], None]], House],
) -> None:
    def harm(connection: Connection) -> None:
        where = procedure_file.c.path == "petition.bpmn"
        content = bytes(connection.scalar(select(procedure_file.c.content).where(where)))
        connection.execute(update(procedure_file).where(where).values(content=content + b"\n"))

    house = altered(harm)
    found = different(house)

    assert len(found) == len(replayed(house))
    assert {fault.seq for fault in found.values()} == {1}


# ---- the command ---------------------------------------------------------------------------------------------------


def petition_replay(
    there: Lived,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *arguments: str,
) -> tuple[int, str, str]:
    monkeypatch.setenv("PETITION_DATA", str(there.settings.data))
    monkeypatch.setenv("PETITION_LANGUAGE", "en")
    status = main(["replay", *arguments])
    told = capsys.readouterr()
    return status, told.out, told.err


def test_the_command_gives_a_line_per_petition_also_from_several_processes(
    on_sqlite: Lived, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = petition_replay(
        on_sqlite, monkeypatch, capsys, "--all", "--json", "--processes", "2"
    )
    rows = [json.loads(line) for line in out.splitlines()]

    assert status == 0
    assert {row["verdict"] for row in rows} == {"equal"}
    assert set(rows[0]) == {"petition", "number", "entries", "verdict", "first"}
    assert f"{len(rows)}/{len(rows)}" in err


def test_the_command_finds_one_petition_by_its_number(
    on_sqlite: Lived,
    house: House,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    number = replayed(house)[0].number

    status, out, _ = petition_replay(on_sqlite, monkeypatch, capsys, number)

    assert status == 0
    assert out.split()[:2] == ["equal", number]


@pytest.mark.parametrize(
    ("arguments", "expected"), [((), 2), (("--all", "x"), 2), (("no-such-number",), 1)]
)
def test_the_command_refuses_what_it_cannot_use(
    arguments: tuple[str, ...],
    expected: int,
    on_sqlite: Lived,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, err = petition_replay(on_sqlite, monkeypatch, capsys, *arguments)

    assert (status, out) == (expected, "")
    assert err.startswith("petition: ")
