"""The page on which a petition is played back: where it stood after each entry, and what was known then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Response, jsonify, render_template, request, url_for

from engine.audit.story import Scene, Story, attributed, difference, holder, known, tell
from engine.audit.verdict import Finding, Judged
from engine.audit.wording import found_as
from engine.petition.entries import Entry
from engine.petition.facts import FactValue
from engine.petition.file import File
from engine.petition.parties import Slot
from engine.store.queries.timeline import entry_row
from engine.text import Text
from web.audit import rooms
from web.audit.asking import day_asked
from web.audit.facts import name_of, value_of
from web.audit.forms import answers_in
from web.audit.spans import span_words
from web.desk.files import file_page
from web.desk.position import Chart, Drawn
from web.house import directory, house, reading, today, viewer
from web.language import say
from web.security import DRAWING_POLICY, signed_in
from web.wording import REPLAY, act_title, document_title, moment

SHAPES: Mapping[Finding, tuple[str, str]] = {
    Finding.MET: ("done", "✓"),
    Finding.MET_EXTENDED: ("done", "✓"),
    Finding.LATE: ("late", "✓"),
    Finding.OVERDUE: ("overdue", "■"),
    Finding.LAPSED: ("none", "◇"),
    Finding.EXCEPTED: ("none", "○"),
    Finding.VOID: ("none", "×"),
    Finding.NOT_YET_DUE: ("ok", "●"),
    Finding.SUSPENDED: ("paused", "‖"),
    Finding.NOT_ENGAGED: ("none", "–"),
}
"""Tone and shape of each finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that the page and its moments are made of."""

    file: File
    story: Story
    verdict: tuple[Judged, ...]
    charts: Mapping[str, Chart]


@rooms.get("/petitions/<petition>/replay")
@signed_in
def replay(petition: str) -> Response:
    """Where the petition stood after one of its entries, from receipt to the end."""
    with house().store.transaction() as paper:
        paper.look(viewer(), petition, REPLAY, now=house().clock.now())
    told = _told(petition)
    scene = told.story.at(_number("at", 1))
    other = told.story.at(_number("with", 0)) if request.args.get("with") else None
    entries = [one.entry for one in told.story.scenes]
    in_force, when_known = day_asked("in_force"), day_asked("known")
    answer = None
    if in_force and when_known:
        answer = known(entries, in_force_on=in_force, known_on=when_known)
    page = Response(
        file_page(
            "audit/replay.html",
            petition,
            **_words(told, scene),
            story=told.story,
            last=len(told.story.scenes),
            verdict=told.verdict,
            findings=finding_words,
            held=attributed(told.story, house().clock.now()),
            span=span_words,
            other=other,
            between=difference(other.standing, scene.standing) if other else None,
            papers_between=_papers(told.story, max(scene.seq, other.seq))[
                len(_papers(told.story, min(scene.seq, other.seq))) :
            ]
            if other
            else [],
            answer=answer,
            in_force=in_force,
            when_known=when_known,
        )
    )
    page.headers["Content-Security-Policy"] = DRAWING_POLICY
    return page


@rooms.get("/petitions/<petition>/replay.json")
@signed_in
def moments(petition: str) -> Response:
    """Every moment at once, so that playing asks nothing of the server."""
    told = _told(petition)
    return jsonify({"moments": [_moment(told, scene) for scene in told.story.scenes]})


def _told(petition: str) -> Told:
    with reading() as desk:
        entries = desk.entries(viewer(), petition, on=today())
        file = desk.load(petition)
        rebuild = house().replay
        story = tell(rebuild, desk, entries)
        told = [one.entry for one in story.scenes]
        verdict = rebuild.verdict(desk, told, today())
    versions = {_version(file, one) for one in story.scenes}
    return Told(
        file=file, story=story, verdict=verdict, charts={one: Chart.of(one) for one in versions}
    )


def _words(told: Told, scene: Scene) -> dict[str, Any]:
    """What ``audit/moment.html`` needs to tell of *scene*."""
    return {
        "scene": scene,
        "row": entry_row(scene.entry),
        "basis": basis(scene.entry),
        "papers": (papers := _papers(told.story, scene.seq)),
        "answers": answers_in(scene.entry, _version(told.file, scene)),
        "holder": holder(scene),
        "holder_name": holder_name,
        "name_of": name_of,
        "value_of": partial(_value_of, {one.id: one for one in papers}),
        "drawn": (drawn := _drawn(told, scene)),
        "drawing": _drawing(told, scene, drawn[0]),
        "next_breach": told.story.next_breach(scene.seq),
    }


def _moment(told: Told, scene: Scene) -> dict[str, Any]:
    words = _words(told, scene)
    first: Drawn = words["drawn"][0]
    return {
        "seq": scene.seq,
        "title": act_title(scene.entry.act, scene.entry.versions["procedure"]),
        "when": moment(scene.at),
        "breach": bool(scene.breached),
        "drawing": words["drawing"],
        "open": first.open,
        "done": first.done,
        "html": render_template("audit/moment.html", file=told.file, **words),
    }


def _drawn(told: Told, scene: Scene) -> tuple[Drawn, ...]:
    chart = told.charts[_version(told.file, scene)]
    return chart.drawn(told.file.process, {step.element for step in scene.steps}, scene.walked)


def _drawing(told: Told, scene: Scene, drawn: Drawn) -> str:
    """Where *drawn* is to be had in the version of *scene*."""
    version = _version(told.file, scene)
    return url_for("desk.drawing", petition=told.file.id, process=drawn.id, version=version)


def _version(file: File, scene: Scene) -> str:
    """The version of the drawings at *scene*, where it was rebuilt; else the one that the file names."""
    return scene.entry.versions["procedure"] if scene.rebuilt else file.procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document that existed at a moment, and the entry that issued it."""

    id: str
    kind: str
    number: str
    seq: int


def _papers(story: Story, seq: int) -> list[Paper]:
    """The documents that existed after entry *seq*."""
    return [
        Paper(id=made["id"], kind=made["kind"], number=made["number"], seq=one.seq)
        for one in story.scenes[:seq]
        for made in one.entry.consequences.get("documents", ())
    ]


def _value_of(papers: Mapping[str, Paper], fact: str, value: FactValue) -> str:
    """The value of a fact in words; a document by its name and number."""
    paper = papers.get(str(value))
    if paper is None:
        return value_of(fact, value)
    return f"{document_title(paper.kind)} {paper.number}".strip()


def basis(entry: Entry) -> str | None:
    """The article on which an entry rests."""
    known_act = house().acts.get(entry.act)
    if known_act is not None:
        return known_act.article
    limit = entry.act.removeprefix("clock:")
    law = house().law
    return law.limit_by_id(limit).article if law.has_limit(limit) else None


def holder_name(holder: str) -> str:
    """An organ's name, or the petitioner."""
    if holder == Slot.PETITIONER:
        return say(Text("信访人", "the petitioner"))
    organ = directory().organs.get(holder)
    return say(organ.name) if organ else holder


def finding_words(one: Judged) -> tuple[str, str, str]:
    """Tone, shape and word of a finding."""
    tone, shape = SHAPES[one.finding]
    return tone, shape, say(found_as(one))


def _number(name: str, otherwise: int) -> int:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else otherwise
