"""Rehearsing a change of the law: rows of the statute's data are pasted or handed in, and nothing of them is kept."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue

from engine.drafting.rehearsal import Rehearsal
from engine.errors import BadInput
from engine.petition.forms import Field, FieldKind, Form
from engine.text import Text
from web.designers import rooms
from web.designers.diagrams import READERS
from web.forms import FormPage, answers_to
from web.house import directory, house, today, viewer
from web.security import for_roles

SHOWN = 200
EXAMPLE = 'from = 2027-07-01\n\n[[limit]]\nid = "T3"\nlength = 10\n'
_AMENDMENT = Form(
    id="rehearsal",
    title=Text("法规变动演练", "Rehearse a change of the law"),
    fields=(
        Field(
            name="text",
            label=Text("拟变动的法规数据(TOML)", "Rows of the statute's data as they would be (TOML)"),
            kind=FieldKind.LONG_TEXT,
            hint=Text(
                "写明自哪一日起(from),每行只写编号和要变动的项;文书写在 [[document]] 下,以 kind 指明",
                "say from which day (from); of each row its id and what changes; documents under [[document]] by kind",
            ),
        ),
    ),
)  # fmt: skip


@rooms.route("/rehearsal", methods=("GET", "POST"))
@for_roles(*READERS)
def rehearsal() -> ResponseReturnValue:
    """What would use the changed rows, and what would come out otherwise."""
    found: list[Rehearsal] = []
    page = FormPage(
        template="designers/rehearsal.html",
        form=_AMENDMENT,
        context=lambda: {
            "found": found[0] if found else None,
            "shown": SHOWN,
            "version": house().library.current(),
            "organs": directory().organs,
            "back": url_for("designers.library"),
        },
    )
    page.answers = {"text": EXAMPLE}
    if request.method == "POST":
        page.answers = {**answers_to(_AMENDMENT, request.form), **_handed_in()}
        values = _AMENDMENT.read(page.answers, today=today())
        found.append(house().rehearse(str(values["text"]), viewer()))
    return page.render()


def _handed_in() -> dict[str, object]:
    """The text of a file that was handed in, which then stands for what was typed."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return {}
    try:
        return {"text": sent.read().decode("utf-8-sig")}
    except UnicodeDecodeError as fault:
        raise BadInput(
            {"text": Text("文件须为 UTF-8 文本", "the file must be a text in UTF-8")}
        ) from fault
