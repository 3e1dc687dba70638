"""A diagram of a draft, to be changed: on a canvas and as a table, with the check's findings beside it."""

from __future__ import annotations

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import BadInput, NotFound
from engine.petition.parties import Role
from engine.text import Text
from web.designers import rooms
from web.designers.drafts import octets
from web.house import house, viewer
from web.security import DRAWING_POLICY, for_roles


@rooms.get("/drafts/<draft>/edit/<process>.bpmn")
@for_roles(Role.DESIGNER)
def modeler(draft: str, process: str) -> ResponseReturnValue:
    """The modeler on one diagram of a draft; what was handed in or thrown away can only be looked at. Raises NotFound."""
    found, path = house().studio.draft(draft), f"{process}.bpmn"
    if path not in found.files:
        raise NotFound(Text("草案中没有这张流程图", "there is no such diagram in the draft"))
    if found.row.state != "open" or found.row.submitted:
        return redirect(url_for("designers.file_page", draft=draft, path=path))
    page = Response(
        render_template(
            "designers/modeler.html",
            draft=found.row,
            path=path,
            process=process,
            diagrams=[name for name in found.files if name.endswith(".bpmn")],
            files=url_for("designers.draft_file", draft=draft, path=""),
        )
    )
    page.headers["Content-Security-Policy"] = DRAWING_POLICY
    return page


@rooms.post("/drafts/<draft>/copies")
@for_roles(Role.DESIGNER)
def copy_draft(draft: str) -> Response:
    """Put a draft with ``{path, content}`` laid in into a draft of its own; answers with the address of the diagram there."""
    body = request.get_json()
    if not isinstance(body, dict) or not isinstance(body.get("path"), str):
        raise BadInput({"": Text("应有 path 和 content", "expected path and content")})
    path, content = body["path"], octets(body.get("content"))
    copy = house().studio.copy(draft, path, content, actor=viewer())
    return jsonify(address=url_for("designers.edit", draft=copy, path=path))
