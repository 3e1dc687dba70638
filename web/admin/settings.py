"""The numbers that the law leaves open: an administrator may set them; none has a default."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.petition.forms import Field, FieldKind, Form
from engine.petition.parties import Role
from engine.text import Text
from web.admin import rooms
from web.desk.files import tell
from web.forms import FormPage, answers_to
from web.house import house, today
from web.security import for_roles

PREFIX = "law."
LARGEST = 3650


@rooms.get("/settings")
@for_roles(Role.ADMINISTRATOR)
def settings() -> ResponseReturnValue:
    """The open numbers and what they are set to."""
    page = _page()
    page.answers = {
        one.name: house().store.setting(PREFIX + one.name) or "" for one in page.form.fields
    }
    return page.render()


@rooms.post("/settings")
@for_roles(Role.ADMINISTRATOR)
def keep_settings() -> ResponseReturnValue:
    """Write them down."""
    page = _page()
    page.answers = answers_to(page.form, request.form)
    values = page.form.read(page.answers, today=today())
    with house().store.transaction() as paper:
        for name, value in values.items():
            paper.set_setting(PREFIX + name, "" if value is None else str(value))
    tell(Text("已保存", "Kept"))
    return redirect(url_for("admin.settings"))


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
        ),
    )
    return FormPage(
        template="admin/form.html",
        form=form,
        context=lambda: {"heading": form.title, "back": url_for("admin.overview")},
    )
