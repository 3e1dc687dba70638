"""A petition's file: where it stands, what can be done, its deadlines, its record, its papers, its drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from flask import Response, flash, render_template, request, url_for

from engine.errors import NotFound
from engine.office.explaining import explain
from engine.people.directory import Directory
from engine.petition.deadlines import Deadline, DeadlineState
from engine.petition.file import File, FileKind
from engine.petition.forms import FieldKind
from engine.petition.parties import Slot
from engine.store.queries import MASKED, FileView
from engine.text import Text
from web.desk import rooms
from web.desk.position import drawings
from web.forms import organ_choices, sent_purpose
from web.house import directory, house, reading, today, viewer
from web.language import say
from web.security import DRAWING_POLICY, signed_in

JOURNEY = ("intake", "routing", "handling", "service", "review", "re_review", "closed")
SIDE_STAGES = {"execution": "service", "care": "closed"}
"""Stages beside the bar, and the place of the bar that they belong to."""
# The acts by which a file shows that it was at a place of the stage bar.
SIGNS = {
    "handling": frozenset({"appoint", "answer_duty", "answer_suggestion", "receive_accusation"}),
    "service": frozenset({"dispatch"}),
    "review": frozenset({"request_review"}),
    "re_review": frozenset({"request_re_review"}),
}


@rooms.get("/petitions/<petition>")
@signed_in
def file(petition: str) -> str:
    """Where the petition stands, what can be done next, and by when."""
    return file_page(
        "desk/file.html", petition, offers=house().front_desk.offers(petition, viewer())
    )


@rooms.get("/petitions/<petition>/timeline")
@signed_in
def timeline(petition: str) -> str:
    """Everything that happened, newest first unless asked otherwise."""
    with reading() as desk:
        entries = desk.timeline(viewer(), petition, on=today())
    forwards = request.args.get("order") == "oldest"
    kind = request.args.get("kind") or None
    shown = [entry for entry in entries if kind in {None, entry.kind}]
    return file_page(
        "desk/timeline.html", petition, forwards=forwards, kind=kind, of_kind=Counter(one.kind for one in entries),
        entries=sorted(shown, key=lambda one: one.seq, reverse=not forwards),
    )  # fmt: skip


@rooms.get("/petitions/<petition>/papers")
@signed_in
def papers(petition: str) -> str:
    """Documents issued and files handed in."""
    return file_page("desk/papers.html", petition)


@rooms.get("/petitions/<petition>/content")
@signed_in
def content(petition: str) -> str:
    """What was submitted and recorded; what is personal stays masked until somebody says why they need it."""
    return _content(petition, None)


@rooms.post("/petitions/<petition>/content")
@signed_in
def unmask(petition: str) -> str:
    """The personal data in the clear, once; the look and its purpose are logged."""
    values = house().store.unmask(
        viewer(), petition, purpose=sent_purpose(), now=house().clock.now()
    )
    return _content(petition, values)


@rooms.get("/petitions/<petition>/diagram")
@signed_in
def diagram(petition: str) -> Response:
    """The drawing that this petition follows, with its present position."""
    with reading() as desk:
        shown = desk.file(viewer(), petition, on=today())
        entries = desk.entries(viewer(), petition, on=today())
    drawn = drawings(shown.file.procedure, shown.file.process, shown.work, entries)
    page = Response(
        file_page("desk/diagram.html", petition, drawn=drawn, wanted=request.args.get("process"))
    )
    page.headers["Content-Security-Policy"] = DRAWING_POLICY
    return page


@rooms.get("/petitions/<petition>/diagram/<process>.bpmn")
@signed_in
def drawing(petition: str, process: str) -> Response:
    """The drawing as XML, in the version that the petition follows, or in another that it followed earlier."""
    with reading() as desk:
        shown = desk.file(viewer(), petition, on=today())
        followed = {one.procedure for one in shown.entries} | {shown.file.procedure}
        version = request.args.get("version", shown.file.procedure)
        files = desk.procedure_files(version) if version in followed else {}
    source = files.get(f"{process}.bpmn")
    if source is None:
        raise NotFound(Text("没有这张流程图", "there is no such drawing"))
    return Response(source, mimetype="application/xml")


@rooms.get("/petitions/<petition>/deadlines/<limit>/<int:ordinal>")
@signed_in
def deadline(petition: str, limit: str, ordinal: int) -> str:
    """Why this deadline falls on this day: its clause and every day counted."""
    with reading() as desk:
        shown = desk.file(viewer(), petition, on=today())
        row = _deadline(shown.file, f"{limit}#{ordinal}")
        calendar = desk.calendar()
        explanation = explain(row, house().law, calendar)
    return render_template(
        "desk/deadline.html", file=shown.file, row=row, why=explanation, calendar=calendar,
        debtor=debtor_name(directory(), row), on=today(), back=url_for("desk.file", petition=petition),
    )  # fmt: skip


def debtor_name(organs: Directory, row: Deadline) -> str:
    """Who owes the duty, or holds the power, of *row*."""
    if row.debtor == Slot.PETITIONER:
        return say(Text("信访人", "petitioner"))
    return say(organs.organ(row.debtor).name)


def _deadline(file: File, id: str) -> Deadline:
    try:
        return file.ledger.get(id)
    except KeyError:
        raise NotFound(Text("没有这一期限", "there is no such deadline")) from None


def file_page(template: str, petition: str, **context: object) -> str:
    """A page of the file *petition* under its common head. Raises NotFound."""
    with reading() as desk:
        shown = desk.file(viewer(), petition, on=today())
    return render_template(
        template, shown=shown, file=shown.file, stages=_stages(shown), directory=directory(),
        debtor_name=debtor_name, MASK=MASKED, shown_deadlines=_in_order(shown.file), **context,
    )  # fmt: skip


def _content(petition: str, values: Mapping[str, str] | None) -> str:
    with reading() as desk:
        shown = desk.file(viewer(), petition, on=today())
        looks = desk.viewings(viewer(), petition, on=today())
    first = shown.entries[0]
    return file_page(
        "desk/content.html", petition, values=values, registration=house().acts[first.act].form,
        inputs=first.inputs, looks=looks, choices={FieldKind.ORGAN: organ_choices(directory(), first.effective_at.date())},
    )  # fmt: skip


def _stages(shown: FileView) -> list[tuple[str, str]]:
    """The places of the stage bar, each ``was``, ``is``, ``ahead`` or, where the journey led around it, ``skipped``."""
    file = shown.file
    if file.kind is FileKind.SUPERVISION:
        places: tuple[str, ...] = ("supervision", "closed")
    else:
        places = JOURNEY
    present = "closed" if file.closed_at else SIDE_STAGES.get(file.stage, file.stage)
    reached = places.index(present) if present in places else 0
    done = {entry.act for entry in shown.entries}
    return [
        (place, "is" if here == reached else _behind(place, done) if here < reached else "ahead")
        for here, place in enumerate(places)
    ]


def _behind(place: str, done: Collection[str]) -> str:
    """Whether the petition was at *place*, told by what was done on it."""
    signs = SIGNS.get(place)
    return "was" if signs is None or not signs.isdisjoint(done) else "skipped"


def _in_order(file: File) -> list[Deadline]:
    """What runs first, by its day; then what is over, newest first."""
    live = [row for row in file.ledger if row.open]
    over = [row for row in file.ledger if not row.open]
    live.sort(key=lambda row: (row.state is DeadlineState.SUSPENDED, row.legal_due or today()))
    return [*live, *reversed(over)]


def tell(text: Text, level: str = "done") -> None:
    """Say *text* on the next page."""
    flash(say(text), level)
