"""One second before the end of each limit, at that end, and one second past it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest

from engine.errors import OutOfTime, Refused
from engine.petition.commands import Receipt
from engine.petition.deadlines import Deadline
from engine.petition.entries import EntryKind
from tests.effort import effort
from tests.model.conftest import Opened
from tests.model.days import SHANGHAI, last_day, midnight_after, moved, works
from tests.model.limits import LENGTHS, POWERS, WORKING_DAYS
from tests.model.playing import Play
from tests.model.road import DIRECT, EXTENSION, HEARD, HEARING, MAIN, Traveller

A_SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
STOPS = {
    "T1": "forward", "T2": "accept", "T3": "accept", "T4": "object", "T5": "send_opinion", "T7": "ask_review",
    "T8": "send_review", "T9": "ask_re_review", "T10": "send_re_review",
}  # fmt: skip
"""What is due by the end of each limit; everything before it happens on the day from which the limit counts."""


def _due(limit: str, start: date) -> tuple[date, date]:
    nominal = last_day(LENGTHS[limit], after=start, working=limit in WORKING_DAYS)
    assert nominal is not None
    return nominal, moved(nominal)


Claim = Callable[[date, date], bool]
KINDS: dict[str, Claim] = {
    "moved_past_a_holiday": lambda nominal, due: due - nominal > 2 * DAY,
    "on_the_eve_of_a_holiday": lambda nominal, due: (
        nominal == due and not any(works(due + n * DAY) for n in range(1, 5))
    ),
    "on_a_weekend_of_work": lambda nominal, due: due.weekday() > 4,
    "in_a_year_without_a_calendar": lambda nominal, due: due.year == 2027 and nominal.month == 2,
    "on_the_leap_day": lambda nominal, due: due == date(2024, 2, 29),
    "on_the_last_day_of_a_year": lambda nominal, due: due == date(2025, 12, 31),
    "on_an_ordinary_day": lambda nominal, due: nominal == due == date(2026, 4, 15),
}


def _cases() -> Iterator[object]:
    for limit in STOPS:
        for kind in list(KINDS)[: effort(3, long=7)]:
            start = _start(limit, kind)
            if start:
                yield pytest.param(limit, start, id=f"{limit}-{kind}")


def _start(limit: str, kind: str) -> date | None:
    """The first day from which *limit* ends as *kind* says; none where its end is never moved."""
    days = (date(2024, 1, 2) + n * DAY for n in range(1200))
    return next((day for day in days if KINDS[kind](*_due(limit, day))), None)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(("limit", "start"), _cases())
def test_a_limit_ends_at_the_last_instant_of_its_last_day(
    limit: str, start: date, opened: Opened
) -> None:
    play = Play(opened(_morning(start)))
    stop, road = STOPS[limit], DIRECT if limit == "T2" else MAIN
    before, at, after = (
        Traveller(play, road).goes_to("sign_for" if stop == "object" else stop) for _ in range(3)
    )
    end = midnight_after(_due(limit, start)[1])
    for traveller, instant in ((before, end - A_SECOND), (at, end), (after, end + A_SECOND)):
        play.place.clock.turn_to(instant)
        done = (
            traveller.does("object", "housing.clerk", reasons="演示")
            if stop == "object"
            else traveller.at(stop)
        )
        play.settle()
        row, passed = _row(play, traveller, limit)

        assert row.started_on == start
        if traveller is before:
            assert isinstance(done, Receipt)
            assert (row.state.value, passed) == ("met", [])
        elif limit in POWERS:
            assert isinstance(done, Refused)
            assert (row.state.value, passed) == ("lapsed", [end])
        else:
            assert isinstance(done, Receipt)
            assert (row.state.value, passed) == ("met_late", [end])


def _row(play: Play, traveller: Traveller, limit: str) -> tuple[Deadline, list[datetime]]:
    """The deadline of *limit*, and the legal instants of its passings."""
    assert traveller.petition is not None
    row = play.place.file(traveller.petition).ledger.of(limit)[0]
    entries = play.place.entries(traveller.petition)
    fired = [
        one
        for one in entries
        if one.kind is EntryKind.FIRING and one.inputs.get("deadline") == row.id
    ]
    return row, [one.effective_at for one in fired]


def test_an_extension_is_given_until_the_last_instant_and_no_later(opened: Opened) -> None:
    start = date(2025, 8, 4)
    play = Play(opened(_morning(start)))
    before, at = (Traveller(play).goes_to("investigate") for _ in range(2))
    end = midnight_after(date(2025, 10, 9))

    play.place.clock.turn_to(end - A_SECOND)
    assert isinstance(before.does("extend", "housing.head", days=10, **EXTENSION), Receipt)
    assert isinstance(before.does("extend", "housing.head", days=21, **EXTENSION), Refused)
    assert isinstance(before.does("extend", "housing.head", days=20, **EXTENSION), Receipt)
    assert _row(play, before, "T5")[0].legal_due == date(2025, 11, 3)
    play.place.clock.turn_to(end)
    assert isinstance(at.does("extend", "housing.head", days=10, **EXTENSION), OutOfTime)


def test_only_the_days_of_a_hearing_are_left_out_of_the_re_review(opened: Opened) -> None:
    play = Play(opened(_morning(date(2025, 6, 2))))
    heard, unheard = (Traveller(play).goes_to("re_review") for _ in range(2))
    play.turn_to(_morning(date(2025, 6, 16)))
    assert isinstance(heard.does("order_hearing", "provincehousing.reviewer", **HEARING), Receipt)
    assert _row(play, heard, "T10")[0].state.value == "suspended"
    play.turn_to(_morning(date(2025, 6, 18)))
    assert isinstance(heard.does("close_hearing", "provincehousing.reviewer", **HEARD), Receipt)

    row = _row(play, heard, "T10")[0]
    assert (row.nominal_due, row.legal_due) == (date(2025, 7, 5), date(2025, 7, 7))
    assert _row(play, unheard, "T10")[0].legal_due == date(2025, 7, 2)
    play.turn_to(midnight_after(date(2025, 7, 7)))
    assert _row(play, heard, "T10")[1] == [midnight_after(date(2025, 7, 7))]
    assert _row(play, unheard, "T10")[1] == [midnight_after(date(2025, 7, 2))]


def test_a_hearing_without_end_keeps_the_clock_from_passing(opened: Opened) -> None:
    play = Play(opened(_morning(date(2025, 6, 2))))
    heard = Traveller(play).goes_to("re_review")
    play.turn_to(_morning(date(2025, 6, 16)))
    heard.does("order_hearing", "provincehousing.reviewer", **HEARING)
    play.turn_to(_morning(date(2025, 12, 1)))

    assert _row(play, heard, "T10")[1] == []


def test_a_request_posted_on_the_last_day_revives_the_power_that_had_lapsed(opened: Opened) -> None:
    start = date(2025, 9, 8)
    play = Play(opened(_morning(start)))
    late, posted = (Traveller(play).goes_to("ask_review") for _ in range(2))
    play.turn_to(midnight_after(date(2025, 10, 9)) + DAY)
    for traveller in (late, posted):
        excused = {"decision": "excused", "reason": "演示:在途"}
        assert isinstance(traveller.does("confirm_lapse", "housing.clerk", **excused), Receipt)
    assert isinstance(late.at("ask_review"), Receipt)
    assert isinstance(posted.at("ask_review", posted_on="2025-10-09"), Receipt)

    assert _row(play, late, "T7")[0].state.value == "lapsed"
    assert _row(play, posted, "T7")[0].state.value == "met"


def test_a_corrected_deadline_is_supervised_anew_when_it_passes_again(opened: Opened) -> None:
    play = Play(opened(_morning(date(2026, 3, 2))))
    traveller = Traveller(play).goes_to("forward")
    play.turn_to(midnight_after(date(2026, 3, 17)))
    right = {"deadline": "T1#1", "evidence": "演示", "reason": "演示"}
    assert isinstance(
        traveller.does("correct_date", "county.head", on="2026-03-12", **right), Receipt
    )
    assert _row(play, traveller, "T1")[0].state.value == "running"
    play.turn_to(midnight_after(date(2026, 3, 27)))

    row, passed = _row(play, traveller, "T1")
    assert row.state.value == "overdue"
    assert passed == [midnight_after(date(2026, 3, 17)), midnight_after(date(2026, 3, 27))]


def test_a_correction_that_shows_a_duty_to_have_been_done_too_late_opens_a_supervision(
    opened: Opened,
) -> None:
    play = Play(opened(_morning(date(2026, 3, 16))))
    traveller = Traveller(play).goes_to("sign_for")
    right = {"deadline": "T1#1", "evidence": "演示", "reason": "演示"}
    done = traveller.does("correct_date", "county.head", on="2026-02-25", **right)
    assert isinstance(done, Receipt)
    assert _row(play, traveller, "T1")[0].state.value == "met_late"
    assert len(play.place.versions()) == 2

    done = traveller.does("correct_date", "county.head", on="2026-03-02", **right)
    assert isinstance(done, Receipt)
    assert _row(play, traveller, "T1")[0].state.value == "met"


def test_a_correction_that_moves_no_end_leaves_the_breach_as_it_is(opened: Opened) -> None:
    play = Play(opened(_morning(date(2026, 3, 6))))
    traveller = Traveller(play).goes_to("forward")
    play.turn_to(midnight_after(date(2026, 3, 23)))
    right = {"deadline": "T1#1", "evidence": "演示", "reason": "演示"}
    assert isinstance(
        traveller.does("correct_date", "county.head", on="2026-03-07", **right), Receipt
    )

    row, passed = _row(play, traveller, "T1")
    assert (row.state.value, row.legal_due, len(passed)) == ("overdue", date(2026, 3, 23), 1)
