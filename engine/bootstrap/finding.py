"""Where the drawings are that somebody asks about."""

from __future__ import annotations

from engine.clock import Clock, legal_date
from engine.drafting.studio import Studio
from engine.procedure import Source
from engine.store.store import Store


def source_of(store: Store, clock: Clock, about: str) -> Source:
    """The files of *about*: a version by its digest, or a draft. Raises NotFound."""
    with store.reading() as desk:
        if about in {row.digest for row in desk.procedures(legal_date(clock.now()))}:
            return Source(desk.procedure_files(about))
    return Studio(store=store, clock=clock, check=lambda files: []).source(about)
