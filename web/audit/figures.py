"""What became of each clause over all petitions that one may see; and the files behind every figure."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from engine.audit.figures.clauses import ENDS, clauses_of
from engine.audit.verdict import BREACHES, Finding
from engine.petition.parties import Role
from engine.store.queries.behind import BANDS, VERY, Figure, files_behind
from engine.store.queries.figures import clause_counts, debtors, told_up_to
from engine.text import Text
from web.audit import rooms
from web.audit.asking import PAGES, bring_up_to_date, day_asked, word_asked
from web.audit.replay import holder_name
from web.desk.worklist import PAGE_SIZE, link_to, page_asked
from web.house import directory, house, reading, today, viewer
from web.language import say
from web.security import for_roles
from web.wording import act_title, day, limit_title

SHOWN = tuple(finding for finding in ENDS if finding is not Finding.NOT_ENGAGED)


@rooms.get("/audit/verdict")
@for_roles(Role.AUDITOR)
def verdict() -> str:
    """Each clause with how often it came to which end, and the rate of what was done in time."""
    bring_up_to_date()
    figure = Figure(
        due_from=day_asked("from"), due_to=day_asked("to"), organ=request.args.get("organ") or None
    )
    with reading() as desk:
        counts = clause_counts(desk, viewer(), figure, on=today())
        owing = debtors(desk, viewer(), on=today())
    return audit_page(
        "audit/verdict.html", clauses=clauses_of(house().law, counts), shown=SHOWN, ends=ENDS, breaches=BREACHES,
        figure=figure, organs=sorted((holder_name(one), one) for one in owing), link=link_to("audit.files"),
    )  # fmt: skip


@rooms.get("/audit/files")
@for_roles(Role.AUDITOR)
def files() -> str:
    """The files behind one figure."""
    figure = figure_asked()
    with reading() as desk:
        found = files_behind(desk, viewer(), figure, on=today(), page=page_asked())
    return audit_page(
        "audit/files.html", found=found, said=said_of(figure), page=page_asked(), page_size=PAGE_SIZE,
        link=link_to("audit.files"), directory=directory(),
    )  # fmt: skip


def figure_asked() -> Figure:
    """The figure that the address names."""
    law, asked = house().law, request.args
    limit = asked.get("limit", "")
    return Figure(
        organ=asked.get("organ") or None,
        element=asked.get("element") or None,
        version=asked.get("version") or None,
        way=asked.get("way") or None,
        holder=asked.get("holder") or None,
        limit=limit if law.has_limit(limit) else None,
        finding=word_asked("finding", {one.value for one in Finding}) or None,
        due_from=day_asked("from"),
        due_to=day_asked("to"),
        doubts=asked.get("doubts") == "yes",
        state=word_asked("state", {"open", "late"}) or None,
        band=word_asked("band", {*BANDS, VERY}) or None,
    )


def said_of(figure: Figure) -> list[str]:
    """What was counted, in words."""
    words = [
        limit_title(figure.limit) if figure.limit else "",
        say(ENDS[Finding(figure.finding)]) if figure.finding else "",
        say(_DOUBTS) if figure.doubts else "",
        holder_name(figure.organ) if figure.organ else "",
        say(_PERIOD.filled(a=day(figure.due_from), b=day(figure.due_to)))
        if figure.due_from or figure.due_to
        else "",
        element_name(figure.element) if figure.element else "",
        say(_STATES[figure.state]) if figure.state else "",
        say(BAND_NAMES[figure.band]) if figure.band else "",
        say(_HELD.filled(holder=holder_name(figure.holder))) if figure.holder else "",
        say(_WAY) if figure.way else "",
    ]
    return [word for word in words if word]


def element_name(id: str) -> str:
    """What the element of a drawing in force is called; its id where it is none."""
    with reading() as desk:
        version = request.args.get("version") or desk.current_procedure(today())
        known = {row.digest for row in desk.procedures(today())}
    if version not in known:
        return id
    found = house().maps(version).elements.get(id)
    return found.name if found and found.name else id


def audit_page(template: str, **context: Any) -> str:
    """An audit page over all petitions, with its tabs and whether everything is counted."""
    return render_template(template, **audit_context(), **context)


def audit_context() -> dict[str, Any]:
    """What every audit page over all petitions needs."""
    with reading() as desk:
        place, size = told_up_to(desk)
    return {
        "tabs": PAGES,
        "counting": place < size,
        "holder_name": holder_name,
        "act_title": act_title,
    }


_DOUBTS = Text("记录存疑", "record in doubt")
_PERIOD = Text("期限在{a}至{b}届满", "due from {a} to {b}")
_STATES = {
    "open": Text("现在其中", "in it now"),
    "late": Text("其间逾期", "a limit passed meanwhile"),
}
_HELD = Text("曾由{holder}持有", "held by {holder}")
_WAY = Text("同一办理路径", "of the same way")
BAND_NAMES = {
    "week": Text("逾期1至7天", "overdue 1–7 days"),
    "month": Text("逾期8至30天", "overdue 8–30 days"),
    "quarter": Text("逾期31至90天", "overdue 31–90 days"),
    "longer": Text("逾期90天以上", "overdue more than 90 days"),
    VERY: Text("逾期超过一个完整期限", "overdue by more than the whole limit"),
}
