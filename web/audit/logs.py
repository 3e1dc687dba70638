"""Event logs for process mining, taken away by auditors."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final, cast

from flask import Response, request

from engine.audit.events.model import model_of
from engine.audit.events.taking import Form
from engine.errors import NotFound
from engine.petition.parties import Role
from engine.store.queries.cases import Cases
from engine.text import Text
from web.audit import rooms
from web.audit.asking import day_in
from web.audit.figures import audit_page
from web.house import house, reading, today, viewer
from web.security import for_roles

IN_MEMORY: Final = 4 * 1024 * 1024
CHUNK: Final = 64 * 1024
_KINDS: Final = {
    Form.XES: ("application/xml", "xes"),
    Form.OCEL: ("application/json", "jsonocel"),
    Form.CSV: ("text/csv", "csv"),
}
_PROCESSES: Final = ("petition", "supervision")


@rooms.get("/audit/events")
@for_roles(Role.AUDITOR)
def logs() -> str:
    """What can be taken away, and what never is."""
    with reading() as desk:
        versions = desk.procedures(today())
    return audit_page(
        "audit/events.html", versions=versions, forms=[form.value for form in Form], processes=_PROCESSES
    )  # fmt: skip


@rooms.post("/audit/events")
@for_roles(Role.AUDITOR)
def take() -> Response:
    """The log that was asked for; the look at each petition in it is logged."""
    form = Form(request.form["format"]) if request.form.get("format") in set(Form) else Form.XES
    version = request.form.get("version") or None
    cases = Cases(
        process=request.form.get("process") or None,
        version=version,
        received_from=day_in("from", request.form),
        received_to=day_in("to", request.form),
    )
    kept = cast(BinaryIO, SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115 - closed when it was sent
    house().event_logs.take(viewer(), cases, form, kept, now=house().clock.now())
    kind, ending = _KINDS[form]
    return _sent(kept, kind, f"events-{today().isoformat()}.{ending}")


@rooms.get("/audit/model.bpmn")
@for_roles(Role.AUDITOR)
def model() -> Response:
    """The drawing laid flat, for mining tools."""
    with reading() as desk:
        version = request.args.get("version") or desk.current_procedure(today())
        if version not in {row.digest for row in desk.procedures(today())}:
            raise NotFound(Text("没有这一版流程图", "there is no such version of the drawings"))
    process = request.args.get("process") or _PROCESSES[0]
    page = Response(model_of(house().drawings(version), process), mimetype="application/xml")
    page.headers["Content-Disposition"] = f'attachment; filename="{_PROCESSES[0]}.bpmn"'
    return page


def _sent(kept: BinaryIO, kind: str, name: str) -> Response:
    kept.seek(0)

    def pieces() -> Iterator[bytes]:
        with kept:
            while piece := kept.read(CHUNK):
                yield piece

    page = Response(pieces(), mimetype=kind)
    page.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return page
