"""Who holds a petition: at every instant exactly one, so that each elapsed day belongs to somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from engine.petition.facts import Facts
from engine.petition.parties import Slot
from engine.record.fold import Standing

SIGNING_FOR: Final = "sign_for"


class Waiting(Protocol):
    """A step that waits: an element of a drawing, or an open step of it."""

    @property
    def act(self) -> str | None: ...
    @property
    def slot(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Holder:
    """An organ's id, or the petitioner. ``transit``: it is under way, and its sender answers for it (K13)."""

    id: str
    transit: bool = False


def holder_of(steps: Sequence[Waiting], standing: Standing) -> Holder | None:
    """Who holds a petition while *steps* wait, oldest first; None where none does, and nobody need do anything.

    Until a matter is signed for it belongs to whoever sent it. Where several could act at once it belongs to the one whose
    duty falls due first; where none of them owes anything, to an organ with something left to do before a petitioner who
    merely may ask, and among organs to the one whose step has waited longest.
    """
    if not steps:
        return None
    holders = [one for step in steps if (one := _of(step, standing.facts)) is not None]
    if not holders:
        return Holder(str(standing.facts.get("first_receiver") or standing.facts.get(Slot.OFFICE) or ""))  # fmt: skip
    known = {one.id: one for one in reversed(holders)}
    owed = [
        row
        for row in standing.ledger
        if row.open and not row.power and row.legal_due is not None and row.debtor in known
    ]
    first = min(owed, key=lambda row: (str(row.legal_due), row.opened_by), default=None)
    return (
        known[first.debtor]
        if first is not None
        else min(holders, key=lambda one: one.id == Slot.PETITIONER)
    )


def _of(step: Waiting, facts: Facts) -> Holder | None:
    if step.act == SIGNING_FOR and facts.get("transferred_by"):
        return Holder(str(facts["transferred_by"]), transit=True)
    if step.slot == Slot.PETITIONER:
        return Holder(Slot.PETITIONER.value)
    organ = facts.get(step.slot or "")
    return Holder(str(organ)) if organ else None
