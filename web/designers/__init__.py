"""The designers' room: the drawings in force, what `check` says of them, and how they look."""

from __future__ import annotations

from flask import Blueprint

rooms = Blueprint("designers", __name__, url_prefix="/diagrams")


def furnish() -> Blueprint:
    """The blueprint with all its views."""
    from web.designers import diagrams  # noqa: F401, PLC0415

    return rooms
