"""The competence table: which organ is competent for what and where. It proposes; a clerk decides."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import Stale
from engine.people.competence import CompetenceRow
from engine.petition.forms import Field, FieldKind, Form
from engine.petition.parties import Role
from engine.text import Text
from web.admin import rooms
from web.desk.files import tell
from web.forms import FormPage, answers_to, organ_choices
from web.house import directory, house, reading, today, viewer
from web.security import for_roles
from web.wording import OptionGroups


@rooms.get("/competence")
@for_roles(Role.ADMINISTRATOR)
def competence() -> str:
    """The whole table."""
    return render_template(
        "admin/competence.html", rows=_rows(), directory=directory(), subjects=_labels()
    )


@rooms.get("/competence/new")
@for_roles(Role.ADMINISTRATOR)
def new_competence() -> ResponseReturnValue:
    """Another row."""
    return _page().render()


@rooms.post("/competence/new")
@for_roles(Role.ADMINISTRATOR)
def keep_competence() -> ResponseReturnValue:
    """Write the row down, before all others that are as special."""
    page = _page()
    page.answers = answers_to(page.form, request.form)
    values = page.form.read(page.answers, today=today())
    row = CompetenceRow(
        organ=directory().organ(str(values["organ"])).id,
        subject_category=str(values["subject_category"]) if values["subject_category"] else None,
        territory=str(values["territory"]) if values["territory"] else None,
        basis=str(values["basis"] or ""),
        valid_from=today(),
    )
    _keep([row, *_rows()])
    return redirect(url_for("admin.competence"))


@rooms.post("/competence")
@for_roles(Role.ADMINISTRATOR)
def drop_competence() -> ResponseReturnValue:
    """Take one row out; the record keeps the table as it was."""
    place, _, organ = request.form.get("row", "").partition(":")
    rows = _rows()
    gone = next(
        (one for at, one in enumerate(rows) if (str(at), one.organ) == (place, organ)), None
    )
    if gone is None:
        raise Stale(_NO_ROW)
    _keep([row for row in rows if row is not gone])
    return redirect(url_for("admin.competence"))


_NO_ROW = Text(
    "职权表在您打开页面之后已有变动,请查看最新情况后再办理",
    "the table has changed since you opened the page; look again and decide anew",
)


def _rows() -> list[CompetenceRow]:
    with reading() as desk:
        return list(desk.competence_rows())


def _keep(rows: list[CompetenceRow]) -> None:
    with house().store.transaction() as paper:
        paper.set_competence(rows, actor=viewer(), now=house().clock.now())
    tell(Text("职权表已保存", "The competence table was kept"))


def _subjects() -> Field | None:
    fields = house().acts["register"].form.fields
    return next((one for one in fields if one.name == "subject_category"), None)


def _labels() -> dict[str, Text]:
    subjects = _subjects()
    return {option.value: option.label for option in subjects.options} if subjects else {}


def _page() -> FormPage:
    subjects = _subjects()
    form = Form(
        id="competence",
        title=Text("新增职权", "New competence"),
        fields=(
            Field(
                name="subject_category",
                label=Text("内容分类", "Subject"),
                kind=FieldKind.CHOICE,
                options=subjects.options if subjects else (),
                required=False,
                hint=Text("不选:各类事项", "none: every subject"),
            ),
            Field(
                name="territory",
                label=Text("地域", "Territory"),
                kind=FieldKind.ORGAN,
                required=False,
                hint=Text("选择人民政府;不选:各地", "a government; none: everywhere"),
            ),
            Field(
                name="organ", label=Text("有权处理机关", "Competent organ"), kind=FieldKind.ORGAN
            ),
            Field(name="basis", label=Text("依据", "Basis"), required=False),
        ),
    )
    return FormPage(
        template="admin/form.html",
        form=form,
        choices={FieldKind.ORGAN: _organs()},
        context=lambda: {"heading": form.title, "back": url_for("admin.competence")},
    )


def _organs() -> OptionGroups:
    return organ_choices(directory(), today())
