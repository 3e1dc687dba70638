"""The drawings and files of a version, each to be looked at and taken along."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, render_template

from engine.errors import NotFound
from engine.petition.parties import Role
from engine.text import Text
from web.designers import rooms
from web.house import house
from web.security import DRAWING_POLICY, for_roles

READERS = (Role.DESIGNER, Role.ADMINISTRATOR, Role.AUDITOR)


@rooms.get("/versions/<version>/<process>")
@for_roles(*READERS)
def diagram(version: str, process: str) -> Response:
    """One drawing, as a picture and as a table of its steps."""
    files_of(version)
    procedure = house().drawings(version)
    if process not in procedure.processes():
        raise NotFound(_NO_DRAWING)
    elements = [one for one in procedure.elements() if one.process == process]
    page = Response(
        render_template(
            "designers/diagram.html",
            version=version,
            process=process,
            name=names_of(version)[process],
            elements=elements,
        )
    )
    page.headers["Content-Security-Policy"] = DRAWING_POLICY
    return page


@rooms.get("/versions/<version>/files/<path:path>")
@for_roles(*READERS)
def version_file(version: str, path: str) -> Response:
    """A file of a version as it is; text, whatever it says it is."""
    files = files_of(version)
    if path not in files:
        raise NotFound(_NO_DRAWING)
    return Response(files[path], mimetype=media_type(path))


def media_type(path: str) -> str:
    """What a file of a version is sent as: diagrams and tables as XML, all else as plain text, which runs nowhere."""
    return "application/xml" if path.endswith((".bpmn", ".dmn")) else "text/plain"


def files_of(version: str) -> Mapping[str, bytes]:
    """The files of *version*. Raises NotFound."""
    return house().library.version(version).files


def names_of(digest: str) -> dict[str, str]:
    """The names of the drawings of a version by the id of their process."""
    procedure = house().drawings(digest)
    return {scope.id: scope.name or scope.id for scope in procedure.drawing.processes()}


_NO_DRAWING = Text("没有这张流程图", "there is no such drawing")
