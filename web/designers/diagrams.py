"""One version of the procedure: its drawings with the result of their check, each to be looked at and taken along."""

from __future__ import annotations

from flask import Response, render_template

from engine.bootstrap import Desk
from engine.errors import NotFound
from engine.petition.parties import Role
from engine.text import Text
from web.designers import rooms
from web.house import house, reading
from web.security import DRAWING_POLICY, for_roles

READERS = (Role.DESIGNER, Role.ADMINISTRATOR, Role.AUDITOR)


@rooms.get("/versions/<version>/")
@for_roles(*READERS)
def version(version: str) -> str:
    """The drawings of a version, and every finding of the check."""
    with reading() as desk:
        row = next((one for one in desk.procedures() if one.digest == version), None)
        files = _files(desk, version)
    if row is None:
        raise NotFound(_NO_VERSION)
    procedure = house().drawings(version)
    return render_template(
        "designers/version.html", version=row, findings=house().check(files), elements=procedure.elements(),
        processes=procedure.processes(), files=files, names=_names(version),
    )  # fmt: skip


@rooms.get("/versions/<version>/<process>")
@for_roles(*READERS)
def diagram(version: str, process: str) -> Response:
    """One drawing, as a picture and as a table of its steps."""
    with reading() as desk:
        _files(desk, version)
    procedure = house().drawings(version)
    if process not in procedure.processes():
        raise NotFound(_NO_DRAWING)
    elements = [one for one in procedure.elements() if one.process == process]
    page = Response(
        render_template(
            "designers/diagram.html",
            version=version,
            process=process,
            name=_names(version)[process],
            elements=elements,
        )
    )
    page.headers["Content-Security-Policy"] = DRAWING_POLICY
    return page


@rooms.get("/versions/<version>/files/<path:path>")
@for_roles(*READERS)
def version_file(version: str, path: str) -> Response:
    """A file of a version as it is; text, whatever it says it is."""
    with reading() as desk:
        files = _files(desk, version)
    if path not in files:
        raise NotFound(_NO_DRAWING)
    return Response(files[path], mimetype=media_type(path))


def media_type(path: str) -> str:
    """What a file of a version is sent as: diagrams and tables as XML, all else as plain text, which runs nowhere."""
    return "application/xml" if path.endswith((".bpmn", ".dmn")) else "text/plain"


def _files(desk: Desk, version: str) -> dict[str, bytes]:
    """The files of *version*. Raises NotFound."""
    if version not in {one.digest for one in desk.procedures()}:
        raise NotFound(_NO_VERSION)
    return dict(desk.procedure_files(version))


def _names(digest: str) -> dict[str, str]:
    procedure = house().drawings(digest)
    return {scope.id: scope.name or scope.id for scope in procedure.drawing.processes()}


_NO_DRAWING = Text("没有这张流程图", "there is no such drawing")
_NO_VERSION = Text("没有这一版本", "there is no such version")
