"""Who works on a step: claiming it, and handing it to a colleague. The law takes no notice of either."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.petition.commands import Command
from engine.petition.forms import FieldKind
from engine.text import Text
from web.desk import rooms
from web.desk.files import tell
from web.entrance import inside
from web.forms import FormPage, answers_to, chosen_from, person_choices, sent_key, sent_version
from web.house import directory, house, reading, today, viewer
from web.security import signed_in


@rooms.post("/petitions/<petition>/steps/<int:step>/claim")
@signed_in
def claim(petition: str, step: int) -> ResponseReturnValue:
    """Take the step."""
    house().office.perform(_command("claim", petition, step, {}))
    return _back(petition, Text("已认领", "Claimed"))


@rooms.post("/petitions/<petition>/steps/<int:step>/release")
@signed_in
def release(petition: str, step: int) -> ResponseReturnValue:
    """Put the step back for whoever takes it next."""
    house().office.perform(_command("release", petition, step, {}))
    return _back(petition, Text("已取消认领", "Released"))


def _back(petition: str, done: Text) -> ResponseReturnValue:
    """To the list from which it was done, as it was narrowed there, or to the file."""
    tell(done)
    return redirect(inside(request.form.get("back")) or url_for("desk.file", petition=petition))


@rooms.get("/petitions/<petition>/steps/<int:step>/hand-over")
@signed_in
def hand_over(petition: str, step: int) -> ResponseReturnValue:
    """To whom?"""
    return _page(petition, step).render()


@rooms.post("/petitions/<petition>/steps/<int:step>/hand-over")
@signed_in
def handed_over(petition: str, step: int) -> ResponseReturnValue:
    """Give the step to a colleague."""
    page = _page(petition, step)
    page.answers = answers_to(page.form, request.form)
    house().office.perform(_command("hand_over", petition, step, dict(page.answers)))
    tell(Text("已转交", "Handed over"))
    return redirect(url_for("desk.file", petition=petition))


def _page(petition: str, step: int) -> FormPage:
    with reading() as desk:
        shown = desk.file(viewer(), petition, on=today())
    form, item = house().acts["hand_over"].form, shown.work_of(step)
    people = person_choices(directory(), [item.organ or viewer().organ] if item else [], today())
    choosing = house().front_desk.colleagues(petition, step, viewer())
    choices, left_out = chosen_from(form, {FieldKind.PERSON: people}, {"person": choosing})
    return FormPage(
        template="desk/hand_over.html",
        form=form,
        choices=choices,
        left_out=left_out,
        context=lambda: {"file": shown.file, "item": item, "step": step},
    )


def _command(act: str, petition: str, step: int, answers: dict[str, object]) -> Command:
    actor = viewer()
    return Command(
        act=act,
        actor=actor,
        key=sent_key(actor.person),
        petition=petition,
        step=step,
        answers=answers,
        expected_version=sent_version(),
    )
