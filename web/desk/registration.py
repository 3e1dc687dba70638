"""Registering a petition: one screen, a hint at what may be the same, and a receipt on paper."""

from __future__ import annotations

import secrets

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.petition.commands import Command
from engine.petition.forms import Field, FieldKind, Form
from engine.petition.parties import Role
from engine.store.queries import FileRow
from engine.text import Text
from web.desk import rooms
from web.desk.files import tell
from web.following import address_of, picture_of
from web.forms import (
    KEY,
    Answers,
    FormPage,
    answers_to,
    organ_choices,
    person_choices,
    sent_key,
    sent_purpose,
    sent_uploads,
)
from web.house import directory, house, reading, today, viewer
from web.outside import outside
from web.security import for_roles, signed_in
from web.typed import FORGOTTEN, keep_typed, typed

_GROUPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (
        Text("来件", "How it came"),
        ("channel", "received_on", "external_number", "head_count", "representatives"),
    ),
    (
        Text("信访人", "Petitioner"),
        (
            "petitioner_kind", "petitioner_name", "id_number", "phone", "petitioner_address",
            "delivery", "e_service",
        ),
    ),
    (
        Text("信访事项", "The matter"),
        ("category", "title", "subject_category", "place", "content", "demands", "initial", "litigation"),
    ),
    (
        Text("检举控告对象", "Whom the accusation concerns"),
        ("accused_organ", "accused_person"),
    ),
    (Text("紧急情况与核对", "Urgency and read-back"), ("urgent", "urgent_ground", "oral_read_back")),
)  # fmt: skip
PARTY = (
    "channel", "received_on", "petitioner_kind", "petitioner_name", "petitioner_address", "phone", "id_number",
    "delivery", "e_service", "head_count", "representatives", "place",
)  # fmt: skip
"""What is the same for every matter of one letter."""


@rooms.get("/register")
@for_roles(Role.CLERK)
def register() -> ResponseReturnValue:
    """The registration form; with ``same``, for another matter of a letter that is registered already.

    With the key of a page that was sent, what was typed there; with ``look`` also what may be the same matter.
    """
    same = request.args.get("same")
    page = _page(same)
    known = typed() if request.args.get(KEY) else None
    if request.args.get(KEY) and known is None:
        tell(FORGOTTEN, "warning")
    page.answers = known or _begun(_carried_over(same) if same else {})
    return page.render()


@rooms.post("/register")
@for_roles(Role.CLERK)
def registered() -> ResponseReturnValue:
    """Look for what may be the same, carry the party's personal data over for a purpose, or register."""
    if request.form.get("phase") == "party":
        return _with_party(request.form.get("same", ""))
    page = _page()
    page.answers = answers_to(page.form, request.form)
    if request.form.get("phase") == "duplicates":
        return redirect(url_for("desk.register", key=keep_typed(page.answers), look="similar"))
    actor = viewer()
    receipt = house().office.perform(
        Command(
            act="register",
            actor=actor,
            key=sent_key(actor.person),
            answers=page.answers,
            uploads=sent_uploads(),
        )
    )
    return redirect(url_for("desk.receipt", petition=receipt.petition))


@rooms.get("/petitions/<petition>/receipt")
@signed_in
def receipt(petition: str) -> str:
    """What the petitioner takes along: number, query code, the head of the record, and the log's last signed head."""
    with reading() as desk:
        shown = desk.file(viewer(), petition, on=today())
        similar = desk.duplicates(viewer(), petition=petition, on=today())
        head = desk.last_checkpoint()
    return render_template(
        "desk/receipt.html", shown=shown, file=shown.file, similar=similar, directory=directory(), log_head=head,
        picture=picture_of(address_of(shown.file)), query_address=outside("following.query"),
    )  # fmt: skip


def _with_party(same: str) -> ResponseReturnValue:
    """The form with the personal data of the party of *same*, which somebody said what they need for."""
    purpose = sent_purpose()
    carried = _carried_over(same)
    values = house().store.unmask(viewer(), same, purpose=purpose, now=house().clock.now())
    personal = {name: values[name] for name in PARTY if name in values}
    return redirect(url_for("desk.register", key=keep_typed(_begun({**carried, **personal}))))


def _page(same: str | None = None) -> FormPage:
    organs = directory()
    form = house().acts["register"].form
    page = FormPage(
        template="desk/register.html",
        form=form,
        choices={
            FieldKind.ORGAN: organ_choices(organs, today()),
            FieldKind.PERSON: person_choices(organs, organs.organs, today()),
        },
        context=lambda: {"groups": _grouped(form), "similar": _similar(page.answers), "same": same},
    )
    return page


def _grouped(form: Form) -> list[tuple[Text, list[Field]]]:
    """The questions under their headings; what no heading names comes last."""
    left = {one.name: one for one in form.fields if one.name != "submission"}
    groups = []
    for heading, names in _GROUPS:
        found = [left.pop(name) for name in names if name in left]
        if found:
            groups.append((heading, found))
    if left:
        groups.append((Text("其他", "Other"), list(left.values())))
    return groups


def _similar(answers: Answers) -> tuple[FileRow, ...] | None:
    """What may be the same matter; None where nobody asked."""
    if request.args.get("look") != "similar":
        return None
    values = {
        name: str(answers.get(name) or "") for name in ("petitioner_name", "phone", "id_number")
    }
    with reading() as desk:
        return desk.duplicates(
            viewer(), values=values, title=str(answers.get("title") or ""), on=today()
        )


def _begun(carried: Answers) -> Answers:
    """What a fresh form holds already, with what is *carried* over from another matter."""
    fresh = {
        "received_on": today().isoformat(),
        "initial": True,
        "submission": secrets.token_hex(8),
    }
    return {**fresh, **carried}


def _carried_over(petition: str) -> Answers:
    """What is the same for another matter of the letter of *petition*, but for what is personal."""
    with reading() as desk:
        shown = desk.file(viewer(), petition, on=today())
    inputs = shown.entries[0].inputs
    known = {name: inputs[name] for name in PARTY if inputs.get(name) not in {None, ""}}
    if shown.file.submission:
        known["submission"] = shown.file.submission
    return known
