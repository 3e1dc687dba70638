"""Administration: organs, people, calendars, the competence table, settings. Every change is an entry of the record."""

from __future__ import annotations

from flask import Blueprint

rooms = Blueprint("admin", __name__, url_prefix="/admin")


def furnish() -> Blueprint:
    """The blueprint with all its views."""
    from web.admin import calendars, competence, organs, people, settings  # noqa: F401, PLC0415

    return rooms
