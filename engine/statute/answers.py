"""The answer to "when does limit X, started on day Y, fall due?", day by day: the pure part of the deadline command."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from engine.errors import BadInput
from engine.statute.calendar import Calendar
from engine.statute.law import Law, Limit
from engine.statute.reckoning import reckon
from engine.text import Text

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def answer(limit_id: str, on: date, law: Law, calendar: Calendar) -> dict[str, object]:
    """When the limit *limit_id*, started on *on*, falls due, as JSON-able data with every day.

    *on* is the day of the event that starts the clock; for T6 (and P5) that is the nominal end of the limit extended.
    Raises BadInput where there is no such limit, where it has no number, or where its law did not hold on *on*.
    """
    limit = _answerable(limit_id, on, law)
    try:
        count = reckon(limit, on, calendar)
    except (OverflowError, ValueError) as error:
        raise BadInput({"on": Text(f"{on} 无法计算", f"{on} cannot be counted from")}) from error
    return {
        "limit": limit_id,
        "on": on.isoformat(),
        "nominal_due": _iso(count.nominal_due),
        "legal_due": _iso(count.legal_due),
        "provisional": count.provisional,
        "days": [
            {"date": day.date.isoformat(), "kind": day.kind.value, "counted": day.counted}
            for day in count.days
        ],
    }


def batch(
    rows: Iterable[Mapping[str, str | None]], law: Law, calendar: Calendar, *, language: str = "zh"
) -> Iterator[dict[str, object]]:
    """The answer to each of *rows* (``limit``, ``on``) in order; ``{row, error}`` for one that cannot be answered.

    Rows are numbered from 1. The reason is in *language* (``zh`` or ``en``).
    """
    for number, row in enumerate(rows, start=1):
        try:
            yield answer(
                (row.get("limit") or "").strip(), read_day(row.get("on") or ""), law, calendar
            )
        except BadInput as error:
            yield {"row": number, "error": error.text.in_language(language)}


def read_day(written: str) -> date:
    """The day *written* as YYYY-MM-DD. Raises BadInput for anything else."""
    written = written.strip()
    try:
        if ISO_DAY.fullmatch(written):
            return date.fromisoformat(written)
    except ValueError:
        pass
    raise BadInput(
        {"on": Text(f"“{written}”不是 YYYY-MM-DD 日期", f"“{written}” is not a day as YYYY-MM-DD")}
    )


def _answerable(limit_id: str, on: date, law: Law) -> Limit:
    """The limit asked for by name, on any day since its law began.

    Whoever names a limit of the older regulation asks what it would have said, so a day after its end is answered too;
    a day before a law began is not, for nothing was limited then.
    """
    limit = law.limit_by_id(limit_id)
    if limit.length is None:
        raise BadInput({"limit": Text(f"{limit_id} 没有天数", f"{limit_id} has no number of days")})
    start = law.regulation_of(limit).valid_from
    if on < start:
        raise BadInput(
            {
                "on": Text(
                    f"{on} 时 {limit_id} 尚未施行，自 {start} 起施行",
                    f"{limit_id} was not yet in force on {on}; it has been since {start}",
                )
            }
        )
    return limit


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
