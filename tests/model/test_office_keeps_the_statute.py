"""Whatever people do, in whatever order and on whatever day: the office's limits are those of the statute."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.effort import effort
from tests.model.choosing import Choose, Drawn, Rolled
from tests.model.conftest import Opened
from tests.model.place import Place
from tests.model.playing import Play
from tests.model.road import MAIN, Traveller

MORNINGS = (
    datetime(2024, 1, 20, 1, tzinfo=UTC), datetime(2025, 1, 10, 1, tzinfo=UTC), datetime(2025, 9, 20, 1, tzinfo=UTC),
    datetime(2026, 2, 26, 1, tzinfo=UTC), datetime(2026, 11, 25, 1, tzinfo=UTC),
)  # fmt: skip
"""Before two Spring Festivals, before a National Day, an ordinary spring, and before 2027, whose calendar is not known."""
MOVES = (
    *("go_on",) * 10, *("act_freely",) * 4, *("wait_for_a_limit",) * 2, *("wait",) * 2, "meddle", "repeat", "come_late",
    "register",
)  # fmt: skip


def begin(play: Play, choose: Choose) -> None:
    """Any letter, or a matter that has come some way already."""
    if choose.often(50):
        play.register(choose)
    else:
        Traveller(play).goes_to(choose.one_of([stop[0] for stop in MAIN[1:]]))


def live(play: Play, choose: Choose, steps: int) -> None:
    """*steps* steps in the life of an office, chosen by *choose*."""
    begin(play, choose)
    for _ in range(steps):
        getattr(play, choose.one_of(MOVES))(choose)


class OfficeLife(RuleBasedStateMachine):
    """An office in which Hypothesis decides what happens next."""

    founded: Path

    @initialize(data=st.data(), opens=st.sampled_from(MORNINGS))
    def open(self, data: st.DataObject, opens: datetime) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=self.founded.parent))
        self.place = Place.copied(self.founded, self.folder / "data", opens=opens)
        self.play = Play(self.place)
        begin(self.play, Drawn(data))

    @rule(data=st.data(), steps=st.integers(1, 2))
    def go_on(self, data: st.DataObject, steps: int) -> None:
        for _ in range(steps):
            self.play.go_on(Drawn(data))

    @rule(data=st.data())
    def use_a_power(self, data: st.DataObject) -> None:
        self.play.act_freely(Drawn(data))

    @rule(data=st.data())
    def wait_for_a_limit(self, data: st.DataObject) -> None:
        self.play.wait_for_a_limit(Drawn(data))

    @rule(
        data=st.data(), how=st.sampled_from(("wait", "meddle", "repeat", "come_late", "register"))
    )
    def do_something_else(self, data: st.DataObject, how: str) -> None:
        getattr(self.play, how)(Drawn(data))

    def teardown(self) -> None:
        if hasattr(self, "place"):
            self.place.house.store.close()
            shutil.rmtree(self.folder)


def test_the_office_keeps_the_statute_whatever_people_do(founded: Path) -> None:
    OfficeLife.founded = founded
    run_state_machine_as_test(
        OfficeLife,
        settings=settings(
            max_examples=effort(25, long=250),
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("seed", range(effort(12, long=400)))
def test_a_long_life_of_an_office_keeps_the_statute(seed: int, opened: Opened) -> None:
    choose = Rolled(seed)
    play = Play(opened(choose.one_of(MORNINGS)))
    try:
        live(play, choose, 80)
    except AssertionError as fault:
        raise AssertionError(f"{fault}\n\n" + "\n".join(play.told)) from fault
