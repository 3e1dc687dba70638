"""What the clock tower claims: petitions that are due, and items of the outbox. Each claim is one worker's alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, or_, select, update

from engine.petition.file import OutboxItem
from engine.record.canonical import read_canonical
from engine.store.loading import Loading
from engine.store.sealing import open_outbox
from engine.store.tables import deadline, outbox, petition


class Queues(Loading):
    """Claims and their outcome. What is claimed stays locked until the transaction ends."""

    def claim_due(self, now: datetime, limit: int) -> tuple[str, ...]:
        """At most *limit* petitions whose instant has come, the longest due first; none that another worker holds."""
        found = self._connection.execute(_DUE, {"now": now, "most": limit})
        return tuple(found.scalars())

    def failed(self, petition: str, reason: str, *, retry_at: datetime) -> None:
        """Note that the clocks of *petition* could not fire; it is not claimed again before *retry_at*."""
        self._connection.execute(
            _FAILED, {"this": petition, "retry_at": retry_at, "failure": reason}
        )

    def attempts(self, petition: str) -> int:
        """How often in a row the clocks of *petition* have failed."""
        return int(self._connection.execute(_ATTEMPTS, {"this": petition}).scalar_one())

    def take_outbox(self, now: datetime, limit: int) -> tuple[OutboxItem, ...]:
        """At most *limit* items that wait to be relayed, oldest first; none that another worker holds."""
        items = []
        for row in self._connection.execute(_WAITING, {"now": now, "most": limit}):
            key = self._keys.get(row.petition) or self._ring.unwrapped(
                row.petition, bytes(row.wrapped_key)
            )
            items.append(
                OutboxItem(
                    key=row.key,
                    petition=row.petition,
                    kind=row.kind,
                    body=read_canonical(open_outbox(key, row.key, bytes(row.body))),
                    enqueued_at=row.enqueued_at,
                    attempts=row.attempts,
                )
            )
        return tuple(items)

    def relayed(self, key: str) -> None:
        """Note that the item *key* was relayed; it stays known, so that it is never enqueued again."""
        self._connection.execute(_RELAYED, {"this": key})

    def relay_failed(self, key: str, reason: str, *, retry_at: datetime) -> None:
        """Note that the item *key* could not be relayed; it is not taken again before *retry_at*."""
        self._connection.execute(
            _RELAY_FAILED, {"this": key, "retry_at": retry_at, "failure": reason}
        )

    def waiting(self, key: str) -> bool:
        """Whether the item *key* still waits to be relayed."""
        return self._connection.execute(_STILL_WAITING, {"this": key}).first() is not None

    def counted_otherwise(self, calendar: str, limit: int) -> Sequence[str]:
        """At most *limit* petitions with a running deadline that another calendar than *calendar* decided."""
        return (
            self._connection.execute(_PROVISIONAL, {"calendar": calendar, "most": limit})
            .scalars()
            .all()
        )


def _may_be_tried(retry_at: Any) -> Any:
    return or_(retry_at.is_(None), retry_at <= bindparam("now"))


_DUE: Select[Any] = (
    select(petition.c.id)
    .where(petition.c.next_due_at <= bindparam("now"), _may_be_tried(petition.c.retry_at))
    .order_by(petition.c.next_due_at, petition.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_FAILED = (
    update(petition)
    .where(petition.c.id == bindparam("this"))
    .values(attempts=petition.c.attempts + 1)
)
_ATTEMPTS: Select[Any] = select(petition.c.attempts).where(petition.c.id == bindparam("this"))
_WAITING: Select[Any] = (
    select(outbox, petition.c.wrapped_key)
    .join(petition, petition.c.id == outbox.c.petition)
    .where(~outbox.c.relayed, _may_be_tried(outbox.c.retry_at), petition.c.wrapped_key.is_not(None))
    .order_by(outbox.c.enqueued_at, outbox.c.key)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=outbox)
)
_STILL_WAITING: Select[Any] = select(outbox.c.key).where(
    outbox.c.key == bindparam("this"), ~outbox.c.relayed
)
_PROVISIONAL: Select[Any] = (
    select(deadline.c.petition)
    .distinct()
    .where(deadline.c.state == "running", deadline.c.calendar != bindparam("calendar"))
    .order_by(deadline.c.petition)
    .limit(bindparam("most"))
)
_RELAYED = update(outbox).where(outbox.c.key == bindparam("this")).values(relayed=True)
_RELAY_FAILED = (
    update(outbox).where(outbox.c.key == bindparam("this")).values(attempts=outbox.c.attempts + 1)
)
