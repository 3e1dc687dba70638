"""A layout for what has none: rows and columns along the flow, lanes as bands, what is drawn already left where it is."""

from __future__ import annotations

from engine.procedure.foreign.layout.completing import complete

__all__ = ["complete"]
