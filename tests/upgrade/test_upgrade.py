"""An office that an earlier version left goes on under this one: every petition replays, the log holds, work goes on."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.bootstrap import House, open_house, shipped_source
from engine.cli import main
from engine.clock import ManualClock
from engine.drafting.migration import Route
from engine.petition.parties import SYSTEM
from engine.settings import Settings, sqlite_url
from engine.store.queries.census import all_files
from engine.store.queries.migrations import migrated_files
from engine.store.tables import petition

KEPT = sorted(Path(__file__).parent.glob("office-*.zip"))
LATER = datetime(2027, 3, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=KEPT, ids=lambda path: path.stem)
def old(
    request: pytest.FixtureRequest, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """The settings of an office that is restored from the backup of an earlier version, on either database."""
    data = tmp_path / "data"
    url = sqlite_url(data / "petition.db")
    if database == "postgresql":
        url = request.getfixturevalue("postgres_url")
    monkeypatch.setenv("PETITION_DATA", str(data))
    monkeypatch.setenv("PETITION_DATABASE_URL", url)
    assert main(["restore", str(request.param)]) == 0
    assert main(["log", "resume", "--none-later"]) == 0
    return Settings(data=data, database_url=url)


def test_every_petition_of_it_replays_and_the_log_holds(
    old: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()

    assert main(["replay", "--all", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == 25
    assert main(["log", "check"]) == 0, capsys.readouterr().out


def carried_over(house: House) -> int:
    """Carry what runs on earlier drawings over to those of today. How many files it was."""
    today = shipped_source().digest
    with house.store.reading() as desk:
        query = select(petition.c.procedure).where(petition.c.closed_at.is_(None)).distinct()
        earlier = set(desk.connection.execute(query).scalars()) - {today}
    done = 0
    for digest in sorted(earlier):
        batch = house.migrations.propose(Route(before=digest, after=today), actor=SYSTEM)
        house.migrations.finish(batch)
        house.migrations.confirm(batch, actor=SYSTEM)
        house.migrations.finish(batch)
        with house.store.reading() as desk:
            files = migrated_files(desk, SYSTEM, batch, on=LATER.date())
        done += sum(one.result in {"carried", "anew"} for one in files)
    return done


def test_work_goes_on_there_and_what_is_under_way_is_carried_over_to_the_drawings_of_today(
    old: Settings,
) -> None:
    assert main(["upgrade"]) == 0
    house = open_house(old, clock=ManualClock(LATER))
    done = house.tower.drain()
    house.log.turn(house.clock.now())
    carried = carried_over(house)
    house.clock.turn_days(60)
    after = house.tower.drain()
    with house.store.reading() as desk:
        found = [house.replay.replay(desk, id) for id in all_files(desk)]
    house.store.close()

    assert carried > 0
    assert after.failed == 0

    assert done.firings > 0
    assert done.failed == 0
    assert [one for one in found if not one.equal] == []
