"""The worklist, ordered by what the law needs next, and the search over all files one may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import render_template, request, url_for

from engine.store.queries import TABS
from engine.text import Text
from web.captions import CAPTIONS
from web.desk import rooms
from web.house import directory, reading, today, viewer
from web.security import signed_in

PAGE_SIZE = 25
STAGES = (
    "intake",
    "routing",
    "handling",
    "service",
    "review",
    "re_review",
    "execution",
    "supervision",
    "care",
)
NO_TAB: Mapping[str, Text] = {
    "mine": Text("眼下没有等您办理的事项。", "Nothing is waiting for you."),
    "unclaimed": Text("没有待认领的事项。", "Nothing is unclaimed."),
    "to_serve": Text("没有待送达的文书。", "Nothing waits to be served."),
    "all": Text("本单位没有在办事项。", "Your organ has nothing open."),
    "supervision": Text("没有督办件。", "There is no supervision."),
    "closed": Text("没有已办结的事项。", "Nothing has been concluded."),
    "sealed": Text("没有限制阅看的事项。", "There is nothing restricted."),
}


@rooms.get("/work")
@signed_in
def worklist() -> str:
    """The tabs of work, one of them open; its state is all in the address."""
    asked = {name: request.args.get(name, "").strip() for name in ("q", "stage", "light", "who")}
    tab = request.args.get("tab", "mine")
    tab = tab if tab in TABS else "mine"
    page = page_asked()
    with reading() as desk:
        found = desk.worklist(
            viewer(), tab, text=asked["q"][:80], stage=_one_of(STAGES, asked["stage"]),
            light=_one_of(CAPTIONS["light"], asked["light"]), page=page, on=today(),
        )  # fmt: skip
    return render_template(
        "desk/worklist.html", found=found, tab=tab, asked=asked, page=page, page_size=PAGE_SIZE,
        stages=STAGES, nothing=NO_TAB[tab], link=link_to("desk.worklist"), directory=directory(),
    )  # fmt: skip


@rooms.get("/search")
@signed_in
def search() -> str:
    """Files by number, title or organ, open or concluded."""
    text, page = request.args.get("q", "").strip()[:80], page_asked()
    with reading() as desk:
        found = desk.files(viewer(), text=text, page=page, on=today())
    return render_template(
        "desk/search.html", found=found, text=text, page=page, page_size=PAGE_SIZE,
        link=link_to("desk.search"), directory=directory(),
    )  # fmt: skip


def page_asked() -> int:
    number = request.args.get("page", "1")
    return max(1, int(number)) if number.isdecimal() and len(number) < 6 else 1


def _one_of(known: object, value: str) -> str | None:
    return value if value in known else None  # type: ignore[operator]


def link_to(endpoint: str) -> Callable[..., str]:
    """Addresses of the same list with something changed; what is empty is left out."""

    def address(**changed: object) -> str:
        state: dict[str, Any] = {**request.args.to_dict(), "page": None, **changed}
        return url_for(endpoint, **{name: value for name, value in state.items() if value})

    return partial(address)
