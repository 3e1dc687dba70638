"""What a scenario expects, held against what a rehearsal shows; and what it shows, as an expectation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from engine.drafting.scenarios.rehearsal import Look, Rehearsal
from engine.drafting.scenarios.scenario import Due, Expectation
from engine.errors import NotFound
from engine.petition.deadlines import Deadline
from engine.petition.documents import Document

NONE = "none"
"""The state of a deadline that never ran."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a scenario and the office part: after which move (counted from one), in what, and how."""

    move: int
    what: str
    expected: str
    found: str


def differences(rehearsal: Rehearsal, expect: Expectation, move: int) -> Iterator[Difference]:
    """Everything in which what there is after *move* differs from *expect*."""
    try:
        look = rehearsal.look(expect.file)
    except NotFound:
        yield Difference(move, "file", expect.file, NONE)
        return
    found = present(rehearsal, look)
    for name in ("stage", "steps", "documents", "closing"):
        wanted, is_ = getattr(expect, name), getattr(found, name)
        if wanted is not None and wanted != is_:
            yield Difference(move, name, _words(wanted), _words(is_))
    for name, value in expect.facts.items():
        if look.file.facts.get(name) != value:
            yield Difference(move, f"facts.{name}", str(value), str(look.file.facts.get(name)))
    for name, due in expect.deadlines.items():
        row = row_of(look, name)
        here = _due(rehearsal, row) if row is not None else Due(state=NONE)
        for one in fields(Due):
            wanted, is_ = getattr(due, one.name), getattr(here, one.name)
            if wanted is not None and wanted != is_:
                yield Difference(move, f"deadlines.{name}.{one.name}", str(wanted), str(is_))


def present(rehearsal: Rehearsal, look: Look) -> Expectation:
    """What there is on a file now, as an expectation that holds. Of each limit the newest deadline is told."""
    newest = {row.limit: row for row in look.file.ledger}
    issued: tuple[Document, ...] = rehearsal.issued(look.name)
    return Expectation(
        file=look.name,
        stage=look.file.stage,
        steps=tuple(sorted(step.act or step.form or "" for step in look.steps)),
        deadlines={limit: _remembered(row) for limit, row in newest.items()},
        documents=tuple(sorted(one.kind for one in issued)),
        closing=str(look.file.facts.get("closing") or ""),
    )


def row_of(look: Look, name: str) -> Deadline | None:
    """The deadline called *name*: one of a limit (``T3#2``), or the newest of a limit (``T3``)."""
    ledger = look.file.ledger
    if "#" in name:
        return next((row for row in ledger if row.id == name), None)
    return ledger.last_of(name)


def _due(rehearsal: Rehearsal, row: Deadline) -> Due:
    """All that can be expected of *row*."""
    passed = (rehearsal.office.today - row.started_on).days
    return replace(
        _remembered(row),
        started=row.started_on,
        provisional=row.provisional,
        extended=row.extension_days,
        day=passed,
    )


def _remembered(row: Deadline) -> Due:
    """What is worth remembering of *row*: its day and its state, and whether the day may still change."""
    return Due(
        due=row.legal_due, state=row.state.value, provisional=True if row.provisional else None
    )


def _words(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
