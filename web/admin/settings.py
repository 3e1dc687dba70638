"""What the law leaves open, which has no default, and what the house decides: an administrator may set it, on the record."""

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
from web.house import house, today, viewer
from web.outside import PUBLIC_ADDRESS, must_be_an_address
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
    Field(
        name=PUBLIC_ADDRESS,
        label=Text("公众访问本系统的网址", "Address at which the public reaches this system"),
        kind=FieldKind.TEXT,
        required=False,
        hint=Text(
            "印在回执和文书二维码里,如 https://www.example.gov.cn;不填则用打印者打开本系统的网址",
            "in the codes on receipts and papers, such as https://www.example.gov.cn; if empty, where the printer reached it",
        ),
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
    must_be_an_address(str(values[PUBLIC_ADDRESS] or ""))
    kept = {_key(one): str(values[one.name] or "") for one in page.form.fields}
    with house().store.transaction() as paper:
        changed = paper.change_settings(kept, actor=viewer(), now=house().clock.now())
    tell(_KEPT if changed else _UNCHANGED)
    return redirect(url_for("admin.settings"))


_KEPT = Text("已保存,并已记录", "Kept, and on the record")
_UNCHANGED = Text("没有改动", "Nothing was changed")


def _key(one: Field) -> str:
    return one.name if one in HOUSE else LAW + one.name


def _page() -> FormPage:
    form = Form(
        id="settings",
        title=Text("可由本机关设定的事项", "What the office may set"),
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
