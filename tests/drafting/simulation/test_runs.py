"""What comes out of runs of which one can say beforehand what has to come out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import sqrt
from statistics import mean, stdev

import pytest

from engine.bootstrap import shipped_source
from engine.drafting.simulation.chance import Spread
from engine.drafting.simulation.comparing import Says, compared
from engine.drafting.simulation.figures import differences, figures
from engine.drafting.simulation.notes import LATE, MET, Notes
from engine.drafting.simulation.task import counted
from tests.drafting.scenarios.conftest import the_offices
from tests.drafting.simulation.small import TEAM, one_step, plain, ran, usual
from tests.effort import effort
from tests.procedure import diagrams as d

DAY = 8 * 60


def became(notes: Notes, limit: str) -> Counter[str]:
    return Counter(word for _, word in notes.duties.get(limit, ()))


def test_the_same_seed_gives_the_same_notes_and_another_does_not() -> None:
    heard: list[tuple[int, int]] = []
    first, again, other = (
        ran(shipped_source(), usual(), 20, seed=seed, told=lambda *how_far: heard.append(how_far))
        for seed in (5, 5, 6)
    )

    assert first == again
    assert first.lasted != other.lasted
    assert len(first.lasted) == 20
    assert (first.stuck, first.refused) == (0, Counter())
    found = differences(again, first, counted(20))
    assert {one["says"] for part in ("clauses", "steps") for one in found[part].values()} == {
        "same"
    }
    assert heard[0] == (0, 40)
    assert heard[-1] == (40, 40)


def test_without_reviewers_reviews_alone_are_late() -> None:
    assumed = usual().with_pace("request_review", done=0.6)
    with_some = ran(shipped_source(), assumed, 30)
    without = ran(
        shipped_source(),
        usual(staff={**assumed.staff, "review_organ.reviewer": 0}).with_pace("request_review", done=0.6),
        30,
    )  # fmt: skip

    assert (became(with_some, "T8")[LATE], became(without, "T8")[MET]) == (0, 0)
    assert became(with_some, "T8")[MET] > 3
    assert became(without, "T8")[LATE] > 3
    assert {limit for limit in without.duties if became(without, limit)[LATE]} == {"T8"}


def test_a_single_server_waits_as_theory_says() -> None:
    """Pollaczek and Khinchine: in a queue with one server the mean wait follows from the mean and square of the work."""
    work = Spread(100, 250)
    arrivals = 0.55 * DAY / work.mean
    theory = arrivals / DAY * work.square / (2 * (1 - 0.55))

    runs = [
        mean(
            one.wait
            for one in ran(
                one_step(), plain(work, arrivals=arrivals), effort(120, long=2000), seed=seed
            ).visits["step"]
        )
        for seed in range(5)
    ]
    reach = 2.776 * stdev(runs) / sqrt(len(runs))

    assert abs(mean(runs) - theory) < reach
    assert reach < theory


def test_what_waits_is_what_arrives_times_how_long_it_waits() -> None:
    """Little: the mean number in the queue is the rate of arrivals times the mean wait."""
    notes = ran(one_step(), plain(Spread(90, 200), arrivals=4.0), 200)
    waits = [one.wait / DAY for one in notes.visits["step"]]
    waiting = mean(notes.lengths[TEAM].values())

    assert mean(waits) > 0.05
    # The queue is seen in the evening only, when it is about as long as over the day.
    assert waiting == pytest.approx(len(waits) / (notes.minutes / DAY) * mean(waits), rel=0.4)


def test_a_team_is_as_busy_as_its_work_asks() -> None:
    notes = ran(one_step(), plain(Spread(60, 60), arrivals=6.0, people=2), 200)
    use = notes.spent[TEAM] / (2 * notes.minutes)

    assert use == pytest.approx(200 * 60 / (2 * notes.minutes), rel=0.03)


def limited(length: str) -> str:
    timer = d.boundary("late", "step", interrupting=False, limit=length)
    return timer + d.element("endEvent", "noticed") + d.flow("late", "noticed")


def test_a_shorter_internal_limit_is_up_more_often_and_changes_nothing_else() -> None:
    assumed = plain(Spread(120, 300), arrivals=2.6)
    long, short = (ran(one_step(limited(one)), assumed, 120) for one in ("4 days", "1 days"))

    assert short.fired["late"] > long.fired["late"]
    assert short.visits == long.visits
    assert short.lasted == long.lasted
    found = figures(short, the_offices().procedure(one_step(limited("1 days"))), assumed)
    assert found["limits"]["late"]["up"] == short.fired["late"]
    assert found["limits"]["late"]["of"] == 120


def test_a_further_step_shows_where_it_is_and_lets_everything_last_longer() -> None:
    assumed = plain(Spread(60, 150), arrivals=2.0, people=2)
    base, tried = ran(one_step(), assumed, 100), ran(one_step(between=("visit",)), assumed, 100)
    found = differences(tried, base, counted(100))

    assert (len(tried.visits["visit"]), "visit" in base.visits) == (100, False)
    assert (found["lasted"]["says"], found["lasted"]["low"] > 0) == ("more", True)
    assert "visit" not in found["steps"]
    assert found["clauses"]["T1"]["says"] == "same"


def test_a_step_of_the_petitioner_that_is_not_done_lapses_and_breaches_nothing() -> None:
    notes = ran(shipped_source(), usual().with_pace("request_review", done=0), 20)

    assert "decide_review" not in notes.visits
    assert "T7" not in notes.duties
    assert len(notes.lasted) == 20


def test_an_answer_that_the_office_refuses_is_told_and_the_usual_one_given() -> None:
    first, *_, suggestion = usual().paces["route"].ways
    unlawful = replace(first, answers={"route": "route_1"})
    notes = ran(shipped_source(), usual().with_pace("route", ways=(unlawful, suggestion)), 20)

    assert {element for element, _ in notes.refused} == {"route"}
    assert len(notes.lasted) == 20


def test_free_steps_are_done_in_every_way_that_their_form_names() -> None:
    form = (
        'id = "note"\ntitle = { zh = "记录", en = "Note" }\n[[field]]\nname = "seen"\n'
        'label = { zh = "是否", en = "Whether" }\nkind = "boolean"\nfact = "was_seen"\n'
    ).encode()
    drawing = d.process(
        "petition", d.start(act="register"), d.task("step", role="head", organ="office"),
        d.gateway("exclusive", "which", default="which__done"), d.task("again", role="head", organ="office"), d.end(),
        d.chain("begin", "step", "which", "done"), d.flow("which", "again", "was_seen"), d.flow("again", "done"),
        stage="intake",
    )  # fmt: skip
    source = one_step().with_files({"test.bpmn": d.document(drawing), "forms/note.toml": form})
    notes = ran(source, plain(Spread(30, 60), arrivals=3.0), 60)

    assert 15 < len(notes.visits["again"]) < 45


def test_a_drawing_that_is_stuck_is_told() -> None:
    nobody = usual(staff={**usual().staff, "organ.head": 0})
    notes = ran(shipped_source(), nobody, 20)

    assert len(notes.lasted) < 20
    assert became(notes, "T5")[LATE] > 5
    assert became(notes, "T1")[LATE] == 0


def test_the_comparison_of_petitions_that_ended_in_one_run_only_is_too_little() -> None:
    assert compared({1: (1.0, 1.0)}, {2: (1.0, 1.0)}, range(10)).says is Says.FEW
