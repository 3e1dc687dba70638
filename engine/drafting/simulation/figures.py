"""The figures of one or two runs, as data: what is kept, shown on pages and printed by the command line.

Days are calendar days, hours working hours. Organs' teams and steps are counted, never people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import mean
from typing import Any, Final

from engine.drafting.simulation.assumptions import Assumptions
from engine.drafting.simulation.comparing import Difference, Sums, compared, wilson
from engine.drafting.simulation.notes import LATE, MET, OPEN, Notes, Visit
from engine.procedure import Procedure

POINTS: Final = 120
"""More points a line does not have."""
_REFUSALS: Final = 12


def figures(notes: Notes, procedure: Procedure, assumed: Assumptions) -> dict[str, Any]:
    """The figures of one run."""
    named = {one.id: one for one in procedure.elements()}
    return {
        "petitions": notes.petitions,
        "over": len(notes.lasted),
        "stuck": notes.stuck,
        "working_days": round(notes.minutes / (assumed.hours * 60), 1),
        "lasted": _ranks(notes.lasted.values()),
        "clauses": {limit: _clause(found) for limit, found in sorted(notes.duties.items())},
        "steps": {
            element: {
                "name": named[element].name if element in named else "",
                "process": named[element].process if element in named else "",
                "act": named[element].act if element in named else element,
                **_step(visits),
            }
            for element, visits in notes.visits.items()
        },
        "teams": {
            team: _team(notes, team, assumed) for team in sorted(notes.lengths)
        },
        "limits": {
            one.id: {
                "name": one.name,
                "process": one.process,
                "limit": one.limit,
                "up": notes.fired[one.id],
                "of": notes.passed[one.attached_to] if one.attached_to else notes.passed[one.id],
            }
            for one in procedure.elements()
            if one.limit is not None
        },
        "passed": dict(sorted(notes.passed.items())),
        "refused": [
            [element, sentence, times]
            for (element, sentence), times in notes.refused.most_common(_REFUSALS)
            if times
        ],
    }  # fmt: skip


def differences(tried: Notes, base: Notes, petitions: Sequence[int]) -> dict[str, Any]:
    """How the run *tried* differs from *base*, over the same *petitions*."""
    limits = tried.duties.keys() | base.duties.keys()
    elements = tried.visits.keys() & base.visits.keys()
    return {
        "lasted": _data(compared(_days(tried), _days(base), petitions)),
        "clauses": {
            limit: _data(compared(_rate(tried, limit), _rate(base, limit), petitions))
            for limit in sorted(limits)
        },
        "steps": {
            element: _data(
                compared(_stays(tried.visits[element]), _stays(base.visits[element]), petitions)
            )
            for element in sorted(elements)
        },
    }


def _clause(found: Sequence[tuple[int, str]]) -> dict[str, Any]:
    counts = {became: sum(one == became for _, one in found) for became in (MET, LATE, OPEN)}
    late, whole = counts[LATE], counts[LATE] + counts[MET]
    low, high = wilson(late, whole)
    return {"begun": len(found), **counts, "rate": late / whole if whole else None, "low": low, "high": high}  # fmt: skip


def _step(visits: Sequence[Visit]) -> dict[str, Any]:
    done = [one for one in visits if one.work is not None]
    return {
        "begun": len(visits),
        "done": len(done),
        "wait": _ranks(one.wait / 60 for one in done),
        "work": _ranks((one.work or 0) / 60 for one in done),
        "outside": _ranks(one.outside for one in done),
        "stay": _ranks(one.stay for one in visits),
    }


def _team(notes: Notes, team: str, assumed: Assumptions) -> dict[str, Any]:
    people, lengths = assumed.team(team), notes.lengths[team]
    days = sorted(lengths)
    return {
        "people": people,
        "use": notes.spent[team] / (people * notes.minutes) if people and notes.minutes else None,
        "waiting": mean(lengths.values()) if lengths else 0.0,
        "most": max(lengths.values(), default=0),
        "line": _line(days, lengths),
    }


def _line(days: Sequence[date], lengths: Mapping[date, int]) -> list[list[Any]]:
    size = max(1, -(-len(days) // POINTS))
    parts = [days[at : at + size] for at in range(0, len(days), size)]
    return [[part[0].isoformat(), round(mean(lengths[day] for day in part), 2)] for part in parts]


def _ranks(of: Iterable[float]) -> list[float] | None:
    """Median and ninth decile, by nearest rank; None where there is nothing."""
    found = sorted(of)
    if not found:
        return None
    return [round(found[-(-share * len(found) // 10) - 1], 3) for share in (5, 9)]


def _rate(notes: Notes, limit: str) -> Sums:
    found: dict[int, tuple[float, float]] = {}
    for root, became in notes.duties.get(limit, ()):
        late, whole = found.get(root, (0.0, 0.0))
        found[root] = (late + (became == LATE), whole + (became != OPEN))
    return found


def _days(notes: Notes) -> Sums:
    return {root: (days, 1.0) for root, days in notes.lasted.items()}


def _stays(visits: Iterable[Visit]) -> Sums:
    found: dict[int, tuple[float, float]] = {}
    for one in visits:
        days, whole = found.get(one.root, (0.0, 0.0))
        found[one.root] = (days + one.stay, whole + 1)
    return found


def _data(of: Difference) -> dict[str, Any]:
    return {"says": of.says.value, "mean": of.mean, "low": of.low, "high": of.high}
