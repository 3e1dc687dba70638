"""A decision table of a draft: rules as rows on plain pages, a test bench, saved cases, and what the rows cover."""

from __future__ import annotations

from functools import partial

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.drafting.places import places_of, pointed_anew, readers_of, refuse_used
from engine.drafting.studio import Draft
from engine.drafting.table_bench import (
    cover_of,
    fails,
    saved_cases,
    tried,
    with_case,
    without_case,
)
from engine.drafting.table_editing import (
    Change,
    Sheet,
    entitled,
    moved_rule,
    new_table,
    place_of,
    sheet_of,
    with_input,
    with_output,
    with_rule,
    without_input,
    without_output,
    without_rule,
)
from engine.errors import BadInput
from engine.petition.parties import Role
from engine.text import Text
from web.designers import rooms
from web.designers.decision_questions import (
    about_case,
    about_input,
    about_output,
    about_rule,
    about_table,
    answers_about_rule,
    column_from,
    given_from,
    rule_from,
)
from web.designers.decision_words import cases_in_words, cells_of, facts_in_words, head_of
from web.designers.fact_words import FactWords
from web.designers.saving import (
    asking,
    change_file,
    content_of,
    is_open,
    must_be_free,
    sent_number,
    sent_revision,
    tell_saved,
)
from web.desk.files import tell
from web.forms import FormPage, answers_to
from web.house import house, today, viewer
from web.security import for_roles


