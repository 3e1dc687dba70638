"""Calendars: which years are published, and publishing another with its notice."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import BadInput
from engine.office.calendars import Published, publish_year
from engine.petition.forms import Field, FieldKind, Form, Values
from engine.petition.parties import Role
from engine.text import Text
from web.admin import rooms
from web.desk.files import tell
from web.forms import FormPage, answers_to
from web.house import directory, house, reading, today, viewer
from web.language import say
from web.security import for_roles
from web.wording import limit_title

_SPAN = re.compile(r"(\S+)\s+(\d{4}-\d{2}-\d{2})\s+(\d{4}-\d{2}-\d{2})")
NOTICE = Form(
    id="notice",
    title=Text("公布一年的放假安排", "Publish the holidays of a year"),
    fields=(
        Field(
            name="year",
            label=Text("年份", "Year"),
            kind=FieldKind.INTEGER,
            minimum=2005,
            maximum=2100,
        ),
        Field(name="title", label=Text("通知标题", "Title of the notice")),
        Field(name="number", label=Text("文号", "Number"), required=False),
        Field(
            name="published_on",
            label=Text("发布日期", "Published on"),
            kind=FieldKind.DATE,
            required=False,
        ),
        Field(name="source", label=Text("来源", "Source"), required=False),
        Field(
            name="holidays",
            label=Text("放假", "Holidays"),
            kind=FieldKind.LONG_TEXT,
            hint=Text(
                "每行一个:名称 起日 止日,如 元旦 2027-01-01 2027-01-03",
                "one a line: name, first day, last day",
            ),
        ),
        Field(
            name="makeup_workdays",
            label=Text("调休上班", "Make-up workdays"),
            kind=FieldKind.LONG_TEXT,
            required=False,
            hint=Text("每行一个日期", "one day a line"),
        ),
    ),
)
SHOWN = 200
_COLUMNS = (
    Text("编号", "Number"), Text("单位", "Organ"), Text("期限", "Limit"), Text("期限名称", "Name of the limit"),
    Text("原届满日", "Was due on"), Text("原状态", "Was"), Text("新届满日", "Is due on"), Text("新状态", "Is"),
)  # fmt: skip
_FIRMNESS = {True: Text("暂定", "provisional"), False: Text("确定", "firm")}


@rooms.get("/calendars")
@for_roles(Role.ADMINISTRATOR)
def calendars() -> str:
    """The published years with their notices."""
    with reading() as desk:
        calendar = desk.calendar()
        done, running = desk.recounting(viewer(), today())
    return render_template(
        "admin/calendars.html", calendar=calendar, missing=_missing(calendar.years()),
        done=done, running=running, notices=[calendar.notice(year) for year in reversed(calendar.years())],
    )  # fmt: skip


@rooms.get("/calendars/new")
@for_roles(Role.ADMINISTRATOR)
def new_calendar() -> ResponseReturnValue:
    """A new notice, of the first year that lacks one."""
    with reading() as desk:
        missing = _missing(desk.calendar().years())
    page = _page()
    page.answers = {"year": missing[0] if missing else today().year + 2}
    return page.render()


@rooms.post("/calendars/new")
@for_roles(Role.ADMINISTRATOR)
def keep_calendar() -> ResponseReturnValue:
    """First what the notice would change; then, when confirmed, put it in force."""
    page = _page()
    page.answers = answers_to(NOTICE, request.form)
    notice = _notice(NOTICE.read(page.answers, today=today()))
    phase = request.form.get("phase")
    published = publish_year(
        house().store, notice, law=house().law, actor=viewer(), now=house().clock.now(), keep=phase == "publish",
    )  # fmt: skip
    if phase == "csv":
        return _table(published)
    if phase != "publish":
        return render_template(
            "admin/publish.html", answers=page.answers, form=NOTICE, published=published, shown=published.shifts[:SHOWN],
            organs=directory().organs,
        )  # fmt: skip
    tell(
        Text(
            "已公布,{n}件在办事项的期限将重新计算", "Published; {n} files will be counted again"
        ).filled(n=published.files)
    )
    return redirect(url_for("admin.calendars"))


def _table(published: Published) -> Response:
    """What would change, for a spreadsheet. Nothing that people typed is in it."""
    lines = io.StringIO()
    lines.write("\ufeff")
    table = csv.writer(lines)
    table.writerow([say(one) for one in _COLUMNS])
    organs = directory()
    for shift in published.shifts:
        table.writerow(
            [
                shift.number, say(organs.organ(shift.organ).name), shift.was.limit, limit_title(shift.was.limit),
                shift.was.legal_due, say(_FIRMNESS[shift.was.provisional]), shift.now.legal_due,
                say(_FIRMNESS[shift.now.provisional]),
            ]
        )  # fmt: skip
    answer = Response(lines.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="calendar-preview.csv"'
    return answer


def _missing(published: Collection[int]) -> list[int]:
    """This year and the next, as far as nobody has published their holidays."""
    return [year for year in (today().year, today().year + 1) if year not in published]


def _page() -> FormPage:
    return FormPage(
        template="admin/form.html",
        form=NOTICE,
        context=lambda: {"heading": NOTICE.title, "back": url_for("admin.calendars")},
    )


def _notice(values: Values) -> Mapping[str, object]:
    head: dict[str, object] = {
        name: values[name] or "" for name in ("number", "title", "source")
    } | {"year": values["year"]}
    if values["published_on"]:
        head["published_on"] = str(values["published_on"])
    return {
        "notice": head,
        "holidays": [_span(line) for line in _lines(values["holidays"])],
        "makeup_workdays": _lines(values["makeup_workdays"]),
    }


def _lines(value: object) -> list[str]:
    return [line.strip() for line in str(value or "").splitlines() if line.strip()]


def _span(line: str) -> Mapping[str, str]:
    found = _SPAN.fullmatch(line)
    if found is None:
        raise BadInput(
            {
                "holidays": Text("这一行读不懂:{line}", "this line cannot be read: {line}").filled(
                    line=line[:60]
                )
            }
        )
    return {"name": found[1], "from": found[2], "to": found[3]}
