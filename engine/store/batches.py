"""Writing batches that carry running petitions over: who proposed what, what was planned for each file, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Select, bindparam, insert, select, update

from engine.store.loading import Loading
from engine.store.migration_tables import migration, migration_file
from engine.store.tables import petition

AT_ONCE = 1_000
"""Rows that are written in one statement."""


class Batches(Loading):
    """What the migration of petitions writes. The rows of a batch are read by :mod:`engine.store.queries.migrations`."""

    def open_batch(self, row: Mapping[str, Any], files: Iterable[str]) -> int:
        """Lay down the batch *row* about *files*, in this order. Returns how many there are."""
        self._connection.execute(insert(migration), dict(row))
        counted = 0
        lines = (
            {"migration": row["id"], "petition": file, "place": place}
            for place, file in enumerate(files)
        )
        while some := list(islice(lines, AT_ONCE)):
            self._connection.execute(insert(migration_file), some)
            counted += len(some)
        return counted

    def change_batch(self, id: str, was: Sequence[str], **changes: Any) -> bool:
        """Write *changes* to the batch *id* if its state is one of *was*; whether it was."""
        done = self._connection.execute(
            update(migration)
            .where(migration.c.id == id, migration.c.state.in_(was))
            .values(**changes)
        )
        return done.rowcount == 1

    def note_plan(self, id: str, file: str, *, outcome: str, gist: Any, plan: Any) -> None:
        """Keep what is planned for *file* in the batch *id*. 1 statement."""
        self._note(id, file, outcome=outcome, gist=gist, plan=plan)

    def note_result(
        self, id: str, file: str, result: str, *, why: Mapping[str, str] | None, now: datetime
    ) -> None:
        """Keep what came of *file* in the batch *id*. 1 statement."""
        self._note(id, file, result=result, why=why, done_at=now)

    def take_file(self, id: str) -> Any:
        """The next file of the batch *id* of which nothing has come yet, locked for this transaction; None if there is none.

        What another transaction has taken is passed over.
        """
        return self._connection.execute(_NEXT, {"batch": id}).first()

    def finish_batch(self, id: str) -> None:
        """Close the running batch *id*, unless something has still to come of one of its files."""
        left = select(migration_file.c.petition).where(
            migration_file.c.migration == id, migration_file.c.result.is_(None)
        )
        if self._connection.execute(left.limit(1)).first() is None:
            self.change_batch(id, ["running"], state="done")

    def try_again(self, id: str) -> int:
        """Let the files of the batch *id* that failed have their turn again; how many there are."""
        done = self._connection.execute(
            update(migration_file)
            .where(migration_file.c.migration == id, migration_file.c.result == "failed")
            .values(result=None, why=None, done_at=None)
        )
        return int(done.rowcount)

    def _note(self, id: str, file: str, **values: Any) -> None:
        self._connection.execute(
            update(migration_file)
            .where(migration_file.c.migration == id, migration_file.c.petition == file)
            .values(**values)
        )


def running_on(desk: Loading, digest: str) -> Iterator[str]:
    """The files under way on the version *digest*: ordinary ones first, oldest first."""
    query = (
        select(petition.c.id)
        .where(petition.c.procedure == digest, petition.c.closed_at.is_(None))
        .order_by(petition.c.sealed, petition.c.registered_at, petition.c.id)
    )
    yield from desk.connection.execute(query).scalars()


_NEXT: Select[Any] = (
    select(migration_file)
    .where(migration_file.c.migration == bindparam("batch"), migration_file.c.result.is_(None))
    .order_by(migration_file.c.place)
    .limit(1)
    .with_for_update(skip_locked=True)
)
