"""The looks at files, and the chain that commits to them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Select, bindparam, insert, select, update

from engine.petition.entries import Entry, EntryKind
from engine.petition.parties import SYSTEM, Actor
from engine.record import chain
from engine.record.looks import ACT, CHAIN, Look, statement
from engine.record.tree import TreeHash
from engine.store import rows
from engine.store.loading import Loading
from engine.store.tables import entry, viewing


class LookReading(Loading):
    """What can be read of the looks."""

    def first_unsealed_look(self) -> datetime | None:
        """When the oldest look was that no entry commits to yet."""
        first: datetime | None = self._connection.scalar(_FIRST_UNSEALED)
        return first

    def sealed_looks(self) -> Iterator[tuple[int, list[Look]]]:
        """All looks that an entry commits to, by the number of that entry."""
        found = self._connection.execute(_SEALED)
        for number, batch in groupby(found, key=lambda row: row.entry):
            yield number, [_look(row) for row in batch]


class LookWriting(LookReading):
    """What is written of looks."""

    def note_looks(
        self, viewer: Actor, petitions: Sequence[str], what: str, reason: str, now: datetime
    ) -> None:
        """Keep that *viewer* looked at *what* of each of the files *petitions*. 1 statement."""
        looks = [
            {
                "id": secrets.token_hex(12),
                "petition": petition,
                "person": viewer.person,
                "organ": viewer.organ,
                "what": what,
                "reason": reason,
                "seen_at": now,
            }
            for petition in petitions
        ]
        if looks:
            self._connection.execute(insert(viewing), looks)

    def seal_looks(self, hashing: TreeHash, now: datetime) -> int:
        """Commit to all looks that nothing commits to yet, in one entry. Returns how many. Under the lock of the log."""
        looks = [_look(row) for row in self._connection.execute(_UNSEALED)]
        if not looks:
            return 0
        last = self._connection.execute(_LAST).first()
        seq, previous = (last.seq + 1, last.digest) if last else (1, "")
        written = chain.sealed_entry(
            Entry(
                petition=CHAIN,
                seq=seq,
                kind=EntryKind.OFFICE,
                act=ACT,
                person=SYSTEM.person,
                organ=SYSTEM.organ,
                stands_in_for=None,
                effective_at=now,
                recorded_at=now,
                inputs=statement(hashing, looks),
            ),
            previous=previous,
        )
        self._connection.execute(insert(entry), rows.entry_row(written, seq))
        self._connection.execute(_SEALED_BY, [{"this": one.id, "number": seq} for one in looks])
        return len(looks)


def _look(row: Any) -> Look:
    return Look(
        id=row.id,
        petition=row.petition,
        person=row.person,
        organ=row.organ,
        what=row.what,
        reason=row.reason,
        seen_at=row.seen_at,
    )


_UNSEALED: Select[Any] = select(viewing).where(viewing.c.entry.is_(None))
_FIRST_UNSEALED: Select[Any] = (
    select(viewing.c.seen_at).where(viewing.c.entry.is_(None)).order_by(viewing.c.seen_at).limit(1)
)
_SEALED: Select[Any] = (
    select(viewing).where(viewing.c.entry.is_not(None)).order_by(viewing.c.entry, viewing.c.id)
)
_LAST: Select[Any] = (
    select(entry.c.seq, entry.c.digest)
    .where(entry.c.petition == CHAIN)
    .order_by(entry.c.seq.desc())
    .limit(1)
)
_SEALED_BY = (
    update(viewing).where(viewing.c.id == bindparam("this")).values(entry=bindparam("number"))
)
