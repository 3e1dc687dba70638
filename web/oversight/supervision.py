"""The supervision files that one may see: which duty was missed, by whom, and how far it has come."""

from __future__ import annotations

from flask import render_template, request

from engine.petition.parties import Role
from engine.text import Text
from web.desk.worklist import PAGE_SIZE, link_to, page_asked
from web.house import directory, reading, today, viewer
from web.oversight import rooms
from web.security import for_roles

STATES = {"open": Text("进行中", "Open"), "closed": Text("已办结", "Concluded")}


@rooms.get("/supervision")
@for_roles(Role.SUPERVISOR, Role.AUDITOR, Role.HEAD)
def supervision() -> str:
    """One line for each supervision file, open ones first."""
    state, page = request.args.get("state", "open"), page_asked()
    state = state if state in STATES else "open"
    with reading() as desk:
        found = desk.supervisions(viewer(), state, page=page, on=today())
    return render_template(
        "oversight/supervision.html", found=found, state=state, states=STATES, page=page,
        page_size=PAGE_SIZE, link=link_to("oversight.supervision"), directory=directory(),
    )  # fmt: skip
