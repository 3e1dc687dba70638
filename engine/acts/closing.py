"""How a matter leaves the procedure: what is closed with it, and who says so on which paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from engine.acts.act import Outcome, Situation
from engine.petition.deadlines import Change, Close, Void
from engine.petition.documents import Issue
from engine.petition.facts import FactValue
from engine.petition.parties import Slot

SORTING = ("T1", "T2")
NOTIFYING = ("T2", "T3", "T4")
ARRIVAL = ("T1", "T2", "T3", "T4")

_ISSUERS = (Slot.OFFICE, Slot.ORGAN, Slot.REVIEW_ORGAN, Slot.RE_REVIEW_ORGAN, Slot.DISCIPLINE_ORGAN)


def closed(on: date, *limits: str) -> tuple[Change, ...]:
    """Close *limits* as done on the day *on*; those that do not run are left as they are."""
    return tuple(Close(limit=limit, on=on) for limit in limits)


def voided(reason: str, *limits: str) -> tuple[Change, ...]:
    """Void *limits*, because *reason*; those that do not run are left as they are."""
    return tuple(Void(limit=limit, reason=reason) for limit in limits)


def left(on: date, *limits: str) -> tuple[Change, ...]:
    """The matter leaves on the day *on*: *limits* were kept, and a presumed acceptance falls away."""
    return (*closed(on, *limits), *voided("本件不进入第三十四条的办理", "T5"))


NOT_ACCEPTED: Mapping[str, FactValue] = {"accepted_on": None, "presumed_accepted": None}
"""The facts of a matter that leaves, or comes back, without having been accepted."""


def all_voided(situation: Situation, reason: str) -> tuple[Change, ...]:
    """Void every clock that still runs."""
    limits = dict.fromkeys(row.limit for row in situation.ledger if row.open)
    return voided(reason, *limits)


def issuer(situation: Situation) -> str:
    """The part that the acting organ plays, as which it issues a paper."""
    for slot in _ISSUERS:
        if situation.slot(slot) == situation.actor.organ:
            return slot.value
    return Slot.OFFICE.value if situation.slot(Slot.OFFICE) else Slot.ORGAN.value


def with_report(
    situation: Situation, outcome: Outcome, *, on: date, course: str, result: str
) -> Outcome:
    """*outcome*, with the completion report that an assigned matter owes when it ends before an opinion (Art. 22(1)(3)).

    Unchanged where nothing was assigned or the report was given already.
    """
    if situation.ledger.open_of("U10") is None:
        return outcome
    report = Issue(
        kind="completion_report",
        slot=Slot.ORGAN.value,
        to=Slot.OFFICE.value,
        fields={"course": course, "result": result},
    )
    return replace(
        outcome,
        facts={**outcome.facts, "reported_complete": True},
        deadlines=(*outcome.deadlines, *closed(on, "U10")),
        documents=(*outcome.documents, report),
    )
