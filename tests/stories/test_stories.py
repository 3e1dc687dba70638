"""Each journey ends as it says, through the office's own counter and through its pages, on either database."""

from __future__ import annotations

import pytest

from engine.demo.journeys import Journey, read_journeys
from engine.petition.entries import EntryKind
from engine.petition.file import File, FileKind
from engine.petition.serving import waiting
from engine.record.chain import verify_chain
from engine.record.fold import fold
from tests.stories.conftest import Library, Telling
from tests.stories.worlds import LONG_AFTER, World

JOURNEYS = read_journeys()
DOORS = ("counter", "pages")
DATABASES = ("sqlite", "postgresql")


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda one: one.id)
def test_a_journey_ends_as_it_says(
    journey: Journey, door: str, database: str, library: Library
) -> None:
    telling = library.telling(door, database)
    traveller = telling.travellers[journey.id]

    assert traveller.fault is None, traveller.fault
    assert traveller.arrived
    for name, closing in journey.closings.items():
        file = telling.world.file(traveller.files[name])
        assert (name, file.facts.get("closing")) == (name, closing)
        must_be_closed(telling.world, file)
        must_prove_itself(telling.world, file)


def must_be_closed(world: World, file: File) -> None:
    """The drawing has come to its end, nothing is left to do and nothing is owed."""
    assert file.closed_at is not None
    assert file.stage == "closed"
    assert [row.id for row in file.ledger if row.open] == []
    with world.store.reading() as desk:
        assert desk.work(file.id) == ()


def must_prove_itself(world: World, file: File) -> None:
    """The chain holds, and the row says nothing that the record does not."""
    entries = world.entries(file.id)
    assert verify_chain(entries, head=file.head) == file.head
    recomputed = fold(entries)
    assert recomputed.seq == file.seq
    assert recomputed.facts == file.facts
    assert recomputed.ledger == file.ledger
    assert recomputed.excluded == file.excluded


@pytest.mark.parametrize("database", DATABASES)
def test_every_clock_fired_once_and_at_its_own_instant(database: str, library: Library) -> None:
    telling = library.telling("counter", database)
    for file in all_files(telling):
        fired = [one for one in telling.world.entries(file.id) if one.kind is EntryKind.FIRING]
        assert len(
            {(one.act, one.effective_at, one.inputs.get("deadline")) for one in fired}
        ) == len(fired)
        assert all(one.effective_at <= one.recorded_at for one in fired)
        assert file.next_due_at is None or file.next_due_at > LONG_AFTER


@pytest.mark.parametrize("database", DATABASES)
def test_pages_and_counter_tell_the_same_story(database: str, library: Library) -> None:
    """What the pages let people do leads to the same facts and the same deadlines as the counter itself."""
    at_the_counter = library.telling("counter", database)
    on_pages = library.telling("pages", database)
    for journey in JOURNEYS:
        for name in at_the_counter.travellers[journey.id].files:
            one, other = (
                telling.world.file(telling.travellers[journey.id].files[name])
                for telling in (at_the_counter, on_pages)
            )
            assert (journey.id, outline(one)) == (journey.id, outline(other))


def outline(file: File) -> tuple[object, ...]:
    """What must not depend on the door: facts but for what is drawn by lot, deadlines, number."""
    private = {"serving_document", "merged_into", "about", "submission", "to_serve"}
    facts = {name: value for name, value in file.facts.items() if name not in private}
    rows = [
        (row.id, row.state, row.started_on, row.legal_due, row.closed_on) for row in file.ledger
    ]
    # Breaches of the same midnight are supervised in any order, so the numbers of their files may change places.
    unserved = sorted(waiting(file.facts).values())
    return facts, rows, unserved, file.number if file.kind is FileKind.PETITION else None


def all_files(telling: Telling) -> list[File]:
    return [
        telling.world.file(petition)
        for traveller in telling.travellers.values()
        for petition in traveller.files.values()
    ]


def test_at_least_twenty_ways_to_end_are_told() -> None:
    ends = {(journey.closings.get("petition"), len(journey.stops)) for journey in JOURNEYS}
    assert len(JOURNEYS) >= 24
    assert len(ends) >= 20
