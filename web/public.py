"""What anybody may read: a guide to the procedure, and a calculator of its limits."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from engine.errors import BadInput
from engine.office.explaining import Explanation, calculate, countable
from engine.petition.forms import Field as Question
from engine.petition.forms import FieldKind, Form
from engine.text import Text
from web.house import house, reading, today

rooms = Blueprint("public", __name__)
_DAY = Form(
    id="calculator",
    title=Text("期限计算", "Calculator"),
    fields=(
        Question(name="limit", label=Text("期限", "Limit"), kind=FieldKind.TEXT),
        Question(
            name="on",
            label=Text("起算事件之日", "Day of the event"),
            kind=FieldKind.DATE,
            future=True,
        ),
    ),
)


@rooms.get("/guide")
def guide() -> str:
    """How a petition travels, who must do what, and by when."""
    return render_template("public/guide.html", limits=countable(house().law))


@rooms.get("/calculator")
def calculator() -> tuple[str, int]:
    """When a limit falls due, every day counted."""
    faults: dict[str, Text] = {}
    why = None
    if "limit" in request.args:
        try:
            why = _explained()
        except BadInput as unusable:  # a page that asks by GET is its own form
            faults = unusable.fields
    page = render_template(
        "public/calculator.html", limits=countable(house().law), why=why, faults=faults,
        chosen=request.args.get("limit", ""), on=request.args.get("on") or today().isoformat(),
    )  # fmt: skip
    return page, 422 if faults else 200


def _explained() -> Explanation:
    values = _DAY.read(
        {"limit": request.args.get("limit", ""), "on": request.args.get("on", "")}, today=today()
    )
    with reading() as desk:
        return calculate(str(values["limit"]), values["on"], house().law, desk.calendar())  # type: ignore[arg-type]
