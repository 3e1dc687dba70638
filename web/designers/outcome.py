"""What came out of a simulation, put into rows and coordinates: the figures are the engine's, nothing is worked out here."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import url_for

from engine.audit.figures.clauses import FEW
from engine.drafting.simulation.jobs import SimulationRow
from engine.errors import PetitionError
from engine.text import CHINESE, Text
from web.designers.plots import HEIGHT, WIDTH, Line, Scale, line, scale_of
from web.house import house
from web.language import language, say
from web.wording import act_title, limit_title

BARS: Final = 12
"""So many steps have a bar; the table has all."""
LEVELS: Final = 4
IDLE: Final = 0.005
"""A team that is busy for less of its time, and for which nothing waits, is not shown."""
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything that the page shows."""

    tried: Data
    base: Data | None
    lasted: Data
    news: tuple[str, ...]
    clauses: tuple[Data, ...]
    rates: Scale
    steps: tuple[Data, ...]
    bars: tuple[Data, ...]
    days: Scale
    teams: tuple[Data, ...]
    limits: tuple[Data, ...]
    refused: tuple[Data, ...]
    drawings: tuple[tuple[str, str], ...]
    figures: Mapping[str, str]
    width: float = WIDTH
    height: float = HEIGHT


def outcome_of(row: SimulationRow) -> Outcome:
    """What came out of the simulation *row*, which is done."""
    found: Data = row.came_out or {}
    tried, base = found["tried"], found["base"]
    differences = found.get("differences") or {"lasted": None, "clauses": {}, "steps": {}}
    clauses = tuple(_clauses(tried, base, differences["clauses"]))
    steps = tuple(_steps(tried, base, differences["steps"]))
    bars = steps[:BARS]
    return Outcome(
        tried=tried,
        base=base,
        lasted=differences["lasted"] or {},
        news=tuple(_news(differences, clauses, steps)),
        clauses=clauses,
        rates=_rates(clauses),
        steps=steps,
        bars=bars,
        days=scale_of(
            one["stay"][1] for pair in bars for one in (pair["tried"], pair["base"]) if one
        ),
        teams=tuple(_teams(tried, base)),
        limits=tuple(_limits(tried, base)),
        refused=tuple(
            {"name": _name(tried, element), "why": sentence, "times": times}
            for element, sentence, times in tried["refused"]
        ),
        drawings=_drawings(row.about),
        figures=_figures(row, tried),
    )


def _clauses(tried: Data, base: Data | None, differences: Data) -> Iterator[Data]:
    known = house().law
    found = {**(base or {}).get("clauses", {}), **tried["clauses"]}
    for limit in known.limits():
        if limit.id in found:
            yield {
                "limit": limit.id,
                "title": limit_title(limit.id),
                "article": limit.article,
                "tried": tried["clauses"].get(limit.id),
                "base": base and base["clauses"].get(limit.id),
                "difference": differences.get(limit.id),
            }


def _rates(clauses: tuple[Data, ...]) -> Scale:
    """The scale of rates: as wide as the intervals of those that are of many."""
    pairs = [one for pair in clauses for one in (pair["tried"], pair["base"]) if one]
    many = [one for one in pairs if one["met"] + one["late"] >= FEW]
    return scale_of(one["high"] for one in many or pairs)


def _steps(tried: Data, base: Data | None, differences: Data) -> Iterator[Data]:
    """The steps, those in which petitions spend most time first."""
    others = (base or {}).get("steps", {})
    names = {**others, **tried["steps"]}

    def weight(element: str) -> float:
        one = tried["steps"].get(element) or others[element]
        return float(one["begun"] * (one["stay"] or [0])[0])

    for element in sorted(names, key=lambda one: (-weight(one), one)):
        yield {
            "element": element,
            "name": _called(names[element], element),
            "tried": tried["steps"].get(element),
            "base": others.get(element),
            "difference": differences.get(element),
        }


