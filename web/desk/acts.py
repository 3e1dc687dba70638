"""A page for each act: the questions, then what would follow, then the deed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.errors import BadInput, NotFound
from engine.office import Offer
from engine.people.directory import Directory
from engine.petition.commands import Command
from engine.petition.deadlines import Deadline
from engine.petition.documents import TO_BE_SERVED, Document
from engine.petition.facts import FACTS, FactKind
from engine.petition.file import File
from engine.petition.forms import FieldKind, Form, Option
from engine.store.queries import FileView
from engine.text import Text
from web.desk import rooms
from web.desk.files import debtor_name, tell
from web.forms import (
    KEY,
    PREFIX,
    FormPage,
    answers_to,
    asked,
    chosen_from,
    organ_choices,
    person_choices,
    sent_key,
    sent_uploads,
    sent_version,
)
from web.house import directory, house, reading, today, viewer
from web.security import signed_in
from web.typed import FORGOTTEN, keep_typed, typed
from web.wording import OptionGroups, day, document_title, limit_title


@rooms.get("/petitions/<petition>/do/<act>")
@signed_in
def act(petition: str, act: str) -> ResponseReturnValue:
    """What the act asks; with the key of a page that was sent, the answers on it, to be changed.

    With ``look`` also what the petitioner wrote: the look is logged, with the act as its purpose.
    """
    page = _page(petition, act, look="look" in request.args)
    if request.args.get(KEY):
        page.answers = typed() or page.answers
    return page.render()


@rooms.post("/petitions/<petition>/do/<act>")
@signed_in
def do(petition: str, act: str) -> ResponseReturnValue:
    """Keep the answers and lead to what would follow; or, when that was confirmed, do the deed.

    What is shown is reached by its address, so that going back after the deed asks nobody to send anything again.
    """
    if _done_before(petition):
        return redirect(url_for("desk.file", petition=petition))
    page = _page(petition, act, asking=True)
    page.answers = answers_to(page.form, request.form)
    if request.form.get("phase") == "look":
        keep_typed(page.answers)
        return redirect(_address("desk.act", petition, act, look="1"))
    if request.form.get("phase") != "confirm":
        keep_typed(page.answers)
        return redirect(_address("desk.confirm", petition, act))
    command = _command(petition, act, page)
    receipt = house().office.perform(replace(command, uploads=sent_uploads()))
    tell(_DONE.filled(act=page.form.title))
    return redirect(_afterwards(receipt.petition))


@rooms.get("/petitions/<petition>/do/<act>/confirm")
@signed_in
def confirm(petition: str, act: str) -> ResponseReturnValue:
    """What would follow from the answers that were sent; or that they were confirmed already."""
    if _done_before(petition):
        with reading() as desk:
            shown = desk.file(viewer(), petition, on=today())
        return render_template("desk/done.html", file=shown.file)
    answers = typed()
    if answers is None:
        tell(FORGOTTEN, "warning")
        return redirect(_address("desk.act", petition, act))
    page = _page(petition, act, asking=True)
    page.answers = answers
    return _confirm(page, house().front_desk.preview(_command(petition, act, page)))


_DONE = Text("已办理:{act}", "Done: {act}")


def _address(endpoint: str, petition: str, act: str, look: str | None = None) -> str:
    """The address of a page of the act as it was sent: its key, the version it was made from, its step."""
    key, version, step = request.values.get(KEY), sent_version(), _step()
    return url_for(
        endpoint, petition=petition, act=act, key=key, version=version, step=step, look=look
    )


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


def _page(petition: str, act: str, *, asking: bool = False, look: bool = False) -> FormPage:
    """The page of the act. A refusal is raised at once, unless something was typed that has to be shown with it."""
    offers = house().front_desk.offers(petition, viewer())
    offer = offers.find(act, _step())
    if offer is None:
        raise NotFound(
            Text(
                "现在没有这一环节,它可能已由他人办理",
                "this step is not open now; somebody may have done it",
            )
        )
    if offer.refused is not None and not asking:
        raise offer.refused
    with reading() as desk:
        shown = desk.file(viewer(), petition, on=today())
    choices, left_out = chosen_from(offer.form, choices_for(shown), offer.choices)
    written = _written(petition, offer) if look else None
    return FormPage(
        template="desk/act.html",
        form=offer.form,
        answers={**offer.defaults, **_prefilled(offer.form)},
        choices=choices,
        left_out=left_out,
        context=lambda: _context(shown, offer, offers.version, written),
    )


def _written(petition: str, offer: Offer) -> Sequence[tuple[Text, str]]:
    """What the petitioner wrote of the matter, for whoever has to do the act; the look is logged."""
    purpose = _FOR_THE_ACT.filled(act=offer.title.zh).zh
    values = house().store.unmask(viewer(), petition, purpose=purpose, now=house().clock.now())
    asked = house().acts["register"].form.fields
    return [(one.label, values[one.name]) for one in asked if one.name in _WRITTEN & set(values)]


_WRITTEN = frozenset({"content", "demands"})
_FOR_THE_ACT = Text("办理:{act}", "To do: {act}")


def _context(
    shown: FileView, offer: Offer, version: int, written: Sequence[tuple[Text, str]] | None
) -> Mapping[str, object]:
    return {
        "written": written,
        "shown": shown,
        "file": shown.file,
        "offer": offer,
        "version": version,
        "reasons": offer.reasons,
        "debtor_of": _debtor,
    }


def _debtor(row: Deadline) -> str:
    return debtor_name(directory(), row)


def _confirm(page: FormPage, preview: object) -> str:
    return render_template(
        "desk/confirm.html",
        form=page.form,
        questions=asked(page.form, page.answers),
        answers=page.answers,
        preview=preview,
        choices=page.choices,
        key=request.args[KEY],
        **{**page.context(), "version": request.args.get("version", "")},
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
        expected_version=sent_version(),
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


def choices_for(shown: FileView) -> Mapping[str, OptionGroups]:
    """What can be chosen where a question asks for an organ, a person, a deadline or a paper of the file *shown*."""
    return choices_among(directory(), shown.file, shown.documents, viewer().organ, today())


def choices_among(
    organs: Directory, file: File, documents: Iterable[Document], own: str, on: date
) -> Mapping[str, OptionGroups]:
    """The same among *organs*, of *file* with its *documents*, for somebody at the organ *own*, on the day *on*."""
    parts = [
        str(value)
        for name, value in file.facts.items()
        if value and name in FACTS and FACTS[name].kind is FactKind.ORGAN
    ]
    own_first = dict.fromkeys([own, *parts])
    return {
        FieldKind.ORGAN: (*_ended(organs, parts, on), *organ_choices(organs, on)),
        FieldKind.PERSON: person_choices(organs, own_first, on),
        FieldKind.DEADLINE: ((Text("期限", "Deadlines"), _deadlines(file)),),
        FieldKind.DOCUMENT: (
            (Text("待送达的文书", "Papers to be served"), _papers(documents, own)),
        ),
    }


def _ended(organs: Directory, parts: Iterable[str], on: date) -> OptionGroups:
    """The organs of the matter that exist no more: their successor takes over from them (Art. 24(2))."""
    gone = [id for id in dict.fromkeys(parts) if not organs.organ(id).valid_on(on)]
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


def _papers(documents: Iterable[Document], own: str) -> tuple[Option, ...]:
    """The papers that the organ *own* issued and still has to serve."""
    return tuple(
        Option(
            value=one.id,
            label=Text(
                f"{document_title(one.kind)} {one.number} {day(one.issued_on)}",
                f"{document_title(one.kind)} {one.number} {day(one.issued_on)}",
            ),
        )
        for one in documents
        if one.organ == own and one.service in TO_BE_SERVED
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
