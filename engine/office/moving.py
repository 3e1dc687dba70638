"""How a drawing is moved, as data: made by the counter, kept in the entry, and made again by a replay of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from engine.office.ports import LedgerPort, Procedure, Progress
from engine.petition.entries import Entry
from engine.petition.facts import Facts


class MoveKind(StrEnum):
    """The ways in which a drawing moves."""

    START = "start"
    COMPLETE = "complete"
    DELIVER = "deliver"
    FIRE = "fire"
    INTERNAL = "internal"
    CARRY = "carry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move. ``word`` is the process that starts, the standing act that is heard or the limit that fires.

    ``renamed`` says which elements of the version so far have another id in the one to which the petition is carried.
    """

    kind: MoveKind
    word: str = ""
    step: int = 0
    renamed: Mapping[str, str] = field(default_factory=dict)


def start(process: str) -> Move:
    """The first token of *process* is put down: at the beginning, or when a petition is reopened."""
    return Move(kind=MoveKind.START, word=process)


def complete(step: int) -> Move:
    """The open step number *step* is done."""
    return Move(kind=MoveKind.COMPLETE, step=step)


def deliver(act: str) -> Move:
    """The drawing hears of the standing act (or event) *act*."""
    return Move(kind=MoveKind.DELIVER, word=act)


def fire(limit: str) -> Move:
    """The clock of *limit* has passed."""
    return Move(kind=MoveKind.FIRE, word=limit)


def fire_internal() -> Move:
    """The internal limits that are up by the instant of the move have passed."""
    return Move(kind=MoveKind.INTERNAL)


def carry(renamed: Mapping[str, str]) -> Move:
    """The petition is carried over to another version of the drawings."""
    return Move(kind=MoveKind.CARRY, renamed=renamed)


def moved(
    progress: Progress,
    move: Move,
    *,
    procedure: Procedure,
    facts: Facts,
    ledger: LedgerPort,
    now: datetime,
) -> Progress:
    """The drawing after *move*; a new one where it starts, or is carried over to *procedure*.

    Raises NotOffered where the step is not open, NotCarried where *procedure* has no place for it.
    """
    match move.kind:
        case MoveKind.START:
            return procedure.start(move.word, facts=facts, ledger=ledger, now=now)
        case MoveKind.COMPLETE:
            progress.complete(move.step, facts=facts, now=now)
        case MoveKind.DELIVER:
            progress.deliver(move.word, facts=facts, now=now)
        case MoveKind.FIRE:
            progress.fire(move.word, facts=facts, now=now)
        case MoveKind.INTERNAL:
            progress.use(facts)
            progress.fire_internal(now)
        case MoveKind.CARRY:
            carried = procedure.carried(progress, move.renamed, facts=facts, ledger=ledger, now=now)
            return carried.progress
    return progress


def move_to_data(move: Move) -> list[Any]:
    """*move* as an entry holds it; :func:`move_from_data` gives an equal one."""
    what: Mapping[MoveKind, object] = {
        MoveKind.COMPLETE: move.step, MoveKind.CARRY: pairs_of(move.renamed)
    }  # fmt: skip
    return [move.kind.value, what.get(move.kind, move.word)]


def renamed_by(entry: Entry) -> dict[str, str]:
    """Which elements have another id after *entry*: those that were renamed where it carried the petition over."""
    moves = entry.consequences.get("moves", ())
    return {old: new for kind, what in moves if kind == MoveKind.CARRY for old, new in what}


def pairs_of(renamed: Mapping[str, str]) -> list[list[str]]:
    """*renamed* as a record holds it: ids may be written in any script, and names in a record may not."""
    return [[old, new] for old, new in sorted(renamed.items())]


def move_from_data(data: Sequence[Any]) -> Move:
    """The move that :func:`move_to_data` wrote. Raises ValueError for anything else."""
    kind, what = data
    match MoveKind(kind):
        case MoveKind.COMPLETE:
            return complete(int(what))
        case MoveKind.CARRY:
            return carry(dict(what))
    return Move(kind=MoveKind(kind), word=str(what))
