"""What a simulation takes for granted: how many petitions come, who works how long on what, which way things go.

All of it is entered, measured in the office's own record, or usual (``processes/cast/pace.toml``); ``sources`` says which.
Nothing of it is about a person: people are counted by the part that their organ plays and by their role.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from pathlib import Path
from typing import Any, Final

from engine.drafting.simulation.chance import Spread
from engine.errors import BadInput
from engine.text import Text

REGISTER: Final = "register"
DEADLINE, ARRIVAL = "deadline", "arrival"
ORDERS: Final = (DEADLINE, ARRIVAL)
"""Which work a free colleague takes up first: the one that the law needs next, or the one that came first."""
ENTERED, USUAL, MEASURED = "entered", "usual", "measured"
MOST_STAFF: Final = 500
MOST_MINUTES: Final = 60_000.0
MOST_DAYS: Final = 400.0
MOST_A_DAY: Final = 1_000.0
FREE: Final = "form:"
NO_TIME: Final = Spread(0, 0)
UNKNOWN: Final = Spread(60, 180)
"""Minutes of work where nobody has said anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to do a step: what is answered otherwise than usual, by which part of the cast, how often (a weight).

    It is open to files whose facts are as ``when`` says; ``told`` are further facts by which a record shows that it was gone.
    """

    name: str
    share: float
    title: Text
    answers: Mapping[str, object] = field(default_factory=dict)
    by: str | None = None
    when: Mapping[str, object] = field(default_factory=dict)
    told: Mapping[str, object] = field(default_factory=dict)

    def open_to(self, facts: Mapping[str, object]) -> bool:
        """Whether a file with *facts* may go this way."""
        return all(facts.get(name) == value for name, value in self.when.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How one kind of step goes, at whatever place of a drawing: an act of the statute, or a form of the drawing's own.

    ``wait`` is in days from the opening of the step until there is anything to do for anybody here; ``work`` in minutes of
    one colleague; ``done`` is the share that is ever done; ``ways`` are told apart by their names.
    """

    work: Spread
    wait: Spread = NO_TIME
    done: float = 1.0
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An act that is done whenever the law allows it: on which share of petitions, and so many days after it is allowed."""

    share: float
    after: Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """All of it. ``staff`` counts people by team (``"organ.clerk"``), ``paces`` leads from steps to their pace.

    A step is an act (``"sort"``), an act at one part's organ where that differs (``"sort@organ"``), or ``"form:"`` and a form.

    ``sources`` says of what was not entered where it is from: ``"usual"``, or how many observations it was measured in.
    """

    arrivals: float
    opens: time
    hours: float
    order: str
    staff: Mapping[str, int]
    paces: Mapping[str, Pace]
    standing: Mapping[str, Standing] = field(default_factory=dict)
    other: Pace = Pace(work=UNKNOWN)
    sources: Mapping[str, int] = field(default_factory=dict)
    """How many observations a number was measured in, by its name; what is not named is usual or was entered."""
    patience: float = 0.0
    """Days after which a step for which no limit of the law runs is taken up as if one were up, lest it waits for ever."""
    followed: float = 0.0
    """Days after the last arrival for which petitions are followed."""

    def key(self, step: str, slot: str) -> str:
        """Under which key the pace of the act or form *step* at the organ of the part *slot* is found."""
        return at if (at := f"{step}@{slot}") in self.paces else step

    def pace(self, key: str) -> Pace:
        """The pace of the step *key*."""
        return self.paces.get(key, self.other)

    def team(self, name: str) -> int:
        """How many people the team *name* has; one where nothing is said."""
        return self.staff.get(name, 1)

    def with_all(self, paces: Mapping[str, Pace], staff: Mapping[str, int]) -> Assumptions:
        """The same with these *paces* and this *staff*."""
        return replace(self, paces=paces, staff=staff)

    def with_pace(self, key: str, **changed: Any) -> Assumptions:
        """The same with something of the pace of *key* changed."""
        return replace(self, paces={**self.paces, key: replace(self.pace(key), **changed)})


def read_pace(path: Path) -> Assumptions:
    """The usual assumptions, in the file *path*."""
    with path.open("rb") as file:
        return from_data(tomllib.load(file))


def to_data(of: Assumptions) -> dict[str, Any]:
    """*of* as data that :func:`from_data` reads again."""
    return {
        "arrivals": of.arrivals,
        "opens": of.opens.isoformat("minutes"),
        "hours": of.hours,
        "order": of.order,
        "patience": of.patience,
        "followed": of.followed,
        "staff": dict(of.staff),
        "steps": {key: _pace_data(pace) for key, pace in of.paces.items()},
        "standing": {
            act: {"share": one.share, "after": _spread_data(one.after)} for act, one in of.standing.items()
        },
        "sources": dict(of.sources),
    }  # fmt: skip


def from_data(data: Mapping[str, Any]) -> Assumptions:
    """What *data* says. Raises BadInput naming the number at fault."""
    try:
        return _read(data)
    except (KeyError, TypeError, AttributeError) as fault:
        raise BadInput({"": _MALFORMED.filled(what=fault)}) from fault


def _read(data: Mapping[str, Any]) -> Assumptions:
    return Assumptions(
        arrivals=number("arrivals", data["arrivals"], most=MOST_A_DAY, above=0),
        opens=clock("opens", data["opens"]),
        hours=number("hours", data["hours"], most=24 - clock("opens", data["opens"]).hour, above=0),
        order=_order(data.get("order", DEADLINE)),
        patience=number("patience", data["patience"], most=MOST_DAYS),
        followed=number("followed", data["followed"], most=10 * MOST_DAYS, above=0),
        staff={
            team: int(number(f"staff.{team}", count, most=MOST_STAFF)) for team, count in data["staff"].items()
        },
        paces={key: _pace(key, row) for key, row in data.get("steps", {}).items()},
        standing={
            act: Standing(
                share=number(f"standing.{act}.share", row["share"], most=1),
                after=spread(f"standing.{act}.after", row["after"], most=MOST_DAYS),
            )
            for act, row in data.get("standing", {}).items()
        },
        sources={name: int(seen) for name, seen in data.get("sources", {}).items()},
    )  # fmt: skip


def merged(data: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """*data* with everything that *over* says in its place; tables are merged, lists are replaced."""
    found = dict(data)
    for name, value in over.items():
        below = found.get(name)
        both = isinstance(value, Mapping) and isinstance(below, Mapping)
        found[name] = merged(below, value) if both else value  # type: ignore[arg-type]
    return found


def number(name: str, given: object, *, most: float, above: float | None = None) -> float:
    """The number *given* for *name*, from 0 (or more than *above*) to *most*. Raises BadInput."""
    try:
        found = float(str(given).strip())
    except ValueError:
        found = float("nan")
    if not (found > above if above is not None else found >= 0) or not found <= most:
        low = "0" if above is None else f">{above:g}"
        raise BadInput({name: _BETWEEN.filled(low=low, high=f"{most:g}")})
    return found


def spread(name: str, given: Mapping[str, object], *, most: float) -> Spread:
    """The spread *given* as ``median`` and ``ninetieth`` (which is the median where it is left out). Raises BadInput."""
    median = number(f"{name}.median", given.get("median", 0), most=most)
    ninetieth = number(f"{name}.ninetieth", given.get("ninetieth", median), most=most)
    if ninetieth < median:
        raise BadInput({f"{name}.ninetieth": _NOT_LESS})
    return Spread(median, ninetieth)


def clock(name: str, given: object) -> time:
    """A time of day. Raises BadInput."""
    if isinstance(given, time):
        return given
    try:
        return time.fromisoformat(str(given))
    except ValueError:
        raise BadInput({name: Text("应为 09:00 这样的时间", "a time like 09:00")}) from None


def _order(given: object) -> str:
    if given not in ORDERS:
        raise BadInput({"order": Text("不是可选项", "not one of the options")})
    return str(given)


def _pace(key: str, row: Mapping[str, Any]) -> Pace:
    return Pace(
        work=spread(f"steps.{key}.work", row.get("work", {}), most=MOST_MINUTES),
        wait=spread(f"steps.{key}.wait", row.get("wait", {}), most=MOST_DAYS),
        done=number(f"steps.{key}.done", row.get("done", 1), most=1),
        ways=_ways(key, row.get("ways", ())),
    )


def _ways(key: str, rows: Iterable[Mapping[str, Any]]) -> tuple[Way, ...]:
    ways = tuple(
        Way(
            name=str(row["name"]),
            title=Text(row["zh"], row["en"]),
            share=number(f"steps.{key}.ways.{row['name']}", row["share"], most=1_000_000),
            answers=dict(row.get("answers", {})),
            by=row.get("by"),
            when=dict(row.get("when", {})),
            told=dict(row.get("told", {})),
        )
        for row in rows
    )
    if ways and not any(way.share for way in ways):
        raise BadInput({f"steps.{key}.ways.{ways[0].name}": _NO_WAY})
    return ways


def _pace_data(pace: Pace) -> dict[str, Any]:
    ways = [
        {
            "name": way.name, "zh": way.title.zh, "en": way.title.en, "share": way.share,
            "answers": dict(way.answers), "by": way.by, "when": dict(way.when), "told": dict(way.told),
        }
        for way in pace.ways
    ]  # fmt: skip
    return {
        "work": _spread_data(pace.work), "wait": _spread_data(pace.wait), "done": pace.done, "ways": ways,
    }  # fmt: skip


def _spread_data(of: Spread) -> dict[str, float]:
    return {"median": of.median, "ninetieth": of.ninetieth}


_MALFORMED = Text("假设的写法有误:{what}", "these assumptions are malformed: {what}")
_BETWEEN = Text("应在{low}至{high}之间", "expected between {low} and {high}")
_NOT_LESS = Text("不能小于中位数", "this cannot be less than the median")
_NO_WAY = Text("至少一种做法的占比要大于零", "at least one way needs a share above zero")
