"""The read side. Every question about files takes the one who asks and answers only what they may see."""

from __future__ import annotations

from engine.store.loading import Loading


class Desk(Loading):
    """Reads within one transaction and never writes. Made by :meth:`engine.store.store.Store.reading`."""
