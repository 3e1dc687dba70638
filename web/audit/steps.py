"""The drawing of a version with what all petitions made of it: time in each step, breaches, how often."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final

from flask import Response, request, url_for

from engine.audit.course import Map
from engine.errors import NotFound
from engine.petition.parties import Role
from engine.store.queries.figures import ElementFigure, element_figures
from engine.text import Text
from web.audit import rooms
from web.audit.asking import bring_up_to_date, word_asked
from web.audit.figures import audit_page
from web.audit.spans import seconds_words, short_words
from web.desk.position import Chart
from web.house import house, reading, today, viewer
from web.language import say
from web.security import DRAWING_POLICY, for_roles

Measured = Callable[[ElementFigure], int | None]
MEASURES: Final[Mapping[str, tuple[Text, Measured]]] = {
    "median": (Text("用时中位数", "median time"), lambda one: one.median),
    "ninetieth": (Text("九成在此之内", "nine in ten within"), lambda one: one.ninetieth),
    "breaches": (Text("其间逾期", "limits passed meanwhile"), lambda one: one.breaches),
    "stays": (Text("进入次数", "how often"), lambda one: one.stays),
}
TIMES: Final = frozenset({"median", "ninetieth"})
LEVELS: Final = 4
ENCLOSING: Final = "subProcess"
"""What encloses steps is not shaded, and is no measure for those inside."""
MAIN: Final = "petition"


@rooms.get("/audit/steps")
@for_roles(Role.AUDITOR)
def steps() -> Response:
    """One drawing of one version, shaded by the chosen measure; a table says the same."""
    bring_up_to_date()
    measure = word_asked("measure", MEASURES, "median")
    with reading() as desk:
        versions = desk.procedures(on=today())
        in_force = desk.current_procedure(today())
    version = word_asked("version", {row.digest for row in versions}, in_force)
    names = Chart.of(version).names
    process = request.args.get("process") or MAIN
    if process not in names:
        raise NotFound(Text("没有这张流程图", "there is no such drawing"))
    drawn = house().maps(version)
    inside = [id for id, one in drawn.elements.items() if one.process == process]
    with reading() as desk:
        figures = element_figures(desk, viewer(), inside, version=version, on=today())
    measured = MEASURES[measure][1]
    rows = sorted(figures.values(), key=lambda one: (-(measured(one) or 0), one.element))
    page = Response(
        audit_page(
            "audit/steps.html", rows=rows, measure=measure, measures=MEASURES, versions=versions, version=version,
            process=process, processes=names, elements=drawn.elements, seconds=seconds_words, times=TIMES,
            figures=json.dumps(_beside(rows, drawn, measure, version), ensure_ascii=False),
        )
    )  # fmt: skip
    page.headers["Content-Security-Policy"] = DRAWING_POLICY
    return page


def _beside(
    rows: list[ElementFigure], drawn: Map, measure: str, version: str
) -> dict[str, dict[str, object]]:
    """What stands beside each element of the drawing."""
    measured = MEASURES[measure][1]
    shaded = (one for one in rows if drawn.elements[one.element].kind != ENCLOSING)
    most = max((measured(one) or 0 for one in shaded), default=0)
    return {
        one.element: {
            "text": _text(one, measure),
            "level": _level(measured(one), most),
            "late": one.breaches,
            "said": _said(one, drawn.elements[one.element].name),
            "to": url_for("audit.files", element=one.element, version=version),
        }
        for one in rows
        if one.breaches or measure != "breaches"
    }


def _text(one: ElementFigure, measure: str) -> str:
    """What stands there before the mark of what is overdue."""
    value = MEASURES[measure][1](one)
    if measure in TIMES:
        return short_words(value)
    return str(value) if measure == "stays" else ""


def _level(value: int | None, most: int) -> int:
    """How much of the most it is, in quarters: 0 for nothing, then 1 to 4."""
    return min(LEVELS, 1 + LEVELS * value // (most + 1)) if value and most else 0


def _said(one: ElementFigure, name: str) -> str:
    return say(
        _SAID.filled(
            name=name,
            stays=one.stays,
            inside=one.inside,
            median=seconds_words(one.median),
            ninetieth=seconds_words(one.ninetieth),
            breaches=one.breaches,
        )
    )


_SAID = Text(
    "{name}:进入{stays}次,现有{inside}件;用时中位数{median},九成在{ninetieth}之内;其间逾期{breaches}次",
    "{name}: entered {stays} times, {inside} now; median {median}, nine in ten within {ninetieth}; "
    "limits passed meanwhile {breaches}",
)
