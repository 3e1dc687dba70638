"""Simulations as they are asked for, run in the background, stopped, taken over, and kept beside what they try."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from multiprocessing import active_children

import pytest

from engine.bootstrap import CAST, shipped_source
from engine.clock import ManualClock
from engine.drafting.simulation.asking import Asked
from engine.drafting.simulation.jobs import MOST_KEPT, SILENT, Simulations
from engine.errors import BadInput, DrawingRefused, NotFound, NotOffered, NotPermitted
from engine.petition.parties import Actor
from tests.drafting.conftest import appointed
from tests.office.counters import MORNING, Counter
from tests.processes.test_a_free_step import FORM, STRETCH, VISITED

SHIPPED = shipped_source().digest
Designers = tuple[Actor, Actor]


def draft_of(counter: Counter, designer: Actor) -> str:
    """A draft in which somebody visits the site before the investigation."""
    studio = counter.house.studio
    draft = studio.new("增加走访", actor=designer)
    drawing = shipped_source().files["handling.bpmn"].decode().replace(STRETCH, VISITED)
    studio.save(draft, "forms/site-visit.toml", FORM, 0, actor=designer)
    studio.save(draft, "handling.bpmn", drawing.encode(), 1, actor=designer)
    return draft


def asked(counter: Counter, about: str = SHIPPED, petitions: int = 20, seed: int = 3) -> Asked:
    simulations = counter.house.simulations
    return Asked(
        about=about, base=simulations.base_of(about), assumptions=simulations.usual(),
        petitions=petitions, seed=seed,
    )  # fmt: skip


def another(counter: Counter, machine: ManualClock) -> Simulations:
    """The simulations of the same office, as another process sees them."""
    house = counter.house
    return Simulations(
        store=house.store, clock=house.clock, offices=house.private_offices.afresh(), source_of=house.source_of,
        maps=house.maps, pace=CAST / "pace.toml", machine=machine,
    )  # fmt: skip


def test_a_draft_is_compared_with_the_version_in_force_and_nothing_else_is_touched(
    crowded: Counter, designers: Designers
) -> None:
    simulations, draft = crowded.house.simulations, draft_of(crowded, designers[0])
    before = crowded.everything()
    id = simulations.begin(asked(crowded, draft), actor=designers[0])
    simulations.finish(id)
    after = crowded.everything()

    row = simulations.get(id)
    assert row.state == "done"
    assert row.came_out is not None
    assert row.came_out["tried"]["steps"]["visit"]["begun"] > 0
    assert "visit" not in row.came_out["base"]["steps"]
    assert row.came_out["differences"]["clauses"]["T1"]["says"] == "same"
    assert len(after.pop("simulation")) == 1
    before.pop("simulation")
    assert after == before


def test_the_worker_runs_it_in_processes_of_their_own(counter: Counter) -> None:
    designer, _ = appointed(counter)
    simulations = counter.house.simulations
    id = simulations.begin(asked(counter, draft_of(counter, designer)), actor=designer)
    while (row := simulations.get(id)).state in {"waiting", "running"}:
        assert row.done <= 80
        simulations.turn(counter.clock.now())

    assert row.state == "done", row.why
    assert row.done == row.whole == 80
    assert row.came_out is not None
    assert row.came_out["differences"]["clauses"]["T1"]["says"] == "same"
    assert active_children() == []


def test_what_is_stopped_stops_and_keeps_nothing(counter: Counter) -> None:
    designer, _ = appointed(counter)
    simulations = counter.house.simulations
    id = simulations.begin(asked(counter, petitions=2_000), actor=designer)
    simulations.turn(counter.clock.now())
    assert simulations.get(id).state == "running"
    simulations.stop(id, actor=designer)
    simulations.turn(counter.clock.now())

    assert (simulations.get(id).state, simulations.get(id).came_out) == ("stopped", None)
    assert active_children() == []
    with pytest.raises(NotOffered):
        simulations.stop(id, actor=designer)


def test_another_process_begins_anew_where_one_has_fallen_silent(counter: Counter) -> None:
    designer, _ = appointed(counter)
    machine, now = ManualClock(MORNING), counter.clock.now()
    one, other = another(counter, machine), another(counter, machine)
    id = one.begin(asked(counter, petitions=2_000), actor=designer)
    one.turn(now)
    other.turn(now)
    assert other.get(id).attempt == 1

    machine.turn_to(MORNING + SILENT + timedelta(seconds=1))
    other.turn(now)
    assert other.get(id).attempt == 2
    one.turn(now)  # whoever was overtaken lets go
    one.stop(id, actor=designer)
    other.turn(now)
    assert active_children() == []


def test_only_designers_simulate(counter: Counter) -> None:
    designer, _ = appointed(counter)
    simulations, clerk = counter.house.simulations, counter.actor("anna")
    id = simulations.begin(asked(counter), actor=designer)

    for refused in (
        lambda: simulations.begin(asked(counter), actor=clerk),
        lambda: simulations.stop(id, actor=clerk),
        lambda: simulations.drop(id, actor=clerk),
    ):
        with pytest.raises(NotPermitted):
            refused()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"petitions": 19}, "petitions"), ({"petitions": 2001}, "petitions"), ({"seed": -1}, "seed")],
)
def test_a_number_that_makes_no_sense_is_refused(
    counter: Counter, wrong: dict[str, int], field: str
) -> None:
    designer, _ = appointed(counter)
    with pytest.raises(BadInput) as told:
        counter.house.simulations.begin(replace(asked(counter), **wrong), actor=designer)

    assert list(told.value.fields) == [field]


def test_what_cannot_run_is_not_simulated(counter: Counter) -> None:
    designer, _ = appointed(counter)
    studio, simulations = counter.house.studio, counter.house.simulations
    draft = studio.new("不能运行", actor=designer)
    studio.save(draft, "handling.bpmn", b"<no drawing", 0, actor=designer)

    with pytest.raises(DrawingRefused):
        simulations.begin(asked(counter, draft), actor=designer)
    with pytest.raises(NotFound):
        simulations.begin(replace(asked(counter), about="nothing"), actor=designer)


def test_a_draft_that_breaks_meanwhile_is_told(counter: Counter) -> None:
    designer, _ = appointed(counter)
    simulations, draft = counter.house.simulations, draft_of(counter, designer)
    id = simulations.begin(asked(counter, draft), actor=designer)
    counter.house.studio.save(draft, "handling.bpmn", b"<no drawing", 2, actor=designer)
    while simulations.get(id).state in {"waiting", "running"}:
        simulations.turn(counter.clock.now())

    row = simulations.get(id)
    assert (row.state, row.came_out) == ("failed", None)
    assert row.why is not None
    assert row.why.en


def test_the_oldest_make_room(counter: Counter) -> None:
    designer, _ = appointed(counter)
    simulations = counter.house.simulations
    ids = [simulations.begin(asked(counter), actor=designer) for _ in range(MOST_KEPT + 1)]
    simulations.drop(ids[-1], actor=designer)

    kept = {row.id for row in simulations.of(SHIPPED)}
    assert len(kept) == MOST_KEPT - 1
    assert ids[-1] not in kept
