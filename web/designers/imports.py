"""Diagrams of other modelers: brought into a draft with a report of what became of what, and handed out without our words."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.drafting.imports import foreign_in, plain, without
from engine.errors import BadInput, NotFound
from engine.petition.forms import Field, FieldKind, Form
from engine.petition.parties import Role
from engine.text import Text
from web.designers import rooms
from web.designers.diagrams import READERS, files_of
from web.designers.saving import sent_revision, tell_saved
from web.forms import FormPage, answers_to
from web.house import house, today, viewer
from web.security import for_roles


@rooms.route("/drafts/<draft>/imports", methods=("GET", "POST"))
@for_roles(Role.DESIGNER)
def imports(draft: str) -> ResponseReturnValue:
    """Bring a file of another modeler in; one that cannot be is refused with what to do."""
    page = FormPage(
        template="designers/imports.html",
        form=_IMPORT,
        context=lambda: {
            "draft": house().studio.draft(draft).row,
            "imports": house().imports.imports(draft),
            "name": sent.filename if (sent := request.files.get("file")) else "",
        },
    )
    if request.method == "GET":
        return page.render()
    page.answers = answers_to(page.form, request.form)
    replacing = bool(page.form.read(page.answers, today=today())["replacing"])
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise BadInput({"file": Text("请选择文件", "choose a file")})
    number = house().imports.take_in(
        draft, sent.filename, sent.read(), replacing=replacing, actor=viewer()
    )
    return redirect(url_for("designers.brought", draft=draft, number=number))


@rooms.get("/drafts/<draft>/imports/<int:number>")
@for_roles(Role.DESIGNER)
def brought(draft: str, number: int) -> str:
    """What became of a file that was brought in, and what its diagrams still hold that is not ours."""
    found, one = house().studio.draft(draft), house().imports.brought(draft, number)
    present = [path for path in one.paths if path in found.files]
    findings = house().studio.check(draft)
    return render_template(
        "designers/brought.html", draft=found.row, one=one, present=present,
        foreign={path: foreign_in(found.files[path]) for path in present},
        findings={path: [finding for finding in findings if finding.file == path] for path in present},
    )  # fmt: skip


@rooms.get("/drafts/<draft>/imports/<int:number>/original")
@for_roles(Role.DESIGNER)
def original(draft: str, number: int) -> Response:
    """The file as it came: text that runs nowhere, whatever it says it is."""
    house().imports.brought(draft, number)
    return _taken_along(house().imports.original(draft, number), f"original-{number}.bpmn")


@rooms.get("/drafts/<draft>/foreign/<process>.bpmn")
@for_roles(Role.DESIGNER)
def foreign(draft: str, process: str) -> str:
    """What in a diagram is another product's."""
    found, path = house().studio.draft(draft), f"{process}.bpmn"
    if path not in found.files:
        raise NotFound(_NO_DIAGRAM)
    return render_template(
        "designers/foreign.html", draft=found.row, path=path, foreign=foreign_in(found.files[path])
    )


@rooms.post("/drafts/<draft>/foreign/<process>.bpmn")
@for_roles(Role.DESIGNER)
def take_out(draft: str, process: str) -> ResponseReturnValue:
    """Take out what other products wrote: all of it, or what would run something."""
    change = without(running=request.form.get("phase") != "all")
    house().studio.edit(draft, f"{process}.bpmn", change, sent_revision(), actor=viewer())
    tell_saved(f"{process}.bpmn")
    return redirect(url_for("designers.foreign", draft=draft, process=process))


@rooms.get("/drafts/<draft>/plain/<process>.bpmn")
@for_roles(Role.DESIGNER)
def plain_draft(draft: str, process: str) -> Response:
    """A diagram of a draft without our words, for other modelers."""
    files = house().studio.draft(draft).files
    return _plain(files.get(f"{process}.bpmn"), process)


@rooms.get("/versions/<version>/plain/<process>.bpmn")
@for_roles(*READERS)
def plain_version(version: str, process: str) -> Response:
    """A diagram of a version without our words, for other modelers."""
    return _plain(files_of(version).get(f"{process}.bpmn"), process)


def _plain(diagram: bytes | None, process: str) -> Response:
    if diagram is None:
        raise NotFound(_NO_DIAGRAM)
    return _taken_along(plain(diagram), f"{process}-plain.bpmn")


def _taken_along(content: bytes, name: str) -> Response:
    answer = Response(content, mimetype="application/octet-stream")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


_IMPORT = Form(
    id="import",
    title=Text("导入其他工具的流程图", "Bring in a diagram of another modeler"),
    fields=(
        Field(
            name="replacing",
            label=Text("草案中已有同一流程时替换它", "replace the diagram of the same process"),
            kind=FieldKind.BOOLEAN,
            required=False,
            hint=Text(
                "不勾选时另存为一张新图,重复的 id 自动改名。",
                "Otherwise it becomes another diagram, and ids that are taken are changed.",
            ),
        ),
    ),
)
_NO_DIAGRAM = Text("没有这张流程图", "there is no such diagram")
