"""Playing scenarios from their first move to their last: passed, or the first difference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from engine.drafting.scenarios.coverage import Coverage, covered
from engine.drafting.scenarios.expecting import Difference, differences
from engine.drafting.scenarios.private_office import PrivateOffices
from engine.drafting.scenarios.rehearsal import NotRefused, Rehearsal
from engine.drafting.scenarios.scenario import Move, Scenario
from engine.errors import BadInput, PetitionError, Refused
from engine.procedure import Source
from engine.statute.calendar import Calendar

Progress = Callable[[int, int], None]
"""Told how many scenarios have been played, and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What became of a scenario: the first difference, or None; and what of the drawings it came through."""

    scenario: Scenario
    difference: Difference | None
    coverage: Coverage

    @property
    def passed(self) -> bool:
        """Whether everything went as it says."""
        return self.difference is None


def rehearsed(
    offices: PrivateOffices,
    source: Source,
    scenario: Scenario,
    *,
    calendar: Calendar | None = None,
) -> Rehearsal:
    """A rehearsal of *scenario* before its first move. Raises DrawingRefused."""
    return Rehearsal(office=offices.open(source, scenario.start, calendar=calendar))


def play(
    offices: PrivateOffices,
    source: Source,
    scenario: Scenario,
    *,
    calendar: Calendar | None = None,
) -> Played:
    """Play *scenario* on the version in *source*. Raises DrawingRefused where the version cannot run."""
    rehearsal = rehearsed(offices, source, scenario, calendar=calendar)
    try:
        found = next(
            (
                difference
                for place, move in enumerate(scenario.moves, start=1)
                for difference in _made(rehearsal, move, place)
            ),
            None,
        )
        return Played(scenario=scenario, difference=found, coverage=covered(rehearsal.office))
    finally:
        rehearsal.office.store.close()


def play_all(
    offices: PrivateOffices,
    source: Source,
    scenarios: Iterable[Scenario],
    *,
    calendar: Calendar | None = None,
    progress: Progress | None = None,
) -> tuple[Played, ...]:
    """Play all of *scenarios*, each in an office of its own. Raises DrawingRefused."""
    scenarios = tuple(scenarios)
    played = []
    for done, scenario in enumerate(scenarios, start=1):
        played.append(play(offices, source, scenario, calendar=calendar))
        if progress is not None:
            progress(done, len(scenarios))
    return tuple(played)


def _made(rehearsal: Rehearsal, move: Move, place: int) -> Iterator[Difference]:
    expected = move.deed.refused if move.deed is not None else None
    try:
        rehearsal.make(move)
    except NotRefused as done:
        yield Difference(place, "refused", done.article or "—", done.text.zh)
        return
    except (Refused, BadInput) as refusal:
        yield Difference(place, "done", expected or "—", said(refusal))
        return
    if move.expect is not None:
        yield from differences(rehearsal, move.expect, place)


def said(refusal: PetitionError) -> str:
    """A refusal in one line, with its article."""
    if isinstance(refusal, BadInput):
        return ";".join(text.zh for text in refusal.fields.values())
    article = getattr(refusal, "article", None)
    return f"{refusal.text.zh} [{article}]" if article else refusal.text.zh
