"""The worklist, ordered by what the law needs next, and the search over all files one may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import render_template, request, url_for

from engine.petition.parties import Actor, Role
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
    "todo": Text("眼下没有等您办理的事项。", "Nothing is waiting for you."),
    "mine": Text("您没有认领的事项。", "You have claimed nothing."),
    "unclaimed": Text("没有待认领的事项。", "Nothing is unclaimed."),
    "forwarded": Text("没有转出后仍在办理的事项。", "Nothing that you sent on is still under way."),
    "to_serve": Text("没有待送达的文书。", "Nothing waits to be served."),
    "all": Text("本单位没有在办事项。", "Your organ has nothing open."),
    "supervision": Text("没有督办件。", "There is no supervision."),
    "closed": Text("没有已办结的事项。", "Nothing has been concluded."),
    "sealed": Text("没有限制阅看的事项。", "There is nothing restricted."),
}
ABOUT: Mapping[str, Text] = {
    "todo": Text(
        "您已认领的,和您的岗位可以认领的。最急的在前,同样急的未认领的在前。",
        "What you have claimed, and what your role may claim: the most urgent first, in each class what nobody has claimed.",
    ),
    "mine": Text(
        "您已认领的,和同事移交给您的。", "What you have claimed, and what colleagues handed you."
    ),
    "unclaimed": Text(
        "本单位还没有人经办的环节。", "Steps of your organ that nobody works on yet."
    ),
    "forwarded": Text(
        "本单位登记或者转送、交办,现在由其他单位办理的事项。期限是办理单位的期限。",
        "What your organ registered or sent on and others now work on. The deadlines are theirs.",
    ),
    "to_serve": Text(
        "有本单位制发、尚未送达文书的事项,最近登记的在前。",
        "Matters with papers of your organ that are still to be served, the latest first.",
    ),
    "all": Text("本单位现在要办的所有环节。", "All steps that your organ has to do now."),
    "supervision": Text("您可以查阅的督办件。", "The supervision files that you may read."),
    "closed": Text("已经结束的事项,最近办结的在前。", "What has ended, the latest first."),
    "sealed": Text("只有经授权的人员可以看到这一栏。", "Only those with clearance see this tab."),
}
ELSEWHERE = frozenset({"forwarded", "to_serve", "supervision", "sealed"})
"""The tabs whose lines lie with all kinds of organs."""


@rooms.get("/work")
@signed_in
def worklist() -> str:
    """The tabs of work, one of them open; its state is all in the address."""
    asked = {name: request.args.get(name, "").strip() for name in ("q", "stage", "light")}
    tab = request.args.get("tab", "todo")
    tab = tab if tab in TABS else "todo"
    page, actor = page_asked(), viewer()
    with reading() as desk:
        found = desk.worklist(
            actor, tab, text=asked["q"][:80], stage=_one_of(STAGES, asked["stage"]),
            light=_one_of(CAPTIONS["light"], asked["light"]), page=page, on=today(),
        )  # fmt: skip
    return render_template(
        "desk/worklist.html", found=found, tab=tab, asked=asked, narrowed=any(asked.values()), page=page,
        page_size=PAGE_SIZE, stages=STAGES, nothing=NO_TAB[tab], about=ABOUT[tab], link=link_to("desk.worklist"),
        elsewhere=tab in ELSEWHERE or Role.AUDITOR in actor.roles, stand_ins=_stand_ins(), may_stand_in=_absent(actor),
    )  # fmt: skip


def _stand_ins() -> Mapping[str, str]:
    """Who stands in today for whom at the viewer's organ: the absent person first."""
    rows = directory().substitutions
    organ, on = viewer().organ, today()
    return {row.absent: row.substitute for row in rows if row.organ == organ and row.valid_on(on)}


def _absent(actor: Actor) -> list[str]:
    """For whom *actor*, who acts in their own right, could stand in today at their organ."""
    if actor.stands_in_for:
        return []
    found = directory().substitutions_of(actor.person, actor.organ, today())
    return [row.absent for row in found]


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
