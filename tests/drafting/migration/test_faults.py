"""Whatever strikes a batch down leaves every petition on exactly one version, and the batch goes on from there."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from engine.bootstrap import open_house, shipped_source
from engine.drafting.migration import Migrations
from engine.office.migrating import MIGRATE
from engine.settings import Settings
from engine.store.store import Store
from tests.audit.test_replay import different
from tests.drafting.migration.conftest import Drafting
from tests.faults.invariants import broken
from tests.faults.striking import AFTER_COMMIT, Blow, StrikingStore
from tests.office.test_migrating import RENAMED, at_the_investigation, renamed_step

COUNT = 4


class Struck(BaseException):
    """As if the process had ended: nobody catches it on the way."""


def strike() -> None:
    raise Struck


@dataclass(slots=True)
class Batch:
    """A confirmed batch of a few petitions."""

    drafting: Drafting
    id: str
    petitions: list[str]

    def work(self, blow: Blow) -> bool:
        """Work on the batch in a process of its own that meets *blow*; whether it was struck."""
        house = self.drafting.counter.house
        settings: Settings = house.settings
        store: Store = StrikingStore(settings.database_url, keys=house.store.keys, blow=blow)
        struck = open_house(settings, clock=house.clock, store=store)
        try:
            Migrations(struck.office, store).finish(self.id)
        except Struck:
            return True
        finally:
            store.close()
        return False

    def versions(self) -> list[str]:
        """The version of each petition, which its record and its row agree on."""
        counter = self.drafting.counter
        found = []
        for one in self.petitions:
            file, entries = counter.file(one), counter.entries(one)
            moved = [entry for entry in entries if entry.act == MIGRATE]
            assert len(moved) == (file.procedure != shipped_source().digest)
            assert file.procedure == entries[-1].versions["procedure"]
            found.append(file.procedure)
        return found


@pytest.fixture
def batch(on_both: Drafting) -> Batch:
    petitions = [at_the_investigation(on_both.counter) for _ in range(COUNT)]
    id = on_both.proposed(renamed_step(), RENAMED)
    on_both.migrations.confirm(id, actor=on_both.actor("root"))
    return Batch(on_both, id, petitions)


@pytest.mark.parametrize(
    "point", ["take_file", "save", "note_result", AFTER_COMMIT]
)  # fmt: skip
def test_a_batch_that_is_struck_down_is_gone_on_with(batch: Batch, point: str) -> None:
    assert batch.work(Blow(point, passes=3, strike=strike))

    done = batch.versions().count(renamed_step().digest)
    assert done == (3 if point == AFTER_COMMIT else 2)
    house = batch.drafting.counter.house
    assert broken(house) == []

    assert not batch.work(Blow("nowhere"))
    assert batch.versions() == [renamed_step().digest] * COUNT
    assert broken(house) == []
    assert different(house) == {}
    assert batch.drafting.counted(batch.id) == (COUNT, COUNT, COUNT)


def test_two_processes_work_on_a_batch_and_no_file_is_carried_over_twice(batch: Batch) -> None:
    other = batch.drafting.counter.house.migrations
    interleaved = Blow("take_file", passes=2, strike=lambda: other.finish(batch.id))
    if "sqlite" in batch.drafting.counter.house.settings.database_url:
        interleaved = Blow(AFTER_COMMIT, passes=2, strike=lambda: other.finish(batch.id))

    assert not batch.work(interleaved)

    assert batch.versions() == [renamed_step().digest] * COUNT
    assert different(batch.drafting.counter.house) == {}
