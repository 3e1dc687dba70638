"""Deadlines as plain data: the one form in which entries, exports and the state hash hold them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from engine.petition.deadlines import Deadline, DeadlineState
from engine.statute.reckoning import Interval


def deadline_to_data(deadline: Deadline) -> dict[str, object]:
    """*deadline* as data with a canonical form; :func:`deadline_from_data` gives an equal one."""
    return {
        "id": deadline.id,
        "limit": deadline.limit,
        "law": deadline.law,
        "article": deadline.article,
        "power": deadline.power,
        "debtor": deadline.debtor,
        "started_on": deadline.started_on.isoformat(),
        "nominal_due": _text(deadline.nominal_due),
        "legal_due": _text(deadline.legal_due),
        "provisional": deadline.provisional,
        "calendar": deadline.calendar,
        "state": deadline.state.value,
        "extension_days": deadline.extension_days,
        "suspensions": suspensions_to_data(deadline.suspensions),
        "assigned_due": _text(deadline.assigned_due),
        "opened_by": deadline.opened_by,
        "closed_by": deadline.closed_by,
        "closed_on": _text(deadline.closed_on),
        "passed_by": deadline.passed_by,
        "subject": deadline.subject,
        "note": deadline.note,
    }


def deadline_from_data(data: Mapping[str, Any]) -> Deadline:
    """The deadline that :func:`deadline_to_data` wrote. Raises KeyError or ValueError for anything else."""
    return Deadline(
        id=data["id"],
        limit=data["limit"],
        law=data["law"],
        article=data["article"],
        power=data["power"],
        debtor=data["debtor"],
        started_on=date.fromisoformat(data["started_on"]),
        nominal_due=_day(data["nominal_due"]),
        legal_due=_day(data["legal_due"]),
        provisional=data["provisional"],
        calendar=data["calendar"],
        state=DeadlineState(data["state"]),
        extension_days=data["extension_days"],
        suspensions=suspensions_from_data(data["suspensions"]),
        assigned_due=_day(data["assigned_due"]),
        opened_by=data["opened_by"],
        closed_by=data["closed_by"],
        closed_on=_day(data["closed_on"]),
        passed_by=data["passed_by"],
        subject=data["subject"],
        note=data["note"],
    )


def suspensions_to_data(suspensions: tuple[Interval, ...]) -> list[list[str | None]]:
    """Each suspension as start, end (None while it lasts) and reason."""
    return [[one.start.isoformat(), _text(one.end), one.reason] for one in suspensions]


def suspensions_from_data(data: list[list[Any]]) -> tuple[Interval, ...]:
    """The suspensions that :func:`suspensions_to_data` wrote."""
    return tuple(
        Interval(start=date.fromisoformat(start), end=_day(end), reason=reason)
        for start, end, reason in data
    )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None
