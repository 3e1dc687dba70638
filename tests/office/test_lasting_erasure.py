"""What was erased stays erased: no dead row keeps it, and a backup that brings it back opens only after it was erased again."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from engine.audit.papers_check import check_papers
from engine.bootstrap import House, open_house
from engine.cli import main
from engine.petition.parties import SYSTEM
from engine.record.erasures import Erasure, Register
from engine.settings import Settings, sqlite_url
from engine.store.queries.timeline import entries_of
from tests.office.counters import MORNING, Counter, counter_at, furnish
from tests.office.test_keeping import MARK, PHONE, closed, closed_with_supervision, erased, proposed
from tests.postgres_server import PostgresServer

DAY = timedelta(days=1)


# ---- in the files of the database ------------------------------------------------------------------------------------


@pytest.fixture
def on_postgres(postgres_url: str, tmp_path: Path) -> Counter:
    """A counter on PostgreSQL."""
    settings = Settings(data=tmp_path / "data", database_url=postgres_url)
    furnish(settings)
    return counter_at(settings.data, settings.database_url)


def left_in_files(server: PostgresServer, url: str) -> list[str]:
    """The files of the database at *url* in which something of the erased file can be read."""
    marks = (MARK.encode(), PHONE.encode())
    return [
        path.name
        for path in server.files_of(url)
        if any(mark in path.read_bytes() for mark in marks)
    ]


def test_in_the_night_after_an_erasure_no_file_of_postgresql_holds_anything_of_it(
    on_postgres: Counter, postgres_server: PostgresServer
) -> None:
    house = on_postgres.house
    url = house.settings.database_url
    petition = closed(on_postgres)
    with house.store.transaction() as paper:
        paper.connection.execute(text("analyze"))
    proposed(on_postgres, petition)
    on_postgres.does("erase", petition, "dora")
    now = on_postgres.clock.now()

    assert not house.erasures.turn(now)
    assert left_in_files(postgres_server, url) != [], "a dead row would be found"
    with house.store.reading() as desk:
        desk.setting("somebody looks back")
        assert not house.erasures.turn(now + DAY)
    assert house.erasures.turn(now + DAY)

    assert left_in_files(postgres_server, url) == []
    assert not house.erasures.turn(now + DAY), "there is nothing more to sweep"
    house.store.close()


# ---- after a restore -------------------------------------------------------------------------------------------------


class Elsewhere:
    """A second machine on which a backup is restored, as one calls it."""

    def __init__(self, here: Counter, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.settings = Settings(data=home, database_url=sqlite_url(home / "petition.db"))
        self.backup = home.with_name("office.backup")
        self._monkeypatch = monkeypatch
        self.at(here.house.settings)
        assert main(["backup", str(self.backup)]) == 0

    def at(self, settings: Settings) -> None:
        self._monkeypatch.setenv("PETITION_DATA", str(settings.data))
        self._monkeypatch.setenv("PETITION_DATABASE_URL", settings.database_url)

    def restored(self) -> None:
        self.at(self.settings)
        assert main(["restore", str(self.backup)]) == 0

    def opened(self) -> House:
        return open_house(self.settings)


def test_a_backup_that_brings_back_what_was_erased_opens_only_after_it_was_erased_again(
    crowded: Counter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    petition = closed(crowded)
    elsewhere = Elsewhere(crowded, tmp_path / "elsewhere", monkeypatch)
    proposed(crowded, petition)
    crowded.does("erase", petition, "dora")
    house = crowded.house
    house.erasures.turn(crowded.clock.now())
    register = house.settings.erasures_file
    assert MARK not in register.read_text("utf-8")

    elsewhere.restored()
    assert main(["worker", "--once"]) == 0, "nothing is known of erasures there yet"
    assert main(["erasures", "--register", str(register)]) == 1
    capsys.readouterr()
    assert main(["worker", "--once"]) == 2
    assert "petition erasures --again" in capsys.readouterr().err
    assert main(["erasures", "--again", "--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["petition"] for one in told] == [petition]
    assert main(["worker", "--once"]) == 0

    there = elsewhere.opened()
    with there.store.reading() as desk:
        assert desk.load(petition).wrapped_key is None
        again = entries_of(desk, petition)[-1]
        (told_by_house,) = [one for one in desk.house_entries() if one.act == "erased_again"]
        assert [*check_papers(desk)] == []
        assert there.replay.replay(desk, petition).equal
    assert (again.act, again.person) == ("erase", SYSTEM.person)
    assert told_by_house.inputs["petitions"] == [{"id": petition, "entry": crowded.file(petition).seq}]  # fmt: skip
    there.store.close()
    files = [path for path in elsewhere.settings.data.iterdir() if path.is_file()]
    assert [path.name for path in files if MARK.encode() in path.read_bytes()] == []


def test_a_register_that_lies_where_the_backup_is_restored_is_heeded_at_once(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    petition = closed(counter)
    elsewhere = Elsewhere(counter, tmp_path / "elsewhere", monkeypatch)
    proposed(counter, petition)
    counter.does("erase", petition, "dora")
    Register(elsewhere.settings.erasures_file).add(counter.house.erasures.all())

    elsewhere.restored()

    assert main(["worker", "--once"]) == 2
    assert main(["erasures", "--again"]) == 0
    assert main(["worker", "--once"]) == 0


def test_a_file_that_stood_open_in_the_backup_is_erased_whatever_is_under_way(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    petition = closed_with_supervision(counter)
    elsewhere = Elsewhere(counter, tmp_path / "elsewhere", monkeypatch)
    Register(elsewhere.settings.erasures_file).add(
        [Erasure(petition=petition, entry=9, at=counter.clock.now())]
    )
    elsewhere.restored()

    assert main(["erasures", "--again"]) == 0

    there = elsewhere.opened()
    there.tower.drain()
    with there.store.reading() as desk:
        beside = [desk.load(id) for id in desk.beside(petition)]
    assert [one.wrapped_key for one in beside] == [None]
    there.store.close()


def test_a_register_that_knows_other_files_keeps_nobody_out(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    erased(counter)
    counter.house.erasures.turn(counter.clock.now())
    counter.house.erasures.register.add([Erasure(petition="registered-later", entry=4, at=MORNING)])

    assert counter.house.erasures.come_back() == ()


# ---- the register ----------------------------------------------------------------------------------------------------


def test_a_line_that_was_torn_off_is_written_again_and_a_damaged_one_is_named(
    counter: Counter, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    petition = erased(counter)
    house = counter.house
    path = house.settings.erasures_file
    path.write_bytes(b'{"at":"2026-')
    house.erasures.turn(counter.clock.now())
    assert path.read_bytes().count(b"\n") == 1
    assert set(house.erasures.register.erasures()) == {petition}
    path.write_bytes(b"no json\n")
    monkeypatch.setenv("PETITION_DATA", str(house.settings.data))
    monkeypatch.setenv("PETITION_DATABASE_URL", house.settings.database_url)
    assert main(["worker", "--once"]) == 2
    assert "1" in capsys.readouterr().err
