"""Several at the same moment, on each database: one command is carried out once, of two on one step one wins."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from engine.documents.numbers import parse_number
from engine.errors import NotOffered, PetitionError, Stale
from engine.petition.commands import Command, Receipt
from tests.office.counters import Counter

CROWD = 6
Answer = Receipt | PetitionError


def at_once(counter: Counter, commands: Sequence[Command]) -> list[Answer]:
    """What the counter answers to *commands* that come at the same moment."""
    gate = threading.Barrier(len(commands))

    def come(command: Command) -> Answer:
        gate.wait()
        try:
            return counter.perform(command)
        except PetitionError as refusal:
            return refusal

    with ThreadPoolExecutor(len(commands)) as crowd:
        return list(crowd.map(come, commands))


def receipts(answers: Sequence[Answer]) -> list[Receipt]:
    """Those who were served."""
    return [answer for answer in answers if isinstance(answer, Receipt)]


def test_a_registration_sent_many_times_at_once_opens_one_file(crowded: Counter) -> None:
    command = crowded.command("register")

    done = receipts(at_once(crowded, [command] * CROWD))

    assert len({receipt.petition for receipt in done}) == 1
    assert [receipt.repeated for receipt in done].count(False) == 1
    again = crowded.does("register")
    assert parse_number(again.number).serial == 2


def test_an_act_with_a_paper_sent_many_times_at_once_issues_one(crowded: Counter) -> None:
    petition = crowded.goes(crowded.registered(), "sort")
    command = crowded.command("forward", petition)

    done = receipts(at_once(crowded, [command] * CROWD))

    assert [receipt.repeated for receipt in done].count(False) == 1
    assert len({receipt.documents for receipt in done}) == 1
    assert [one.act for one in crowded.entries(petition)] == ["register", "sort", "forward"]


def test_of_different_answers_to_one_step_one_wins(crowded: Counter) -> None:
    petition = crowded.registered()
    ways = ("forward", "own", "forward", "forward")
    rivals = [crowded.command("sort", petition, disposition=way) for way in ways]

    answers = at_once(crowded, rivals)

    assert len(receipts(answers)) == 1
    assert [one.act for one in crowded.entries(petition)] == ["register", "sort"]


def test_of_two_who_read_the_same_page_one_is_told_that_it_has_moved_on(crowded: Counter) -> None:
    petition = crowded.forwarded()
    version = crowded.file(petition).version
    notes = [
        replace(crowded.command("add_material", petition, "carl"), expected_version=version)
        for _ in range(CROWD)
    ]

    answers = at_once(crowded, notes)

    assert len(receipts(answers)) == 1
    assert {type(answer) for answer in answers} == {Receipt, Stale}


def test_the_tower_and_a_clerk_at_the_same_moment_fire_each_clock_once(crowded: Counter) -> None:
    petition = crowded.registered()
    due = crowded.row(petition, "T1").legal_due
    assert due is not None
    crowded.turn_to(due + timedelta(days=1))
    command = crowded.command("sort", petition)

    with ThreadPoolExecutor(3) as hands:
        turns = [hands.submit(crowded.house.tower.drain) for _ in range(2)]
        clerk = hands.submit(at_once, crowded, [command])
        failed = sum(turn.result().failed for turn in turns)
        [answer] = clerk.result()
    crowded.drain()

    assert failed == 0
    assert isinstance(answer, Receipt | Stale | NotOffered)
    assert [one.act for one in crowded.entries(petition)].count("clock:T1") == 1
    assert len(crowded.supervisions(petition)) == 1
