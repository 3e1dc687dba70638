"""Everything the engine raises on purpose.

    PetitionError
    ├── Refused                 somebody asked for something that is not to be had
    │   ├── ActRefused          the statute says no; carries the article
    │   │   └── OutOfTime       a power has lapsed
    │   ├── NotOffered          the drawing shows no such open step now
    │   ├── NotCarried          the other drawings have no place for where this petition stands; carries the obstacles
    │   ├── NotPermitted        wrong organ, wrong role, conflict of interest
    │   └── NotFound            there is no such thing, or none that you may know of
    ├── BadInput                a form or a file that cannot be read; carries a message per field
    ├── Stale                   somebody else changed the petition first
    ├── DrawingRefused          a diagram breaks a rule of the engine; carries the findings
    ├── ProcedureError          drawing and engine disagree at run time: a defect, never a user's fault
    ├── RecordBroken            the record does not prove itself
    └── DataError               shipped or configured data are malformed

Each says what was expected, what was found and what to do, in both languages (``.text``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.text import Text


class PetitionError(Exception):
    """The common base. ``str()`` is the Chinese sentence."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.zh)
        self.text = text


class Refused(PetitionError):
    """A request that cannot be granted, with the article where the law is the reason."""

    def __init__(self, text: Text, *, article: str | None = None) -> None:
        super().__init__(text)
        self.article = article


class ActRefused(Refused):
    """The statute does not allow this act now."""


class OutOfTime(ActRefused):
    """A power has lapsed: its limit passed before it was used."""


class NotOffered(Refused):
    """The drawing offers no such step now."""


class NotCarried(Refused):
    """Another version of the drawings has no place for where this petition stands; nothing was changed."""

    def __init__(self, obstacles: Sequence[Any]) -> None:
        super().__init__(
            Text("「{name}」:{why}", "“{name}”: {why}").filled(
                name=obstacles[0].name, why=obstacles[0].why
            )
        )
        self.obstacles = tuple(obstacles)


class NotPermitted(Refused):
    """This person or organ may not do this."""


class NotFound(Refused):
    """There is no such thing, or none that the one who asks may know of."""


class BadInput(PetitionError):
    """Input that cannot be taken as it stands; nothing was changed.

    ``fields`` holds a sentence for each field at fault (the empty key: the whole form).
    """

    def __init__(self, fields: Mapping[str, Text]) -> None:
        first = next(iter(fields.values()), Text("输入有误", "unusable input"))
        super().__init__(first)
        self.fields = dict(fields)


class Stale(PetitionError):
    """The petition changed between reading and writing; look again and decide anew."""


class DrawingRefused(PetitionError):
    """A diagram that the engine would run wrongly, or that breaks the vocabulary."""

    def __init__(self, findings: Sequence[Any]) -> None:
        first = (
            findings[0].message
            if findings
            else Text("流程图不符合要求", "the drawing is not acceptable")
        )
        super().__init__(first)
        self.findings = tuple(findings)


class ProcedureError(PetitionError):
    """Drawing and engine disagree while running."""


class RecordBroken(PetitionError):
    """The record does not prove itself: an entry is missing, changed or out of order."""


class DataError(PetitionError):
    """Shipped or configured data (law, calendar, forms, organs) are malformed."""
