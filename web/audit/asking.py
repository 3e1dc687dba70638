"""What an audit page is asked: days, one of several words; and the navigation between audit pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from flask import request

from engine.errors import BadInput
from engine.text import Text
from web.house import house

PAGES: tuple[tuple[str, Text], ...] = (
    ("audit.verdict", Text("逐条对照", "By clause")),
    ("audit.steps", Text("环节用时", "By step")),
    ("audit.ways", Text("办理路径", "Ways")),
    ("audit.holding", Text("时间归属", "Whose time")),
    ("audit.samples", Text("抽查", "Samples")),
    ("audit.logs", Text("事件日志", "Event logs")),
    ("audit.log", Text("签名日志", "Signed log")),
)
"""The pages over all petitions, in the order of their tabs."""


def day_asked(name: str) -> date | None:
    """The day that the page was asked for under *name*. Raises BadInput where it is none."""
    return day_in(name, request.args)


def day_in(name: str, sent: Mapping[str, str]) -> date | None:
    """The day that was *sent* under *name*. Raises BadInput where it is none."""
    text = sent.get(name, "")
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # ISO 8601 knows weeks as well
        raise BadInput({name: Text("日期应如 2026-03-02", "a day looks like 2026-03-02")})
    return day


def word_asked(name: str, known: Collection[str], otherwise: str = "") -> str:
    """The word that the page was asked for under *name*, if it is one of *known*."""
    text = request.args.get(name, "")
    return text if text in known else otherwise


def bring_up_to_date() -> None:
    """Have told what has been recorded since; a bounded piece of it, so that a page never waits for long."""
    house().telling.turn(house().clock.now())
