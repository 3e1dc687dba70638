"""The counter: the only door through which a petition changes. One command is one transaction."""

from __future__ import annotations

from engine.office.counter import Office
from engine.office.offers import Choosing, FrontDesk, Offer, Offers, Preview

__all__ = ["Choosing", "FrontDesk", "Offer", "Offers", "Office", "Preview"]
