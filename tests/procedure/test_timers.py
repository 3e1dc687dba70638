"""Clocks of the statute are pushed and happen once; internal limits are cut to the law's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from engine.procedure import Source
from tests.procedure import diagrams as draw
from tests.procedure.diagrams import (
    boundary,
    chain,
    end,
    flow,
    gateway,
    process,
    start,
    task,
    timer,
    version,
)
from tests.procedure.small_world import T0, Petition, begin


def _watched(*, interrupting: bool = False, **words: object) -> Source:
    """A task with a timer that opens another task."""
    return version(
        process(
            "p", start(), task("u"), boundary("b", "u", interrupting=interrupting, **words), task("w"), end("we"), end(),
            chain("begin", "u", "done"), chain("b", "w", "we"),
        )
    )  # fmt: skip


def _midnight(year: int, month: int, day: int) -> datetime:
    """24:00 in Shanghai of the day before."""
    return datetime(year, month, day, tzinfo=UTC) - timedelta(hours=8)


def test_a_clock_opens_a_task_and_leaves_the_overdue_one_open() -> None:
    petition = begin(_watched(clock="handling"), saving=True)

    assert petition.progress.listening() == {"T5"}
    assert petition.fire("handling")
    assert petition.open == ["u", "w"]
    assert petition.progress.listening() == frozenset()


def test_a_non_interrupting_clock_happens_once_for_each_visit() -> None:
    source = version(
        process(
            "p", start(), gateway("exclusive", "m"), task("u"), boundary("b", "u", interrupting=False, clock="T5"), task("w"),
            end("we"), gateway("exclusive", "x", "x__done"), end(), chain("begin", "m", "u", "x", "done"),
            flow("x", "m", "again"), chain("b", "w", "we"),
        )
    )  # fmt: skip
    petition = begin(source, saving=True, again=True)

    assert petition.fire("T5")
    assert not petition.fire("T5")
    assert petition.do("u").progress.listening() == {"T5"}
    assert petition.fire("T5")
    assert petition.open.count("w") == 2


def test_a_clock_that_passed_earlier_is_not_made_up_for() -> None:
    source = version(
        process(
            "p", start(), task("u"), timer("t", clock="T5"), end(), chain("begin", "u", "t", "done")
        )
    )
    petition = begin(source, saving=True)

    assert not petition.fire("T5")
    petition.do("u")
    assert petition.progress.listening() == {"T5"}
    assert not petition.progress.finished
    assert petition.fire("T5")
    assert petition.progress.finished


def test_an_interrupting_clock_ends_its_activity() -> None:
    petition = begin(_watched(interrupting=True, clock="T5"), saving=True)
    petition.fire("T5")

    assert petition.open == ["w"]


def test_an_internal_limit_ends_at_midnight_of_its_last_day() -> None:
    petition = begin(_watched(limit="5 days"), saving=True)

    assert petition.progress.next_internal() == _midnight(2026, 3, 8)
    assert petition.wait(days=4) == []
    assert petition.wait(days=10) == ["b"]
    assert petition.open == ["u", "w"]
    assert petition.progress.next_internal() is None


def test_working_days_are_counted_by_the_ledger() -> None:
    petition = begin(_watched(limit="3 working_days"))

    assert petition.progress.next_internal() == _midnight(2026, 3, 9)


def test_the_day_of_an_internal_limit_is_the_day_in_shanghai() -> None:
    source = _watched(limit="1 days")
    petition = begin(source)
    late = Petition(petition.procedure, now=datetime(2026, 3, 2, 16, 30, tzinfo=UTC))

    assert petition.progress.next_internal() == _midnight(2026, 3, 4)
    assert late.progress.next_internal() == _midnight(2026, 3, 5)


def test_an_internal_limit_is_cut_to_the_earliest_open_duty_as_it_stands() -> None:
    petition = begin(_watched(limit="90 days"), saving=True)
    free = petition.progress.next_internal()

    petition.ledger.deadlines["T5"] = _midnight(2026, 5, 1)
    petition.ledger.deadlines["T3"] = _midnight(2026, 3, 20)
    assert petition.progress.next_internal() == _midnight(2026, 3, 20)
    del petition.ledger.deadlines["T3"]
    assert petition.progress.next_internal() == _midnight(2026, 5, 1)
    petition.ledger.deadlines.clear()
    assert petition.progress.next_internal() == free


def test_an_internal_limit_within_a_limit_of_the_statute_is_cut_by_that_one_only() -> None:
    petition = begin(_watched(limit="90 days", within="handling"), saving=True)
    petition.ledger.deadlines["T3"] = _midnight(2026, 3, 20)
    petition.ledger.deadlines["T5"] = _midnight(2026, 5, 1)

    assert petition.progress.next_internal() == _midnight(2026, 5, 1)


def test_a_duty_that_is_already_overdue_does_not_cut() -> None:
    petition = begin(_watched(limit="5 days"))
    petition.ledger.deadlines["T5"] = T0 - timedelta(days=1)

    assert petition.progress.next_internal() == _midnight(2026, 3, 8)


def test_internal_limits_happen_in_order_each_at_its_own_instant() -> None:
    """Three days on the first step, then two on the second, looked at only after ten."""
    source = version(
        process(
            "p", start(), task("u"), boundary("b", "u", limit="3 days"), task("v"), boundary("c", "v", limit="2 days"),
            task("w"), end(), chain("begin", "u", "done"), chain("b", "v", "done"), chain("c", "w", "done"),
        )
    )  # fmt: skip
    petition = begin(source)
    fired = petition.progress.fire_internal(T0 + timedelta(days=10))

    assert [(one.element, one.due_at) for one in fired] == [
        ("b", _midnight(2026, 3, 6)),
        ("c", _midnight(2026, 3, 9)),
    ]
    (step,) = petition.progress.open_steps()
    assert (step.element, step.opened_at) == ("w", _midnight(2026, 3, 9))


def test_an_internal_limit_survives_saving_and_is_not_begun_anew() -> None:
    petition = begin(_watched(limit="5 days"), saving=True)
    due = petition.progress.next_internal()
    petition.act("object")
    petition.wait(days=2)

    assert petition.progress.next_internal() == due


def test_two_internal_limits_after_one_event_gateway_keep_their_own_days() -> None:
    """SpiffWorkflow gives the second timer the day of the first."""
    source = version(
        process(
            "p", start(), gateway("eventBased", "g"), timer("long", limit="30 days"), timer("short", limit="10 days"),
            task("a"), task("b"), end(), chain("begin", "g", "long", "a", "done"), chain("g", "short", "b", "done"),
        )
    )  # fmt: skip
    petition = begin(source, saving=True)

    assert petition.wait(days=12) == ["short"]
    assert petition.open == ["b"]
    assert petition.wait(days=30) == []


def test_a_petition_without_timers_has_no_internal_instant() -> None:
    assert begin(version(draw.straight("p", "u"))).progress.next_internal() is None
