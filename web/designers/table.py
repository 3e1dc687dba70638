"""A diagram as a table for everybody's browser: attributes of its elements, and free steps put in between."""

from __future__ import annotations

from collections.abc import Iterable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.drafting.rows import (
    Change,
    Row,
    acts_for,
    attributes_of,
    calls,
    changed,
    free_id,
    lanes_in,
    moved,
    row_of,
    rows,
    with_decision,
    with_free_step,
)
from engine.drafting.words import Words
from engine.errors import NotFound
from engine.petition.forms import Field, FieldKind, Form, Option
from engine.petition.parties import Role
from engine.text import Text
from web.captions import CAPTIONS
from web.designers import rooms
from web.designers.saving import asking, sent_revision, tell_saved
from web.forms import FormPage, answers_to
from web.house import house, today, viewer
from web.security import for_roles
from web.wording import article_text

_LABELS = {
    "name": Text("名称", "Name"),
    "act": Text("行为", "Act"),
    "form": Text("表单(自定环节)", "Form (free step)"),
    "organ": Text("哪个机关", "Which organ"),
    "role": Text("由谁", "Who"),
    "document": Text("文书", "Document"),
    "clock": Text("法定期限", "Limit of the law"),
    "limit": Text("内部期限", "Internal limit"),
    "within": Text("内部期限不晚于", "Internal limit not later than"),
    "stage": Text("阶段", "Stage"),
    "table": Text("决策表", "Decision table"),
    "lane": Text("泳道", "Lane"),
    "called": Text("调用的流程", "Called process"),
}
_HINTS = {
    "limit": Text(
        "写作 5 days 或 3 working_days", "written 5 days (calendar days) or 3 working_days"
    ),
    "organ": Text("不填则随泳道", "empty: as the lane"),
    "role": Text("不填则随泳道", "empty: as the lane"),
}


@rooms.get("/drafts/<draft>/table/<process>.bpmn")
@for_roles(Role.DESIGNER)
def table(draft: str, process: str) -> str:
    """One row per element. Raises NotFound."""
    found, path = house().studio.draft(draft), f"{process}.bpmn"
    if path not in found.files:
        raise NotFound(_NO_DIAGRAM)
    words = house().words(found.files)
    return render_template(
        "designers/table.html", draft=found.row, path=path, process=process,
        rows=rows(words, path), findings=[one for one in house().studio.check(draft) if one.file == path],
        forms={one.id: one.title for one in words.forms},
        documents={one.kind: one.title for one in words.documents},
    )  # fmt: skip


