"""The duties of the regulation as sequences: after X, Y is owed until Y or a lawful discharge.

Pure rules over happenings. A happening is an entry of a record, or a step of a run that a drawing allows: the same rules
prove a drawing and judge a record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from engine.statute.provisions import Mark
from engine.statute.rows import Row, malformed, read_toml
from engine.text import Text

FILE: Final = Path(__file__).with_name("duties.toml")
VOLUME: Final = Path(__file__).with_name("volume.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What somebody did: the act, the facts that it set, the kinds of documents that it issued."""

    act: str
    facts: Mapping[str, object] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Some happenings: those of an act, with a document, or in which a fact took one of ``values``."""

    act: str | None = None
    document: str | None = None
    fact: str | None = None
    values: tuple[object, ...] = ()

    def fits(self, happening: Happening) -> bool:
        """Whether *happening* is one of them."""
        if self.act is not None:
            return happening.act == self.act
        if self.document is not None:
            return self.document in happening.documents
        found = happening.facts.get(self.fact or "", _UNTOUCHED)
        # A boolean that is forgotten has become false.
        return found in self.values or (found is None and False in self.values)


_UNTOUCHED: Final = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A duty: owed ``after`` one happening, done with another (``until``), or fallen away (``lifted``)."""

    id: str
    article: str
    cite: Text
    title: Text
    after: tuple[Pattern, ...]
    until: tuple[Pattern, ...]
    lifted: tuple[Pattern, ...]
    mark: Mark

    def then(self, owed: bool, happening: Happening) -> bool:
        """Whether it is owed after *happening*, if before it was *owed*; what is done at once is never owed."""
        if any(pattern.fits(happening) for pattern in (*self.until, *self.lifted)):
            return False
        return owed or any(pattern.fits(happening) for pattern in self.after)

    def touched_by(self, happening: Happening) -> bool:
        """Whether *happening* has anything to do with this duty."""
        return any(pattern.fits(happening) for pattern in (*self.after, *self.until, *self.lifted))

    @property
    def papers(self) -> frozenset[str]:
        """The kinds of documents with which it is done."""
        return frozenset(one.document for one in self.until if one.document is not None)


def owed_after(
    happenings: Iterable[Happening], rules: tuple[Owed, ...] | None = None
) -> tuple[Owed, ...]:
    """Those of *rules* (the duties, unless others are given) that are still owed after *happenings*, in their order."""
    rules = load_duties() if rules is None else rules
    owed = {rule.id: False for rule in rules}
    for happening in happenings:
        for rule in rules:
            owed[rule.id] = rule.then(owed[rule.id], happening)
    return tuple(rule for rule in rules if owed[rule.id])


def papers_called_for(happenings: Iterable[Happening]) -> tuple[Owed, ...]:
    """The rules by which *happenings* call for a paper: duties done with one, and what a volume holds besides."""
    happened = tuple(happenings)
    rules = (*(rule for rule in load_duties() if rule.papers), *load_volume())
    return tuple(
        rule
        for rule in rules
        if any(pattern.fits(one) for one in happened for pattern in rule.after)
    )


@lru_cache(maxsize=1)
def load_duties() -> tuple[Owed, ...]:
    """The shipped duties. Raises DataError, naming the row, where they are malformed."""
    return read_duties(FILE)


@lru_cache(maxsize=1)
def load_volume() -> tuple[Owed, ...]:
    """The papers that a closed matter leaves in its volume. Raises DataError, naming the row, where they are malformed."""
    return read_duties(VOLUME)


def read_duties(path: Path) -> tuple[Owed, ...]:
    """The duties in the file at *path*. Raises DataError naming the row at fault."""
    data = read_toml(path)
    regulation = Row(path.name, "version", data.get("version", {})).finished(_regulation)
    always = tuple(
        _pattern(path.name, "lifted_always", row) for row in data.get("lifted_always", [])
    )
    found = tuple(
        Row(path.name, f"owed {row.get('id', place)}", row).finished(
            lambda one: _owed(one, path.name, regulation, always)
        )
        for place, row in enumerate(data.get("owed", []), start=1)
    )
    ids = [one.id for one in found]
    if len(set(ids)) < len(ids):
        raise malformed(path.name, "owed", "编号重复", "an id appears twice")
    return found


def _regulation(row: Row) -> Text:
    row.word("id")
    return row.text("title")


def _owed(row: Row, file: str, regulation: Text, always: tuple[Pattern, ...]) -> Owed:
    id, article, clause = row.word("id"), row.word("article"), row.word("clause")

    def patterns(key: str) -> tuple[Pattern, ...]:
        return tuple(_pattern(file, f"owed {id}", one) for one in row.maybe(key, list) or [])

    return Owed(
        id=id,
        article=article,
        cite=Text(f"《{regulation.zh}》{clause}", f"{regulation.en}, Art. {article}"),
        title=row.text("title"),
        after=patterns("after"),
        until=patterns("until"),
        lifted=(*patterns("lifted"), *always),
        mark=row.choice("mark", Mark),
    )


def _pattern(file: str, place: str, row: Mapping[str, Any]) -> Pattern:
    if set(row) not in ({"act"}, {"document"}, {"fact", "is"}):
        raise malformed(
            file,
            place,
            "应为 act、document 或者 fact 与 is",
            "give an act, a document, or a fact with its values",
        )
    return Pattern(
        act=row.get("act"),
        document=row.get("document"),
        fact=row.get("fact"),
        values=tuple(row.get("is", ())),
    )
