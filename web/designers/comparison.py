"""Two versions beside each other: what differs, in words and on the drawings."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, render_template, request, url_for

from engine.drafting.changes import Change
from engine.petition.parties import Role
from web.designers import rooms
from web.designers.diagrams import READERS
from web.house import house
from web.security import DRAWING_POLICY, for_roles


@rooms.get("/versions/<version>/changes")
@for_roles(*READERS)
def version_changes(version: str) -> Response:
    """What differs between a version and another: the one it was drawn over, unless the address says which."""
    library = house().library
    after = library.version(version)
    base = request.args.get("from") or after.row.base or library.current()
    return _compared(
        base,
        after.files,
        called=after.row.title or version[:16],
        here=url_for("designers.version_changes", version=version),
        back=url_for("designers.version", version=version),
        address=lambda path: url_for("designers.version_file", version=version, path=path),
    )


@rooms.get("/drafts/<draft>/changes")
@for_roles(Role.DESIGNER)
def draft_changes(draft: str) -> Response:
    """What differs between a draft and its base, or another version."""
    found = house().studio.draft(draft)
    return _compared(
        request.args.get("from") or found.row.base,
        found.files,
        called=found.row.title,
        here=url_for("designers.draft_changes", draft=draft),
        back=url_for("designers.draft", draft=draft),
        address=lambda path: url_for("designers.draft_file", draft=draft, path=path),
    )


def _compared(
    base: str, files: Mapping[str, bytes], *, called: str, here: str, back: str, address: object
) -> Response:
    library = house().library
    before = library.version(base)
    found = house().changes(house().drawings(base), house().loaded(files))
    by_file: dict[str, list[Change]] = {}
    for change in found:
        by_file.setdefault(change.file, []).append(change)
    page = Response(
        render_template(
            "designers/changes.html", before=before.row, before_files=before.files, files=files, called_now=called,
            by_file=by_file, count=len(found), here=here, back=back, address=address, versions=library.versions(),
        )
    )  # fmt: skip
    page.headers["Content-Security-Policy"] = DRAWING_POLICY
    return page
