"""The numbers that the law leaves open, which have no default, and those of the house: an administrator may set them."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.drafting.studio import KEPT_DAYS, USUAL_DAYS
from engine.petition.forms import Field, FieldKind, Form
from engine.petition.parties import Role
from engine.text import Text
from web.admin import rooms
from web.desk.files import tell
from web.forms import FormPage, answers_to
from web.house import house, today
from web.security import for_roles

LAW = "law."
LARGEST = 3650
HOUSE = (
    Field(
        name=KEPT_DAYS,
        label=Text("丢弃的流程草案保留日数", "Days for which a discarded draft is kept"),
        kind=FieldKind.INTEGER,
        required=False,
        minimum=1,
        maximum=LARGEST,
        hint=Text("不填为 {n} 日", "{n} where nothing is set").filled(n=USUAL_DAYS),
    ),
)


@rooms.get("/settings")
@for_roles(Role.ADMINISTRATOR)
def settings() -> ResponseReturnValue:
    """The open numbers and what they are set to."""
    page = _page()
    page.answers = {one.name: house().store.setting(_key(one)) or "" for one in page.form.fields}
    return page.render()


@rooms.post("/settings")
@for_roles(Role.ADMINISTRATOR)
def keep_settings() -> ResponseReturnValue:
    """Write them down."""
    page = _page()
    page.answers = answers_to(page.form, request.form)
    values = page.form.read(page.answers, today=today())
    with house().store.transaction() as paper:
        for one in page.form.fields:
            value = values[one.name]
            paper.set_setting(_key(one), "" if value is None else str(value))
    tell(Text("已保存", "Kept"))
    return redirect(url_for("admin.settings"))


def _key(one: Field) -> str:
    return one.name if one in HOUSE else LAW + one.name


def _page() -> FormPage:
    form = Form(
        id="settings",
        title=Text("可由本机关设定的数字", "Numbers that the law leaves open"),
        fields=tuple(
            Field(
                name=one.id,
                label=one.title,
                kind=FieldKind.INTEGER,
                required=False,
                minimum=0,
                maximum=LARGEST,
                article=one.article,
            )
            for one in house().law.settings()
        )
        + HOUSE,
    )
    return FormPage(
        template="admin/form.html",
        form=form,
        context=lambda: {"heading": form.title, "back": url_for("admin.overview")},
    )
