"""Several at once: the same command twice, two commands on one step, two workers, a page that has grown old."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from engine.bench.herd import herd, sound
from engine.bench.scale import Scale
from engine.bench.workplace import Workplace
from engine.errors import NotOffered, PetitionError, Stale
from engine.petition.commands import Command, Receipt
from engine.store.tables import petition
from tests.effort import effort
from tests.faults.invariants import broken, settled

CROWD = 8
LONGER_THAN_T1 = 20
Answer = Receipt | PetitionError


def all_at_once(place: Workplace, commands: Sequence[Command]) -> list[Answer]:
    """What the office answers to *commands* that are sent at the same moment."""
    gate = threading.Barrier(len(commands))

    def send(command: Command) -> Answer:
        gate.wait()
        try:
            return place.house.office.perform(command)
        except PetitionError as refused:
            return refused

    with ThreadPoolExecutor(len(commands)) as crowd:
        return list(crowd.map(send, commands))


def receipts(answers: Sequence[Answer]) -> list[Receipt]:
    return [answer for answer in answers if isinstance(answer, Receipt)]


@pytest.mark.parametrize(
    "make",
    [lambda place: place.registration(), lambda place: place.free_step(place.registered(1)[0])],
    ids=["register", "free step"],
)
def test_a_command_sent_many_times_at_once_is_carried_out_once(
    place: Workplace, make: Callable[[Workplace], Command]
) -> None:
    for _ in range(effort(5, long=100)):
        command = make(place)

        answers = all_at_once(place, [command] * CROWD)
        again = place.house.office.perform(command)

        done = receipts(answers)
        assert len({replace(receipt, repeated=True) for receipt in [*done, again]}) == 1
        assert sum(not receipt.repeated for receipt in done) == 1
        assert all(isinstance(answer, Receipt | Stale) for answer in answers)
    assert broken(place.house) == []


def test_of_different_answers_to_one_step_one_wins_and_the_others_are_told(
    place: Workplace,
) -> None:
    for _ in range(effort(5, long=100)):
        command = place.free_step(place.registered(1)[0])
        rivals = [replace(command, key=f"{command.key}-{place_}") for place_ in range(CROWD)]

        answers = all_at_once(place, rivals)

        assert len(receipts(answers)) == 1
        assert all(
            isinstance(answer, NotOffered | Stale)
            for answer in answers
            if not isinstance(answer, Receipt)
        )
    assert broken(place.house) == []


def test_a_page_that_has_grown_old_is_refused_and_changes_nothing(place: Workplace) -> None:
    matter = place.registered(1)[0]
    with place.house.store.reading() as desk:
        seen = desk.load(matter)
    first = replace(place.free_step(matter), expected_version=seen.version)
    place.house.office.perform(first)
    with place.house.store.reading() as desk:
        before = desk.load(matter)

    with pytest.raises(Stale):
        place.house.office.perform(replace(place.free_step(matter), expected_version=seen.version))

    with place.house.store.reading() as desk:
        assert desk.load(matter) == before
    assert place.house.office.perform(first).repeated


def test_a_key_is_not_carried_out_on_a_second_petition(place: Workplace) -> None:
    one, other = place.registered(2)
    command = place.free_step(one)
    place.house.office.perform(command)

    with pytest.raises(PetitionError):
        place.house.office.perform(replace(place.free_step(other), key=command.key))

    assert broken(place.house) == []


def test_registers_have_no_gap_where_many_register_at_once(place: Workplace) -> None:
    answers = all_at_once(place, [place.registration() for _ in range(2 * CROWD)])

    registered = receipts(answers)
    serials = Counter(receipt.number for receipt in registered)
    assert len(registered) >= CROWD
    assert set(serials.values()) == {1}
    assert broken(place.house) == []


def test_two_workers_drain_a_midnight_without_losing_or_doubling_a_clock(place: Workplace) -> None:
    figures = herd(place, Scale(herd=effort(1_000, long=10_000)))

    assert sound(figures)
    assert broken(place.house) == []


def test_clerks_and_towers_at_the_same_moment_leave_the_books_in_order(place: Workplace) -> None:
    petitions = place.registered(3 * CROWD)
    commands = [place.free_step(petition) for petition in petitions]
    place.clock.turn_to(place.next_due())

    with ThreadPoolExecutor(2) as towers:
        turns = [towers.submit(place.house.tower.drain, batch=3) for _ in range(2)]
        answers = all_at_once(place, commands[:CROWD])
        fired = sum(turn.result().firings for turn in turns)

    # A clerk who comes first fires the petition's clock himself, and then the step is gone.
    assert all(isinstance(answer, NotOffered | Stale) for answer in answers)
    assert fired <= len(petitions)
    place.house.tower.drain()
    assert settled(place.house) == []
    assert broken(place.house) == []


def test_each_breach_is_supervised_by_one_file_though_two_towers_relay(place: Workplace) -> None:
    petitions = place.registered(2 * CROWD)
    place.clock.turn_days(LONGER_THAN_T1)

    with ThreadPoolExecutor(2) as towers:
        turns = [towers.submit(place.house.tower.drain, batch=3) for _ in range(2)]
        failed = sum(turn.result().failed for turn in turns)

    wanted = select(petition.c.about).where(petition.c.kind == "supervision")
    with place.house.store.engine.connect() as connection:
        supervised = sorted(connection.execute(wanted).scalars())
    assert failed == 0
    assert supervised == sorted(petitions)
    assert settled(place.house) == []
    assert broken(place.house) == []
