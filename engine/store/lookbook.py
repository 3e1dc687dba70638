"""The looks at files, and the chain that commits to them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Select, bindparam, insert, select, update

from engine.petition.entries import Entry, EntryKind
from engine.petition.parties import SYSTEM, Actor
from engine.record import chain
from engine.record.commitments import commitment, new_salt
from engine.record.keys import PetitionKey
from engine.record.looks import ACT, CHAIN, Look, statement
from engine.record.tree import TreeHash
from engine.store import rows
from engine.store.loading import Loading
from engine.store.sealing import seal_reason
from engine.store.tables import entry, petition, viewing


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
        """Keep that *viewer* looked at *what* of each of the files *petitions*, with the *reason* sealed under its key.

        1 statement, with a reason one more for every 500 files whose keys are not at hand.
        """
        looks = []
        keys = self._keys_at_hand(petitions) if reason else {}
        for file in petitions:
            id = secrets.token_hex(12)
            look = {
                "id": id,
                "petition": file,
                "person": viewer.person,
                "organ": viewer.organ,
                "what": what,
                "seen_at": now,
            }
            looks.append(look | _given(reason, id, keys.get(file)))
        if looks:
            self._connection.execute(insert(viewing), looks)

    def _keys_at_hand(self, petitions: Sequence[str]) -> Mapping[str, PetitionKey]:
        """The keys of *petitions*; none of those that were erased."""
        wanted = [one for one in petitions if one not in self._keys]
        for begin in range(0, len(wanted), _AT_ONCE):
            these = {"these": wanted[begin : begin + _AT_ONCE]}
            for row in self._connection.execute(_WRAPPED_KEYS, these):
                self._keys[row.id] = self._ring.unwrapped(row.id, bytes(row.wrapped_key))
        return self._keys

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


def _given(reason: str, look: str, key: PetitionKey | None) -> dict[str, Any]:
    """What is kept of the *reason* of a *look*. Of a file that was erased nothing but the commitment is."""
    if not reason:
        return {"reason": "", "sealed": None}
    salt = new_salt()
    sealed = seal_reason(key, look, salt, reason) if key is not None else b""
    return {"reason": commitment(salt, reason), "sealed": sealed}


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


_AT_ONCE = 500
_WRAPPED_KEYS: Select[Any] = select(petition.c.id, petition.c.wrapped_key).where(
    petition.c.id.in_(bindparam("these", expanding=True)), petition.c.wrapped_key.is_not(None)
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
