"""Correcting a wrong date: the deadline that hangs on it is counted again, with everything that followed from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from engine.acts import answers as read
from engine.acts.acceptance import acceptance
from engine.acts.act import Act, ActKind, By, Outcome, Situation
from engine.acts.guards import at_fault
from engine.acts.questions import day, prose
from engine.petition.deadlines import Change, Correct, Deadline, DeadlineState, Ledger, Void
from engine.petition.facts import FactValue
from engine.petition.forms import Field, FieldKind, Form, Values
from engine.petition.parties import Role, Slot
from engine.text import Text

_ARRIVED = "organ_received_on"
# The fact that holds the day on which a limit starts.
_STARTS = {
    "T2": _ARRIVED,
    "T3": _ARRIVED,
    "T4": _ARRIVED,
    "T5": "accepted_on",
    "T7": "opinion_received_on",
    "T8": "review_received_on",
    "T10": "re_review_received_on",
}
# The day before which what starts a limit cannot have happened.
_NOT_BEFORE = {
    "T3": "received_on",
    "T4": "received_on",
    "T5": "organ_received_on",
    "T7": "opinion_dispatched_on",
    "T8": "opinion_received_on",
    "T9": "review_received_on",
    "T10": "review_received_on",
    "U10": "received_on",
}
# Limits that start on one and the same day, so that correcting one corrects the other.
_TOGETHER = {"T3": ("T4",), "T4": ("T3",)}
_RECEIPTS = frozenset({"T1", "T2"})


def correct_date(situation: Situation, answers: Values) -> Outcome:
    """Put the starting day of a deadline right, on evidence. A breach that rested on the wrong day is annulled (design: clocks)."""
    row = _row(situation, read.text(answers, "deadline"))
    on = read.day(answers, "on")
    if on is None:
        raise at_fault("on", "须填写正确日期", "give the right day")
    _must_be_possible(situation, row, on)
    if row.limit == "T5":
        _must_be_an_acceptance(situation, on)
    changes: list[Change] = [Correct(id=row.id, on=on)]
    changes += [Correct(id=twin.id, on=on) for twin in _twins(situation.ledger, row)]
    facts: dict[str, FactValue] = dict.fromkeys(_moved(situation, row), on.isoformat())
    if _ARRIVED in facts:
        further, more = _acceptance_again(situation, on)
        facts.update(further)
        changes += more
    return Outcome(facts=facts, deadlines=tuple(changes))


def _row(situation: Situation, id: str) -> Deadline:
    for row in situation.ledger:
        if row.id == id and row.state is not DeadlineState.VOID:
            return row
    raise at_fault(
        "deadline", "没有这一期限,或者它已经作废", "there is no such deadline, or it is void"
    )


def _must_be_possible(situation: Situation, row: Deadline, on: date) -> None:
    if on == row.started_on:
        raise at_fault("on", "与原日期相同", "this is the day already recorded")
    earliest = situation.day(_NOT_BEFORE.get(row.limit, ""))
    if earliest is not None and on < earliest:
        raise at_fault(
            "on",
            "不能早于前一环节发生之日{earliest},现为{on}",
            "expected no earlier than {earliest}, the day of what led to it; found {on}",
            earliest=earliest,
            on=on,
        )
    if row.closed_on is not None and on > row.closed_on:
        raise at_fault(
            "on",
            "不能晚于该期限的完成日{closed},现为{on}",
            "expected no later than {closed}, when it was done; found {on}",
            closed=row.closed_on,
            on=on,
        )


def _must_be_an_acceptance(situation: Situation, on: date) -> None:
    """Handling counts from the notice and at the latest from the end of its limit: no correction postpones it."""
    latest = acceptance(situation, on).on
    if not situation.ledger.of("T8") and latest < on:
        raise at_fault(
            "on",
            "受理之日最迟为{latest}(告知期限届满日),现为{on};到达日期有误的请更正到达日期",
            "acceptance is {latest} at the latest, when its notice was due; found {on}: correct the arrival instead",
            latest=latest,
            on=on,
        )


def _twins(ledger: Ledger, row: Deadline) -> tuple[Deadline, ...]:
    return tuple(
        other
        for other in ledger
        if other.limit in _TOGETHER.get(row.limit, ())
        and other.opened_by == row.opened_by
        and other.state is not DeadlineState.VOID
    )


def _newest(ledger: Ledger, row: Deadline) -> bool:
    last = ledger.last_of(row.limit)
    return last is not None and last.id == row.id


def _moved(situation: Situation, row: Deadline) -> Iterator[str]:
    """The facts that hold the day on which *row* starts.

    A matter that comes back is sorted in a new limit, which says nothing of the day on which it was first received; and
    the limit of an organ that has passed it on says nothing of its arrival at the next.
    """
    name = _STARTS.get(row.limit)
    if row.limit in _RECEIPTS and situation.ledger.of(row.limit)[0].id == row.id:
        yield "received_on"
    if name is None or not _newest(situation.ledger, row):
        return
    if name != _ARRIVED or (row.limit == "T2") is bool(situation.facts.get("direct")):
        yield name


def _acceptance_again(
    situation: Situation, arrived: date
) -> tuple[dict[str, FactValue], list[Change]]:
    """A different arrival moves the latest day of acceptance, and with it the limit for handling."""
    handling = situation.ledger.open_of("T5")
    if handling is None or situation.ledger.of(
        "T8"
    ):  # handled anew, it counts from the order to do so
        return {}, []
    notice = situation.day("notified_on")
    accepted = acceptance(situation, notice or date.max, arrived=arrived)
    if notice is None and accepted.on > situation.today:
        undone: dict[str, FactValue] = {"accepted_on": None, "presumed_accepted": None}
        return undone, [
            Void(limit="T5", reason="更正到达日期后,推定受理之日尚未到", id=handling.id)
        ]
    if accepted.on == handling.started_on:
        return {}, []
    moved: dict[str, FactValue] = {
        "accepted_on": accepted.on.isoformat(),
        "presumed_accepted": accepted.presumed,
    }
    return moved, [Correct(id=handling.id, on=accepted.on)]


_HEADS = (By(Slot.OFFICE, Role.HEAD), By(Slot.ORGAN, Role.HEAD))
CORRECTION = Act(
    id="correct_date",
    title=Text("更正日期", "Correct a date"),
    article="23",
    kind=ActKind.STANDING,
    by=(*_HEADS, By(Slot.REVIEW_ORGAN, Role.HEAD), By(Slot.RE_REVIEW_ORGAN, Role.HEAD)),
    form=Form(id="correct_date", title=Text("更正日期,重新计算期限", "Correct a date and count again"), fields=(
        Field(name="deadline", label=Text("期限", "Deadline"), kind=FieldKind.DEADLINE),
        day("on", "正确的起算日", "The right day", required=True),
        prose("evidence", "证据", "Evidence"),
        prose("reason", "理由", "Reason"),
    )),
    decide=correct_date,
    facts=("received_on", *dict.fromkeys(_STARTS.values()), "presumed_accepted"),
    clocks=("correct:*", "void:T5"),
)  # fmt: skip
