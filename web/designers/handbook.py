"""The handbook of a procedure, to be printed: each diagram, and each of its steps with act, clock, documents and questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response, render_template, url_for

from engine.drafting.rows import chapters, rows
from engine.drafting.words import Words, length_of
from engine.petition.forms import Form
from engine.petition.parties import Role
from web.designers import rooms
from web.designers.diagrams import READERS, files_of
from web.house import house
from web.security import DRAWING_POLICY, for_roles


@rooms.get("/drafts/<draft>/handbook")
@for_roles(Role.DESIGNER)
def handbook(draft: str) -> Response:
    """The handbook of a draft. Raises NotFound."""
    found = house().studio.draft(draft)
    return _page(
        found.files,
        found.row.title,
        lambda path: url_for("designers.draft_file", draft=draft, path=path),
        url_for("designers.draft", draft=draft),
    )


@rooms.get("/versions/<version>/handbook")
@for_roles(*READERS)
def version_handbook(version: str) -> Response:
    """The handbook of a version. Raises NotFound."""
    return _page(
        files_of(version),
        version[:16],
        lambda path: url_for("designers.version_file", version=version, path=path),
        url_for("designers.version", version=version),
    )


def _page(
    files: Mapping[str, bytes], title: str, address: Callable[[str], str], back: str
) -> Response:
    words = house().words(files)
    page = Response(
        render_template(
            "designers/handbook.html",
            title=title,
            back=back,
            chapters=[
                (scope, rows(words, scope.file), address(scope.file)) for scope in chapters(words)
            ],
            acts={act.id: act for act in words.acts},
            limits={name: one for one in words.limits for name in (one.id, one.alias)},
            documents={one.kind: one for one in words.documents},
            questions=_questions(words),
            length_of=length_of,
        )
    )
    page.headers["Content-Security-Policy"] = DRAWING_POLICY
    return page


def _questions(words: Words) -> dict[str, Form]:
    """What each act and each form asks, by their names."""
    asked = {act.id: act.form for act in house().acts.values()}
    return {**asked, **{f"form:{form.id}": form for form in words.forms}}
