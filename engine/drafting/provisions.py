"""Every provision that the statute's data holds, with everything that uses it: drawings, acts, forms, templates, scenarios."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from engine.acts.act import Act
from engine.acts.catalogue import ACTS
from engine.drafting.scenarios.scenario import Scenario, ToDay
from engine.drafting.uses import modules_using
from engine.petition.forms import Form
from engine.procedure import Element, Procedure
from engine.statute.law import Law
from engine.statute.provisions import DocumentRule, Duty, Limit, Regulation
from engine.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A row of the statute: what ``kind`` it is (``limit``, ``duty``, ``document``), where it stands, and what uses it.

    ``elements`` listen to its clock, are cut by it, issue its document or do an act that uses it; ``acts`` move its clock, issue
    its document or stand on its article; ``forms`` ask under its article; ``scenarios`` reach it.
    """

    kind: str
    id: str
    title: Text
    article: str
    quote: str
    elements: tuple[Element, ...]
    acts: tuple[str, ...]
    forms: tuple[Text, ...]
    templates: tuple[str, ...]
    scenarios: tuple[str, ...]
    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A text of law with the days on which a clock may start under it, and what of it the statute's data holds."""

    regulation: Regulation
    provisions: tuple[Provision, ...]


def chapters(
    law: Law, procedure: Procedure, scenarios: Iterable[Scenario], words: str = ""
) -> tuple[Chapter, ...]:
    """All texts with their provisions, of those that hold any; with *words*, the provisions in which all of them occur."""
    used = _Used(law, procedure, scenarios)
    rows: dict[str, list[Provision]] = {one.id: [] for one in law.regulations()}
    for limit in law.limits():
        rows[limit.version].append(used.of("limit", limit))
    for duty in law.duties():
        rows[duty.version].append(used.of("duty", duty))
    rows[used.present] += [used.of("document", one) for one in law.documents()]
    sought = words.casefold().split()
    return tuple(
        Chapter(regulation=regulation, provisions=found)
        for regulation in law.regulations()
        if (
            found := tuple(
                sorted((one for one in rows[regulation.id] if _says(one, sought)), key=_order)
            )
        )
    )


def _says(provision: Provision, sought: Iterable[str]) -> bool:
    said = [
        provision.id,
        provision.title.zh,
        provision.title.en,
        provision.article,
        provision.quote,
    ]
    said += [
        *provision.acts, *(ACTS[act].title.zh for act in provision.acts), *provision.templates, *provision.scenarios,
        *(f"{one.process} {one.id} {one.name}" for one in provision.elements),
    ]  # fmt: skip
    text = "\n".join(said).casefold()
    return all(word in text for word in sought)


def _order(provision: Provision) -> tuple[int, str, str]:
    """By the number of the article; what stands in another law comes last."""
    number = provision.article.partition("(")[0]
    return int(number) if number.isdigit() else _LAST, provision.article, provision.id


class _Used:
    """Finds what uses a row of the statute."""

    def __init__(self, law: Law, procedure: Procedure, scenarios: Iterable[Scenario]) -> None:
        self.present = law.clocks()[0].version
        """The text in force: acts and forms cite its articles."""
        self._elements = procedure.elements()
        self._files = procedure.source.files
        self._forms = procedure.forms
        self._scenarios = {one.id: _reached(one) for one in scenarios}

    def of(self, kind: str, row: Limit | Duty | DocumentRule) -> Provision:
        """The provision of *row* with what uses it."""
        names = _names(row)
        present = isinstance(row, DocumentRule) or row.version == self.present
        cited = row.article if present else None
        acts = [act for act in ACTS.values() if _uses(act, names) or act.article == cited]
        ids = {act.id for act in acts}
        template = f"documents/{row.kind}.html" if isinstance(row, DocumentRule) else ""
        return Provision(
            kind=kind,
            id=row.kind if isinstance(row, DocumentRule) else row.id,
            title=row.title,
            article=row.article,
            quote="" if isinstance(row, DocumentRule) else row.quote,
            elements=tuple(
                one
                for one in self._elements
                if names & {one.clock, one.within, one.document} or one.act in ids
            ),
            acts=tuple(sorted(ids)),
            forms=tuple(
                form.title
                for form in (*(act.form for act in ACTS.values()), *self._forms.values())
                if isinstance(form, Form)
                and cited in {field.article for field in form.fields} - {None}
            ),
            templates=(template,) if template in self._files else (),
            scenarios=tuple(
                id for id, reached in self._scenarios.items() if reached & {*names, cited}
            ),
            modules=modules_using(names),
        )


def _names(row: Limit | Duty | DocumentRule) -> frozenset[str]:
    """What a drawing, an act or a module calls it by."""
    if isinstance(row, DocumentRule):
        return frozenset({row.kind})
    return frozenset({row.id, row.alias, *(row.also if isinstance(row, Limit) else ())})


def _uses(act: Act, names: frozenset[str]) -> bool:
    """Whether *act* moves a clock or issues a document of these *names*."""
    return bool(names & {*act.documents, *(word.partition(":")[2] for word in act.clocks)})


def _reached(scenario: Scenario) -> set[str]:
    """The limits, documents and articles that a scenario reaches."""
    found: set[str] = set()
    for move in scenario.moves:
        if isinstance(move.turn, ToDay):
            found.add(move.turn.limit)
        if move.deed is not None and move.deed.refused:
            found.add(move.deed.refused)
        if move.expect is not None:
            found |= {limit.partition("#")[0] for limit in move.expect.deadlines}
            found |= set(move.expect.documents or ())
    return found


_LAST: Final = 1000
