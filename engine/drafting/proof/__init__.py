"""The proof of a drawing before it is in force: every run that it allows keeps the law, or one that does not is shown."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from engine.documents.obligatory import has_template, omitted_parts
from engine.documents.templates import ROOM, room_of
from engine.drafting.proof import stage, verbs
from engine.drafting.proof.checks import Checks, clocks_that_never_fire, interrupting_duties
from engine.drafting.proof.states import TooLarge
from engine.drafting.proof.telling import Told
from engine.drafting.proof.walk import MOST_STATES, Walk
from engine.drafting.proof.wording import (
    PERSONS,
    forbidden_in,
    forbidden_name,
    words_of,
    words_of_forms,
)
from engine.drafting.proof.world import World
from engine.errors import DrawingRefused
from engine.petition.forms import Form, parse_form
from engine.procedure import Procedure, load
from engine.procedure.drawing import Drawing, Kind
from engine.procedure.findings import Finding, Severity, refusals
from engine.procedure.gate import Examined, examine
from engine.procedure.source import Source
from engine.procedure.vocabulary import Vocabulary
from engine.text import Text

OPENINGS = ("register", "open_supervision")
"""The acts with which a file begins; a process that begins with one is walked."""


_KEPT: Final = 32
_PROVED: Final[dict[tuple[str, int], Proof]] = {}
_WALKED: Final[dict[tuple[str, int], Proof]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was found, refusals first, and how many states were walked to find it."""

    findings: tuple[Finding, ...]
    states: int


def prove(source: Source, vocabulary: Vocabulary, *, most: int = MOST_STATES) -> Proof:
    """The version in *source* before the gate and then before the law; never raises.

    What the gate refuses is not walked. A drawing with more than *most* states is refused as too large to decide. The same
    version is proved once in a process.
    """
    return _once(_PROVED, source, most, lambda: _proved(source, vocabulary, most))


def _once(
    kept: dict[tuple[str, int], Proof], source: Source, most: int, prove_it: Callable[[], Proof]
) -> Proof:
    """What is *kept* for *source*, or what *prove_it* finds, kept from now on."""
    key = (source.digest, most)
    if key not in kept:
        with _uncollected():
            found = prove_it()
        while len(kept) >= _KEPT:
            del kept[next(iter(kept))]
        kept[key] = found
    return kept[key]


def proved(source: Source, vocabulary: Vocabulary) -> Procedure:
    """The version in *source*, ready to run. Raises DrawingRefused with all that gate and proof refuse."""
    if refused := refusals(prove(source, vocabulary).findings):
        raise DrawingRefused(refused)
    return load(source, vocabulary)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage meanwhile: a walk makes many objects and drops none before its end."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _proved(source: Source, vocabulary: Vocabulary, most: int) -> Proof:
    examined = examine(source, vocabulary)
    found = examined.findings
    if found.refused():
        return Proof(findings=tuple(found.all()), states=0)
    papers = Told(examined.drawing, {})
    _templates(source, papers)
    # No run depends on a paper: another wording is proved without walking again.
    drawn = Source({path: data for path, data in source.files.items() if not path.startswith(ROOM)})
    proof = _once(_WALKED, drawn, most, lambda: _walked(examined, drawn, vocabulary, most))
    both = (*found.all(), *proof.findings, *papers.findings())
    return Proof(
        findings=tuple(sorted(both, key=lambda one: one.severity is Severity.WARN)),
        states=proof.states,
    )


def _walked(examined: Examined, source: Source, vocabulary: Vocabulary, most: int) -> Proof:
    files = source.room("forms", ".toml")
    forms = {name: parse_form(data, name) for name, data in files.items()}
    told = Told(examined.drawing, forms)
    _words(examined.drawing, forms, told)
    _documents(examined.drawing, told)
    worlds = [World(examined, root, vocabulary.limits, forms) for root in _roots(examined.drawing)]
    if not worlds:
        told.add("no_beginning", None)
    states = 0
    decided = True
    for world in worlds:
        checks = Checks(world, told)
        walk = Walk(world, look=checks.look, most=most)
        try:
            walk.go()
            checks.look_back(walk)
        except TooLarge as fault:
            told.add("too_large_to_decide", fault.element or world.process, most=most)
            decided = False
        states += len(walk.states)
    if decided:
        _never(worlds, examined.drawing, told)
        _apart(worlds, examined.drawing, told)
    return Proof(findings=tuple(told.findings()), states=states)