def _teams(tried: Data, base: Data | None) -> Iterator[Data]:
    others = (base or {}).get("teams", {})
    for team in {**tried["teams"], **others}:
        one, other = tried["teams"].get(team), others.get(team)
        both = [of["line"] for of in (one, other) if of]
        peak = scale_of(length for points in both for _, length in points).most
        yield {
            "team": team,
            "tried": one,
            "base": other,
            "peak": peak,
            "line": _line(one, peak),
            "other": _line(other, peak),
            "first": both[0][0][0] if both and both[0] else "",
            "last": both[0][-1][0] if both and both[0] else "",
            "busy": any(of and (of["most"] or (of["use"] or 0) > IDLE) for of in (one, other)),
        }


def _line(one: Data | None, peak: float) -> Line:
    return line([length for _, length in one["line"]] if one else [], peak)


def _limits(tried: Data, base: Data | None) -> Iterator[Data]:
    others = (base or {}).get("limits", {})
    for element, one in {**others, **tried["limits"]}.items():
        yield {
            "element": element,
            "name": one["name"] or element,
            "tried": tried["limits"].get(element),
            "base": others.get(element),
        }


def _news(differences: Data, clauses: tuple[Data, ...], steps: tuple[Data, ...]) -> Iterator[str]:
    """What is more than chance, in words."""
    for one in clauses:
        if (found := one["difference"]) and found["says"] == "more":
            yield say(_MORE_LATE if found["mean"] > 0 else _LESS_LATE) .format(
                name=one["title"], points=f"{abs(100 * found['mean']):.1f}"
            )  # fmt: skip
    for one in steps:
        if one["tried"] and not one["base"] and differences["steps"]:
            yield say(_NEW).format(name=one["name"], days=f"{one['tried']['stay'][0]:.1f}")
        elif (found := one["difference"]) and found["says"] == "more":
            yield say(_LONGER if found["mean"] > 0 else _SHORTER).format(
                name=one["name"], days=f"{abs(found['mean']):.1f}"
            )


def _drawings(about: str) -> tuple[tuple[str, str], ...]:
    """The processes of what was simulated, with their names; none where it can be drawn no more."""
    try:
        procedure = house().simulations.drawings(about)[0]
    except PetitionError:
        return ()
    return tuple((scope.id, scope.name or scope.id) for scope in procedure.drawing.processes())


def _figures(row: SimulationRow, tried: Data) -> Mapping[str, str]:
    """By process: what stands beside the elements of its drawing."""
    most = max((one["stay"][1] for one in tried["steps"].values() if one["stay"]), default=0.0)
    found: dict[str, dict[str, Any]] = {}
    for element, one in tried["steps"].items():
        if one["stay"] and one["begun"]:
            found.setdefault(one["process"], {})[element] = {
                "text": say(_DAYS).format(days=f"{one['stay'][0]:.1f}"),
                "level": min(LEVELS, int(1 + LEVELS * one["stay"][1] / (most + 1e-9))) if most else 0,
                "late": 0,
                "said": say(_SAID).format(
                    name=one["name"] or element, n=one["begun"], median=one["stay"][0], ninetieth=one["stay"][1]
                ),
                "to": url_for("designers.simulation", simulation=row.id, _anchor=f"step-{element}"),
            }  # fmt: skip
    return {process: json.dumps(of, ensure_ascii=False) for process, of in found.items()}


def _name(tried: Data, element: str) -> str:
    return _called(tried["steps"].get(element), element)


def _called(step: Data | None, element: str) -> str:
    """What a step is called, without its article: as the drawing has it, or by its act where that has no such words."""
    name, act = (step or {}).get("name") or "", (step or {}).get("act")
    if act in house().acts and (not name or language() != CHINESE):
        return act_title(str(act))
    return name.partition(" (")[0] or element


_DAYS = Text("{days}天", "{days} d")
_SAID = Text(
    "{name}:{n}次;停留一半在{median}天内,九成在{ninetieth}天内",
    "{name}: {n} times; half stay within {median} days, nine in ten within {ninetieth}",
)
_MORE_LATE = Text(
    "{name}:逾期率高{points}个百分点", "{name}: breached more often, by {points} points"
)
_LESS_LATE = Text(
    "{name}:逾期率低{points}个百分点", "{name}: breached less often, by {points} points"
)
_LONGER = Text("{name}:停留长{days}天", "{name}: {days} days longer")
_SHORTER = Text("{name}:停留短{days}天", "{name}: {days} days shorter")
_NEW = Text("{name}:新增,停留一半在{days}天内", "{name}: new, half stay within {days} days")
