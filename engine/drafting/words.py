"""The words that a draft may use, with everything a designer needs in order to choose among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.acts.act import Act
from engine.errors import DataError
from engine.petition.forms import Form, parse_form
from engine.procedure import FactKind, FactWord, Source, Vocabulary
from engine.procedure.drawing import Drawing
from engine.procedure.expressions import Condition
from engine.procedure.gate import examine
from engine.procedure.tables import Table
from engine.statute.law import Law
from engine.statute.provisions import DocumentRule, Limit, Unit
from engine.text import Text

_EVENTS: Final = {"opinion_replaced": Text("意见已变更或者撤销", "opinion changed or set aside")}
"""What a drawing may hear although nobody does it as an act of its own."""
_LENGTHS: Final = {
    Unit.DAYS: Text("{n}天", "{n} days"),
    Unit.WORKING_DAYS: Text("{n}个工作日", "{n} working days"),
    Unit.ASSIGNED: Text("交办时指定", "the day that the assignment names"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActChoice:
    """An act that a drawing may name: when it may be done, by whom, and what it may issue."""

    id: str
    title: Text
    article: str
    kind: str
    by: tuple[tuple[str, str], ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything that a draft may name. ``facts`` are those a gateway may ask; ``labels`` say what forms call theirs;
    ``conditions`` are those that can be read, by their flow; ``decisions`` the tables that can be."""

    acts: tuple[ActChoice, ...]
    limits: tuple[Limit, ...]
    documents: tuple[DocumentRule, ...]
    roles: tuple[str, ...]
    slots: tuple[str, ...]
    stages: tuple[str, ...]
    forms: tuple[Form, ...]
    tables: tuple[str, ...]
    facts: Mapping[str, FactWord]
    labels: Mapping[str, Text]
    drawing: Drawing
    conditions: Mapping[str, Condition]
    decisions: Mapping[str, Table]


def words_for(
    source: Source, vocabulary: Vocabulary, *, law: Law, acts: Mapping[str, Act]
) -> Words:
    """The words for the draft with the files *source*."""
    examined = examine(source, vocabulary)
    forms = tuple(_readable(source))
    facts = {name: fact for name, fact in examined.facts.items() if fact.kind != FactKind.OTHER}
    return Words(
        acts=tuple(_choices(vocabulary, acts)),
        limits=law.clocks(),
        documents=law.documents(),
        roles=tuple(sorted(vocabulary.roles)),
        slots=tuple(sorted(vocabulary.slots)),
        stages=vocabulary.stages,
        forms=forms,
        tables=tuple(source.room("tables", ".dmn")),
        facts=facts,
        labels={field.fact: field.label for form in forms for field in form.fields if field.fact},
        drawing=examined.drawing,
        conditions=examined.conditions,
        decisions=examined.tables,
    )


def length_of(limit: Limit) -> Text:
    """How long a limit is, in words."""
    return _LENGTHS[limit.unit].filled(n=limit.length)


def _choices(vocabulary: Vocabulary, acts: Mapping[str, Act]) -> Iterator[ActChoice]:
    for id, word in vocabulary.acts.items():
        act = acts.get(id)
        yield ActChoice(
            id=id,
            title=act.title if act else _EVENTS.get(id, Text(id, id)),
            article=act.article if act else "",
            kind=str(word.kind),
            by=word.by,
            documents=act.documents if act else (),
        )


def _readable(source: Source) -> Iterator[Form]:
    """The forms that can be read; of the others the check speaks."""
    for name, data in source.room("forms", ".toml").items():
        try:
            yield parse_form(data, name)
        except DataError:
            continue
