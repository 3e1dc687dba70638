"""Facts and ledger recomputed from the entries alone: what the petition's row claims, the record can show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engine.petition.deadlines import Deadline, Ledger
from engine.petition.entries import Entry
from engine.petition.facts import FactValue, folded
from engine.record.ledger_data import deadline_from_data


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a petition stands after an entry."""

    seq: int = 0
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    excluded: frozenset[str] = frozenset()

    def after(self, entry: Entry) -> Standing:
        """Where it stands once *entry* is laid over it."""
        consequences = entry.consequences
        return Standing(
            seq=entry.seq,
            facts=folded(self.facts, consequences.get("facts") or {}),
            ledger=_laid_over(self.ledger, consequences.get("deadlines") or ()),
            excluded=self.excluded | frozenset(consequences.get("excluded") or ()),
        )


def fold(entries: Iterable[Entry]) -> Standing:
    """Where a petition stands after *entries*, in order."""
    standing = Standing()
    for entry in entries:
        standing = standing.after(entry)
    return standing


def _laid_over(ledger: Ledger, rows: Iterable[Mapping[str, object]]) -> Ledger:
    table: dict[str, Deadline] = {row.id: row for row in ledger}
    for data in rows:
        row = deadline_from_data(data)
        table[row.id] = row
    return Ledger(tuple(table.values()))
