"""The states of a walk, the spots of the drawing where they are, and the steps that lead from one to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.drafting.proof.deeds import Option
from engine.drafting.proof.game import View
from engine.drafting.proof.memory import Store
from engine.drafting.proof.net import Place
from engine.drafting.proof.tokens import Marking, News
from engine.drafting.proof.verbs import Refusal


class TooLarge(Exception):
    """The walk was given up: too many states, or tokens without end. ``element`` is where, if that is known."""

    def __init__(self, element: str | None = None) -> None:
        super().__init__(element)
        self.element = element


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a run: what was done or happened. ``kind`` is start, act, form, standing, clock, limit or reopen."""

    kind: str
    word: str
    element: str | None = None
    choice: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True, eq=False)
class Spot:
    """A marking with all that can be seen of it, and what may be forgotten there."""

    marking: Marking
    view: View
    steps: list[tuple[int, Place, tuple[Option, ...]]]
    moves: dict[News, object] = field(default_factory=dict)
    forget: dict[object, tuple[Callable[[Store], Store], frozenset[str]]] = field(
        default_factory=dict
    )
    """What may be forgotten and what is alive, by the values on which it depends what can still happen."""


@dataclass(slots=True, eq=False)
class State:
    """Where a petition can be. ``before`` and ``step`` tell how it was first reached.

    ``alive`` are the standing acts and clocks that may still come about; nothing else is remembered rightly for the others.
    """

    number: int
    spot: Spot
    store: Store
    alive: frozenset[str]
    before: State | None
    step: Step
    back: list[State] = field(default_factory=list)
    """From where it is reached without anybody using a power."""
    refused: list[tuple[Place, Refusal]] = field(default_factory=list)

    def run(self) -> list[Step]:
        """A shortest run to here."""
        steps: list[Step] = []
        state: State | None = self
        while state is not None:
            steps.append(state.step)
            state = state.before
        return steps[::-1]
