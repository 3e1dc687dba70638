"""What all editors of a draft's files share: files found and saved, the revision a page was made from, the page that asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from flask import redirect, request
from werkzeug.wrappers import Response

from engine.drafting.studio import Draft
from engine.errors import BadInput, NotFound
from engine.petition.forms import Form
from engine.text import Text
from web.desk.files import tell
from web.forms import Answers, FormPage
from web.house import house, viewer
from web.wording import OptionGroups


def sent_revision() -> int:
    """The revision of the draft that the page was made from; -1, which no draft has, where it does not say."""
    return sent_number("revision")


def sent_number(name: str) -> int:
    """The whole number that the page sent as *name*; -1 where it sent none."""
    sent = request.form.get(name, "")
    return int(sent) if re.fullmatch(r"[0-9]{1,9}", sent) else -1


def content_of(found: Draft, path: str, missing: Text) -> bytes:
    """The file *path* of the draft *found*. Raises NotFound, which says *missing*."""
    data = found.files.get(path)
    if data is None:
        raise NotFound(missing)
    return data


def must_be_free(found: Draft, path: str, taken: Text) -> str:
    """*path*, at which the draft *found* has nothing yet. Raises BadInput at the identifier, which says *taken*."""
    if path in found.files:
        raise BadInput({"id": taken})
    return path


def change_file(draft: str, path: str, change: Callable[[bytes], bytes], back: str) -> Response:
    """Save *change* of the file *path*, over the revision that the page was made from, and go *back*."""
    house().studio.edit(draft, path, change, sent_revision(), actor=viewer())
    tell_saved(path)
    return redirect(back)


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
