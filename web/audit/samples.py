"""Samples of concluded files: the draw that anybody can repeat, the check of each file, and what came of it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engine.audit.events.table import no_formula
from engine.audit.figures.clauses import Rate
from engine.audit.sampling import DRAW_FORM, MATERIAL, MINOR, Point, wilson
from engine.errors import NotFound
from engine.petition.forms import FieldKind
from engine.petition.parties import Role
from engine.store.queries.sampled import SampledFile, sample_of, sampled_files
from engine.store.queries.sampled import samples as samples_of
from engine.text import Text
from web.audit import rooms
from web.audit.figures import audit_context, audit_page
from web.forms import FormPage, answers_to, organ_choices, sent_key
from web.house import directory, house, reading, today, viewer
from web.security import for_roles

USUAL_SIZE = 30
_BYTES_OF_MARK = "\ufeff"


@rooms.get("/audit/samples")
@for_roles(Role.AUDITOR)
def samples() -> str:
    """The samples so far, and the form to draw another."""
    return _page().render()


@rooms.post("/audit/samples")
@for_roles(Role.AUDITOR)
def draw() -> ResponseReturnValue:
    """Draw a sample."""
    page = _page()
    page.answers = answers_to(page.form, request.form)
    actor = viewer()
    made = house().samples.draw(
        actor, page.answers, key=sent_key(actor.person), now=house().clock.now()
    )
    return redirect(url_for("audit.sample", sample=made))


def _page() -> FormPage:
    with reading() as desk:
        drawn = samples_of(desk, viewer())
    rows = [(one, Rate(one.sound, one.checked), _interval(one.sound, one.checked)) for one in drawn]
    return FormPage(
        template="audit/samples.html",
        form=DRAW_FORM,
        answers={"size": str(USUAL_SIZE)},
        choices={FieldKind.ORGAN: organ_choices(directory(), today())},
        context=lambda: {**audit_context(), "rows": rows},
    )


@rooms.get("/audit/samples/<sample>")
@for_roles(Role.AUDITOR)
def sample(sample: str) -> str:
    """How far the check has come, the share without a material defect with its interval, and every file."""
    with reading() as desk:
        drawn = sample_of(desk, viewer(), sample)
        files = sampled_files(desk, viewer(), sample, on=today())
    return audit_page(
        "audit/sample.html", drawn=drawn, files=files, sound=Rate(drawn.sound, drawn.checked),
        interval=_interval(drawn.sound, drawn.checked), clauses=_by_point(files),
    )  # fmt: skip


@rooms.get("/audit/samples/<sample>/<int:place>")
@for_roles(Role.AUDITOR)
def check_form(sample: str, place: int) -> str:
    """The check form of one file, with what was found before."""
    with reading() as desk:
        drawn = sample_of(desk, viewer(), sample)
        files = sampled_files(desk, viewer(), sample, on=today())
    here = next((one for one in files if one.place == place and one.row), None)
    if here is None:
        raise NotFound(Text("抽查中没有这一件", "there is no such file in the sample"))
    return audit_page(
        "audit/sampled_file.html", drawn=drawn, here=here, points=house().samples.points(),
        found={id: MATERIAL if material else MINOR for id, material in here.defects.items()},
    )  # fmt: skip


@rooms.post("/audit/samples/<sample>/<int:place>")
@for_roles(Role.AUDITOR)
def check(sample: str, place: int) -> ResponseReturnValue:
    """Record what was found, and go on to the next file that is not checked yet."""
    found = {
        point.id: request.form[point.id]
        for point in house().samples.points()
        if request.form.get(point.id)
    }
    house().samples.check(viewer(), sample, place, found, house().clock.now())
    with reading() as desk:
        files = sampled_files(desk, viewer(), sample, on=today())
    ahead = next((one.place for one in files if one.row and one.checked_at is None), None)
    if ahead is None:
        return redirect(url_for("audit.sample", sample=sample))
    return redirect(url_for("audit.check_form", sample=sample, place=ahead))


@rooms.get("/audit/samples/<sample>.csv")
@for_roles(Role.AUDITOR)
def sample_table(sample: str) -> Response:
    """The sample as a table: a line for each file, a column for each point."""
    with reading() as desk:
        sample_of(desk, viewer(), sample)
        files = sampled_files(desk, viewer(), sample, on=today())
    points = house().samples.points()
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(["place", "petition", "number", "organ", "checked", *(one.id for one in points)])
    for one in files:
        about = [one.row.petition, one.row.number, one.row.organ_name.zh] if one.row else ["", "", ""]  # fmt: skip
        how = [_how(one.defects.get(point.id)) if one.checked_at else "" for point in points]
        cells = [str(one.place), *about, "yes" if one.checked_at else "no", *how]
        lines.writerow([no_formula(cell) for cell in cells])
    page = Response(_BYTES_OF_MARK + out.getvalue(), mimetype="text/csv")
    page.headers["Content-Disposition"] = f'attachment; filename="sample-{today()}.csv"'
    return page


def _interval(part: int, whole: int) -> str:
    """The interval in hundredths, as ``81.2%–97.4%``; a dash where nothing was checked."""
    found = wilson(part, whole)
    return "—" if found is None else f"{100 * found[0]:.1f}%–{100 * found[1]:.1f}%"


def _how(material: bool | None) -> str:
    return "" if material is None else MATERIAL if material else MINOR


def _by_point(files: Iterable[SampledFile]) -> list[tuple[Point, int, int]]:
    """The points that were found amiss: how often materially, and how often otherwise."""
    counts = Counter((id, material) for one in files for id, material in one.defects.items())
    rows = [(point, counts[point.id, True], counts[point.id, False]) for point in house().samples.points()]  # fmt: skip
    return [row for row in rows if row[1] or row[2]]
