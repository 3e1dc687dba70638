"""What is due is claimed by one worker at a time, what fails waits, and what was sent is never sent again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from engine.petition.deadlines import DeadlineState, Ledger
from engine.store.store import Store
from tests.store.samples import NOW, deadline, file, moved_on, outbox_item, register

MINUTE = timedelta(minutes=1)


def _due(store: Store, **due: datetime | None) -> None:
    with store.transaction() as paper:
        for name, at in due.items():
            register(paper, file(name, next_due_at=at))


def test_the_longest_due_are_claimed_first_and_the_rest_not_at_all(store: Store) -> None:
    _due(store, ahead=NOW + MINUTE, now=NOW, long=NOW - MINUTE, never=None)
    with store.transaction() as paper:
        assert paper.claim_due(NOW, 10) == ("long", "now")
        assert paper.claim_due(NOW, 1) == ("long",)
    with store.reading() as desk:
        assert desk.next_due() == NOW - MINUTE


def test_a_petition_that_failed_waits_for_its_time_and_then_comes_again(store: Store) -> None:
    _due(store, broken=NOW - MINUTE, fine=NOW + 5 * MINUTE)
    with store.transaction() as paper:
        paper.failed("broken", "ValueError", retry_at=NOW + MINUTE)
    with store.reading() as desk:
        assert desk.next_due() == NOW + MINUTE
    with store.transaction() as paper:
        assert paper.claim_due(NOW, 10) == ()
        assert paper.claim_due(NOW + MINUTE, 10) == ("broken",)
        assert [paper.attempts(name) for name in ("broken", "fine")] == [1, 0]
        before = paper.load("broken")
        paper.save(moved_on(before, next_due_at=None), before=before)
    with store.reading() as desk:
        assert desk.next_due() == NOW + 5 * MINUTE


def test_nothing_is_due_where_there_is_nothing(store: Store) -> None:
    with store.reading() as desk:
        assert desk.next_due() is None


def test_an_item_is_relayed_once_even_if_it_is_enqueued_again(store: Store) -> None:
    with store.transaction() as paper:
        laid = register(paper, file())
        items = [
            outbox_item(laid, "b", enqueued_at=NOW, body={"n": 2}),
            outbox_item(laid, "a", enqueued_at=NOW - MINUTE, kind="command", body={"act": "x"}),
        ]
        paper.enqueue(items)
        paper.enqueue([items[0]])
    with store.transaction() as paper:
        assert paper.take_outbox(NOW, 10) == (items[1], items[0])
        assert paper.take_outbox(NOW, 1) == (items[1],)
        paper.relayed("a")
        paper.relay_failed("b", "OSError", retry_at=NOW + MINUTE)
    with store.transaction() as paper:
        paper.load("p1")
        paper.enqueue([items[1]])
        assert paper.take_outbox(NOW, 10) == ()
        assert paper.take_outbox(NOW + MINUTE, 10) == (replace(items[0], attempts=1),)
        assert [paper.waiting(key) for key in ("a", "b", "c")] == [False, True, False]


def test_many_workers_fire_each_petition_once(store: Store) -> None:
    _due(store, **{f"p{number}": NOW for number in range(12)})

    def work(_: int) -> list[str]:
        fired: list[str] = []
        while True:
            with store.transaction() as paper:
                claimed = paper.claim_due(NOW, 2)
                for name in claimed:
                    before = paper.load(name)
                    paper.save(moved_on(before, next_due_at=None), before=before)
            fired.extend(claimed)
            if not claimed:
                return fired

    with ThreadPoolExecutor(4) as pool:
        fired = [name for one in pool.map(work, range(4)) for name in one]

    assert sorted(fired) == sorted(f"p{number}" for number in range(12))


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_worker_passes_over_what_another_holds(store: Store) -> None:
    _due(store, p1=NOW, p2=NOW, p3=NOW)
    with store.transaction() as paper:
        for name in ("p1", "p2"):
            paper.enqueue([outbox_item(paper.load(name), name)])
    with store.transaction() as one, store.transaction() as other:
        first = one.claim_due(NOW, 2)
        second = other.claim_due(NOW, 10)
        taken = one.take_outbox(NOW, 1)
        left = other.take_outbox(NOW, 10)

    assert first == ("p1", "p2")
    assert second == ("p3",)
    assert [item.key for item in (*taken, *left)] == ["p1", "p2"]


def test_what_another_calendar_decided_is_found_while_it_runs(store: Store) -> None:
    with store.transaction() as paper:
        register(paper, file("old", ledger=Ledger((deadline(calendar="before"),))))
        register(paper, file("new", ledger=Ledger((deadline(calendar="after"),))))
        ended = deadline(calendar="before", state=DeadlineState.MET)
        register(paper, file("ended", ledger=Ledger((ended,))))
        assert paper.counted_otherwise("after", 10) == ["old"]


def test_entries_are_written_once(store: Store) -> None:
    with store.transaction() as paper:
        register(paper, file())
    for attempt in ("update entry set act = 'other'", "delete from entry"):
        with pytest.raises(DBAPIError), store.transaction() as paper:
            paper.connection.exec_driver_sql(attempt)
