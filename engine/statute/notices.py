"""The State Council's yearly notice of holidays and make-up workdays, read from a file or from an administrator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.errors import BadInput
from engine.text import Text

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A named holiday from its first to its last day, both included."""

    name: str
    first: date
    last: date

    def __iter__(self) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            day += ONE_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A later notice that changed the year; the year's data hold the outcome."""

    number: str
    title: str
    published_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class YearNotice:
    """The holidays and make-up workdays of one year, with the notice they come from.

    ``number`` is empty and ``source`` says so where the notice itself was not read.
    """

    year: int
    number: str
    title: str
    published_on: date | None
    source: str
    holidays: tuple[Span, ...]
    makeup_workdays: tuple[date, ...]
    amended_by: tuple[Amendment, ...] = ()


def read_notice(data: Mapping[str, object]) -> YearNotice:
    """The notice in *data*, as a year's file or ``notice_data`` gives it. Raises BadInput with the field at fault."""
    head = _mapping(data.get("notice"), "notice")
    year = head.get("year")
    if not isinstance(year, int) or isinstance(year, bool):
        raise _bad("year", "年份应为整数", "the year must be a whole number")
    notice = YearNotice(
        year=year,
        number=_word(head.get("number", ""), "number"),
        title=_word(head.get("title"), "title"),
        published_on=_day(head["published_on"], "published_on")
        if head.get("published_on")
        else None,
        source=_word(head.get("source", ""), "source"),
        holidays=read_spans(data.get("holidays"), "holidays"),
        makeup_workdays=tuple(
            sorted(
                _day(day, "makeup_workdays")
                for day in _list(data.get("makeup_workdays"), "makeup_workdays")
            )
        ),
        amended_by=tuple(
            _amendment(row) for row in _list(head.get("amended_by", []), "amended_by")
        ),
    )
    _refuse_impossible(notice)
    return notice


def read_spans(data: object, field: str) -> tuple[Span, ...]:
    """The named spans in *data*, earliest first. Raises BadInput under the key *field*."""
    rows = [_mapping(row, field) for row in _list(data, field)]
    spans = [
        Span(
            name=_word(row.get("name"), field),
            first=_day(row.get("from"), field),
            last=_day(row.get("to"), field),
        )
        for row in rows
    ]
    for span in spans:
        if span.last < span.first:
            raise _bad(field, f"{span.name}：止日早于起日", f"{span.name} ends before it begins")
    return tuple(sorted(spans, key=lambda span: span.first))


def notice_data(notice: YearNotice) -> dict[str, object]:
    """*notice* as JSON-able data, which ``read_notice`` reads back."""
    head: dict[str, object] = {
        "year": notice.year,
        "number": notice.number,
        "title": notice.title,
        "source": notice.source,
        "amended_by": [
            {"number": row.number, "title": row.title, "published_on": row.published_on.isoformat()}
            for row in notice.amended_by
        ],
    }
    if notice.published_on is not None:
        head["published_on"] = notice.published_on.isoformat()
    return {
        "notice": head,
        "holidays": span_data(notice.holidays),
        "makeup_workdays": [day.isoformat() for day in notice.makeup_workdays],
    }


def span_data(spans: Iterable[Span]) -> list[dict[str, str]]:
    """*spans* as JSON-able data."""
    return [
        {"name": span.name, "from": span.first.isoformat(), "to": span.last.isoformat()}
        for span in spans
    ]


def _refuse_impossible(notice: YearNotice) -> None:
    if not notice.holidays:
        raise _bad("holidays", "没有一个节假日", "there is not one holiday")
    # A notice may reach back into the end of the year before (元旦), never further.
    earliest, latest = date(notice.year - 1, 12, 1), date(notice.year, 12, 31)
    resting: set[date] = set()
    for span in notice.holidays:
        _within(span.first, earliest, latest, "holidays")
        _within(span.last, earliest, latest, "holidays")
        if not resting.isdisjoint(span):
            raise _bad(
                "holidays", f"{span.name} 与其他假期重叠", f"{span.name} overlaps another holiday"
            )
        resting.update(span)
    for day in notice.makeup_workdays:
        _within(day, earliest, latest, "makeup_workdays")
        if day.weekday() < SATURDAY:
            raise _bad("makeup_workdays", f"{day} 不是周末", f"{day} is not on a weekend")
        if day in resting:
            raise _bad(
                "makeup_workdays", f"{day} 同时放假和上班", f"{day} is both a holiday and a workday"
            )
    if len(set(notice.makeup_workdays)) < len(notice.makeup_workdays):
        raise _bad("makeup_workdays", "有重复的日期", "a day appears twice")


def _within(day: date, earliest: date, latest: date, field: str) -> None:
    if not earliest <= day <= latest:
        raise _bad(
            field,
            f"{day} 不在 {earliest} 至 {latest} 之间",
            f"{day} is not between {earliest} and {latest}",
        )


def _amendment(row: object) -> Amendment:
    values = _mapping(row, "amended_by")
    return Amendment(
        number=_word(values.get("number"), "amended_by"),
        title=_word(values.get("title"), "amended_by"),
        published_on=_day(values.get("published_on"), "amended_by"),
    )


def _mapping(value: object, field: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise _bad(field, "应为一组键值", "must be a table")
    return value


def _list(value: object, field: str) -> list[object]:
    if not isinstance(value, list):
        raise _bad(field, "应为列表", "must be a list")
    return value


def _word(value: object, field: str) -> str:
    if not isinstance(value, str):
        raise _bad(field, "应为文字", "must be words")
    return value


def _day(value: object, field: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(_word(value, field))
    except ValueError:
        raise _bad(field, f"“{value}”不是日期", f"“{value}” is not a date") from None


def _bad(field: str, zh: str, en: str) -> BadInput:
    return BadInput({field: Text(zh, en)})
