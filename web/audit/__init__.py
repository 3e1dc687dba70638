"""Audit: a petition played back from its record, and the statute's verdict on it. Looks, changes nothing, and is logged."""

from __future__ import annotations

from flask import Blueprint

rooms = Blueprint("audit", __name__)


def furnish() -> Blueprint:
    """The blueprint with all its views."""
    from web.audit import replay  # noqa: F401, PLC0415

    return rooms
