"""Worked dates that a lawyer can read (cases.toml)."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.statute.calendar import load_calendar
from engine.statute.law import load_law
from engine.statute.reckoning import Interval, reckon

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_worked_date_comes_out(case: dict[str, Any]) -> None:
    hearings = [case["hearing"]] if "hearing" in case else []

    count = reckon(
        load_law().limit(case["limit"], on=case["on"]),
        case["on"],
        load_calendar(),
        extension_days=case.get("extension", 0),
        suspensions=[Interval(start=first, end=last, reason="hearing") for first, last in hearings],
    )

    expected = (case["nominal"], case["legal"], case.get("provisional", False))
    assert expected == (count.nominal_due, count.legal_due, count.provisional)


def test_a_clock_that_a_hearing_holds_has_no_end() -> None:
    hearing = Interval(start=date(2025, 6, 16), end=None, reason="hearing")

    count = reckon(
        load_law().limit("T10", on=date(2025, 6, 2)),
        date(2025, 6, 2),
        load_calendar(),
        suspensions=[hearing],
    )

    assert (None, None, False) == (count.nominal_due, count.legal_due, count.provisional)
    assert [day.date for day in count.days if day.counted][-1] == date(2025, 6, 15)


def test_a_hearing_after_the_end_moves_nothing() -> None:
    hearing = Interval(start=date(2025, 7, 3), end=None, reason="hearing")
    limit = load_law().limit("T10", on=date(2025, 6, 2))

    count = reckon(limit, date(2025, 6, 2), load_calendar(), suspensions=[hearing])

    assert date(2025, 7, 2) == count.legal_due
