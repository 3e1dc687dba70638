"""Issued documents as printable pages, and the files that were handed in."""

from __future__ import annotations

from flask import Response, render_template
from markupsafe import Markup

from engine.documents.render import render
from web.desk import rooms
from web.house import directory, house, reading, today, viewer
from web.language import language
from web.security import signed_in


@rooms.get("/petitions/<petition>/documents/<document>")
@signed_in
def document(petition: str, document: str) -> str:
    """The document as it was issued, ready to be printed."""
    with reading() as desk:
        shown = desk.file(viewer(), petition, on=today())
        paper, fields = desk.document(viewer(), document, on=today())
        files = desk.procedure_files(shown.file.procedure)
    sheet = render(
        paper.kind, document=paper, fields=fields, organ_name=directory().organ(paper.organ).name,
        petition_number=shown.file.number, language=language(),
        template=files[f"documents/{paper.kind}.html"].decode(),
    )  # fmt: skip
    return render_template(
        "desk/document.html", shown=shown, file=shown.file, paper=paper, sheet=Markup(sheet), house=house()
    )  # noqa: S704 - rendered by engine.documents in a sandbox that escapes every field


@rooms.get("/petitions/<petition>/attachments/<digest>")
@signed_in
def attachment(petition: str, digest: str) -> Response:
    """A file that was handed in, to be kept and not to be shown inside this site."""
    with reading() as desk:
        about, content = desk.attachment(viewer(), petition, digest, on=today())
    answer = Response(content, mimetype=about.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=about.name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
