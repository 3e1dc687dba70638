"""What all editors of a draft's files share: the revision that a page was made from, and the page that asks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import request

from engine.drafting.studio import Draft
from engine.petition.forms import Form
from engine.text import Text
from web.desk.files import tell
from web.forms import Answers, FormPage
from web.house import house
from web.wording import OptionGroups


def sent_revision() -> int:
    """The revision of the draft that the page was made from; -1, which no draft has, where it does not say."""
    return sent_number("revision")


def sent_number(name: str) -> int:
    """The whole number that the page sent as *name*; -1 where it sent none."""
    sent = request.form.get(name, "")
    return int(sent) if re.fullmatch(r"[0-9]{1,9}", sent) else -1


def asking(
    draft: str,
    form: Form,
    *,
    heading: Text | str,
    back: str,
    answers: Answers | None = None,
    choices: Mapping[str, OptionGroups] | None = None,
    hidden: Mapping[str, str] | None = None,
    note: Text | None = None,
    button: Text | None = None,
) -> FormPage:
    """A page that asks *form* about something called *heading*, and goes *back*; it sends *hidden* along.

    *note* says what will follow; *button* is what its button says, where that is not to save.
    """
    return FormPage(
        template="designers/ask.html",
        form=form,
        answers=answers or {},
        choices=choices or {},
        context=lambda: {
            "draft": house().studio.draft(draft).row, "heading": heading, "back": back, "hidden": hidden or {},
            "note": note, "button": button,
        },
    )  # fmt: skip


def is_open(draft: Draft) -> bool:
    """Whether the draft can be worked on just now."""
    return draft.row.state == "open" and draft.row.submitted is None


def tell_saved(path: str) -> None:
    """Tell that *path* was saved."""
    tell(Text("已保存{path}", "{path} was saved").filled(path=path))
