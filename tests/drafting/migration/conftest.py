"""A counter with two designers and an administrator, and batches that go from the shipped version to others."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine.bootstrap import shipped_source
from engine.drafting.migration import Migrations, Route
from engine.petition.parties import SYSTEM, Actor, Appointment, Person, Role
from engine.procedure import Source
from engine.settings import Settings, sqlite_url
from engine.store.queries.migrations import MigratedFile, migrated_files, tally
from tests.acts.situations import DISCIPLINE, PO
from tests.office.counters import Counter, counter_at, furnish
from tests.postgres_server import PostgresServer

STAFF = {
    "dave": Role.DESIGNER,
    "dina": Role.DESIGNER,
    "root": Role.ADMINISTRATOR,
    "anna": Role.CLERK,
}


@dataclass(frozen=True, slots=True)
class Drafting:
    """A counter, and what designers do above it."""

    counter: Counter

    @property
    def migrations(self) -> Migrations:
        return self.counter.house.migrations

    def actor(self, who: str) -> Actor:
        """One of the staff of the county's petition office."""
        return Actor(person=who, organ=PO, roles=frozenset({STAFF[who]}))

    def proposed(self, after: Source, renamed: Mapping[str, str] | None = None, **further: Any) -> str:  # fmt: skip
        """A batch from the shipped version to *after*, put in force, proposed by a designer and planned."""
        self.counter.deploy(after)
        way = Route(before=shipped_source().digest, after=after.digest, renamed=renamed or {})
        id = self.migrations.propose(way, actor=self.actor("dave"), **further)
        self.migrations.finish(id)
        return id

    def done(self, after: Source, renamed: Mapping[str, str] | None = None) -> str:
        """The same, confirmed and carried out."""
        id = self.proposed(after, renamed)
        self.migrations.confirm(id, actor=self.actor("root"))
        self.migrations.finish(id)
        return id

    def files(self, id: str, who: Actor | None = None) -> dict[str, MigratedFile]:
        """The rows of a batch as *who* (the designer) sees them, by the ids of their files."""
        on = self.counter.clock.now().date()
        with self.counter.house.store.reading() as desk:
            rows = migrated_files(desk, who or self.actor("dave"), id, on=on)
        return {one.petition: one for one in rows}

    def counted(self, id: str, who: Actor | None = None) -> tuple[int, int, int]:
        """How many files, how many of them planned, and how many done with, as *who* sees it."""
        on = self.counter.clock.now().date()
        with self.counter.house.store.reading() as desk:
            found = tally(desk, who or self.actor("dave"), id, on=on)
        return found.files, found.planned, found.finished


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office on SQLite, to be copied."""
    data = tmp_path_factory.mktemp("drafting") / "data"
    return _furnished(data, sqlite_url(data / "petition.db"))


@pytest.fixture(scope="session")
def furnished_postgres(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: PostgresServer
) -> tuple[Path, str]:
    """The data directory and the URL of an office on PostgreSQL, to be copied."""
    url = postgres_server.new_database()
    return _furnished(tmp_path_factory.mktemp("drafting") / "data", url), url


@pytest.fixture
def drafting(furnished: Path, tmp_path: Path) -> Iterator[Drafting]:
    """A counter on SQLite."""
    data = tmp_path / "data"
    shutil.copytree(furnished, data)
    yield from _opened(data, sqlite_url(data / "petition.db"))


@pytest.fixture(params=["sqlite", "postgresql"])
def on_both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Drafting]:
    """A counter on each database."""
    if request.param == "sqlite":
        yield request.getfixturevalue("drafting")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    keys, template = request.getfixturevalue("furnished_postgres")
    shutil.copytree(keys, tmp_path / "data")
    url = server.new_database(template=template)
    yield from _opened(tmp_path / "data", url)
    server.drop_database(url)


def _opened(data: Path, url: str) -> Iterator[Drafting]:
    made = counter_at(data, url)
    yield Drafting(made)
    made.house.store.close()


def _furnished(data: Path, url: str) -> Path:
    settings = Settings(data=data, database_url=url)
    furnish(settings)
    _appoint_designers(settings)
    return data


def _appoint_designers(settings: Settings) -> None:
    counter = counter_at(settings.data, settings.database_url)
    known = {"dave", "dina"}
    with counter.house.store.transaction() as paper:
        paper.change_directory(
            people=tuple(Person(id=one, name=f"演示{one}", login=one) for one in sorted(known)),
            appointments=tuple(
                Appointment(person=one, organ=PO, role=Role.DESIGNER) for one in sorted(known)
            ),
            actor=SYSTEM,
            now=counter.clock.now(),
        )
    counter.house.store.close()


IVAN = Actor(person="igor", organ=DISCIPLINE, roles=frozenset({Role.CLERK}))
"""Who may open sealed matters at the discipline organ."""
