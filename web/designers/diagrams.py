"""The drawings in force with the result of their check, each to be looked at and taken along."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, render_template

from engine.errors import NotFound
from engine.petition.parties import Role
from engine.text import Text
from web.designers import rooms
from web.house import house, reading
from web.security import DRAWING_POLICY, for_roles

_READERS = (Role.DESIGNER, Role.ADMINISTRATOR, Role.AUDITOR)


@rooms.get("/")
@for_roles(*_READERS)
def diagrams() -> str:
    """The drawings of the version in force, and every finding of the check."""
    with reading() as desk:
        digest = desk.current_procedure()
        files = desk.procedure_files(digest)
    procedure = house().drawings(digest)
    findings = house().check(files)
    return render_template(
        "designers/diagrams.html", digest=digest, findings=findings, elements=procedure.elements(),
        processes=procedure.processes(), files=sorted(files), names=_names(digest),
    )  # fmt: skip


@rooms.get("/<process>")
@for_roles(*_READERS)
def diagram(process: str) -> Response:
    """One drawing, as a picture and as a table of its steps."""
    digest = _in_force()
    procedure = house().drawings(digest)
    if process not in procedure.processes():
        raise NotFound(_NO_DRAWING)
    elements = [one for one in procedure.elements() if one.process == process]
    page = Response(
        render_template(
            "designers/diagram.html",
            process=process,
            name=_names(digest)[process],
            elements=elements,
        )
    )
    page.headers["Content-Security-Policy"] = DRAWING_POLICY
    return page


@rooms.get("/<process>.bpmn")
@for_roles(*_READERS)
def source(process: str) -> Response:
    """The drawing as XML."""
    with reading() as desk:
        files: Mapping[str, bytes] = desk.procedure_files(desk.current_procedure())
    if f"{process}.bpmn" not in files:
        raise NotFound(_NO_DRAWING)
    return Response(files[f"{process}.bpmn"], mimetype="application/xml")


def _in_force() -> str:
    with reading() as desk:
        return desk.current_procedure()


def _names(digest: str) -> dict[str, str]:
    procedure = house().drawings(digest)
    return {scope.id: scope.name or scope.id for scope in procedure.drawing.processes()}


_NO_DRAWING = Text("没有这张流程图", "there is no such drawing")
