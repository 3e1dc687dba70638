"""The demonstration office has lived: on whatever day it is founded, its files stand at every stage."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from engine.bootstrap import open_house
from engine.clock import ManualClock, TurnedClock, legal_date
from engine.demo.founding import SPAN, found, staggered
from engine.demo.journeys import read_journeys
from engine.demo.organs import read_office
from engine.people.access import CASE_ROLES
from engine.settings import Settings, sqlite_url
from tests.effort import effort

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
AFTER_THE_SPRING_FESTIVAL = datetime(2026, 3, 5, 7, 0, tzinfo=UTC)
BEFORE_A_CALENDAR_IS_PUBLISHED = datetime(2027, 3, 10, 7, 0, tzinfo=UTC)


def settings_in(folder: Path) -> Settings:
    return Settings(data=folder, database_url=sqlite_url(folder / "petition.db"))


@pytest.mark.parametrize("now", [NOW, AFTER_THE_SPRING_FESTIVAL, BEFORE_A_CALENDAR_IS_PUBLISHED])
def test_an_office_can_be_founded_on_any_day(tmp_path: Path, now: datetime) -> None:
    found(settings_in(tmp_path), petitions=effort(70, long=300), until=ManualClock(now))


def test_files_stand_everywhere_and_everybody_has_a_sign_in(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    settings = settings_in(tmp_path)
    sign_ins = found(
        settings,
        petitions=len(read_journeys()),
        progress=lambda what, done, total: told.append((done, total)),
        until=ManualClock(NOW),
    )

    assert {one.login for one in sign_ins.people} == {one.login for one in read_office().people}
    assert sign_ins.password
    assert told == sorted(told)
    house = open_house(settings)
    assert isinstance(house.clock, TurnedClock)
    with house.store.reading() as desk:
        auditor = desk.directory().actor_for("auditor", "city.petitions", legal_date(NOW))
        rows = desk.files(auditor, on=legal_date(NOW), page_size=500).rows
    house.store.close()
    stages = {row.stage for row in rows}
    assert {"routing", "handling", "review", "supervision", "closed"} <= stages
    assert CASE_ROLES <= {role for one in sign_ins.people for role in one.roles}


def test_travellers_start_scattered_over_the_days_up_to_today() -> None:
    today = legal_date(NOW)
    journeys = tuple(one for one in read_journeys() if one.days_ago is None)
    ages = sorted((today - one.starts).days for one in staggered(journeys, 60, today=today))

    assert ages[0] >= 0
    assert ages[-1] <= SPAN
    assert max(later - sooner for sooner, later in pairwise(ages)) <= SPAN // 20
