"""Where a petition stands on its drawings: which of them to show, what waits there and what was walked through."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from engine.bootstrap import Drawings
from engine.office.moving import renamed_by
from engine.office.naming import Named
from engine.petition.entries import Entry
from engine.petition.file import WorkItem
from web.house import house

_DONE_BY_PEOPLE = frozenset({"userTask", "callActivity"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnStep:
    """A step that people do, or a drawing that is called, as a table tells it; ``state`` is open, done or ahead."""

    step: Named
    slot: str | None
    role: str | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One drawing with the elements that wait and those that were walked through; ``steps`` are its table."""

    id: str
    name: str
    open: tuple[str, ...]
    done: tuple[str, ...]
    steps: tuple[DrawnStep, ...] = ()


def drawings(
    digest: str, process: str, work: Iterable[WorkItem], entries: Iterable[Entry]
) -> tuple[Drawn, ...]:
    """The drawings that this petition has reached: those with something open first, the main one always."""
    walked: set[str] = set()
    for entry in entries:
        renamed = renamed_by(entry)
        walked = {renamed.get(id, id) for id in walked}.union(_moved(entry))
    return Chart.of(digest).drawn(process, {item.element for item in work}, walked)


class Chart:
    """The drawings of a version, on which any number of moments can be shown."""

    @classmethod
    def of(cls, digest: str) -> Chart:
        """The drawings of the version *digest* of this house."""
        return cls(house().drawings(digest))

    def __init__(self, procedure: Drawings) -> None:
        self._elements = {one.id: one for one in procedure.elements()}
        self.names = {scope.id: scope.name or scope.id for scope in procedure.drawing.processes()}
        """What its processes are called, by id."""

    def drawn(
        self, process: str, at: Collection[str], passed: Collection[str]
    ) -> tuple[Drawn, ...]:
        """The drawings reached by then: *at* are the elements of the open steps, *passed* what was walked through."""
        elements = self._elements
        walked = {id for id in passed if id in elements}
        waiting = self._around({id for id in at if id in elements})
        reached = {elements[id].process for id in walked | waiting} | {process}
        steps = {elements[id].process for id in at if id in elements}
        order = sorted(reached, key=lambda one: (one not in steps, one != process, one))
        return tuple(
            Drawn(
                id=one,
                name=self.names[one],
                open=tuple(sorted(id for id in waiting if elements[id].process == one)),
                done=tuple(sorted(id for id in walked - waiting if elements[id].process == one)),
                steps=tuple(self._steps(one, waiting, walked)),
            )
            for one in order
        )

    def _steps(self, process: str, waiting: set[str], walked: set[str]) -> Iterable[DrawnStep]:
        for one in self._elements.values():
            if one.process == process and one.kind in _DONE_BY_PEOPLE:
                state = "open" if one.id in waiting else "done" if one.id in walked else "ahead"
                yield DrawnStep(step=one, slot=one.slot, role=one.role, state=state)

    def _around(self, waiting: set[str]) -> set[str]:
        """What encloses an open step waits with it: its sub-process, and the activity that calls its process."""
        elements = self._elements
        front = waiting
        while front:
            inside = {place for id in front for place in (elements[id].scope, elements[id].process)}
            around = {
                one.id for one in elements.values() if one.id in inside or one.called in inside
            }
            front = around - waiting
            waiting = waiting | front
        return waiting


def _moved(entry: Entry) -> Iterable[str]:
    for how in ("entered", "left"):
        yield from entry.consequences.get(how, ())
