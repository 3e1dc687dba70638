"""One writing transaction: everything that can be read at the desk, and everything that can be written."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Select

from engine.store.desk import Desk
from engine.store.filing import Filing
from engine.store.household import Household
from engine.store.loading import PETITION_LOCKED
from engine.store.queues import Queues


class Paper(Filing, Queues, Household, Desk):
    """Reads and writes within one transaction. Made by :meth:`engine.store.store.Store.transaction`, which commits."""

    def savepoint(self) -> AbstractContextManager[object]:
        """A part of the transaction that can fail on its own: an exception undoes it and is passed on."""
        return self._connection.begin_nested()

    def _petition_query(self) -> Select[Any]:
        return PETITION_LOCKED
