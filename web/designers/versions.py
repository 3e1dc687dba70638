"""One version of the procedure: where it stands, who decided what about it, and the page on which it is decided."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.drafting.changes import Change
from engine.drafting.library import DECIDERS, RULES, StepKind, Version
from engine.errors import NotFound, Refused
from engine.petition.forms import Field, FieldKind, Form
from engine.petition.parties import Role
from engine.text import Text
from web.designers import rooms
from web.designers.diagrams import READERS, names_of
from web.designers.drafts import told_by_file
from web.desk.files import tell
from web.forms import FormPage, answers_to
from web.house import house, today, viewer
from web.security import for_roles

TITLES = {
    StepKind.APPROVE: Text("批准版本", "Approve the version"),
    StepKind.SEND_BACK: Text("退回版本", "Send the version back"),
    StepKind.ENACT: Text("定期启用", "Put in force from a day"),
    StepKind.REVOKE: Text("取消启用", "Withdraw the day"),
    StepKind.RETIRE: Text("停用版本", "Retire the version"),
}
DONE = {
    StepKind.APPROVE: Text("已批准", "Approved"),
    StepKind.SEND_BACK: Text(
        "已退回,草案可以继续修改", "Sent back; the draft can be changed again"
    ),
    StepKind.ENACT: Text("启用日期已定", "The day is set"),
    StepKind.REVOKE: Text("已取消启用", "The day is withdrawn"),
    StepKind.RETIRE: Text("已停用;在办的事项不受影响", "Retired; what is under way goes on"),
}
REASON = "reason"


@rooms.get("/versions/<version>/")
@for_roles(*READERS)
def version(version: str) -> str:
    """Where a version stands, its life so far, its drawings and every finding of the check."""
    found = house().library.version(version)
    procedure = house().drawings(version)
    return render_template(
        "designers/version.html", version=found.row, steps=found.steps, open_to=found.open_to(viewer()),
        authors=found.authors, titles=TITLES, findings=house().check(found.files), elements=procedure.elements(),
        processes=procedure.processes(), files=found.files, names=names_of(version), told=_told(found),
    )  # fmt: skip


def _told(found: Version) -> dict[str, list[Change]]:
    """What changed since the version that this one was drawn over, in its forms, tables and templates."""
    base = found.row.base
    return {} if base is None else told_by_file(house().library.version(base).files, found.files)


@rooms.get("/versions/<version>.zip")
@for_roles(*READERS)
def version_archive(version: str) -> Response:
    """Every file of a version in one archive."""
    return archive(house().library.version(version).source.zipped(), version[:16])


@rooms.route("/versions/<version>/decide/<kind>", methods=("GET", "POST"))
@for_roles(*DECIDERS)
def decide(version: str, kind: str) -> ResponseReturnValue:
    """Decide about a version: approve it, send it back, set the day from which it is in force, retire it."""
    found, step = house().library.version(version), _step(kind)
    page = FormPage(
        template="designers/decide.html",
        form=_form(step),
        context=lambda: {
            "version": found.row,
            "back": url_for("designers.version", version=version),
        },
    )
    if request.method == "GET":
        if step not in found.open_to(viewer()):
            raise Refused(_NOT_NOW)
        page.answers = {"from_day": (today() + timedelta(days=1)).isoformat()}
        return page.render()
    page.answers = answers_to(page.form, request.form)
    values = page.form.read(page.answers, today=today())
    since = values.get("from_day")
    house().library.decide(
        version, step, actor=viewer(), reason=str(values[REASON] or ""),
        from_day=since if isinstance(since, date) else None,
    )  # fmt: skip
    tell(DONE[step])
    return redirect(url_for("designers.version", version=version))


@rooms.route("/drafts/<draft>/submit", methods=("GET", "POST"))
@for_roles(Role.DESIGNER)
def submit(draft: str) -> ResponseReturnValue:
    """Hand a draft in for approval, frozen as it stands."""
    found = house().studio.draft(draft)
    page = FormPage(
        template="designers/submit.html",
        form=_SUBMIT,
        context=lambda: {
            "draft": found.row,
            "changes": found.changes,
            "findings": house().check(found.files),
            "back": url_for("designers.draft", draft=draft),
        },
    )
    if request.method == "GET":
        return page.render()
    page.answers = answers_to(page.form, request.form)
    values = page.form.read(page.answers, today=today())
    revision = request.form.get("revision", "")
    kept = house().library.submit(
        draft,
        int(revision) if revision.isdigit() else -1,
        str(values[REASON] or ""),
        actor=viewer(),
    )
    tell(Text("已提交,等待另一人批准", "Submitted; another person is to approve it"))
    return redirect(url_for("designers.version", version=kept))


@rooms.get("/drafts/<draft>.zip")
@for_roles(Role.DESIGNER)
def draft_archive(draft: str) -> Response:
    """Every file of a draft in one archive."""
    return archive(house().studio.source(draft).zipped(), draft)


def archive(packed: bytes, name: str) -> Response:
    """The zip *packed*, to be kept as a file of that *name*."""
    answer = Response(packed, mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return answer


def _step(kind: str) -> StepKind:
    if kind not in {one.value for one in RULES}:
        raise NotFound(_NO_STEP)
    return StepKind(kind)


def _form(step: StepKind) -> Form:
    rule = RULES[step]
    asked = [_reason(required=rule.reason)]
    if rule.dated:
        asked.insert(0, _FROM_DAY)
    return Form(id=step.value, title=TITLES[step], fields=tuple(asked))


def _reason(*, required: bool) -> Field:
    return Field(
        name=REASON, label=Text("理由", "Reason"), kind=FieldKind.LONG_TEXT, required=required
    )


_FROM_DAY = Field(
    name="from_day",
    label=Text("启用日期", "In force from"),
    kind=FieldKind.DATE,
    future=True,
    hint=Text(
        "自当日零时(北京时间)起,新登记的事项按此版本运行;不得早于今天。填今天的,立即启用",
        "from 00:00 of that day in Asia/Shanghai new petitions take it; not before today; today: at once",
    ),
)
_SUBMIT = Form(
    id="submit", title=Text("提交审批", "Submit for approval"), fields=(_reason(required=False),)
)
_NO_STEP = Text("没有这一操作", "there is no such step")
_NOT_NOW = Text("版本现在的状态不能这样办理", "this cannot be done with the version as it stands")
