"""Many at once: no number twice, no gap, one winner for each version, and nobody left waiting."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from engine.errors import Stale
from engine.store.store import Store
from tests.store.samples import (
    CLERK,
    PETITION_OFFICE,
    TODAY,
    entry_for,
    file,
    moved_on,
    register,
)

AT_ONCE = 6


def _all_at_once(work: Callable[[int], object]) -> list[object]:
    """What *work* gives for each number, all begun at the same moment; an expected collision gives None."""
    ready = threading.Barrier(AT_ONCE)

    def run(number: int) -> object:
        ready.wait()
        try:
            return work(number)
        except Stale:
            return None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def test_numbers_are_gap_free_though_many_draw_and_some_fail(store: Store) -> None:
    def draw(number: int) -> list[int]:
        drawn = []
        for turn in range(4):
            try:
                with store.transaction() as paper:
                    serial = paper.next_number(PETITION_OFFICE, "petition", 2026)
                    if (number + turn) % 3 == 0:
                        raise RuntimeError("undone")
                    drawn.append(serial)
            except RuntimeError:
                continue
        return drawn

    drawn = sorted(serial for one in _all_at_once(draw) for serial in one or [])  # type: ignore[attr-defined]

    assert drawn == list(range(1, len(drawn) + 1))
    assert len(drawn) == AT_ONCE * 4 - 8


def test_whoever_waits_for_a_file_finds_it_as_the_faster_one_left_it(store: Store) -> None:
    with store.transaction() as paper:
        register(paper, file())

    def write(number: int) -> str:
        with store.transaction() as paper:
            before = paper.load("p1")
            after = moved_on(before, stage=f"stage{before.version}", seq=before.seq + 1)
            paper.save(after, before=before)
            return after.stage

    stages = sorted(str(one) for one in _all_at_once(write))

    assert stages == sorted(f"stage{number}" for number in range(AT_ONCE))
    with store.reading() as desk:
        assert desk.load("p1").version == AT_ONCE


def test_a_command_sent_many_times_at_once_is_carried_out_once(store: Store) -> None:
    with store.transaction() as paper:
        register(paper, file())

    def send(number: int) -> bool:
        with store.transaction() as paper:
            receipt, before = paper.load_for("p1", "the same key")
            if receipt is not None:
                return False
            entry, values = entry_for(before, seq=before.seq + 1, key="the same key")
            after = moved_on(before, seq=entry.seq, head=entry.digest)
            paper.save(after, before=before)
            paper.append(entry, values, file=after)
            return True

    assert sorted(_all_at_once(send), key=str) == [False] * (AT_ONCE - 1) + [True]


def test_a_start_sent_many_times_at_once_opens_one_file(store: Store) -> None:
    def send(number: int) -> str | None:
        with store.transaction() as paper:
            known = paper.receipt("the same key")
            if known is not None:
                return None
            return register(paper, file(f"p{number}"), key="the same key").id

    opened = [one for one in _all_at_once(send) if one is not None]

    assert len(opened) == 1
    with store.reading() as desk:
        assert desk.files(CLERK, on=TODAY).total == 1


def test_a_reader_sees_one_moment_while_others_write(store: Store) -> None:
    with store.transaction() as paper:
        register(paper, file())
    with store.reading() as desk:
        before = desk.load("p1")
        with store.transaction() as paper:
            found = paper.load("p1")
            paper.save(moved_on(found, stage="routing"), before=found)
        assert desk.load("p1") == before
    with store.reading() as desk:
        assert desk.load("p1").stage == "routing"
