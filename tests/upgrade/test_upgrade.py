"""An office that an earlier version left goes on under this one: every petition replays, the log holds, work goes on."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.bootstrap import open_house
from engine.cli import main
from engine.clock import ManualClock
from engine.settings import Settings, sqlite_url
from engine.store.queries.census import all_files

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


def test_work_goes_on_there_and_new_drawings_come_beside_the_old(old: Settings) -> None:
    assert main(["upgrade"]) == 0
    house = open_house(old, clock=ManualClock(LATER))
    done = house.tower.drain()
    house.log.turn(house.clock.now())
    with house.store.reading() as desk:
        found = [house.replay.replay(desk, id) for id in all_files(desk)]
    house.store.close()

    assert done.firings > 0
    assert done.failed == 0
    assert [one for one in found if not one.equal] == []
