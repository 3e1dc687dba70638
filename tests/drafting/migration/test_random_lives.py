"""Petitions at random places, carried over and back: all is as the dry run said, and every journey comes to its end."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.bootstrap import vocabulary
from engine.cli import main
from engine.drafting.proof import prove
from engine.petition.file import File, FileKind
from engine.procedure import Source
from engine.settings import sqlite_url
from engine.statute.law import load_law
from tests.audit.test_replay import replayed
from tests.drafting.migration.lives import Life, Standing, route
from tests.drafting.migration.redrawn import RENAMED, first_version, second_version
from tests.effort import effort
from tests.stories.worlds import START

JOURNEYS = 24
MANY, UNDER_WAY = 96, 50
"""How many journeys begin, and how many petitions must be under way on the busiest day."""
BUSIEST = START + timedelta(days=52)
AFTERWARDS = datetime.combine(BUSIEST + timedelta(days=20), time(), tzinfo=UTC)
FIRST, SECOND = first_version(), second_version()
PROPOSER, CONFIRMER = "designer", "admin"


@pytest.mark.parametrize(
    ("database", "seed"),
    [(database, seed) for seed in range(effort(1, long=17)) for database in ("sqlite", "postgresql")],
)  # fmt: skip
def test_petitions_are_carried_over_as_the_dry_run_said_and_go_on_to_their_ends(
    database: str, seed: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = sqlite_url(tmp_path / "data" / "petition.db")
    if database == "postgresql":
        url = str(request.getfixturevalue("postgres_url"))
    life = Life.begun(tmp_path / "data", url, seed, FIRST)
    there = Crossing(life, FIRST, SECOND, RENAMED)
    back = Crossing(life, SECOND, FIRST, {new: old for old, new in RENAMED.items()})
    begins = life.dice.randrange(60, 150)
    for crossing, at in ((there, begins), (back, begins + 60)):
        life.at[at] = crossing.propose
        life.at[at + life.dice.randrange(1, 9)] = crossing.carry_over

    travellers = life.play(JOURNEYS)

    assert [one.fault for one in travellers if one.fault] == []
    for one in travellers:
        for name, closing in one.journey.closings.items():
            must_be_over(life.file(one.files[name]), closing)
    found = replayed(life.world.house)
    assert {one.petition: one.divergence for one in found if not one.equal} == {}
    for crossing in (there, back):
        crossing.tell()
    life.world.store.close()


@pytest.mark.parametrize(
    ("database", "seed"),
    [(database, seed) for seed in range(100, 100 + effort(2, long=20)) for database in ("sqlite", "postgresql")],
)  # fmt: skip
def test_fifty_petitions_under_way_are_carried_over_and_every_petition_replays(
    database: str,
    seed: int,
    quick_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = quick_path / "data"
    url = sqlite_url(data / "petition.db")
    if database == "postgresql":
        url = str(request.getfixturevalue("postgres_url"))
    life = Life.begun(data, url, seed, FIRST)
    crossing = Crossing(life, FIRST, SECOND, RENAMED)
    life.on[BUSIEST] = crossing.propose
    life.on[BUSIEST + timedelta(days=1)] = crossing.carry_over

    travellers = life.play(MANY, until=AFTERWARDS)

    assert [one.fault for one in travellers if one.fault] == []
    assert crossing.carried >= UNDER_WAY
    life.world.store.close()
    monkeypatch.setenv("PETITION_DATA", str(data))
    monkeypatch.setenv("PETITION_DATABASE_URL", url)
    capsys.readouterr()
    status = main(["replay", "--all", "--json", "--processes", "1"])
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (status, {one["verdict"] for one in told}) == (0, {"equal"})
    assert len(told) > MANY


def must_be_over(file: File, closing: str) -> None:
    assert (file.facts.get("closing"), file.stage) == (closing, "closed")
    assert file.kind is FileKind.SUPERVISION or [row for row in file.ledger if row.open] == []


def _same_but_for_today(said: dict[str, Any], done: dict[str, Any]) -> bool:
    """Whether two plans of the same state are the same, but for what depends on the day: limits that begin with it, and
    new lengths that are over by then."""
    limits = zip(said["limits"], done["limits"], strict=True)
    return {**said, "limits": None} == {**done, "limits": None} and all(
        one == other or other["before"] is None or other["postponed"] for one, other in limits
    )


class Crossing:
    """One batch of a life, held against what its dry run had said."""

    def __init__(self, life: Life, before: Source, after: Source, renamed: dict[str, str]) -> None:
        self.life = life
        self.after = after
        self.route = route(before, after, renamed)
        self.planned: dict[str, int] = {}
        self.outcomes: dict[tuple[str, str], int] = {}

    def propose(self) -> None:
        """A version comes into force, a designer proposes to carry everything over, and every file is planned."""
        life = self.life
        life.put_in_force(self.after)
        life.claim()
        before = {id: life.standing(id) for id in life.running()}
        migrations = life.world.house.migrations
        self.batch = migrations.propose(self.route, actor=life.world.actor(PROPOSER))
        migrations.finish(self.batch)
        rows = life.rows(self.batch)
        assert rows.keys() == {
            id for id, one in before.items() if one.file.procedure == self.route.before
        }
        assert {id: life.standing(id) for id in before} == before
        self.planned = {id: before[id].file.version for id in rows}

    def carry_over(self) -> None:
        """A second person confirms; nobody does anything in between."""
        life = self.life
        typed = life.type(self.planned)
        before = {id: life.standing(id) for id in self.planned}
        plans = {id: row.plan for id, row in life.rows(self.batch).items()}
        migrations = life.world.house.migrations
        migrations.confirm(self.batch, actor=life.world.actor(CONFIRMER))
        migrations.finish(self.batch)
        for id, row in life.rows(self.batch).items():
            moved_on = before[id].file.version != self.planned[id]
            assert row.result is not None
            assert moved_on or _same_but_for_today(plans[id], row.plan)
            assert row.result != "anew" or row.plan != plans[id]
            self.compare(before[id], life.standing(id), row)
            key = (row.outcome, row.result)
            self.outcomes[key] = self.outcomes.get(key, 0) + 1
        assert life.kept(typed) == typed

    def compare(self, before: Standing, after: Standing, row: object) -> None:
        """What became of a file, against its plan."""
        result, plan = row.result, row.plan  # type: ignore[attr-defined]
        if result in {"refused", "left"}:
            assert after == before
            return
        assert result in {"carried", "anew"}
        assert after.file.procedure == self.route.after
        assert (after.file.ledger, after.file.facts) == (before.file.ledger, before.file.facts)
        assert [one["id"] for one in plan["deadlines"]] == [
            one.id for one in before.file.ledger if one.open
        ]
        steps = {one["step"]: one for one in plan["steps"]}
        was, now_is = ({one.step: one for one in side.work} for side in (before, after))
        assert {number: one["before"] for number, one in steps.items() if one["before"]} == {
            number: item.element for number, item in was.items()
        }
        assert {number: one["after"] for number, one in steps.items() if one["after"]} == {
            number: item.element for number, item in now_is.items()
        }
        for number in was.keys() & now_is.keys():
            old, new = was[number], now_is[number]
            assert (new.opened_at, new.organ) == (old.opened_at, old.organ)
            assert new.assignee == (None if steps[number]["handed_back"] else old.assignee)
        assert sorted(one["after"] for one in plan["limits"] if one["after"]) == sorted(
            f"{due.isoformat(timespec='microseconds')}" for due in after.limits.values()
        )
        assert all(due > self.life.world.clock.now() for due in after.limits.values())

    def tell(self) -> None:
        """Say what there was (shown with ``-s``), and insist that there was something."""
        told = {" / ".join(key): count for key, count in sorted(self.outcomes.items())}
        sys.stdout.write(f"{told}\n")
        assert sum(self.outcomes.values()) > 0

    @property
    def carried(self) -> int:
        """How many files were carried over."""
        return sum(count for (_, result), count in self.outcomes.items() if result in {"carried", "anew"})  # fmt: skip


@pytest.fixture
def quick_path(tmp_path: Path) -> Iterator[Path]:
    """A directory in memory where the machine has one: thousands of commits wait for a disk."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as made:
        yield Path(made)


@pytest.mark.parametrize("drawn", [FIRST, SECOND], ids=["first", "second"])
def test_both_versions_are_lawful(drawn: Source) -> None:
    assert prove(drawn, vocabulary(load_law())).findings == ()