@rooms.route("/drafts/<draft>/edit/tables/<name>.dmn", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def decision_editor(draft: str, name: str) -> ResponseReturnValue:
    """A table: its rows, what they cover, the test bench with the saved cases, and where it is used."""
    found = house().studio.draft(draft)
    data = content_of(found, _path(name), _MISSING)
    try:
        sheet = sheet_of(data)
    except BadInput as fault:
        tell(fault.text, "warning")
        return redirect(url_for("designers.file_page", draft=draft, path=_path(name)))
    page, phase = _page(found, name, sheet), request.form.get("phase", "")
    if request.method == "GET" or phase == "try":
        return page.render()
    if phase in {"keep", "forget"}:
        return _keep(found, name, page, forget=phase == "forget")
    if phase == "delete":
        refuse_used(house().words(found.files), "table", name)
        laid = dict.fromkeys(path for path in (_path(name), _cases(name)) if path in found.files)
        house().studio.save_together(draft, laid, sent_revision(), actor=viewer())
        tell(
            Text(
                "决策表{name}已删除;保存记录中可以取回",
                "The table {name} was deleted; the saves keep it",
            ).filled(name=name)
        )
        return redirect(url_for("designers.draft", draft=draft))
    return _changed(draft, name, _deed(phase))


@rooms.route("/drafts/<draft>/tables/<name>/rule", methods=["GET", "POST"])
@rooms.route("/drafts/<draft>/tables/<name>/rule/<id>", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def decision_rule(draft: str, name: str, id: str | None = None) -> ResponseReturnValue:
    """Put a row in, or change one."""
    found = house().studio.draft(draft)
    sheet, words = sheet_of(content_of(found, _path(name), _MISSING)), house().words(found.files)
    rule = None if id is None else sheet.rules[place_of(sheet.rules, id)]
    page = asking(
        draft, about_rule(words, sheet, new=rule is None), heading=sheet.title or name, back=_back(draft, name),
        answers=answers_about_rule(words, sheet, rule),
    )  # fmt: skip
    if request.method == "GET":
        return page.render()
    page.answers = answers_to(page.form, request.form)
    given = rule_from(words, sheet, page.form.read(page.answers, today=today()))
    return _changed(draft, name, with_rule(given, instead_of=id))


@rooms.route("/drafts/<draft>/tables/<name>/input", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def decision_input(draft: str, name: str) -> ResponseReturnValue:
    """Let a table ask for one more fact."""
    found = house().studio.draft(draft)
    sheet, words = sheet_of(content_of(found, _path(name), _MISSING)), house().words(found.files)
    page = asking(
        draft, about_input(words, sheet), heading=sheet.title or name, back=_back(draft, name)
    )
    if request.method == "GET":
        return page.render()
    page.answers = answers_to(page.form, request.form)
    values = page.form.read(page.answers, today=today())
    fact = str(values["fact"])
    return _changed(draft, name, with_input(fact, words.facts[fact], str(values["label"] or "")))


@rooms.route("/drafts/<draft>/tables/<name>/output", methods=["GET", "POST"])
@rooms.route("/drafts/<draft>/tables/<name>/output/<id>", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def decision_output(draft: str, name: str, id: str | None = None) -> ResponseReturnValue:
    """Let a table set one more fact, or change what it sets."""
    sheet = sheet_of(content_of(house().studio.draft(draft), _path(name), _MISSING))
    column = None if id is None else sheet.outputs[place_of(sheet.outputs, id)]
    page = asking(
        draft, about_output(column), heading=sheet.title or name, back=_back(draft, name),
        answers={"type": "string"} if column is None else {
            "label": column.label, "fact": column.fact, "type": column.type, "values": "\n".join(column.values),
        },
    )  # fmt: skip
    if request.method == "GET":
        return page.render()
    page.answers = answers_to(page.form, request.form)
    given = column_from(page.form.read(page.answers, today=today()))
    return _changed(draft, name, with_output(given, instead_of=id))


@rooms.route("/drafts/<draft>/tables/<name>/title", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def decision_title(draft: str, name: str) -> ResponseReturnValue:
    """Call a table otherwise, or let it decide otherwise; with its identifier its files are renamed, and its tasks follow."""
    found = house().studio.draft(draft)
    sheet = sheet_of(content_of(found, _path(name), _MISSING))
    page = asking(
        draft, about_table(new=False), heading=sheet.title or name, back=_back(draft, name),
        answers={"title": sheet.title, "policy": sheet.policy, "id": name},
    )  # fmt: skip
    if request.method == "GET":
        return page.render()
    page.answers = answers_to(page.form, request.form)
    values = page.form.read(page.answers, today=today())
    id = str(values["id"])
    change = entitled(str(values["title"]), str(values["policy"]), id=id)
    if id == name:
        return _changed(draft, name, change)
    laid: dict[str, bytes | None] = {
        _path(name): None,
        must_be_free(found, _path(id), _TAKEN): change(found.files[_path(name)]),
        **pointed_anew(found.files, house().words(found.files), "table", name, id),
    }
    if _cases(name) in found.files:
        laid |= {_cases(name): None, _cases(id): found.files[_cases(name)]}
    house().studio.save_together(draft, laid, sent_revision(), actor=viewer())
    tell_saved(_path(id))
    return redirect(_back(draft, id))


@rooms.route("/drafts/<draft>/tables/new", methods=["GET", "POST"])
@for_roles(Role.DESIGNER)
def add_decision(draft: str) -> ResponseReturnValue:
    """Begin a table."""
    found = house().studio.draft(draft)
    page = asking(
        draft, about_table(new=True), heading=Text("决策表", "Decision table"), answers={"policy": "UNIQUE"},
        back=url_for("designers.draft", draft=draft),
    )  # fmt: skip
    if request.method == "GET":
        return page.render()
    page.answers = answers_to(page.form, request.form)
    values = page.form.read(page.answers, today=today())
    id, title = str(values["id"]), str(values["title"])
    content = entitled(title, str(values["policy"]), id=id)(new_table(id, title))
    house().studio.save(
        draft, must_be_free(found, _path(id), _TAKEN), content, sent_revision(), actor=viewer()
    )
    tell_saved(_path(id))
    return redirect(_back(draft, id))


def _page(found: Draft, name: str, sheet: Sheet) -> FormPage:
    words = house().words(found.files)
    called = FactWords(words)
    form, table = about_case(words, sheet), words.decisions.get(name)
    answers = answers_to(form, request.form)
    given = (
        given_from(sheet, form.read(answers, today=today()))
        if request.form.get("phase") in {"try", "keep"}
        else None
    )
    cases = saved_cases(found.files.get(_cases(name)))
    return FormPage(
        template="designers/decision.html",
        form=form,
        answers=answers,
        context=lambda: {
            "draft": house().studio.draft(found.row.id).row, "name": name, "path": _path(name), "sheet": sheet,
            "open": is_open(found), "findings": house().studio.check(found.row.id), "table": table,
            "head": head_of(words, sheet), "rows": cells_of(words, sheet), "paths": (_path(name), _cases(name)),
            "cover": None if table is None else cover_of(table, words.facts),
            "tried": None if table is None or given is None else tried(table, given),
            "cases": [(one, None if table is None else fails(one, table)) for one in cases],
            "places": places_of(words, "table", name),
            "facts_in_words": partial(facts_in_words, called),
            "cases_in_words": partial(cases_in_words, called, table.inputs if table else ()),
            "readers": {one.fact: readers_of(words, one.fact) for one in sheet.outputs},
        },
    )  # fmt: skip


def _keep(found: Draft, name: str, page: FormPage, *, forget: bool) -> ResponseReturnValue:
    """Save what the test bench shows as a case, or forget a case."""
    path, before = _cases(name), found.files.get(_cases(name))
    if forget:
        content = without_case(before, sent_number("at"))
    else:
        sheet, words = sheet_of(found.files[_path(name)]), house().words(found.files)
        if name not in words.decisions:
            raise BadInput(
                {
                    "": Text(
                        "表还不能用,请先看检查发现",
                        "the table cannot be used yet: see what the check finds",
                    )
                }
            )
        given = given_from(sheet, page.form.read(page.answers, today=today()))
        title = request.form.get("title", "").strip()[:100]
        content = with_case(before, title, tried(words.decisions[name], given))
    house().studio.save(found.row.id, path, content, sent_revision(), actor=viewer())
    tell_saved(path)
    return redirect(_back(found.row.id, name, "cases"))


def _deed(phase: str) -> Change:
    deeds = {
        "up": lambda id: moved_rule(id, by=-1), "down": lambda id: moved_rule(id, by=1), "remove": without_rule,
        "remove-input": without_input, "remove-output": without_output,
    }  # fmt: skip
    if phase not in deeds:
        raise BadInput({"": Text("没有这一操作", "there is no such step")})
    return deeds[phase](request.form.get("at", ""))


def _changed(draft: str, name: str, change: Change) -> ResponseReturnValue:
    return change_file(draft, _path(name), change, _back(draft, name))


_MISSING = Text("草案中没有这张决策表", "there is no such table in the draft")
_TAKEN = Text("已有这个标识的决策表", "there is a table with this identifier already")


def _path(name: str) -> str:
    return f"tables/{name}.dmn"


def _cases(name: str) -> str:
    return f"tables/{name}.toml"


def _back(draft: str, name: str, anchor: str | None = None) -> str:
    return url_for("designers.decision_editor", draft=draft, name=name, _anchor=anchor)
