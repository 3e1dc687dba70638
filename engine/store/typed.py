"""What somebody typed on a page and has not confirmed yet: kept for the page's key, encrypted, for part of a day.

It lets a page that was sent be shown again by its address, so that going back never sends anything a second time. None
of it is part of a petition or of its record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, bindparam, delete, select

from engine.store import upserts
from engine.store.loading import Loading
from engine.store.office_tables import typed_page

KEPT: Final = timedelta(hours=12)


class TypedReading(Loading):
    """What can be read of unconfirmed pages."""

    def typed(self, key: str) -> Mapping[str, object] | None:
        """The answers on the page *key*; None where they were never sent or lie too far back."""
        content = self._connection.scalar(_TYPED, {"key": key})
        if content is None:
            return None
        answers = json.loads(self._ring.open_page(key, bytes(content)))
        return {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in answers.items()
        }


class TypedWriting(TypedReading):
    """What is written of unconfirmed pages."""

    def keep_typed(self, key: str, answers: Mapping[str, object], now: datetime) -> None:
        """Keep the *answers* on the page *key*, in place of earlier ones, and forget what is too old. 2 statements."""
        self._connection.execute(delete(typed_page).where(typed_page.c.typed_at < now - KEPT))
        content = self._ring.seal_page(key, json.dumps(dict(answers)).encode())
        row = {"key": key, "content": content, "typed_at": now}
        self._connection.execute(upserts.or_replace(typed_page, self._connection.dialect.name), row)


_TYPED: Select[Any] = select(typed_page.c.content).where(typed_page.c.key == bindparam("key"))
