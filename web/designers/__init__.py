"""The designers' room: the versions of the procedure, the drafts of the next one, and what the check says of them."""

from __future__ import annotations

from flask import Blueprint

rooms = Blueprint("designers", __name__, url_prefix="/designers")


def furnish() -> Blueprint:
    """The blueprint with all its views."""
    from web.designers import (  # noqa: F401, PLC0415
        comparison,
        coverage,
        decision_canvas,
        decision_editor,
        diagrams,
        draft_files,
        drafts,
        form_editor,
        handbook,
        imports,
        library,
        migration,
        modeler,
        provisions,
        rehearsal,
        simulating,
        table,
        table_flows,
        template_editor,
        trial_acts,
        trials,
        versions,
        vocabulary,
    )

    return rooms
