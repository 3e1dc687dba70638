"""A form of a draft, changed question by question on plain pages, with a preview as the desk draws it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.drafting.file_changes import kind_name
from engine.drafting.form_editing import (
    Change,
    form_in,
    moved_field,
    new_form,
    renamed,
    retitled,
    with_field,
    without_field,
)
from engine.drafting.places import places_of, pointed_anew, readers_of, refuse_used
from engine.drafting.studio import Draft
from engine.errors import BadInput, NotFound
from engine.petition.form_files import comments_in
from engine.petition.forms import Field, FieldKind, Form
from engine.petition.parties import Role
from engine.text import Text
from web.designers import rooms
from web.designers.form_questions import about_field, answers_about, field_from
from web.designers.saving import (
    asking,
    change_file,
    content_of,
    is_open,
    must_be_free,
    sent_revision,
    tell_saved,
)
from web.desk.files import tell
from web.forms import FormPage, answers_to, organ_choices, person_choices
from web.house import directory, house, today, viewer
from web.security import for_roles
from web.wording import OptionGroups


@rooms.route("/drafts/<draft>/edit/forms/<name>.toml", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def form_editor(draft: str, name: str) -> ResponseReturnValue:
    """A form: its questions, what it looks like at the desk, where it is used, and which facts come of it."""
    found, path = house().studio.draft(draft), _path(name)
    data = content_of(found, _path(name), _MISSING)
    try:
        form = form_in(data)
    except BadInput as fault:
        tell(fault.text, "warning")
        return redirect(url_for("designers.file_page", draft=draft, path=path))
    page = _page(found, name, form, comments_in(data))
    if request.method == "GET":
        return page.render()
    phase, field = request.form.get("phase", ""), request.form.get("field", "")
    if phase == "try":
        page.answers = answers_to(form, request.form)
        form.read(page.answers, today=today())
        tell(Text("这样填写会被接受", "These answers would be taken"))
        return page.render()
    if phase == "delete":
        refuse_used(house().words(found.files), "form", name)
        house().studio.save(draft, path, None, sent_revision(), actor=viewer())
        tell(
            Text(
                "表单{name}已删除;保存记录中可以取回",
                "The form {name} was deleted; the saves keep it",
            ).filled(name=name)
        )
        return redirect(url_for("designers.draft", draft=draft))
    return _changed(draft, name, _deed(phase, field), anchor=field)


@rooms.route("/drafts/<draft>/forms/<name>/field", methods=["GET", "POST"])
@rooms.route("/drafts/<draft>/forms/<name>/field/<field>", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def form_field(draft: str, name: str, field: str | None = None) -> ResponseReturnValue:
    """Put a question in, or change one."""
    form = form_in(content_of(house().studio.draft(draft), _path(name), _MISSING))
    asked = next((one for one in form.fields if one.name == field), None)
    if field is not None and asked is None:
        raise NotFound(_NO_FIELD)
    page = asking(
        draft,
        about_field(form, asked),
        heading=form.title,
        back=_back(draft, name),
        answers=answers_about(asked),
    )
    if request.method == "GET":
        return page.render()
    page.answers = answers_to(page.form, request.form)
    values = page.form.read(page.answers, today=today())
    given = field_from(form, values)
    return _changed(draft, name, with_field(given, instead_of=field), anchor=given.name)


@rooms.route("/drafts/<draft>/forms/<name>/title", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def form_title(draft: str, name: str) -> ResponseReturnValue:
    """Call a form otherwise; with its identifier, the file is renamed, and every step that uses it follows."""
    found = house().studio.draft(draft)
    form = form_in(content_of(found, _path(name), _MISSING))
    page = asking(
        draft, _TITLED, heading=form.title, back=_back(draft, name),
        answers={"title": form.title.zh, "title_en": form.title.en, "id": name},
    )  # fmt: skip
    if request.method == "GET":
        return page.render()
    page.answers = answers_to(page.form, request.form)
    values = page.form.read(page.answers, today=today())
    id, change = str(values["id"]), retitled(_title(values))
    if id == name:
        return _changed(draft, name, change)
    laid: dict[str, bytes | None] = {
        _path(name): None,
        must_be_free(found, _path(id), _TAKEN): change(renamed(id)(found.files[_path(name)])),
        **pointed_anew(found.files, house().words(found.files), "form", name, id),
    }
    house().studio.save_together(draft, laid, sent_revision(), actor=viewer())
    tell_saved(_path(id))
    return redirect(_back(draft, id))


@rooms.route("/drafts/<draft>/forms/new", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def add_form(draft: str) -> ResponseReturnValue:
    """Begin a form."""
    found = house().studio.draft(draft)
    page = asking(
        draft,
        _TITLED,
        heading=Text("新建表单", "New form"),
        back=url_for("designers.draft", draft=draft),
    )
    if request.method == "GET":
        return page.render()
    page.answers = answers_to(page.form, request.form)
    values = page.form.read(page.answers, today=today())
    id = str(values["id"])
    content = new_form(id, _title(values))
    house().studio.save(
        draft, must_be_free(found, _path(id), _TAKEN), content, sent_revision(), actor=viewer()
    )
    tell_saved(_path(id))
    return redirect(_back(draft, id))


def _page(found: Draft, name: str, form: Form, comments: int) -> FormPage:
    words, findings = house().words(found.files), house().studio.check(found.row.id)
    facts = {one.fact: one for one in form.fields if one.fact}
    return FormPage(
        template="designers/form.html",
        form=form,
        choices=_choices(),
        context=lambda: {
            "draft": house().studio.draft(found.row.id).row, "name": name, "path": _path(name), "comments": comments,
            "open": is_open(found), "findings": findings, "places": places_of(words, "form", name),
            "readers": {fact: readers_of(words, fact) for fact in facts}, "facts": facts,
            "kind_name": kind_name,
        },
    )  # fmt: skip


def _choices() -> Mapping[str, OptionGroups]:
    organs = directory()
    return {
        FieldKind.ORGAN: organ_choices(organs, today()),
        FieldKind.PERSON: person_choices(organs, [viewer().organ], today()),
    }


def _deed(phase: str, field: str) -> Change:
    deeds = {
        "up": moved_field(field, by=-1),
        "down": moved_field(field, by=1),
        "remove": without_field(field),
    }
    if phase not in deeds:
        raise BadInput({"": Text("没有这一操作", "there is no such step")})
    return deeds[phase]


def _changed(
    draft: str, name: str, change: Change, *, anchor: str | None = None
) -> ResponseReturnValue:
    back = _back(draft, name, f"field-{anchor}" if anchor else None)
    return change_file(draft, _path(name), change, back)


_MISSING = Text("草案中没有这份表单", "there is no such form in the draft")
_TAKEN = Text("已有这个标识的表单", "there is a form with this identifier already")


def _path(name: str) -> str:
    return f"forms/{name}.toml"


def _back(draft: str, name: str, anchor: str | None = None) -> str:
    return url_for("designers.form_editor", draft=draft, name=name, _anchor=anchor)


def _title(values: Mapping[str, object]) -> Text:
    zh = str(values["title"])
    return Text(zh, str(values["title_en"] or zh))


_TITLED = Form(
    id="title",
    title=Text("名称和标识", "Name and identifier"),
    fields=(
        Field(name="title", label=Text("名称(中文)", "Name (Chinese)")),
        Field(name="title_en", label=Text("名称(英文)", "Name (English)"), required=False),
        Field(
            name="id", label=Text("标识", "Identifier"),
            hint=Text(
                "即文件名,用字母、数字、下划线和连字符;改了以后,使用它的环节一并改",
                "the name of its file: letters, digits, underscores, hyphens; steps that use the form follow",
            ),
        ),
    ),
)  # fmt: skip
_NO_FIELD = Text("表单中没有这个字段", "the form has no such question")
