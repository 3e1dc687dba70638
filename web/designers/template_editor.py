"""A document's template, changed piece by piece on plain pages; what the law wants stated is locked, and shown with its article."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engine.documents.obligatory import omitted_parts
from engine.documents.pieces import Piece, PieceKind, pieces
from engine.documents.templates import style_sheet
from engine.drafting.sample_papers import sample_paper
from engine.drafting.studio import Draft
from engine.drafting.template_editing import (
    lawful,
    locked_parts,
    moved,
    path_of,
    piece_at,
    put_after,
    replaced,
    without,
)
from engine.errors import BadInput, DataError, NotFound
from engine.petition.forms import Form
from engine.petition.parties import Role
from engine.text import Text
from web.designers import rooms
from web.designers.saving import asking, is_open, sent_number, sent_revision, tell_saved
from web.designers.template_questions import (
    DocumentRule,
    about_new,
    about_piece,
    frame_words,
    source_from,
    source_of_new,
)
from web.forms import FormPage, answers_to
from web.house import house, today, viewer
from web.security import for_roles


@rooms.route("/drafts/<draft>/edit/documents/<kind>.html", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def template_editor(draft: str, kind: str) -> ResponseReturnValue:
    """A template: its pieces, what of them is locked by which article, and a sample beside."""
    found = house().studio.draft(draft)
    if kind not in {rule.kind for rule in house().law.documents()}:
        return redirect(url_for("designers.file_page", draft=draft, path=path_of(kind)))
    rule, listed = _opened(found, kind)
    page = _page(found, rule, listed)
    if request.method == "GET":
        return page.render()
    phase, at, was = request.form.get("phase"), sent_number("at"), request.form.get("was", "")
    if phase in {"up", "down"}:
        edit = moved(at, was, rule, by=-1 if phase == "up" else 1)
    elif phase == "remove":
        edit = without(at, was)
    else:
        raise BadInput({"": Text("没有这一操作", "there is no such step")})
    house().studio.edit(
        draft, path_of(kind), lawful(edit, found.files, rule), sent_revision(), actor=viewer()
    )
    tell_saved(path_of(kind))
    return redirect(_back(draft, kind))


@rooms.route("/drafts/<draft>/documents/<kind>/piece/<int:at>", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def template_piece(draft: str, kind: str, at: int) -> ResponseReturnValue:
    """Change the words of a piece."""
    found = house().studio.draft(draft)
    rule, listed = _opened(found, kind)
    was = request.form.get("was") or piece_at(listed, at).source
    piece = next((one for one in listed if one.source == was), None) or piece_at(listed, at)
    if piece.kind in {PieceKind.FRAME, PieceKind.PART}:
        raise NotFound(Text("这一段不能改写", "this piece has no words to change"))
    page = _asking(found, rule, about_piece(rule, piece), was)
    page.answers = {"words": piece.words}
    if request.method == "GET":
        return page.render()
    page.answers = answers_to(page.form, request.form)
    words = str(page.form.read(page.answers, today=today())["words"])
    edit = replaced(at, was, source_from(rule, piece, words))
    house().studio.edit(
        draft, path_of(kind), lawful(edit, found.files, rule), sent_revision(), actor=viewer()
    )
    tell_saved(path_of(kind))
    return redirect(_back(draft, kind, at))


@rooms.route("/drafts/<draft>/documents/<kind>/after/<int:at>", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def template_addition(draft: str, kind: str, at: int) -> ResponseReturnValue:
    """Put a paragraph, a heading or a part of the document after a piece."""
    found = house().studio.draft(draft)
    rule, listed = _opened(found, kind)
    was = request.form.get("was") or piece_at(listed, at).source
    page = _asking(found, rule, about_new(rule, listed), was)
    page.answers = {"what": PieceKind.PARAGRAPH.value}
    if request.method == "GET":
        return page.render()
    page.answers = answers_to(page.form, request.form)
    values = page.form.read(page.answers, today=today())
    edit = put_after(at, was, source_of_new(rule, values))
    house().studio.edit(
        draft, path_of(kind), lawful(edit, found.files, rule), sent_revision(), actor=viewer()
    )
    tell_saved(path_of(kind))
    return redirect(_back(draft, kind, at))


@rooms.get("/drafts/<draft>/documents/<kind>/preview")
@for_roles(Role.DESIGNER)
def template_preview(draft: str, kind: str) -> str:
    """A sample as it would be issued, to be printed or kept as PDF; its contents are plainly made up."""
    found = house().studio.draft(draft)
    rule, _ = _opened(found, kind)
    optional = request.args.get("optional") != "no"
    return render_template(
        "designers/template_preview.html", draft=found.row, rule=rule, optional=optional,
        sheet=_sheet(found, rule, optional=optional),
    )  # fmt: skip


@rooms.get("/drafts/<draft>/document.css")
@for_roles(Role.DESIGNER)
def draft_style(draft: str) -> Response:
    """How documents look in a draft."""
    return Response(style_sheet(house().studio.draft(draft).files), mimetype="text/css")


def _opened(found: Draft, kind: str) -> tuple[DocumentRule, tuple[Piece, ...]]:
    rule = next((one for one in house().law.documents() if one.kind == kind), None)
    data = found.files.get(path_of(kind))
    if rule is None or data is None:
        raise NotFound(Text("草案中没有这份模板", "there is no such template in the draft"))
    return rule, pieces(data.decode("utf-8", "replace"), rule)


def _page(found: Draft, rule: DocumentRule, listed: tuple[Piece, ...]) -> FormPage:
    return FormPage(
        template="designers/template.html",
        form=Form(id="template", title=rule.title),
        context=lambda: {
            "draft": house().studio.draft(found.row.id).row, "rule": rule, "path": path_of(rule.kind), "open": is_open(found),
            "pieces": listed, "frame_words": lambda piece: frame_words(rule, piece),
            "locked": locked_parts(found.files, rule, listed),
            "missing": omitted_parts(found.files, rule), "findings": house().studio.check(found.row.id),
            "sheet": _sheet(found, rule, optional=True),
        },
    )  # fmt: skip


def _sheet(found: Draft, rule: DocumentRule, *, optional: bool) -> Markup | Text:
    """The sample, or why there is none."""
    try:
        # engine.documents has rendered it in a sandbox that escapes every field.
        return Markup(sample_paper(rule, found.files, on=today(), optional=optional))  # noqa: S704
    except DataError as fault:
        return fault.text


def _asking(found: Draft, rule: DocumentRule, form: Form, was: str) -> FormPage:
    return asking(
        found.row.id, form, heading=rule.title, back=_back(found.row.id, rule.kind), hidden={"was": was},
    )  # fmt: skip


def _back(draft: str, kind: str, at: int | None = None) -> str:
    return url_for(
        "designers.template_editor",
        draft=draft,
        kind=kind,
        _anchor=None if at is None else f"piece-{at}",
    )
