"""What somebody typed on a page, kept under the page's key: so it is shown by its address, and Back sends nothing twice."""

from __future__ import annotations

from flask import request

from engine.text import Text
from web.forms import KEY, Answers, bound_key, new_key, sent_key
from web.house import house, reading, viewer

FORGOTTEN = Text(
    "此前填写的内容已不再保留,请重新填写。",
    "What was typed here is no longer kept. Please type it again.",
)


def keep_typed(answers: Answers) -> str:
    """Keep *answers* for the page whose key was sent, or for a new page; returns that key."""
    key = request.values.get(KEY) or new_key()
    house().store.keep_typed(bound_key(key, viewer().person), answers, house().clock.now())
    return key


def typed() -> Answers | None:
    """What the viewer typed on the page whose key the address bears; None where that is no longer kept."""
    with reading() as desk:
        return desk.typed(sent_key(viewer().person))
