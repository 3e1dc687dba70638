"""Open steps with the duty that governs each: whose it is, which light it shows, how urgent that makes the step."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, ScalarSelect, and_, case, func, select

from engine.petition.deadlines import DeadlineState
from engine.store.tables import deadline, petition, work_item

LIGHTS = ("overdue", "soon", "ok")
_RUNNING = (DeadlineState.RUNNING.value, DeadlineState.OVERDUE.value)
_PAUSED = DeadlineState.SUSPENDED.value
_OWED = deadline.alias("owed")


def _first(file: Column[Any], *of: ColumnElement[bool]) -> ScalarSelect[Any]:
    """The duty of *file* that falls due first; what is suspended comes last."""
    return (
        select(_OWED.c.id)
        .where(
            _OWED.c.petition == file,
            _OWED.c.state.in_((*_RUNNING, _PAUSED)),
            ~_OWED.c.power,
            *of,
        )
        .order_by(_OWED.c.state == _PAUSED, _OWED.c.legal_due, _OWED.c.opened_by)
        .limit(1)
        .correlate(file.table)
        .scalar_subquery()
    )


# First what the organ that has to do the step owes itself; a step without a duty of its own shows whose runs meanwhile.
_GOVERNING = func.coalesce(
    _first(work_item.c.petition, _OWED.c.debtor == work_item.c.seat), _first(work_item.c.petition)
)
STEPS = work_item.join(petition, petition.c.id == work_item.c.petition).outerjoin(
    deadline,
    and_(deadline.c.petition == work_item.c.petition, deadline.c.id == _GOVERNING),
)
"""Open steps with their file, and the duty that governs them where anything is owed."""
OF_FILE = _first(petition.c.id)
"""The duty of a file, whoever owes it, that falls due first."""


def lit(light: str, on: date) -> ColumnElement[bool]:
    """The condition that the duty of the organ that has to do the step shows *light* on the day *on*."""
    due, warn = deadline.c.legal_due, deadline.c.warn_from
    owed = and_(deadline.c.debtor == work_item.c.seat, deadline.c.state.in_(_RUNNING))
    match light:
        case "overdue":
            return and_(owed, due < on)
        case "soon":
            return and_(owed, due >= on, warn <= on)
        case _:
            return and_(owed, due >= on, warn > on)


def urgency(on: date) -> ColumnElement[int]:
    """The class of a step: one for each light of an own duty, then those without."""
    classes = [(lit(light, on), place) for place, light in enumerate(LIGHTS)]
    return case(*classes, else_=len(LIGHTS))
