"""Chance that can be repeated, working time laid end to end, and what is more than chance."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from statistics import mean

import pytest

from engine.clock import SHANGHAI
from engine.drafting.simulation.assumptions import from_data, merged, to_data
from engine.drafting.simulation.chance import Chance, Spread
from engine.drafting.simulation.comparing import Says, compared, wilson
from engine.drafting.simulation.working_time import WorkingTime
from engine.errors import BadInput
from tests.drafting.simulation.small import CALENDAR, usual


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=SHANGHAI).astimezone(UTC)


def test_the_same_name_draws_the_same_and_another_does_not() -> None:
    chance = Chance(7)

    assert chance.share(3, "sort", 1) == chance.share(3, "sort", 1) == Chance(7).share(3, "sort", 1)
    assert len({chance.share(n, "sort", 1) for n in range(1000)} | {Chance(8).share(3, "sort", 1)}) == 1001  # fmt: skip


def test_half_of_the_times_are_below_the_median_and_nine_of_ten_below_the_ninetieth() -> None:
    chance, spread = Chance(1), Spread(30, 90)
    times = sorted(chance.time(spread, n) for n in range(4000))

    assert times[2000] == pytest.approx(30, rel=0.06)
    assert times[3600] == pytest.approx(90, rel=0.08)
    assert mean(times) == pytest.approx(spread.mean, rel=0.06)
    assert mean(one * one for one in times) == pytest.approx(spread.square, rel=0.2)
    assert Spread(30, 30).at(0.999) == 30


def test_ways_are_gone_as_often_as_they_weigh() -> None:
    drawn = Counter(Chance(1).one_of([("a", 3), ("b", 1), ("never", 0)], n) for n in range(4000))

    assert drawn["a"] == pytest.approx(3000, abs=110)
    assert drawn["never"] == 0


def test_working_minutes_know_evenings_holidays_and_make_up_days() -> None:
    # 2026-10-01 to 10-07 is the National Day holiday; Saturday 2026-10-10 makes up for it.
    time_ = WorkingTime(CALENDAR, date(2026, 9, 30), opens=time(9), hours=8)
    wednesday = at(date(2026, 9, 30), 16)

    assert time_.later(wednesday, 60) == at(date(2026, 9, 30), 17)
    assert time_.later(wednesday, 90) == at(date(2026, 10, 8), 9, 30)
    assert time_.later(at(date(2026, 10, 3), 12), 30) == at(date(2026, 10, 8), 9, 30)
    assert time_.opening(at(date(2026, 10, 9), 18)) == at(date(2026, 10, 10), 9)
    assert time_.minutes(at(date(2026, 10, 3), 12)) == time_.day
    assert time_.minutes(wednesday - timedelta(days=5)) == 0


def test_minutes_and_instants_are_the_inverse_of_each_other() -> None:
    time_, chance = WorkingTime(CALENDAR, date(2026, 1, 1), opens=time(8, 30), hours=7.5), random.Random(1)  # fmt: skip
    for minutes in (chance.uniform(1, 40_000) for _ in range(200)):
        assert time_.minutes(time_.instant(minutes)) == pytest.approx(minutes, abs=0.01)


def test_wilsons_interval_is_the_published_one() -> None:
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


def test_a_difference_is_told_from_chance() -> None:
    noise = random.Random(3)
    base = {root: (noise.gauss(10, 2), 1.0) for root in range(200)}
    longer = {root: (value + 3 + noise.gauss(0, 1), 1.0) for root, (value, _) in base.items()}
    other = {root: (noise.gauss(10, 2), 1.0) for root in range(200)}

    assert compared(base, dict(base), range(200)).says is Says.SAME
    assert compared(other, base, range(200)).says is Says.CHANCE
    more = compared(longer, base, range(200))
    assert (more.says, more.low < 3 < more.high) == (Says.MORE, True)
    assert compared({1: (1.0, 1.0)}, base, range(200)).says is Says.FEW
    assert compared({}, base, range(200)).says is Says.FEW


def test_assumptions_survive_being_written_down() -> None:
    assert from_data(to_data(usual())) == usual()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"arrivals": 0}, "arrivals"),
        ({"hours": "many"}, "hours"),
        ({"hours": 20}, "hours"),
        ({"order": "by name"}, "order"),
        ({"opens": "nine"}, "opens"),
        ({"staff": {"organ.clerk": -1}}, "staff.organ.clerk"),
        ({"steps": {"sort": {"work": {"median": 9, "ninetieth": 3}}}}, "steps.sort.work.ninetieth"),
        ({"steps": {"sort": {"done": 1.5}}}, "steps.sort.done"),
        ({"steps": {"sort": 3}}, ""),
        ({"staff": "three"}, ""),
    ],
)
def test_a_wrong_number_is_named(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as told:
        from_data(merged(to_data(usual()), wrong))

    assert list(told.value.fields) == [field]
