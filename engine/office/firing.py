"""Catching up with the clocks: what has passed fires, each at its own instant, in the order of those instants."""

from __future__ import annotations

from datetime import datetime

from engine.acts.act import Outcome
from engine.acts.catalogue import clock_passed
from engine.errors import ProcedureError
from engine.office.moving import fire, fire_internal
from engine.office.opened import OpenedFile
from engine.office.ports import DrawNumber
from engine.office.recording import Deed
from engine.petition.deadlines import Deadline
from engine.petition.entries import EntryKind
from engine.petition.parties import SYSTEM
from engine.text import Text

# More firings in one go than any lawful file can owe; a drawing that makes more would never come to rest.
MOST_FIRINGS = 500


def catch_up(opened: OpenedFile, now: datetime, number: DrawNumber) -> int:
    """Fire everything on the opened file that has passed by *now*; returns how much that was.

    Each firing is an entry of its own, effective at its legal instant and recorded now. Raises ProcedureError if the
    clocks keep firing without end.
    """
    for count in range(MOST_FIRINGS):
        deadline = opened.file.ledger.passing(now)
        legal = deadline.due_at if deadline is not None else None
        internal = opened.progress.next_internal()
        # An internal limit that is cut to a legal one goes first: once that has passed, it would cut no more.
        if internal is not None and internal <= now and (legal is None or internal <= legal):
            _fire_internal(opened, internal, now, number)
        elif deadline is not None and legal is not None:
            _fire_legal(opened, deadline, legal, now, number)
        else:
            return count
    raise ProcedureError(Text("时钟连续触发过多,请检查流程图", "clocks keep firing without end"))


def _fire_legal(
    opened: OpenedFile, deadline: Deadline, at: datetime, now: datetime, number: DrawNumber
) -> None:
    deed = Deed(
        kind=EntryKind.FIRING,
        act=f"clock:{deadline.limit}",
        actor=SYSTEM,
        effective_at=at,
        now=now,
        outcome=clock_passed(opened.situation(SYSTEM, at), deadline),
        inputs={"deadline": deadline.id},
    )
    opened.record(
        deed,
        number=number,
        advance=lambda facts: opened.move(fire(deadline.limit), facts, at),
        passed=deadline.id,
    )


def _fire_internal(opened: OpenedFile, at: datetime, now: datetime, number: DrawNumber) -> None:
    deed = Deed(
        kind=EntryKind.FIRING,
        act="clock:internal",
        actor=SYSTEM,
        effective_at=at,
        now=now,
        outcome=Outcome(),
    )
    opened.record(
        deed, number=number, advance=lambda facts: opened.move(fire_internal(), facts, at)
    )
