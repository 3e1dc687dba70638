"""Audit: one petition played back from its record, and figures over all of them. Looks, changes nothing, and is logged."""

from __future__ import annotations

from flask import Blueprint

rooms = Blueprint("audit", __name__)


def furnish() -> Blueprint:
    """The blueprint with all its views."""
    from web.audit import (  # noqa: F401, PLC0415
        dossier,
        figures,
        holding,
        log,
        logs,
        replay,
        samples,
        steps,
        volume,
        ways,
    )

    return rooms
