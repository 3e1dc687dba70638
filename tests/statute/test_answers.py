"""The answers of the deadline command."""

from __future__ import annotations

import json
from datetime import date, timedelta

import chinese_calendar
import pytest

from engine.errors import BadInput
from engine.statute.answers import answer, batch, read_day
from engine.statute.calendar import load_calendar
from engine.statute.law import load_law

LAW, CALENDAR = load_law(), load_calendar()

# Stated anew, so that a slip in the law's data shows.
IN_DAYS = {
    "T1": 15,
    "T2": 15,
    "T3": 15,
    "T5": 60,
    "T6": 30,
    "T7": 30,
    "T8": 30,
    "T9": 30,
    "T10": 30,
}
IN_WORKING_DAYS = {"T4": 5, "Q1": 3, "Q2": 10}


def ask(*rows: tuple[str | None, str | None], language: str = "zh") -> list[dict[str, object]]:
    asked = [{"limit": limit, "on": on} for limit, on in rows]
    return list(batch(asked, LAW, CALENDAR, language=language))


def by_hand(limit: str, on: date) -> tuple[date, date]:
    """An independent computation with chinesecalendar, day by day."""
    last = on
    if limit in IN_WORKING_DAYS:
        left = IN_WORKING_DAYS[limit]
        while left:
            last += timedelta(days=1)
            left -= chinese_calendar.is_workday(last)
        return last, last
    last += timedelta(days=IN_DAYS[limit])
    legal = last
    while not chinese_calendar.is_workday(legal):
        legal += timedelta(days=1)
    return last, legal


@pytest.mark.parametrize("limit", [*IN_DAYS, *IN_WORKING_DAYS])
def test_every_answer_agrees_with_an_independent_computation(limit: str) -> None:
    """For every single day of the regulation whose end the published calendar decides."""
    days = (date(2022, 5, 1) + timedelta(days=offset) for offset in range(365 * 5))
    certain = [day for day in days if day < date(2026, 10, 31)]
    answers = {day: answer(limit, day, LAW, CALENDAR) for day in certain}

    expected = {day: tuple(end.isoformat() for end in by_hand(limit, day)) for day in certain}
    assert expected == {day: (row["nominal_due"], row["legal_due"]) for day, row in answers.items()}
    assert not any(row["provisional"] for row in answers.values())


def test_an_answer_has_the_promised_shape() -> None:
    (row,) = ask(("T4", "2025-09-26"))

    days = row.pop("days")
    assert {
        "limit": "T4",
        "on": "2025-09-26",
        "nominal_due": "2025-10-10",
        "legal_due": "2025-10-10",
        "provisional": False,
    } == row
    assert isinstance(days, list)
    assert {"date": "2025-09-26", "kind": "work", "counted": False} == days[0]
    assert {"date": "2025-09-28", "kind": "makeup", "counted": True} == days[2]
    assert {"date": "2025-10-01", "kind": "holiday", "counted": False} == days[5]
    assert {"date": "2025-10-10", "kind": "work", "counted": True} == days[-1]
    json.dumps(days)


@pytest.mark.parametrize("limit", [*IN_DAYS, *IN_WORKING_DAYS])
def test_every_limit_of_today_is_answered_from_the_first_day_of_the_regulation(limit: str) -> None:
    assert limit == answer(limit, date(2022, 5, 1), LAW, CALENDAR)["limit"]


@pytest.mark.parametrize("limit", [f"P{number}" for number in range(1, 9)])
def test_every_limit_of_the_old_regulation_is_answered_to_its_last_day(limit: str) -> None:
    assert limit == answer(limit, date(2022, 4, 30), LAW, CALENDAR)["limit"]


@pytest.mark.parametrize("limit", [f"P{number}" for number in range(1, 9)])
def test_whoever_names_a_limit_of_the_old_regulation_hears_what_it_would_say_today(
    limit: str,
) -> None:
    days = {"P4": 60}.get(limit, {"P5": 30, "P6": 30, "P7": 30, "P8": 30}.get(limit, 15))

    assert (date(2025, 3, 3) + timedelta(days=days)).isoformat() == answer(
        limit, date(2025, 3, 3), LAW, CALENDAR
    )["nominal_due"]


@pytest.mark.parametrize(
    ("limit", "on", "reason"),
    [
        ("T5", "2022-04-30", "not yet in force"),
        ("T4", "2022-04-30", "not yet in force"),
        ("P1", "2005-04-30", "not yet in force"),
        ("P9", "2021-01-01", "no number"),
        ("U10", "2025-01-01", "no number"),
        ("T11", "2025-01-01", "known are T1"),
        ("", "2025-01-01", "known are T1"),
        (None, "2025-01-01", "known are T1"),
        ("T5", "2025-02-30", "YYYY-MM-DD"),
        ("T5", "20250101", "YYYY-MM-DD"),
        ("T5", "2025-W01-1", "YYYY-MM-DD"),
        ("T5", "", "YYYY-MM-DD"),
        ("T5", None, "YYYY-MM-DD"),
        ("T5", "9999-12-31", "cannot be counted"),
    ],
)
def test_a_bad_row_gives_its_number_and_a_reason(
    limit: str | None, on: str | None, reason: str
) -> None:
    rows = ask(("T1", "2025-01-20"), (limit, on), ("T1", "2025-01-20"), language="en")

    assert rows[0] == rows[2]
    assert {"row", "error"} == set(rows[1])
    assert rows[1]["row"] == 2
    assert reason in str(rows[1]["error"])


def test_a_day_is_read_only_as_written() -> None:
    assert date(2025, 1, 20) == read_day(" 2025-01-20 ")
    with pytest.raises(BadInput):
        read_day("２０２５-01-20")
