"""Oversight: what supervisors watch over and auditors read. It watches organs and their deadlines, never petitioners."""

from __future__ import annotations

from flask import Blueprint

rooms = Blueprint("oversight", __name__, url_prefix="/oversight")


def furnish() -> Blueprint:
    """The blueprint with all its views."""
    from web.oversight import opening, supervision  # noqa: F401, PLC0415

    return rooms
