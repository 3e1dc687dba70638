"""kill -9 of `petition serve`, clock tower and all, while clerks sign in, register, sort and forward through its pages."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.bootstrap import CLOCK_OFFSET, House, open_house
from engine.clock import SystemClock
from engine.settings import Settings, sqlite_url
from engine.store.tables import entry
from tests.effort import effort
from tests.faults.invariants import broken, settled
from tests.faults.patrons import Clerk, Ledger
from tests.faults.served import PATIENCE, Web
from tests.stories.worlds import new_world

BEGINS = datetime(2026, 3, 2, 1, tzinfo=UTC)
"""A Monday morning in Shanghai, in a year whose calendar is published."""
LOGINS = ("county.clerk", "county.clerk2")
MOST_FORMS = 15
LONGEST_REQUEST = 0.05
LONGEST_START = 1.2
IN_THE_START = 4
"""One blow in so many falls on a process that is only starting."""


@dataclass(frozen=True, slots=True)
class Site:
    """An office that is served by a process of its own, and what its clerks know."""

    settings: Settings
    web: Web
    ledger: Ledger

    def people(self) -> dict[str, str]:
        """Who signs in as what."""
        with opened(self.settings) as house, house.store.reading() as desk:
            return {one.login: one.id for one in desk.directory().people.values()}


@contextmanager
def opened(settings: Settings) -> Iterator[House]:
    """The office as it stands, looked at past the web."""
    house = open_house(settings)
    try:
        yield house
    finally:
        house.store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """The demonstration office without petitions, on its first morning."""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    else:
        url = sqlite_url(tmp_path / "petition.db")
    world = new_world(tmp_path, url)
    ahead = int((BEGINS - SystemClock().now()).total_seconds())
    world.store.set_setting(CLOCK_OFFSET, str(ahead))
    world.store.close()
    web = Web(world.house.settings)
    yield Site(settings=world.house.settings, web=web, ledger=Ledger())
    web.strike()


def test_nothing_is_lost_or_doubled_when_the_web_is_struck_down(site: Site) -> None:
    """Clerks send again whatever was not answered; each act is then there once, and each clock has fired once."""
    dice = random.Random(3)
    people = site.people()
    clerks = [
        Clerk(site.web, site.ledger, login=login, person=people[login], seed=seed)
        for seed, login in enumerate(LOGINS)
    ]
    with ThreadPoolExecutor(len(clerks)) as desks:
        try:
            work = [desks.submit(clerk.work) for clerk in clerks]
            for blow in range(1, effort(6, long=30) + 1):
                if blow % IN_THE_START == 0:
                    site.web.launch()
                    site.web.strike(after=dice.uniform(0, LONGEST_START))
                site.web.open()
                _forms_were_sent(site.ledger, dice.randint(1, MOST_FORMS))
                site.web.strike(after=dice.uniform(0, LONGEST_REQUEST))
            site.web.open()
        finally:
            site.ledger.over.set()
        for done in work:
            done.result(PATIENCE)
    site.web.strike()
    _everything_is_there_once(site)


def _forms_were_sent(ledger: Ledger, count: int) -> None:
    for _ in range(count):
        assert ledger.sent.acquire(timeout=PATIENCE), "the clerks have stopped working"


def _everything_is_there_once(site: Site) -> None:
    told = site.ledger.told
    with opened(site.settings) as house:
        house.tower.drain()
        logged = house.log.turn(house.clock.now())
        acts, keys, firings = _recorded(house)

        assert settled(house) == []
        assert broken(house, told) == []
        assert logged.unsigned is None
    assert told.sent == told.done.keys() | told.refused.keys()
    assert {key: keys[key] for key in told.done} == dict.fromkeys(told.done, 1)
    for act in ("register", "sort", "forward"):
        assert acts[act] == site.ledger.acts[act] > 0
    assert firings > 0
    assert site.ledger.acts["repeated"] > 0


def _recorded(house: House) -> tuple[Counter[str], Counter[str], int]:
    """How often each act and each key stands in the record, and how many firings."""
    with house.store.engine.connect() as connection:
        rows = connection.execute(select(entry.c.act, entry.c.key, entry.c.kind)).all()
    firings = sum(row.kind == "firing" for row in rows)
    return Counter(row.act for row in rows), Counter(row.key for row in rows), firings