@rooms.route("/drafts/<draft>/table/<process>.bpmn/<element>", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def change_element(draft: str, process: str, element: str) -> ResponseReturnValue:
    """Change the attributes of an element."""
    words, row = row_in(draft, process, element)
    lanes = lanes_in(house().studio.draft(draft).files[f"{process}.bpmn"])
    page = page_for(draft, process, row, _questions(words, row, lanes))
    before = {
        "name": row.node.name, "lane": row.node.lane.id if row.node.lane else "", "called": row.node.called,
        **row.node.words,
    }  # fmt: skip
    page.answers = before
    if request.method == "GET":
        return page.render()
    page.answers = answers_to(page.form, request.form)
    given = {
        name: str(value or "")
        for name, value in page.form.read(page.answers, today=today()).items()
    }
    name, lane, called = given.pop("name"), given.pop("lane", ""), given.pop("called", "")
    changes = [changed(element, name=name, words=given)]
    changes += [moved(element, lane)] if lane and lane != before["lane"] else []
    changes += [calls(element, called)] if called else []
    return save_rows(draft, process, element, *changes)


@rooms.route("/drafts/<draft>/table/<process>.bpmn/<element>/after", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def add_step(draft: str, process: str, element: str) -> ResponseReturnValue:
    """Put a free step, or a task that decides by a table, after an element."""
    words, row = row_in(draft, process, element)
    page = page_for(draft, process, row, _new_step(words))
    if request.method == "GET":
        return page.render()
    page.answers = answers_to(page.form, request.form)
    given = page.form.read(page.answers, today=today())
    form, table, name = (str(given.get(one) or "") for one in ("form", "table", "name"))
    if table:
        id = free_id(words, f"decide_{table}")
        return save_rows(draft, process, id, with_decision(element, id=id, name=name, table=table))
    id = free_id(words, form)
    return save_rows(draft, process, id, with_free_step(element, id=id, name=name, form=form))


def row_in(draft: str, process: str, element: str) -> tuple[Words, Row]:
    """The row of *element* in a diagram of *draft*, and what the draft may name. Raises NotFound."""
    words = house().words(house().studio.draft(draft).files)
    return words, row_of(words, f"{process}.bpmn", element)


def page_for(
    draft: str,
    process: str,
    row: Row,
    form: Form,
    note: Text | None = None,
    button: Text | None = None,
) -> FormPage:
    """A page that asks *form* about *row*; *note* says what will follow, *button* what its button says."""
    return asking(
        draft,
        form,
        heading=row.node.name or row.node.id,
        back=url_for("designers.table", draft=draft, process=process, _anchor=row.node.id),
        note=note,
        button=button,
    )


def _questions(words: Words, row: Row, lanes: tuple[tuple[str, str], ...]) -> Form:
    options = {
        "lane": [Option(value=id, label=Text(name or id, name or id)) for id, name in lanes],
        "called": [
            Option(value=one.id, label=Text(one.name or one.id, one.name or one.id))
            for one in words.drawing.processes()
        ],
        "act": [
            Option(value=act.id, label=_cited(act.title, act.article))
            for act in acts_for(words, row.node)
        ],
        "form": [Option(value=one.id, label=one.title) for one in words.forms],
        "organ": _captioned("slot", words.slots),
        "role": _captioned("role", words.roles),
        "document": [Option(value=one.kind, label=one.title) for one in words.documents],
        "clock": [
            Option(value=one.id, label=_cited(one.title, one.article)) for one in words.limits
        ],
        "within": [
            Option(value=one.id, label=_cited(one.title, one.article)) for one in words.limits
        ],
        "stage": _captioned("stage", words.stages),
        "table": [Option(value=name, label=Text(name, name)) for name in words.tables],
    }
    more = ["called"] if row.node.kind == "callActivity" else []
    more += ["lane"] if len(lanes) > 1 and not row.depth else []
    return Form(
        id="element",
        title=Text("修改", "Change"),
        fields=(
            Field(name="name", label=_LABELS["name"], required=False),
            *(_question(name, options.get(name)) for name in (*attributes_of(row.node), *more)),
        ),
    )


def _question(name: str, options: list[Option] | None) -> Field:
    kind = FieldKind.TEXT if options is None else FieldKind.CHOICE
    return Field(
        name=name, label=_LABELS[name], kind=kind, required=False, hint=_HINTS.get(name),
        options=(*((_NONE,) if options and len(options) < _IN_SIGHT else ()), *(options or ())),
    )  # fmt: skip


def _new_step(words: Words) -> Form:
    forms = tuple(Option(value=one.id, label=one.title) for one in words.forms)
    tables = tuple(Option(value=name, label=Text(name, name)) for name in words.tables)
    what = Field(
        name="what", label=Text("插入什么", "What is put in"), kind=FieldKind.CHOICE,
        options=(Option(value="form", label=_LABELS["form"]), Option(value="table", label=_LABELS["table"])),
    )  # fmt: skip
    return Form(
        id="step",
        title=Text("在其后插入", "Put in after it"),
        fields=(
            *((what,) if tables else ()),
            Field(name="name", label=_LABELS["name"]),
            Field(
                name="form", label=_LABELS["form"], kind=FieldKind.CHOICE, options=forms,
                when=("what", ("form",)) if tables else None,
            ),
            *(
                (Field(name="table", label=_LABELS["table"], kind=FieldKind.CHOICE, options=tables, when=("what", ("table",))),)
                if tables else ()
            ),
        ),
    )  # fmt: skip


def _captioned(kind: str, values: Iterable[str]) -> list[Option]:
    return [Option(value=one, label=CAPTIONS[kind].get(one) or Text(one, one)) for one in values]


def _cited(title: Text, article: str) -> Text:
    return Text("{title} {article}", "{title} {article}").filled(
        title=title, article=article_text(article)
    )


def save_rows(draft: str, process: str, element: str, *changes: Change) -> ResponseReturnValue:
    """Save *changes* of a diagram one after the other as one revision, and go back to the row of *element*."""

    def change(diagram: bytes) -> bytes:
        for one in changes:
            diagram = one(diagram)
        return diagram

    house().studio.edit(draft, f"{process}.bpmn", change, sent_revision(), actor=viewer())
    tell_saved(f"{process}.bpmn")
    return redirect(url_for("designers.table", draft=draft, process=process, _anchor=element))


_NONE = Option(value="", label=Text("无", "none"))
_IN_SIGHT = 6
"""As many choices are shown side by side; of those in a list, none can be chosen anyway."""
_NO_DIAGRAM = Text("草案中没有这张流程图", "there is no such diagram in the draft")
