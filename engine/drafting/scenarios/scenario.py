"""The nouns: a scenario is nothing but its list of moves, each with what is expected after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.petition.commands import FREE_STEP_ACT
from engine.text import Text

MAIN = "petition"
"""What a scenario calls the file that it is about."""
SUPERVISION = "supervision."
"""With a limit behind it: the supervision of the main file that the clock opened because that limit had passed."""


@dataclass(frozen=True, slots=True)
class ToNext:
    """Turn the clock to the next instant at which something falls due."""


@dataclass(frozen=True, slots=True)
class ToInstant:
    """Turn the clock to an instant (aware, UTC)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class OnDays:
    """Turn the clock so many days on, at the hour at which offices open."""

    days: int


@dataclass(frozen=True, slots=True)
class ToDay:
    """Turn the clock to the morning of the day numbered *day* of the newest deadline of *limit*, counted as that limit is."""

    limit: str
    day: int


Turn = ToNext | ToInstant | OnDays | ToDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """*by* (a login) does *act*, or fills in the free step with *form*, on the file called *file*.

    ``element`` names the step of the drawing where several ask for the same. ``refused`` is the article with which the
    office has to refuse it (empty: without one).
    """

    act: str
    by: str
    form: str | None = None
    answers: Mapping[str, object] = field(default_factory=dict)
    file: str = MAIN
    element: str | None = None
    refused: str | None = None

    @property
    def free(self) -> bool:
        """Whether it fills in a free step of the drawing."""
        return self.act == FREE_STEP_ACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is expected of a deadline; what is None may be anything. ``state`` is ``"none"`` where it never ran."""

    due: date | None = None
    state: str | None = None
    started: date | None = None
    provisional: bool | None = None
    extended: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What is expected of *file* after a move; what is None may be anything.

    ``steps`` are the words of all open steps (acts, and forms of free steps), ``documents`` the kinds of what was issued
    since the move before, ``closing`` the end it has come to (empty: none).
    """

    file: str = MAIN
    stage: str | None = None
    steps: tuple[str, ...] | None = None
    deadlines: Mapping[str, Due] = field(default_factory=dict)
    documents: tuple[str, ...] | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    closing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """First the clock is turned, then something is done, then what is expected has to hold; each of them if given."""

    turn: Turn | None = None
    deed: Deed | None = None
    expect: Expectation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A list of moves from *start* (aware, UTC) on. ``cast`` says who plays which part, where otherwise than usual."""

    id: str
    title: Text
    start: datetime
    moves: tuple[Move, ...] = ()
    cast: Mapping[str, str] = field(default_factory=dict)
