"""The words a drawing may use. They belong to the statute and are handed in, so that this room need not know it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.text import Text

NAMESPACE: Final = "urn:petition:procedure:1"
"""The namespace of our attributes in diagrams (processes/README.md)."""

CLOSED_STAGE: Final = "closed"
"""The stage of a petition whose drawing has come to its end."""


class ActKind(StrEnum):
    """How an act meets a drawing: it opens a file, needs an open step, or is heard by a message event."""

    START = "start"
    STEP = "step"
    STANDING = "standing"


class FactKind(StrEnum):
    """Whether a gateway may ask for a fact, and how."""

    BOOLEAN = "boolean"
    ENUM = "enum"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActWord:
    """An act of the statute as a word: its kind, and the (organ slot, role) pairs that may do it."""

    kind: ActKind | str
    by: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactWord:
    """A fact as a word: its kind and, for an enumeration, its values."""

    kind: FactKind | str
    values: tuple[str, ...] = ()

    @property
    def domain(self) -> tuple[bool | str | None, ...]:
        """All that a gateway can find: an enumeration may also be unset, which a boolean counts as false."""
        if self.kind == FactKind.BOOLEAN:
            return (False, True)
        return (None, *self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Everything a drawing may name.

    ``limits`` leads from every id and alias of a limit to its id. ``read_form`` is asked to read each form
    (file content, file name) and may raise a PetitionError, which becomes a finding. ``read_templates`` is asked
    what is wrong with the templates among the files: a sentence for each fault, by the name of the file.
    """

    acts: Mapping[str, ActWord]
    facts: Mapping[str, FactWord]
    limits: Mapping[str, str]
    documents: frozenset[str]
    stages: tuple[str, ...]
    roles: frozenset[str]
    slots: frozenset[str]
    read_form: Callable[[bytes, str], object] | None = None
    read_templates: Callable[[Mapping[str, bytes]], Mapping[str, Sequence[Text]]] | None = None
