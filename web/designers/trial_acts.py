"""Doing something in a trial: the forms that everybody has, filled in with what is usual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from engine.documents.render import PETITIONER, render
from engine.drafting.scenarios.naming import OF_A_FILE
from engine.drafting.scenarios.rehearsal import Look
from engine.drafting.scenarios.scenario import MAIN, Deed, Move
from engine.drafting.scenarios.trials import Trial
from engine.drafting.scenarios.usual import resolved
from engine.errors import BadInput, NotFound
from engine.office import Offer
from engine.office.explaining import explain
from engine.petition.commands import FREE_STEP_ACT
from engine.petition.forms import FieldKind, Form
from engine.petition.parties import Role
from engine.text import Text
from web.designers import rooms
from web.designers.trials import opened_trial
from web.desk.acts import choices_among
from web.desk.files import debtor_name, tell
from web.forms import FormPage, answers_to, asked, chosen_from, organ_choices, person_choices
from web.house import house, viewer
from web.security import for_roles
from web.wording import OptionGroups

START = "register"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The act that a page is about: on which file (None: one to be opened), by whom, at which step."""

    act: str
    title: Text
    article: str
    form: Form
    file: str
    by: str
    look: Look | None = None
    element: str | None = None
    form_id: str | None = None
    offer: Offer | None = None


@rooms.get("/trials/<trial>/do/<act>")
@for_roles(Role.DESIGNER)
def try_act(trial: str, act: str) -> ResponseReturnValue:
    """What the act asks, with the usual answers."""
    trials = house().trials
    with trials.lock:
        opened = trials.open(trial, actor=viewer())
        page, desk = _page(opened, act)
        page.answers = {**page.answers, **_usual(opened, desk)}
    return page.render()


@rooms.post("/trials/<trial>/do/<act>")
@for_roles(Role.DESIGNER)
def try_deed(trial: str, act: str) -> ResponseReturnValue:
    """Do it in the private office; or note that the office refuses it, as it should."""
    trials = house().trials
    with trials.lock:
        opened = opened_trial(trial)
        page, desk = _page(opened, act)
        page.answers = answers_to(page.form, request.form)
        deed = Deed(
            act=desk.act,
            by=desk.by,
            form=desk.form_id,
            answers=_tidy(opened, page, desk.look),
            file=desk.file,
            element=desk.element,
        )
        if request.form.get("phase") == "refused":
            deed = replace(deed, refused=request.form.get("article", ""))
        trials.make(opened, Move(deed=deed))
    tell(
        Text("拒绝已记为预期", "The refusal is expected from now on")
        if deed.refused is not None
        else Text("已办理:{act}", "Done: {act}").filled(act=desk.title)
    )
    return redirect(url_for("designers.trial", trial=trial, file=desk.file))


@rooms.get("/trials/<trial>/files/<file>/documents/<document>")
@for_roles(Role.DESIGNER)
def tried_document(trial: str, file: str, document: str) -> str:
    """A document that the trial has issued, in the templates of what is tried."""
    trials = house().trials
    with trials.lock:
        opened = trials.open(trial, actor=viewer())
        look = opened.rehearsal.look(file)
        paper = next((one for one in look.documents if one.id == document), None)
        if paper is None:
            raise NotFound(Text("没有这份文书", "there is no such document"))
        fields = opened.rehearsal.contents(look, paper)
    organs = opened.rehearsal.office.directory
    to = str(look.file.facts.get(paper.to) or paper.to)
    sheet = render(
        paper,
        fields=fields,
        rule=house().law.document(paper.kind),
        files=opened.source.files,
        organ_name=organs.organ(paper.organ).name,
        petition_number=look.file.number,
        recipient=organs.organ(to).name.zh if organs.exists(to) else PETITIONER,
        query_code=look.file.code,
        names={one.id: one.name.zh for one in organs.organs.values()}
        | {one.id: one.name for one in organs.people.values()},
    )
    # engine.documents has rendered it in a sandbox that escapes every field.
    return render_template(
        "designers/tried_document.html", trial=opened, file=file, paper=paper, sheet=Markup(sheet)  # noqa: S704
    )  # fmt: skip


@rooms.get("/trials/<trial>/files/<file>/deadlines/<limit>/<int:ordinal>")
@for_roles(Role.DESIGNER)
def tried_deadline(trial: str, file: str, limit: str, ordinal: int) -> str:
    """Why a deadline of the trial falls on its day."""
    trials = house().trials
    with trials.lock:
        opened = trials.open(trial, actor=viewer())
        look, office = opened.rehearsal.look(file), opened.rehearsal.office
    row = next((one for one in look.file.ledger if one.id == f"{limit}#{ordinal}"), None)
    if row is None:
        raise NotFound(Text("没有这一期限", "there is no such deadline"))
    return render_template(
        "desk/deadline.html", file=look.file, row=row, why=explain(row, office.law, office.calendar),
        calendar=office.calendar, debtor=debtor_name(office.directory, row), on=office.today,
        back=url_for("designers.trial", trial=trial, file=file),
    )  # fmt: skip