def _roots(drawing: Drawing) -> list[str]:
    """The processes with which a file begins."""
    return [
        scope.id
        for scope in drawing.processes()
        if any(start.act in OPENINGS for start in scope.of(Kind.START))
    ]


def _words(drawing: Drawing, forms: dict[str, Form], told: Told) -> None:
    for file, element, text in [*words_of(drawing), *words_of_forms(forms)]:
        for why, clause in forbidden_in(text):
            told.add("forbidden_wording", element, None, clause, file=file, text=text, why=why)
    for form in forms.values():
        for field in form.fields:
            if forbidden_name(field.name) or forbidden_name(field.fact or ""):
                why = Text("不得收集这样的信息", "nobody may ask for this")
                told.add(
                    "forbidden_wording",
                    field.name,
                    None,
                    PERSONS,
                    file=f"forms/{form.id}.toml",
                    text=field.name,
                    why=why,
                )


def _documents(drawing: Drawing, told: Told) -> None:
    """A step that names a document must be one whose act issues it; a free step may carry a paper of the office's own."""
    law = stage.RECKONER.law
    for node in drawing.nodes():
        document, act = node.words.get("document"), verbs.ACTS.get(node.act or "")
        if document is None or act is None or document in act.documents:
            continue
        rule = next((one for one in law.documents() if one.kind == document), None)
        if rule is not None:
            told.add(
                "document_not_issued",
                node.id,
                None,
                rule.article,
                act=act.title,
                document=rule.title,
            )


def _templates(source: Source, told: Told) -> None:
    """Every kind of document has a template that states, whatever happens, all that the law wants stated."""
    if not room_of(source.files):
        return  # drawings alone, to be looked at without their papers
    for rule in stage.RECKONER.law.documents():
        file = f"{ROOM}{rule.kind}.html"
        if not has_template(source.files, rule.kind):
            told.add("no_template", rule.kind, None, rule.article, file=file, document=rule.title)
        for part in omitted_parts(source.files, rule):
            place = f"{rule.kind}.{part.id}"
            told.add(
                "part_may_be_missing", place, None, rule.article, file=file, document=rule.title, part=part.title
            )  # fmt: skip


def _never(worlds: list[World], drawing: Drawing, told: Told) -> None:
    """What no walk has ever come to: clocks that never run where they are listened to, elements nobody can reach."""
    visited = {id for world in worlds for id in world.game.visited}
    walked = {place.id for world in worlds for place in world.net.places}
    for world in worlds:
        for place, limit in interrupting_duties(world):
            told.add("clock_takes_away", place.id, None, limit.article, limit=limit.title)
        for place, limit in clocks_that_never_fire(world):
            if place.id not in visited and (place.node.attached_to or place.id) in visited:
                told.add("clock_without_duty", place.id, None, limit.article, limit=limit.title)
    clocks = {place.id for world in worlds for place, _ in clocks_that_never_fire(world)}
    if told.refused:
        return  # what is refused is often why something else is never come to
    for node in drawing.nodes():
        if node.id in walked - visited - clocks:
            told.add("never_reached", node.id)


def _apart(worlds: list[World], drawing: Drawing, told: Told) -> None:
    """Processes that no file ever comes to."""
    walked = {room.scope.process for world in worlds for room in world.net.rooms}
    for scope in drawing.processes():
        if scope.id not in walked:
            told.add("never_called", scope.id)


__all__ = ["MOST_STATES", "Proof", "prove", "proved"]
