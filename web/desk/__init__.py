"""The desk: where staff work. Lists, registration, the petition's file and a page for each act."""

from __future__ import annotations

from flask import Blueprint

rooms = Blueprint("desk", __name__)
"""The views of the desk; each module of this package adds its own when :func:`furnish` is called."""


def furnish() -> Blueprint:
    """The blueprint with all its views."""
    from web.desk import acts, documents, files, registration, steps, worklist  # noqa: F401, PLC0415

    return rooms