def _page(opened: Trial, act: str) -> tuple[FormPage, Desk]:
    desk = _desk(opened, act)
    office = opened.rehearsal.office
    offered = desk.offer.choices if desk.offer else {}
    choices, left_out = chosen_from(desk.form, _choices(opened, desk), offered)
    return (
        FormPage(
            template="designers/try_act.html",
            form=desk.form,
            answers={},
            choices=choices,
            left_out=left_out,
            context=lambda: {
                "trial": opened,
                "desk": desk,
                "there": office.today,
                "reasons": desk.offer.reasons if desk.offer else {},
            },
        ),
        desk,
    )


def _desk(opened: Trial, act: str) -> Desk:
    rehearsal = opened.rehearsal
    by, file = request.values.get("as", ""), request.values.get("file", MAIN)
    if act == START:
        known = house().acts[START]
        return Desk(
            act=act, title=known.title, article=known.article, form=known.form,
            file=rehearsal.free_name(), by=by,
        )  # fmt: skip
    look = rehearsal.look(file)
    offer = rehearsal.offers(file, by).find(act, _step())
    if offer is None:
        raise NotFound(Text("现在没有这一环节", "this step is not open now"))
    step = next((one for one in look.steps if one.id == offer.step), None)
    several = sum(one.act == act for one in look.steps) > 1
    return Desk(
        act=act, title=offer.title, article=offer.article, form=offer.form, file=file, by=by, look=look, offer=offer,
        element=step.element if step and (several or act == FREE_STEP_ACT) else None,
        form_id=step.form if step else None,
    )  # fmt: skip


def _usual(opened: Trial, desk: Desk) -> Mapping[str, object]:
    """What the form is filled in with: what the act itself proposes, then what is usual."""
    office = opened.rehearsal.office
    usual = house().trials.offices.usual.with_tables({"cast": opened.scenario.cast})
    if desk.offer and desk.offer.refused is not None and "anyway" not in request.args:
        raise desk.offer.refused
    defaults = desk.offer.defaults if desk.offer else {}
    known = usual.filled({"act": desk.act, "by": desk.by})["answers"]
    words = {name: value for name, value in known.items() if not _of_a_file(value)}
    fields = {one.name for one in desk.form.fields}
    answers = {**resolved(words, today=office.today, known={}), **defaults}
    if desk.act == START:
        answers = {"received_on": office.today, "initial": True, **answers}
    return {
        name: tuple(str(value).split(",")) if _many(desk.form, name) else value
        for name, value in answers.items()
        if name in fields
    }


def _tidy(opened: Trial, page: FormPage, look: Look | None) -> dict[str, object]:
    """The answers as a scenario keeps them: only to what is asked, other files and papers by the scenario's own names."""
    files = opened.rehearsal.files
    papers = {one.kind: one.id for one in look.documents} if look is not None else {}
    kinds = {id: kind for kind, id in papers.items()}
    answers: dict[str, object] = {}
    for one in asked(page.form, page.answers):
        value = page.answers.get(one.name)
        if value in (None, "", ()):
            continue
        if one.kind is FieldKind.BOOLEAN:
            answers[one.name] = str(value) in {"true", "on", "True"}
        elif one.kind is FieldKind.CHOICES and isinstance(value, tuple):
            answers[one.name] = ",".join(map(str, value))
        elif one.kind is FieldKind.INTEGER and str(value).strip().isdecimal():
            answers[one.name] = int(str(value))
        elif one.kind is FieldKind.PETITION and str(value).strip() in files:
            answers[one.name] = f"@file:{str(value).strip()}"
        elif one.kind is FieldKind.DOCUMENT and value in kinds:
            answers[one.name] = f"@document:{kinds[str(value)]}"
        else:
            answers[one.name] = value
    _refuse_references(answers)
    return answers


def _refuse_references(answers: Mapping[str, object]) -> None:
    """What begins with @ stands for something in a scenario. Raises BadInput where it stands for nothing."""
    for name, value in answers.items():
        if isinstance(value, str) and value.startswith("@") and not _of_a_file(value):
            raise BadInput({name: Text("不能以 @ 开头", "an answer cannot begin with @")})


def _choices(opened: Trial, desk: Desk) -> Mapping[str, OptionGroups]:
    office = opened.rehearsal.office
    if desk.look is None:
        organs, on = office.directory, office.today
        return {
            FieldKind.ORGAN: organ_choices(organs, on),
            FieldKind.PERSON: person_choices(organs, organs.organs, on),
        }
    own = office.actor(desk.by).organ
    return choices_among(office.directory, desk.look.file, desk.look.documents, own, office.today)


def _many(form: Form, name: str) -> bool:
    return any(one.name == name and one.kind is FieldKind.CHOICES for one in form.fields)


def _of_a_file(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("@file:", *OF_A_FILE))


def _step() -> int | None:
    step = request.values.get("step", "")
    return int(step) if step.isdecimal() and len(step) < 10 else None
