"""Which days are working days: our own data per year with its notice, versioned by content.

A published year follows its notice. In any other year weekends and the statutory holidays are rest, there are no
make-up workdays, and whatever depends on it is provisional.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from engine.errors import BadInput
from engine.statute.notices import (
    SATURDAY,
    Span,
    YearNotice,
    notice_data,
    read_notice,
    read_spans,
    span_data,
)
from engine.statute.rows import malformed, read_toml
from engine.text import Text

YEARS = Path(__file__).parent / "years"
STATUTORY = "statutory.toml"
VERSION_LENGTH = 12


class DayKind(StrEnum):
    """What a day is."""

    WORK = "work"
    REST = "rest"
    """A Saturday or Sunday."""
    HOLIDAY = "holiday"
    MAKEUP = "makeup"
    """A Saturday or Sunday on which people work to make up for a holiday."""


WORKING = frozenset({DayKind.WORK, DayKind.MAKEUP})


class StatutoryHolidays:
    """The holidays that the law itself names, for years without a notice."""

    def __init__(self, fixed: Iterable[tuple[str, int, int]], moving: Iterable[Span]) -> None:
        self.fixed = tuple(fixed)
        self.moving = tuple(moving)

    def of(self, year: int) -> dict[date, str]:
        """The holidays of *year* by day, with their names."""
        days = {date(year, month, day): name for name, month, day in self.fixed}
        days |= {day: span.name for span in self.moving for day in span if day.year == year}
        return days


class Calendar:
    """Working days, rest days, holidays and make-up workdays. Immutable; two with the same content are equal."""

    def __init__(self, notices: Iterable[YearNotice], statutory: StatutoryHolidays) -> None:
        self._notices = {
            notice.year: notice for notice in sorted(notices, key=lambda notice: notice.year)
        }
        self._statutory = statutory
        self._named: dict[date, tuple[DayKind, str]] = {}
        for notice in self._notices.values():
            self._named |= {
                day: (DayKind.HOLIDAY, span.name) for span in notice.holidays for day in span
            }
            self._named |= dict.fromkeys(notice.makeup_workdays, (DayKind.MAKEUP, ""))
        self._kinds: dict[int, tuple[DayKind, ...]] = {}
        self.version = _fingerprint(self.to_data())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calendar) and other.version == self.version

    def __hash__(self) -> int:
        return hash(self.version)

    def __repr__(self) -> str:
        return f"Calendar({self.version}, {min(self._notices)}–{max(self._notices)})"

    def published(self, year: int) -> bool:
        """Whether the notice of *year* is known; where not, dates that depend on it are provisional."""
        return year in self._notices

    def notice(self, year: int) -> YearNotice | None:
        """The notice of *year*, if it is known."""
        return self._notices.get(year)

    def years(self) -> tuple[int, ...]:
        """The published years, earliest first."""
        return tuple(self._notices)

    def kind(self, day: date) -> DayKind:
        """What *day* is."""
        return self.kinds(day.year)[(day - date(day.year, 1, 1)).days]

    def kinds(self, year: int) -> tuple[DayKind, ...]:
        """What each day of *year* is, from 1 January on."""
        kinds = self._kinds.get(year)
        if kinds is None:
            kinds = self._kinds[year] = self._reckoned(year)
        return kinds

    def is_working(self, day: date) -> bool:
        """Whether people work on *day*: an ordinary or a make-up workday."""
        return self.kind(day) in WORKING

    def holiday_name(self, day: date) -> str | None:
        """The name of the holiday that *day* belongs to, if any (春节)."""
        kind, name = self._named.get(day, (None, ""))
        if kind is DayKind.HOLIDAY:
            return name
        if self.published(day.year) or kind is not None:
            return None
        return self._statutory.of(day.year).get(day)

    def with_year(self, notice: YearNotice) -> Calendar:
        """The calendar with *notice* published, in place of what was known of its year."""
        others = [known for year, known in self._notices.items() if year != notice.year]
        return Calendar([*others, notice], self._statutory)

    def to_data(self) -> dict[str, object]:
        """Everything this calendar knows, JSON-able; ``from_data`` gives an equal calendar."""
        return {
            "notices": [notice_data(notice) for notice in self._notices.values()],
            "fixed": [list(row) for row in self._statutory.fixed],
            "moving": span_data(self._statutory.moving),
        }

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> Calendar:
        """The calendar that ``to_data`` wrote. Raises BadInput where *data* are something else."""
        notices, fixed = data.get("notices"), data.get("fixed")
        if not isinstance(notices, list) or not isinstance(fixed, list):
            raise BadInput({"": Text("不是日历数据", "these are not the data of a calendar")})
        return cls(
            [read_notice(notice) for notice in notices],
            StatutoryHolidays(
                [(str(name), int(month), int(day)) for name, month, day in fixed],
                read_spans(data.get("moving"), "moving"),
            ),
        )

    def _reckoned(self, year: int) -> tuple[DayKind, ...]:
        first, last = date(year, 1, 1), date(year, 12, 31)
        holidays = {} if self.published(year) else self._statutory.of(year)
        days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
        return tuple(self._kind_of(day, holidays) for day in days)

    def _kind_of(self, day: date, holidays: Mapping[date, str]) -> DayKind:
        if day in self._named:
            return self._named[day][0]
        if day in holidays:
            return DayKind.HOLIDAY
        return DayKind.WORK if day.weekday() < SATURDAY else DayKind.REST


@lru_cache(maxsize=1)
def load_calendar() -> Calendar:
    """The shipped calendar. Raises DataError, naming the file, where a year is malformed."""
    return read_calendar(YEARS)


def read_calendar(folder: Path) -> Calendar:
    """The calendar in *folder*: ``<year>.toml`` for each published year and ``statutory.toml``. Raises DataError."""
    notices = []
    for path in sorted(folder.glob("[0-9]*.toml")):
        try:
            notice = read_notice(read_toml(path))
        except BadInput as error:
            field = next(iter(error.fields))
            raise malformed(path.name, field, error.text.zh, error.text.en) from error
        if path.stem != str(notice.year):
            raise malformed(
                path.name, "notice", "文件名与年份不符", f"the file holds the year {notice.year}"
            )
        notices.append(notice)
    return Calendar(notices, _read_statutory(folder / STATUTORY))


def _read_statutory(path: Path) -> StatutoryHolidays:
    data = read_toml(path)
    try:
        fixed = [(str(row["name"]), int(row["month"]), int(row["day"])) for row in data["fixed"]]
        return StatutoryHolidays(fixed, read_spans(data.get("moving"), "moving"))
    except (KeyError, TypeError, ValueError, BadInput) as error:
        raise malformed(
            path.name, "", f"法定节日无法读取：{error}", f"holidays cannot be read: {error}"
        ) from error


def _fingerprint(data: Mapping[str, object]) -> str:
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:VERSION_LENGTH]
