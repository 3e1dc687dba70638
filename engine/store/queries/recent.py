"""The newest ordinary files, for those who measure how an office works without looking at any one matter.

Sealed matters are left out for everybody, and so is every file that is shut to anybody: what is measured is shown to all
designers, and must be the same whoever asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, bindparam, exists, select

from engine.store.loading import Loading
from engine.store.tables import exclusion, petition


def recent_files(desk: Loading, most: int) -> Sequence[str]:
    """The ids of at most *most* ordinary files, the newest first. 1 statement."""
    return tuple(desk.connection.execute(_RECENT, {"most": most}).scalars())


_RECENT: Select[Any] = (
    select(petition.c.id)
    .where(
        ~petition.c.sealed,
        ~exists(select(exclusion.c.subject).where(exclusion.c.petition == petition.c.id)),
    )
    .order_by(petition.c.registered_at.desc(), petition.c.id)
    .limit(bindparam("most"))
)
