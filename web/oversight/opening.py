"""Opening a supervision by hand: shirking, falsification, an opinion not executed (Art. 40(1)). Clocks open their own."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.petition.commands import Command
from engine.petition.forms import FieldKind
from engine.petition.parties import Role
from engine.text import Text
from web.desk.acts import choices_for
from web.desk.files import tell
from web.forms import FormPage, answers_to, only, sent_key, without
from web.house import house, reading, today, viewer
from web.oversight import rooms
from web.security import for_roles

ACT = "open_supervision"
_KNOWN = ("about", "supervising_office", "breach_limit", "breach_article", "breach_deadline")
"""What the page knows without asking: the petition it was reached from, and the supervisor's own office."""

_NOT_ITSELF = Text(
    "本单位没有列出:信访部门自身的逾期由其上一级督办",
    "your own office is not listed: its breaches are supervised by its superior",
)


@rooms.get("/supervise/<petition>")
@for_roles(Role.SUPERVISOR)
def open_supervision(petition: str) -> str:
    """Which organ, and on what ground?"""
    return _page(petition).render()


@rooms.post("/supervise/<petition>")
@for_roles(Role.SUPERVISOR)
def opened(petition: str) -> ResponseReturnValue:
    """Open the supervision file."""
    page = _page(petition)
    page.answers = answers_to(page.form, request.form)
    actor = viewer()
    receipt = house().office.perform(
        Command(
            act=ACT,
            actor=actor,
            key=sent_key(actor.person),
            answers={**page.answers, "about": petition, "supervising_office": actor.organ},
        )
    )
    tell(Text("已立案督办", "The supervision is open"))
    return redirect(url_for("desk.file", petition=receipt.petition))


def _page(petition: str) -> FormPage:
    with reading() as desk:
        shown = desk.file(viewer(), petition, on=today())
    form, own = house().acts[ACT].form, viewer().organ
    organs = choices_for(shown)[FieldKind.ORGAN]
    return FormPage(
        template="oversight/open.html",
        form=without(form, _KNOWN),
        answers={"organ": shown.file.facts.get("organ") or ""},
        choices={FieldKind.ORGAN: only(organs, lambda organ: organ != own)},
        left_out={"organ": _NOT_ITSELF},
        context=lambda: {"file": shown.file},
    )
