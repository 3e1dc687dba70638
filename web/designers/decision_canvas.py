"""A decision table of a draft on the canvas of dmn-js, for those who like a grid; the plain page edits the same table."""

from __future__ import annotations

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engine.errors import NotFound
from engine.petition.parties import Role
from engine.text import Text
from web.designers import rooms
from web.designers.saving import is_open
from web.house import house
from web.security import DRAWING_POLICY, for_roles


@rooms.get("/drafts/<draft>/draw/tables/<name>.dmn")
@for_roles(Role.DESIGNER)
def draw_decision(draft: str, name: str) -> ResponseReturnValue:
    """The grid; it speaks with the draft as the modeler does (web/README.md). Raises NotFound."""
    found, path = house().studio.draft(draft), f"tables/{name}.dmn"
    if path not in found.files:
        raise NotFound(Text("草案中没有这张决策表", "there is no such table in the draft"))
    if not is_open(found):
        return redirect(url_for("designers.decision_editor", draft=draft, name=name))
    page = Response(
        render_template(
            "designers/decision_canvas.html",
            draft=found.row,
            path=path,
            name=name,
            files=url_for("designers.draft_file", draft=draft, path=""),
        )
    )
    page.headers["Content-Security-Policy"] = DRAWING_POLICY
    return page
