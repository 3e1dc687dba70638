"""The library: every version of the procedure, the drafts, and what was thrown away lately."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.drafting.library import DECIDERS
from engine.petition.parties import Role
from engine.text import Text
from web.designers import rooms
from web.designers.diagrams import READERS
from web.desk.files import tell
from web.house import house, viewer
from web.security import for_roles


@rooms.get("/")
@for_roles(*READERS)
def library() -> str:
    """The versions with the petitions that run on them; for designers, the drafts."""
    draws = Role.DESIGNER in viewer().roles
    studio = house().studio
    return render_template(
        "designers/library.html",
        versions=house().library.versions(),
        draws=draws,
        drafts=studio.drafts() if draws else (),
        discarded=studio.drafts(discarded=True) if draws else (),
        kept_days=studio.kept_days(),
        migrates=bool(DECIDERS & viewer().roles),
    )


@rooms.post("/drafts")
@for_roles(Role.DESIGNER)
def begin_draft() -> ResponseReturnValue:
    """Begin a draft over a version."""
    title, base = request.form.get("title", ""), request.form.get("base") or None
    draft = house().studio.new(title, base, actor=viewer())
    tell(Text("草案已建立", "The draft was begun"))
    return redirect(url_for("designers.draft", draft=draft))
