"""How a drawing is moved, as data: made by the counter, kept in the entry, and made again by a replay of the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from engine.office.ports import LedgerPort, Procedure, Progress
from engine.petition.facts import Facts


class MoveKind(StrEnum):
    """The ways in which a drawing moves."""

    START = "start"
    COMPLETE = "complete"
    DELIVER = "deliver"
    FIRE = "fire"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move. ``word`` is the process that starts, the standing act that is heard or the limit that fires."""

    kind: MoveKind
    word: str = ""
    step: int = 0


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


def moved(
    progress: Progress,
    move: Move,
    *,
    procedure: Procedure,
    facts: Facts,
    ledger: LedgerPort,
    now: datetime,
) -> Progress:
    """The drawing after *move*; a new one where it starts. Raises NotOffered where the step is not open."""
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
    return progress


def move_to_data(move: Move) -> list[str | int]:
    """*move* as an entry holds it; :func:`move_from_data` gives an equal one."""
    return [move.kind.value, move.step if move.kind is MoveKind.COMPLETE else move.word]


def move_from_data(data: Sequence[Any]) -> Move:
    """The move that :func:`move_to_data` wrote. Raises ValueError for anything else."""
    kind, what = data
    if MoveKind(kind) is MoveKind.COMPLETE:
        return complete(int(what))
    return Move(kind=MoveKind(kind), word=str(what))
