"""Where a draft's drawings use its forms, its tables, and what those decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.drafting.rows import changed
from engine.drafting.words import Words
from engine.errors import Refused
from engine.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An element of a diagram, or a decision table (``element`` None), by its file; ``name`` is what people call it."""

    file: str
    element: str | None
    name: str


def places_of(words: Words, word: str, value: str) -> tuple[Place, ...]:
    """The elements whose *word* (``form``, ``table``) is *value*."""
    return tuple(
        Place(file=scope.file, element=node.id, name=node.name or node.id)
        for scope in words.drawing.scopes.values()
        for node in scope.nodes
        if node.words.get(word) == value
    )


def readers_of(words: Words, fact: str) -> tuple[Place, ...]:
    """The flows and tables that ask for *fact*; a flow is called by the gateway that it leaves."""
    return tuple(_readers(words, fact))


def refuse_used(words: Words, word: str, value: str) -> None:
    """Raise Refused, naming the places, where the form or table *value* is used by a diagram."""
    places = places_of(words, word, value)
    if places:
        told = Text(
            "、".join(f"“{one.name}”({one.file})" for one in places),
            ", ".join(f"“{one.name}” ({one.file})" for one in places),
        )
        raise Refused(_USED.filled(name=value, places=told))


def pointed_anew(
    files: Mapping[str, bytes], words: Words, word: str, old: str, new: str
) -> dict[str, bytes]:
    """The diagrams among *files* that have to change so that whatever has *old* as its *word* has *new*."""
    diagrams: dict[str, bytes] = {}
    for scope in words.drawing.scopes.values():
        for node in scope.nodes:
            if node.words.get(word) == old:
                change = changed(node.id, name=node.name, words={word: new})
                diagrams[scope.file] = change(diagrams.get(scope.file, files[scope.file]))
    return diagrams


def _readers(words: Words, fact: str) -> Iterator[Place]:
    for scope in words.drawing.scopes.values():
        for line in scope.lines:
            condition = words.conditions.get(line.id)
            if condition is not None and fact in condition.names:
                source = scope.by_id.get(line.source)
                name = source.name if source and source.name else line.source
                yield Place(file=scope.file, element=line.id, name=name)
    for name, table in words.decisions.items():
        if fact in table.inputs:
            yield Place(file=f"tables/{name}.dmn", element=None, name=name)


_USED = Text(
    "“{name}”还在使用,不能删除:{places};请先在那里换掉",
    "{name} is still used and cannot be deleted: {places}; replace it there first",
)
