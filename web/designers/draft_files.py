"""The files of a draft: for editors as JSON, for everybody as a page to take a file along and to hand one in."""

from __future__ import annotations

from pathlib import PurePosixPath

from flask import Response, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.drafting.studio import SavedSince
from engine.errors import BadInput, NotFound
from engine.petition.parties import Role
from engine.text import Text
from web.designers import rooms
from web.designers.diagrams import media_type
from web.designers.drafts import octets
from web.desk.files import tell
from web.forms import FormPage
from web.house import directory, house, viewer
from web.language import say
from web.security import for_roles

_ROOM_OF = {".toml": "forms/", ".dmn": "tables/", ".html": "documents/", ".css": "documents/"}

# ---------------------------------------------------------------------------------- for editors


@rooms.get("/drafts/<draft>/files/<path:path>")
@for_roles(Role.DESIGNER)
def draft_file(draft: str, path: str) -> Response:
    """A file as it stands; its ETag is the revision of the draft."""
    found = house().studio.draft(draft)
    if path not in found.files:
        raise NotFound(_NO_FILE)
    answer = Response(found.files[path], mimetype=media_type(path))
    answer.set_etag(str(found.row.revision))
    return answer


@rooms.put("/drafts/<draft>/files/<path:path>")
@for_roles(Role.DESIGNER)
def save_draft_file(draft: str, path: str) -> Response:
    """Save ``{revision, content}``; answers with the new revision, or with who saved what since (409)."""
    body = request.get_json()
    revision = body.get("revision") if isinstance(body, dict) else None
    if not isinstance(revision, int) or "content" not in body:
        raise BadInput({"": _NO_SAVE})
    saved = house().studio.save(draft, path, octets(body["content"]), revision, actor=viewer())
    return jsonify(revision=saved)


@rooms.errorhandler(SavedSince)
def overtaken(error: SavedSince) -> ResponseReturnValue:
    """Somebody else saved first: nothing of either is lost."""
    page: FormPage | None = g.get("form_page")
    if page is not None:
        return page.render(refused=error), 409
    if not request.is_json:
        return render_template("designers/overtaken.html", saves=error.saves, text=error.text), 409
    since = [
        {
            "revision": save.revision,
            "path": save.path,
            "by": directory().person(save.person).name,
            "at": save.saved_at.isoformat(),
        }
        for save in error.saves
    ]
    return jsonify(message=say(error.text), revision=error.revision, since=since), 409


# ---------------------------------------------------------------------------------- by hand


@rooms.get("/drafts/<draft>/edit/<path:path>")
@for_roles(Role.DESIGNER)
def edit(draft: str, path: str) -> ResponseReturnValue:
    """A kind of file that has no editor is edited elsewhere: taken along, and handed in again; cases on their table's page."""
    place = PurePosixPath(path)
    if (place.parent.name, place.suffix) == ("tables", ".toml"):
        table = url_for("designers.decision_editor", draft=draft, name=place.stem, _anchor="cases")
        return redirect(table)
    return redirect(url_for("designers.file_page", draft=draft, path=path))


@rooms.get("/drafts/<draft>/file/<path:path>")
@for_roles(Role.DESIGNER)
def file_page(draft: str, path: str) -> str:
    """A file to take along or to hand in again, and what it was before."""
    studio = house().studio
    found, saves = studio.draft(draft), studio.saves(draft, path)
    if path not in found.files and not saves:
        raise NotFound(_NO_FILE)
    return render_template(
        "designers/file.html",
        draft=found.row,
        path=path,
        content=found.files.get(path),
        change=found.changes.get(path),
        saves=saves,
    )


@rooms.get("/drafts/<draft>/saves/<int:revision>/<path:path>")
@for_roles(Role.DESIGNER)
def saved_file(draft: str, revision: int, path: str) -> Response:
    """A file as it was saved earlier."""
    content = house().studio.saved(draft, path, revision)
    if content is None:
        raise NotFound(_NO_FILE)
    return Response(content, mimetype=media_type(path))


@rooms.post("/drafts/<draft>/file/<path:path>")
@for_roles(Role.DESIGNER)
def change_file(draft: str, path: str) -> ResponseReturnValue:
    """Hand a file in, take it out, or go back to an earlier save; each is a save of its own."""
    studio, phase = house().studio, request.form.get("phase")
    if phase == "upload":
        content: bytes | None = _sent_files()[0][1]
    elif phase == "back":
        content = studio.saved(draft, path, _number("to"))
    elif phase == "remove":
        content = None
    else:
        raise BadInput({"": _NO_SAVE})
    studio.save(draft, path, content, _number("revision"), actor=viewer())
    tell(Text("已保存{path}", "{path} was saved").filled(path=path))
    return redirect(url_for("designers.file_page", draft=draft, path=path))


@rooms.post("/drafts/<draft>/files")
@for_roles(Role.DESIGNER)
def add_files(draft: str) -> ResponseReturnValue:
    """Hand in files, each put into the room where its kind belongs."""
    sent = [(_place(name), content) for name, content in _sent_files()]
    for path, content in sent:
        house().studio.save(draft, path, content, _number("revision"), actor=viewer())
    tell(Text("已保存{n}个文件", "{n} files were saved").filled(n=len(sent)))
    return redirect(url_for("designers.draft", draft=draft))


def _sent_files() -> list[tuple[str, bytes]]:
    files = [(one.filename, one.read()) for one in request.files.getlist("file") if one.filename]
    if not files:
        raise BadInput({"file": Text("请选择文件", "choose a file")})
    return files


def _place(name: str) -> str:
    last = PurePosixPath(name.replace("\\", "/")).name
    return _ROOM_OF.get(PurePosixPath(last).suffix, "") + last


def _number(name: str) -> int:
    value = request.form.get(name, "")
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise BadInput({name: _NO_SAVE})
    return int(value)


_NO_FILE = Text("草案中没有这个文件", "there is no such file in the draft")
_NO_SAVE = Text(
    "应有 revision(整数)和 content(文本或 null)",
    "expected revision (a whole number) and content (a text or null)",
)
