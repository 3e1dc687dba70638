"""A page for each act: the questions, then what would follow, then the deed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import BadInput, NotFound
from engine.office import Offer
from engine.people.directory import Directory
from engine.petition.commands import Command
from engine.petition.facts import FACTS, FactKind
from engine.petition.file import File
from engine.petition.forms import FieldKind, Form, Option
from engine.store.queries import FileView
from engine.text import Text
from web.desk import rooms
from web.desk.files import tell
from web.forms import (
    PREFIX,
    FormPage,
    answers_to,
    asked,
    organ_choices,
    person_choices,
    sent_key,
    sent_uploads,
)
from web.house import directory, house, reading, today, viewer
from web.security import signed_in
from web.wording import OptionGroups, day, document_title, limit_title


@rooms.get("/petitions/<petition>/do/<act>")
@signed_in
def act(petition: str, act: str) -> ResponseReturnValue:
    """What the act asks."""
    return _page(petition, act).render()


@rooms.post("/petitions/<petition>/do/<act>")
@signed_in
def do(petition: str, act: str) -> ResponseReturnValue:
    """First what would follow from the answers; then, when confirmed, the deed itself."""
    phase = request.form.get("phase")
    if phase == "confirm" and _done_before(petition):
        return redirect(url_for("desk.file", petition=petition))
    page = _page(petition, act)
    page.answers = answers_to(page.form, request.form)
    if phase == "change":
        return page.render()
    command = _command(petition, act, page)
    if phase == "preview":
        preview = house().front_desk.preview(command)
        return _confirm(page, preview)
    receipt = house().office.perform(replace(command, uploads=sent_uploads()))
    tell(_DONE.filled(act=page.form.title))
    return redirect(_afterwards(receipt.petition))


_DONE = Text("已办理:{act}", "Done: {act}")


def _afterwards(petition: str) -> str:
    """Back to the file; to the worklist for somebody who has just given it out of sight (a recusal, say)."""
    with reading() as desk:
        try:
            desk.file(viewer(), petition, on=today())
        except NotFound:
            return url_for("desk.worklist")
    return url_for("desk.file", petition=petition)


def _done_before(petition: str) -> bool:
    """Whether this very page was confirmed before. Its step is closed then, so nothing offers the act any more."""
    key = sent_key(viewer().person)
    with reading() as desk:
        known = desk.receipt(key)
    return known is not None and known.petition == petition


def _page(petition: str, act: str) -> FormPage:
    offers = house().front_desk.offers(petition, viewer())
    offer = offers.find(act, _step())
    if offer is None:
        raise NotFound(
            Text(
                "现在没有这一环节,它可能已由他人办理",
                "this step is not open now; somebody may have done it",
            )
        )
    if offer.refused is not None and request.method == "GET":
        raise offer.refused
    with reading() as desk:
        shown = desk.file(viewer(), petition, on=today())
    return FormPage(
        template="desk/act.html",
        form=offer.form,
        answers={**offer.defaults, **_prefilled(offer.form)},
        choices=choices_for(shown),
        context=lambda: _context(shown, offer, offers.version),
    )


def _context(shown: FileView, offer: Offer, version: int) -> Mapping[str, object]:
    return {
        "shown": shown, "file": shown.file, "offer": offer, "version": version, "reasons": offer.reasons,
    }  # fmt: skip


def _confirm(page: FormPage, preview: object) -> str:
    return render_template(
        "desk/confirm.html",
        form=page.form,
        questions=asked(page.form, page.answers),
        answers=page.answers,
        preview=preview,
        choices=page.choices,
        key=request.form["key"],
        **{**page.context(), "version": request.form.get("version", "")},
    )


def _command(petition: str, act: str, page: FormPage) -> Command:
    actor = viewer()
    return Command(
        act=act,
        actor=actor,
        key=sent_key(actor.person),
        petition=petition,
        step=_step(),
        answers=with_petitions(page.form, page.answers),
        expected_version=_version(),
    )


def with_petitions(form: Form, answers: Mapping[str, object]) -> dict[str, object]:
    """*answers* with the number of another petition replaced by what the office knows it by. Raises BadInput."""
    found = dict(answers)
    for one in form.fields:
        number = str(found.get(one.name) or "").strip()
        if one.kind is not FieldKind.PETITION or not number or not one.asked(found):
            continue
        with reading() as desk:
            rows = desk.files(viewer(), number=number, on=today()).rows
        if len(rows) != 1:
            raise BadInput(
                {one.name: Text("没有编号为此的事项", "there is no petition with this number")}
            )
        found[one.name] = rows[0].petition
    return found


def choices_for(shown: FileView) -> Mapping[FieldKind, OptionGroups]:
    """What can be chosen where a question asks for an organ, a person, a deadline or a paper of the file *shown*."""
    organs, file = directory(), shown.file
    parts = [
        str(value)
        for name, value in file.facts.items()
        if value and name in FACTS and FACTS[name].kind is FactKind.ORGAN
    ]
    own_first = dict.fromkeys([viewer().organ, *parts])
    return {
        FieldKind.ORGAN: (*_ended(organs, parts), *organ_choices(organs, today())),
        FieldKind.PERSON: person_choices(organs, own_first, today()),
        FieldKind.DEADLINE: ((Text("期限", "Deadlines"), _deadlines(file)),),
        FieldKind.DOCUMENT: ((Text("待送达的文书", "Papers to be served"), _papers(shown)),),
    }


def _ended(organs: Directory, parts: Iterable[str]) -> OptionGroups:
    """The organs of the matter that exist no more: their successor takes over from them (Art. 24(2))."""
    gone = [id for id in dict.fromkeys(parts) if not organs.organ(id).valid_on(today())]
    options = tuple(Option(value=id, label=organs.organ(id).name) for id in gone)
    return ((Text("已变更的机关、单位", "Organs that have ended"), options),) if options else ()


def _deadlines(file: File) -> tuple[Option, ...]:
    return tuple(
        Option(
            value=row.id,
            label=Text("{name} {start} 起算,{due} 届满", "{name}, from {start}, due {due}").filled(
                name=limit_title(row.limit), start=day(row.started_on), due=day(row.legal_due)
            ),
        )
        for row in file.ledger
    )


def _papers(shown: FileView) -> tuple[Option, ...]:
    return tuple(
        Option(
            value=one.id,
            label=Text(
                f"{document_title(one.kind)} {one.number} {day(one.issued_on)}",
                f"{document_title(one.kind)} {one.number} {day(one.issued_on)}",
            ),
        )
        for one in shown.unserved
        if one.organ == viewer().organ
    )


def _prefilled(form: Form) -> dict[str, object]:
    """Answers that a link to this page brought along."""
    return {
        one.name: request.args[PREFIX + one.name]
        for one in form.fields
        if PREFIX + one.name in request.args
    }


def _step() -> int | None:
    step = request.values.get("step", "")
    return int(step) if step.isdecimal() and len(step) < 10 else None


def _version() -> int | None:
    version = request.form.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else None
