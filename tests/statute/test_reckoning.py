"""What holds for every reckoning, and the small rules around it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadInput
from engine.statute.calendar import load_calendar
from engine.statute.law import Limit, Unit, load_law
from engine.statute.reckoning import (
    Interval,
    accepted_on,
    count_days,
    due_instant,
    earliest_due,
    filed_on,
    legal_day,
    reckon,
)

CALENDAR = load_calendar()
LAW = load_law()
COUNTED = [limit for limit in LAW.limits() if limit.length is not None]
NATURAL = [limit for limit in COUNTED if limit.unit is Unit.DAYS]
T3, T5, T10 = (LAW.limit(name, on=date(2025, 1, 1)) for name in ("T3", "T5", "T10"))

days = st.dates(min_value=date(2005, 5, 1), max_value=date(2040, 12, 31))
limits = st.sampled_from(COUNTED)


def hearings(start: date) -> st.SearchStrategy[list[Interval]]:
    """Up to three hearings, possibly overlapping, after *start*."""
    one = st.builds(
        lambda after, length: Interval(
            start=start + timedelta(days=after),
            end=start + timedelta(days=after + length),
            reason="hearing",
        ),
        st.integers(1, 40),
        st.integers(0, 20),
    )
    return st.lists(one, max_size=3)


@given(limit=limits, start=days, extension=st.integers(0, 30))
def test_as_many_days_count_as_the_law_says(limit: Limit, start: date, extension: int) -> None:
    count = reckon(limit, start, CALENDAR, extension_days=extension)

    assert limit.length is not None
    assert limit.length + extension == sum(day.counted for day in count.days)


@given(limit=limits, start=days)
def test_the_days_run_without_a_gap_from_the_uncounted_first_to_the_legal_day(
    limit: Limit, start: date
) -> None:
    count = reckon(limit, start, CALENDAR)

    dates = [day.date for day in count.days]
    assert dates == [start + timedelta(days=offset) for offset in range(len(dates))]
    assert not count.days[0].counted
    assert count.legal_due == dates[-1]
    assert all(day.kind is CALENDAR.kind(day.date) for day in count.days)


@given(limit=limits, start=days)
def test_the_legal_day_is_the_first_working_day_from_the_nominal_day_on(
    limit: Limit, start: date
) -> None:
    count = reckon(limit, start, CALENDAR)

    assert count.nominal_due is not None
    assert count.legal_due is not None
    assert CALENDAR.is_working(count.legal_due)
    between = (count.legal_due - count.nominal_due).days
    assert not any(
        CALENDAR.is_working(count.nominal_due + timedelta(days=offset)) for offset in range(between)
    )


@given(start=days, limit=limits, later=st.integers(1, 40))
def test_a_later_start_never_ends_earlier(limit: Limit, start: date, later: int) -> None:
    first = reckon(limit, start, CALENDAR)
    second = reckon(limit, start + timedelta(days=later), CALENDAR)

    assert first.nominal_due is not None
    assert second.nominal_due is not None
    assert first.legal_due is not None
    assert second.legal_due is not None
    assert first.nominal_due <= second.nominal_due
    assert first.legal_due <= second.legal_due


@given(start=days, limit=st.sampled_from([row for row in COUNTED if row.unit is Unit.WORKING_DAYS]))
def test_a_limit_in_working_days_counts_each_of_them_and_needs_no_moving(
    limit: Limit, start: date
) -> None:
    count = reckon(limit, start, CALENDAR)

    assert count.nominal_due == count.legal_due
    assert all(day.counted is CALENDAR.is_working(day.date) for day in count.days[1:])


@given(start=days, limit=st.sampled_from(NATURAL), extension=st.integers(1, 30))
def test_an_extension_adds_to_the_nominal_day_and_not_to_the_moved_one(
    limit: Limit, start: date, extension: int
) -> None:
    bare = reckon(limit, start, CALENDAR)
    extended = reckon(limit, start, CALENDAR, extension_days=extension)

    assert bare.nominal_due is not None
    assert bare.nominal_due + timedelta(days=extension) == extended.nominal_due


@given(start=days)
def test_the_extension_as_its_own_limit_ends_with_the_extended_handling(start: date) -> None:
    t5, t6 = LAW.limit_by_id("T5"), LAW.limit_by_id("T6")
    bare = reckon(t5, start, CALENDAR)
    assert bare.nominal_due is not None
    assert t6.length is not None

    extended = reckon(t5, start, CALENDAR, extension_days=t6.length)
    own = reckon(t6, bare.nominal_due, CALENDAR)

    assert (own.nominal_due, own.legal_due) == (extended.nominal_due, extended.legal_due)


@given(data=st.data(), start=days)
def test_no_suspended_day_counts_and_no_other_is_lost(data: st.DataObject, start: date) -> None:
    pauses = data.draw(hearings(start))

    count = reckon(T10, start, CALENDAR, suspensions=pauses)

    assert count.nominal_due is not None
    for day in count.days[1:]:
        if day.date <= count.nominal_due:
            assert day.counted is not any(pause.covers(day.date) for pause in pauses)
    assert T10.length == sum(day.counted for day in count.days)


@given(limit=limits, start=days)
def test_only_an_unpublished_year_makes_a_date_provisional(limit: Limit, start: date) -> None:
    count = reckon(limit, start, CALENDAR)

    assert count.legal_due is not None
    if CALENDAR.published(start.year) and CALENDAR.published(count.legal_due.year):
        assert not count.provisional
    if not CALENDAR.published(count.legal_due.year):
        assert count.provisional


@pytest.mark.parametrize("name", ["T1", "T5", "T8"])
def test_nothing_but_the_re_review_can_be_suspended(name: str) -> None:
    hearing = Interval(start=date(2025, 3, 3), end=date(2025, 3, 4), reason="hearing")

    with pytest.raises(ValueError, match="nothing suspends"):
        reckon(LAW.limit_by_id(name), date(2025, 3, 1), CALENDAR, suspensions=[hearing])


def test_a_limit_without_a_number_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="no number"):
        reckon(LAW.limit_by_id("U10"), date(2025, 3, 1), CALENDAR)


def test_a_legal_day_ends_at_24_in_shanghai() -> None:
    assert datetime(2025, 5, 6, 16, 0, tzinfo=UTC) == due_instant(date(2025, 5, 6))


@given(day=days)
def test_the_last_moment_of_a_legal_day_still_belongs_to_it(day: date) -> None:
    end = due_instant(day)

    assert day == legal_day(end - timedelta(microseconds=1))
    assert day + timedelta(days=1) == legal_day(end)


def test_a_letter_posted_on_the_last_day_is_not_late() -> None:
    """CPL Art. 85(4), by analogy."""
    assert date(2025, 10, 9) == filed_on(date(2025, 10, 9), date(2025, 10, 14))


def test_without_a_postmark_the_receipt_counts() -> None:
    assert date(2025, 10, 14) == filed_on(None, date(2025, 10, 14))


def test_a_postmark_after_the_receipt_is_refused() -> None:
    with pytest.raises(BadInput) as refusal:
        filed_on(date(2025, 10, 15), date(2025, 10, 14))

    assert {"posted_on"} == set(refusal.value.fields)


@pytest.mark.parametrize(
    ("notice", "expected", "presumed"),
    [
        (date(2025, 1, 22), date(2025, 1, 22), False),
        (date(2025, 2, 4), date(2025, 2, 4), False),
        (date(2025, 2, 5), date(2025, 2, 4), True),
        (None, date(2025, 2, 4), True),
    ],
    ids=["in time", "on the last nominal day", "on the moved day", "none at all"],
)
def test_acceptance_is_the_notice_and_at_the_latest_day_fifteen(
    notice: date | None, expected: date, presumed: bool
) -> None:
    acceptance = accepted_on(notice, date(2025, 1, 20), notice_limit=T3)

    assert (expected, presumed) == (acceptance.on, acceptance.presumed)


def test_a_day_named_on_assignment_shortens_and_never_lengthens() -> None:
    legal = date(2025, 5, 6)

    assert date(2025, 4, 1) == earliest_due(legal, date(2025, 4, 1))
    assert legal == earliest_due(legal, date(2025, 8, 1))
    assert legal == earliest_due(legal, None)


def test_an_internal_limit_is_counted_and_not_moved() -> None:
    assert date(2025, 10, 3) == count_days(7, "days", date(2025, 9, 26), CALENDAR)
    assert date(2025, 10, 10) == count_days(5, "working_days", date(2025, 9, 26), CALENDAR)
    with pytest.raises(ValueError, match="cannot be counted"):
        count_days(5, "months", date(2025, 9, 26), CALENDAR)
