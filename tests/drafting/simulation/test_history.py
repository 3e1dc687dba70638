"""What is measured in an office's own record, and what never shows in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.drafting.simulation.history import ENOUGH, Measured
from tests.acts.situations import HOUSING, MONDAY
from tests.office.counters import Counter


def lived(counter: Counter, petitions: int) -> None:
    """A petition each working day, sorted by somebody who has taken it for an hour; every third is assigned."""
    for place in range(petitions):
        counter.live_until(MONDAY + timedelta(days=place // 5 * 7 + place % 5))
        petition = counter.registered()
        step = counter.step(petition, "sort")
        counter.perform(replace(counter.command("claim", petition, "anna"), step=step))
        counter.clock.turn_to(counter.clock.now() + timedelta(minutes=60))
        if place % 3:
            counter.goes(petition, "sort", "forward")
        else:
            counter.does("sort", petition, disposition="assign")
    counter.live_until(MONDAY + timedelta(days=petitions // 5 * 7 + 7))


def measured(counter: Counter) -> Measured:
    return counter.house.simulations.measured()


def test_an_office_without_a_history_works_as_is_usual(counter: Counter) -> None:
    found = measured(counter)

    assert found.assumptions == counter.house.simulations.usual()
    assert (found.petitions, found.since) == (0, None)


def test_what_the_record_shows_takes_the_place_of_what_is_usual(counter: Counter) -> None:
    lived(counter, 15)
    found = measured(counter)
    assumed, sources = found.assumptions, found.assumptions.sources

    assert (found.petitions, found.since) == (15, MONDAY)
    assert assumed.arrivals == pytest.approx(0.75, abs=0.06)
    assert assumed.paces["sort"].work.median == 60
    assert sources["steps.sort.work"] == 15
    shares = {way.name: way.share for way in assumed.paces["sort"].ways}
    assert shares == {"forward": pytest.approx(66.7), "assign": pytest.approx(33.3)}
    # Of what was seen too seldom, nothing is said.
    assert "steps.accept.work" not in sources
    assert assumed.paces["accept"] == counter.house.simulations.usual().paces["accept"]
    assert found.stays["sort"][1] == 15


def test_staff_is_counted_by_role_at_the_organs_that_had_a_part(counter: Counter) -> None:
    lived(counter, ENOUGH)
    found = measured(counter).assumptions
    with counter.house.store.reading() as desk:
        directory = desk.directory()
    clerks = [
        one for one in directory.appointments if (one.organ, one.role.value) == (HOUSING, "clerk")
    ]

    assert found.staff["organ.clerk"] == len({one.person for one in clerks})
    assert found.sources["staff.organ.clerk"] == 1


def test_sealed_accusations_leave_no_trace_in_what_is_measured(counter: Counter) -> None:
    lived(counter, ENOUGH)
    before = measured(counter)
    for _ in range(3):
        accusation = counter.registered(category="accusation", accused_organ=HOUSING)
        assert counter.file(accusation).sealed

    assert measured(counter) == before
