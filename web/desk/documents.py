"""Issued documents as printable pages, and the files that were handed in."""

from __future__ import annotations

from flask import Response, render_template
from markupsafe import Markup

from engine.documents.render import PETITIONER, render
from engine.documents.templates import style_sheet
from engine.petition.documents import Document
from engine.petition.file import File
from web.desk import rooms
from web.house import directory, house, reading, today, viewer
from web.security import signed_in


@rooms.get("/petitions/<petition>/documents/<document>")
@signed_in
def document(petition: str, document: str) -> str:
    """The document as it was issued, ready to be printed."""
    with reading() as desk:
        shown = desk.file(viewer(), petition, on=today())
        paper, fields = desk.document(viewer(), document, on=today())
        files = desk.procedure_files(shown.file.procedure)
    organs = directory()
    sheet = render(
        paper, fields=fields, rule=house().law.document(paper.kind), files=files,
        organ_name=organs.organ(paper.organ).name, petition_number=shown.file.number,
        recipient=recipient(shown.file, paper), query_code=shown.file.code,
        names={id: person.name for id, person in organs.people.items()},
    )  # fmt: skip
    safe = Markup(sheet)  # noqa: S704 - rendered by engine.documents in a sandbox that escapes every field
    return render_template(
        "desk/document.html", shown=shown, file=shown.file, paper=paper, sheet=safe, house=house()
    )


def recipient(file: File, paper: Document) -> str:
    """Whom the document is addressed to: an organ by its name, the petitioner without one (names stay masked)."""
    addressed = str(file.facts.get(paper.to) or paper.to)
    organs = directory()
    return organs.organ(addressed).name.zh if organs.exists(addressed) else PETITIONER


@rooms.get("/petitions/<petition>/documents.css")
@signed_in
def document_style(petition: str) -> Response:
    """The style sheet of the documents of this petition's version of the procedure."""
    with reading() as desk:
        shown = desk.file(viewer(), petition, on=today())
        files = desk.procedure_files(shown.file.procedure)
    return Response(style_sheet(files), mimetype="text/css")


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
