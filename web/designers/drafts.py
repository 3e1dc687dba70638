"""A draft: its files against its base, what the check finds, and its life until somebody submits it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.drafting.changes import Change
from engine.drafting.studio import SaveRow
from engine.errors import BadInput
from engine.petition.parties import Role
from engine.text import Text
from web.designers import rooms
from web.desk.files import tell
from web.house import house, viewer
from web.language import say
from web.security import for_roles


@rooms.get("/drafts/<draft>")
@for_roles(Role.DESIGNER)
def draft(draft: str) -> str:
    """The files of a draft, what changed, and what the check finds."""
    studio = house().studio
    found = studio.draft(draft)
    last: dict[str, SaveRow] = {}
    for save in studio.saves(draft):
        last.setdefault(save.path, save)
    return render_template(
        "designers/draft.html",
        draft=found.row,
        files=found.files,
        changes=found.changes,
        templates=[
            path
            for path in found.files
            if path.startswith("documents/") and path not in found.changes
        ],
        last=last,
        findings=studio.check(draft),
        told=told_by_file(house().library.version(found.row.base).files, found.files),
        kept_days=studio.kept_days(),
        replay=house().trials.remembered(draft),
    )


def told_by_file(
    before: Mapping[str, bytes], after: Mapping[str, bytes]
) -> dict[str, list[Change]]:
    """What changed in forms, tables and templates, in words, by file."""
    told: dict[str, list[Change]] = {}
    for change in house().file_changes(before, after):
        told.setdefault(change.file, []).append(change)
    return told


@rooms.post("/drafts/<draft>")
@for_roles(Role.DESIGNER)
def change_draft(draft: str) -> ResponseReturnValue:
    """Rename a draft, throw it away, or take it back."""
    studio, phase = house().studio, request.form.get("phase")
    if phase == "rename":
        studio.rename(draft, request.form.get("title", ""), actor=viewer())
    elif phase == "discard":
        studio.discard(draft, actor=viewer())
        tell(Text("草案已丢弃,可以取回", "The draft was discarded; it can be taken back"))
        return redirect(url_for("designers.library"))
    elif phase == "restore":
        studio.restore(draft, actor=viewer())
        tell(Text("草案已取回", "The draft was taken back"))
    return redirect(url_for("designers.draft", draft=draft))


@rooms.post("/drafts/<draft>/check")
@for_roles(Role.DESIGNER)
def check_draft(draft: str) -> Response:
    """What the check finds in a draft, for editors: with the files of the body, ``{path: content}``, put over it."""
    findings = house().studio.check(draft, _unsaved(request.get_json() if request.data else {}))
    return jsonify(
        conforms=not any(one.severity == "refuse" for one in findings),
        findings=[
            {
                "rule": one.rule,
                "clause": one.clause,
                "severity": one.severity,
                "file": one.file,
                "element": one.element,
                "message": say(one.message),
                "run": getattr(one, "run", None),
            }
            for one in findings
        ],
    )


def _unsaved(body: object) -> dict[str, bytes | None]:
    if not isinstance(body, Mapping):
        raise BadInput({"": _NO_FILES})
    return {str(path): octets(content) for path, content in body.items()}


def octets(content: object) -> bytes | None:
    """The content of a file as JSON tells it: a text, or null for a file that is taken out. Raises BadInput."""
    if content is not None and not isinstance(content, str):
        raise BadInput({"content": _NO_FILES})
    try:
        return None if content is None else content.encode()
    except UnicodeEncodeError as fault:
        raise BadInput({"content": _NO_FILES}) from fault


_NO_FILES = Text(
    "应为文件路径到内容的对象,内容为文本或 null",
    "expected an object from paths to contents, each a text or null",
)
