"""One writing transaction: everything that can be read at the desk, and everything that can be written."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from sqlalchemy import Select

from engine.clock import legal_date
from engine.petition.parties import Actor
from engine.store.batches import Batches
from engine.store.desk import Desk
from engine.store.drafts import DraftWriting
from engine.store.filing import Filing
from engine.store.loading import PETITION_LOCKED
from engine.store.logbook import LogWriting
from engine.store.lookbook import LookWriting
from engine.store.procedures import Procedures
from engine.store.queries.cases import Cases, case_ids
from engine.store.queries.file_view import DOCUMENT, sealed_values
from engine.store.queries.sight import seen_file
from engine.store.queues import Queues
from engine.store.simulations import SimulationWriting
from engine.store.trials import TrialWriting
from engine.store.typed import TypedWriting

PERSONAL_DATA = "personal_data"


class Paper(
    Filing,
    Queues,
    Procedures,
    Batches,
    LogWriting,
    LookWriting,
    DraftWriting,
    SimulationWriting,
    TrialWriting,
    TypedWriting,
    Desk,
):
    """Reads and writes within one transaction. Made by :meth:`engine.store.store.Store.transaction`, which commits."""

    def savepoint(self) -> AbstractContextManager[object]:
        """A part of the transaction that can fail on its own: an exception undoes it and is passed on."""
        return self._connection.begin_nested()

    def unmask(
        self, viewer: Actor, petition: str, *, purpose: str, now: datetime
    ) -> Mapping[str, str]:
        """What is personal in the file *petition*, by name, in the clear; the look and its purpose are logged with it.

        Values of the same name follow each other, a line each. Raises NotFound where *viewer* may not see the file.
        """
        file = seen_file(self, viewer, petition, legal_date(now))
        self.note_looks(viewer, [file.id], PERSONAL_DATA, purpose, now)
        found: dict[str, list[str]] = {}
        for one in sealed_values(self, file):
            if not one.name.startswith(DOCUMENT):
                found.setdefault(one.name, []).append(one.value)
        return {name: "\n".join(dict.fromkeys(values)) for name, values in found.items()}

    def look(
        self, viewer: Actor, petition: str, what: str, *, now: datetime, purpose: str = ""
    ) -> None:
        """Log that *viewer* looked at *what* (a document, an attachment) of the file *petition*. Raises NotFound."""
        file = seen_file(self, viewer, petition, legal_date(now))
        self.note_looks(viewer, [file.id], what, purpose, now)

    def look_at_all(
        self, viewer: Actor, cases: Cases, what: str, *, now: datetime, purpose: str = ""
    ) -> tuple[str, ...]:
        """Log that *viewer* looked at *what* of every one of *cases* that they may see; the ids of those. 2 statements."""
        seen = case_ids(self, viewer, cases, on=legal_date(now))
        self.note_looks(viewer, seen, what, purpose, now)
        return seen

    def _petition_query(self) -> Select[Any]:
        return PETITION_LOCKED
