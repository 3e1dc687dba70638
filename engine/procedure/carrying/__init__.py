"""A state document of one version written again for another: every token at the element that answers to its own.

No token is made anew and no clock begins again. What listens beside an activity is adjusted to the new drawing: an event
that is gone listens no more, one that is new begins to listen now. An internal limit keeps its beginning; a length that
has changed counts from there, but is up no earlier than at the end of the day on which the petition is carried over.
"""

from __future__ import annotations

from engine.procedure.carrying.correspondence import Correspondence, Obstacle
from engine.procedure.carrying.document import Crossed, carry

__all__ = ["Correspondence", "Crossed", "Obstacle", "carry"]
