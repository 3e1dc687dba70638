"""Issued documents as printable pages, and the files that were handed in."""

from __future__ import annotations

from io import BytesIO

from flask import Response, render_template, send_file
from markupsafe import Markup

from engine.documents.render import PETITIONER, render
from engine.documents.templates import style_sheet
from engine.people.directory import Directory
from engine.petition.documents import Document
from engine.petition.file import File
from engine.store.queries import MASKED
from web.desk import rooms
from web.forms import sent_purpose
from web.house import directory, house, reading, today, viewer
from web.security import signed_in
from web.verification import mark
from web.wording import ATTACHMENT, DOCUMENT


@rooms.get("/petitions/<petition>/documents/<document>")
@signed_in
def document(petition: str, document: str) -> str:
    """The document as it was issued, ready to be printed; what the petitioner told of themselves stays masked."""
    return _document(petition, document, None)


@rooms.post("/petitions/<petition>/documents/<document>")
@signed_in
def unmask_document(petition: str, document: str) -> str:
    """The document with its personal parts in the clear, once; the look and its purpose are logged."""
    return _document(petition, document, sent_purpose())


def _document(petition: str, document: str, purpose: str | None) -> str:
    with reading() as desk:
        shown = desk.file(viewer(), petition, on=today())
        paper, fields = desk.document(viewer(), document, on=today())
        files = desk.procedure_files(shown.version_at(paper.entry))
        head = desk.last_checkpoint()
    _log_look(petition, f"{DOCUMENT}:{paper.kind}:{paper.number}", purpose or "")
    organs, rule = directory(), house().law.document(paper.kind)
    masked = (
        {part.id for part in rule.personal if fields.get(part.id)} if purpose is None else set()
    )
    sheet = render(
        paper, fields={**fields, **dict.fromkeys(masked, MASKED)}, rule=rule, files=files,
        organ_name=organs.organ(paper.organ).name, petition_number=shown.file.number,
        recipient=_recipient(organs, paper, shown.file), query_code=shown.file.code, names=_names(organs),
    )  # fmt: skip
    # engine.documents has rendered it in a sandbox that escapes every field.
    return render_template(
        "desk/document.html",
        file=shown.file,
        paper=paper,
        masked=bool(masked),
        log_head=head,
        mark=mark(paper),
        sheet=Markup(sheet),  # noqa: S704
    )


@rooms.get("/petitions/<petition>/document.css")
@signed_in
def document_style(petition: str) -> Response:
    """How documents look in the version of the procedure that the petition follows."""
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
    _log_look(petition, ATTACHMENT)
    answer = send_file(
        BytesIO(content), about.media_type, as_attachment=True, download_name=about.name
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _log_look(petition: str, what: str, purpose: str = "") -> None:
    """Papers hold what is personal, so a look at one is logged; the file itself does not change."""
    with house().store.transaction() as paper:
        paper.look(viewer(), petition, what, purpose=purpose, now=house().clock.now())


def _recipient(organs: Directory, paper: Document, file: File) -> str:
    """The organ that the paper goes to, named itself or by the part it plays; else the petitioner."""
    to = str(file.facts.get(paper.to) or paper.to)
    return organs.organ(to).name.zh if organs.exists(to) else PETITIONER


def _names(organs: Directory) -> dict[str, str]:
    """What documents show in place of the ids of organs and people."""
    names = {organ.id: organ.name.zh for organ in organs.organs.values()}
    return names | {person.id: person.name for person in organs.people.values()}
