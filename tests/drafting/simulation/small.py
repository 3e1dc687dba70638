"""Small drawings and plain assumptions, of which one can say beforehand what has to come out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from engine.bootstrap import CAST, shipped_source
from engine.clock import SHANGHAI
from engine.drafting.simulation.assumptions import Assumptions, Pace, read_pace
from engine.drafting.simulation.chance import Spread
from engine.drafting.simulation.notes import Notes
from engine.drafting.simulation.running import Told, run
from engine.drafting.simulation.task import Task
from engine.procedure import Source
from engine.statute.calendar import load_calendar
from tests.drafting.scenarios.conftest import the_offices
from tests.procedure import diagrams as d

START = datetime.combine(date(2026, 3, 2), time(9), tzinfo=SHANGHAI).astimezone(UTC)
STEP, TEAM = "form:note", "office.head"
NOTHING = Spread(0, 0)
CALENDAR = load_calendar()


def one_step(*more: str, between: tuple[str, ...] = ()) -> Source:
    """A petition is registered, the head notes something, it is over; *between* are further free steps before that."""
    steps = [d.task(id, role="head", organ="office") for id in (*between, "step")]
    drawing = d.process(
        "petition", d.start(act="register"), *steps, *more, d.end(),
        d.chain("begin", *between, "step", "done"), stage="intake",
    )  # fmt: skip
    supervision = {"supervision.bpmn": shipped_source().files["supervision.bpmn"]}
    return d.version(drawing, forms=["note"], files=supervision)


def plain(work: Spread, *, arrivals: float, people: int = 1, **more: Pace) -> Assumptions:
    """Registering takes no time, the step takes *work*, *people* heads do it, whoever came first is first."""
    return Assumptions(
        arrivals=arrivals, opens=time(9), hours=8, order="arrival", patience=28, followed=100,
        staff={"office.clerk": 50, TEAM: people},
        paces={"register": Pace(work=NOTHING), STEP: Pace(work=work), **more},
    )  # fmt: skip


def usual(**changed: object) -> Assumptions:
    """The usual assumptions."""
    return replace(read_pace(CAST / "pace.toml"), **changed)  # type: ignore[arg-type]


def ran(
    source: Source, assumptions: Assumptions, petitions: int, *, seed: int = 1, told: Told = lambda done, whole: None
) -> Notes:  # fmt: skip
    """The notes of a run."""
    task = Task(
        source=source, calendar=CALENDAR, assumptions=assumptions, start=START, petitions=petitions, seed=seed
    )  # fmt: skip
    return run(the_offices(), task, told)
