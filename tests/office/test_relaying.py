"""What a petition asks of other files and of the world is relayed exactly once; what fails is tried again, ever later."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from engine.petition.file import OutboxItem
from engine.store.tables import outbox, petition
from engine.worker import LONGEST_RETRY, RETRY_AFTER, ClockTower, Turn
from tests.acts.situations import MONDAY
from tests.office.counters import Counter


class DeafWorld:
    """A world that takes nothing until it listens."""

    def __init__(self) -> None:
        self.listens = False
        self.told: list[str] = []

    def tell(self, item: OutboxItem) -> None:
        if not self.listens:
            raise OSError
        self.told.append(item.key)


def tower_before(counter: Counter, world: DeafWorld) -> ClockTower:
    """The counter's clock tower, which speaks to *world*."""
    return ClockTower(office=counter.house.office, store=counter.house.store, world=world)


def with_a_notice(counter: Counter) -> str:
    """A notice to the petitioner that waits to be relayed; returns its key."""
    file = counter.registered()
    item = OutboxItem(
        key="notice",
        petition=file,
        kind="notice",
        body={"to": "petitioner"},
        enqueued_at=counter.clock.now(),
    )
    with counter.house.store.transaction() as paper:
        paper.enqueue([item])
    return item.key


def overdue(counter: Counter) -> str:
    """A petition whose notice to the petitioner is overdue; nobody has looked yet."""
    file = counter.goes(counter.forwarded(), "sign_for", "route")
    due = counter.row(file, "T3").legal_due
    assert due is not None
    counter.turn_to(due + timedelta(days=1))
    return file


def test_a_follow_up_is_relayed_exactly_once(counter: Counter) -> None:
    file = overdue(counter)
    counter.drain()
    seen = counter.everything()

    counter.drain()

    assert len(counter.supervisions(file)) == 1
    assert counter.everything() == seen


def test_a_follow_up_that_comes_again_changes_nothing(counter: Counter) -> None:
    file = overdue(counter)
    counter.drain()
    with counter.house.store.engine.begin() as connection:
        connection.execute(update(outbox).values(relayed=False))

    counter.drain()

    assert len(counter.supervisions(file)) == 1


def test_a_follow_up_that_the_law_refuses_is_answered_and_not_sent_again(
    counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    file = overdue(counter)
    counter.drain()
    [beside] = counter.supervisions(file)
    counter.does("supervise", beside.id, "sven", due=counter.clock.now().date() + timedelta(days=5))
    counter.does("feedback", beside.id, "carl")
    counter.does("judge_feedback", beside.id, "sven")

    counter.does("accept", file, notice_on=MONDAY)
    with caplog.at_level(logging.ERROR):
        counter.drain()

    assert "annulled" not in counter.file(beside.id).facts
    assert waiting(counter) == []


def test_what_fails_is_tried_again_after_a_delay_that_grows_up_to_a_bound(
    counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    with_a_notice(counter)
    tower = tower_before(counter, DeafWorld())
    delays = []
    with caplog.at_level(logging.CRITICAL):
        for _ in range(14):
            assert tower.turn() == Turn(failed=1)
            assert tower.turn() == Turn()
            delays.append(_next_try(counter) - counter.clock.now())
            counter.clock.turn_to(_next_try(counter))

    assert delays[:4] == [RETRY_AFTER, 2 * RETRY_AFTER, 4 * RETRY_AFTER, 8 * RETRY_AFTER]
    assert sorted(delays) == delays
    assert delays[-1] == LONGEST_RETRY


def test_what_failed_is_told_once_when_the_world_listens(
    counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    key = with_a_notice(counter)
    world = DeafWorld()
    tower = tower_before(counter, world)
    with caplog.at_level(logging.CRITICAL):
        tower.drain()
    world.listens = True
    counter.clock.turn_to(_next_try(counter))

    tower.drain()
    tower.drain()

    assert world.told == [key]


def test_a_petition_whose_clocks_fail_is_left_alone_for_longer_each_time(
    counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    file = overdue(counter)
    whole = counter.file(file).progress
    _set_progress(counter, file, b"not a state document")
    delays = []
    with caplog.at_level(logging.CRITICAL):
        for _ in range(3):
            assert counter.house.tower.turn().failed == 1
            delays.append(_next_due(counter) - counter.clock.now())
            counter.clock.turn_to(_next_due(counter))
    _set_progress(counter, file, whole)
    counter.drain()

    assert delays == [RETRY_AFTER, 2 * RETRY_AFTER, 4 * RETRY_AFTER]
    assert len(counter.supervisions(file)) == 1


def test_the_end_of_a_supervision_waits_for_its_beginning(counter: Counter) -> None:
    file = overdue(counter)
    counter.does("accept", file, notice_on=MONDAY)
    later = counter.clock.now() + timedelta(hours=1)
    with counter.house.store.engine.begin() as connection:
        opening = outbox.c.key.startswith("supervise:")
        connection.execute(update(outbox).where(opening).values(retry_at=later))
    counter.drain()
    assert counter.supervisions(file) == []
    assert len(waiting(counter)) == 2

    counter.clock.turn_to(later)
    counter.drain()

    [beside] = counter.supervisions(file)
    assert beside.facts["annulled"] is True
    assert waiting(counter) == []


def waiting(counter: Counter) -> list[str]:
    """The keys of what has not been relayed."""
    with counter.house.store.engine.connect() as connection:
        return list(connection.execute(select(outbox.c.key).where(~outbox.c.relayed)).scalars())


def _next_try(counter: Counter) -> datetime:
    with counter.house.store.engine.connect() as connection:
        found: datetime = connection.execute(
            select(outbox.c.retry_at).where(~outbox.c.relayed)
        ).scalar_one()
    return found


def _next_due(counter: Counter) -> datetime:
    with counter.house.store.reading() as desk:
        due = desk.next_due()
    assert due is not None
    return due


def _set_progress(counter: Counter, file: str, progress: bytes) -> None:
    with counter.house.store.engine.begin() as connection:
        connection.execute(update(petition).where(petition.c.id == file).values(progress=progress))
