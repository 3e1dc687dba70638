"""Our calendar, year by year, against two independent libraries; publishing a year; its identity."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from engine.errors import BadInput, DataError
from engine.statute.calendar import Calendar, DayKind, load_calendar, read_calendar
from engine.statute.notices import read_notice

CALENDAR = load_calendar()
BROKEN = Path(__file__).parent / "broken"


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


@pytest.mark.parametrize("year", CALENDAR.years())
def test_every_day_works_as_in_chinesecalendar(year: int) -> None:
    ours = {day: CALENDAR.is_working(day) for day in days_of(year)}
    theirs = {day: chinese_calendar.is_workday(day) for day in days_of(year)}
    # The notice for 2006 had this Saturday worked; the package quotes it and leaves it out.
    theirs |= {day: True for day in theirs if day == date(2005, 12, 31)}

    assert theirs == ours


@pytest.mark.parametrize("year", range(2018, 2027))
def test_every_weekday_rest_is_a_holiday_in_the_second_opinion_too(year: int) -> None:
    """The package ``holidays`` knows statutory and moved days off, and which weekends are worked."""
    china = holidays.country_holidays("CN", years=[year - 1, year, year + 1])
    ours = {day: CALENDAR.is_working(day) for day in days_of(year)}
    theirs = {day: china.is_working_day(day) for day in days_of(year)}

    # The one measure the package does not know: Spring Festival of 2020 was lengthened by decree.
    lengthened = {date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)}
    assert {day for day in ours if ours[day] != theirs[day]} <= lengthened


@pytest.mark.parametrize("year", range(2027, 2041))
def test_a_year_without_notice_rests_on_its_statutory_holidays(year: int) -> None:
    """Thirteen days by name and date (HOL 2024 Art. 2), without the days off that a notice moves."""
    china = holidays.country_holidays("CN", years=year, language="en_US")
    statutory = {day for day, name in china.items() if not name.endswith("(observed)")}

    ours = {day for day in days_of(year) if CALENDAR.kind(day) is DayKind.HOLIDAY}

    assert statutory == ours
    assert not any(CALENDAR.kind(day) is DayKind.MAKEUP for day in days_of(year))
    assert not CALENDAR.published(year)


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        (date(2025, 1, 26), DayKind.MAKEUP, None),
        (date(2025, 1, 28), DayKind.HOLIDAY, "春节"),
        (date(2025, 3, 1), DayKind.REST, None),
        (date(2025, 3, 3), DayKind.WORK, None),
        (date(2022, 12, 31), DayKind.HOLIDAY, "元旦"),
        (date(2018, 12, 29), DayKind.MAKEUP, None),
        (date(2027, 2, 6), DayKind.HOLIDAY, "春节"),
    ],
)
def test_a_day_knows_its_kind_and_its_holiday(day: date, kind: DayKind, name: str | None) -> None:
    assert (kind, name) == (CALENDAR.kind(day), CALENDAR.holiday_name(day))


@pytest.mark.parametrize("year", range(2018, 2027))
def test_recent_years_name_their_notice(year: int) -> None:
    notice = CALENDAR.notice(year)

    assert notice is not None
    assert notice.number.startswith("国办发明电〔")
    assert notice.published_on is not None


def test_older_years_admit_that_the_notice_was_not_read() -> None:
    for year in range(2005, 2018):
        notice = CALENDAR.notice(year)
        assert notice is not None
        assert notice.source.startswith("second opinion")


def a_notice_for_2027() -> dict[str, object]:
    return {
        "notice": {
            "year": 2027,
            "number": "演示发〔2026〕1号",
            "title": "演示通知",
            "published_on": "2026-11-30",
        },
        "holidays": [{"name": "春节", "from": "2027-02-05", "to": "2027-02-11"}],
        "makeup_workdays": ["2027-01-30"],
    }


def test_publishing_a_year_gives_another_calendar_and_leaves_the_first() -> None:
    published = CALENDAR.with_year(read_notice(a_notice_for_2027()))

    assert published.published(2027)
    assert published.is_working(date(2027, 1, 30))
    assert not published.is_working(date(2027, 2, 11))
    assert published.version != CALENDAR.version
    assert not CALENDAR.published(2027)
    assert CALENDAR.is_working(date(2027, 2, 11))


def test_a_calendar_survives_its_own_data() -> None:
    published = CALENDAR.with_year(read_notice(a_notice_for_2027()))

    again = Calendar.from_data(json.loads(json.dumps(published.to_data())))

    assert again == published
    assert again.kinds(2027) == published.kinds(2027)


def test_data_of_something_else_are_no_calendar() -> None:
    with pytest.raises(BadInput):
        Calendar.from_data({"notices": "none"})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"holidays": []}, "holidays"),
        ({"holidays": [{"name": "春节", "from": "2027-02-11", "to": "2027-02-05"}]}, "holidays"),
        ({"holidays": [{"name": "春节", "from": "2028-02-05", "to": "2028-02-06"}]}, "holidays"),
        (
            {
                "holidays": [
                    {"name": "国庆节", "from": "2027-10-01", "to": "2027-10-07"},
                    {"name": "中秋节", "from": "2027-10-06", "to": "2027-10-08"},
                ]
            },
            "holidays",
        ),
        ({"holidays": [{"name": "春节", "from": "soon", "to": "2027-02-06"}]}, "holidays"),
        ({"makeup_workdays": ["2027-02-01"]}, "makeup_workdays"),
        ({"makeup_workdays": ["2027-02-06"]}, "makeup_workdays"),
        ({"makeup_workdays": ["2027-01-30", "2027-01-30"]}, "makeup_workdays"),
        ({"makeup_workdays": None}, "makeup_workdays"),
        ({"notice": {"title": "演示通知"}}, "year"),
        (
            {"notice": {"year": 2027, "title": "演示通知", "published_on": "2026-13-01"}},
            "published_on",
        ),
        ({"notice": None}, "notice"),
    ],
)
def test_an_impossible_notice_is_refused_with_its_field(
    change: dict[str, object], field: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        read_notice(a_notice_for_2027() | change)

    assert {field} == set(refusal.value.fields)


@pytest.mark.parametrize("folder", sorted(path.name for path in (BROKEN / "years").iterdir()))
def test_a_malformed_year_is_refused_with_its_file(folder: str) -> None:
    with pytest.raises(DataError) as refusal:
        read_calendar(BROKEN / "years" / folder)

    expected = (BROKEN / "years" / folder / "expected.txt").read_text(encoding="utf-8").strip()
    assert expected in refusal.value.text.en
