"""Engines that are wrong in one place, and the model that has to notice: a test that cannot fail proves nothing.

What is ours is replaced here, on purpose and nowhere else: each mutant is a mistake that an engine of this law could make.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from engine.acts import acceptance, closing, delivery, passing
from engine.acts.act import Outcome
from engine.acts.catalogue import clock_passed
from engine.errors import PetitionError
from engine.office import firing
from engine.petition import deadlines
from engine.statute import rules
from engine.statute.calendar import Calendar, StatutoryHolidays
from engine.statute.reckoning import Acceptance, Reckoning, due_instant, reckon
from tests.effort import effort
from tests.model.choosing import Rolled
from tests.model.conftest import Opened
from tests.model.playing import Play
from tests.model.test_office_keeps_the_statute import MORNINGS, live

DAY = timedelta(days=1)
LIVES = effort(40, long=200)
Patch = Callable[[pytest.MonkeyPatch], None]


def _counting(**how: Any) -> Callable[..., Reckoning]:
    """Counting that is wrong: ``first`` days too early, ``more`` days too long for T5, or by a calendar of its own."""

    def wrong(limit: Any, start: Any, calendar: Calendar, **rest: Any) -> Reckoning:
        if limit.id == "T5" and "more" in how:
            rest["extension_days"] = rest.get("extension_days", 0) + how["more"]
        if "pauses" in how:
            rest["suspensions"] = ()
        if "weekends" in how and limit.id == "T4":
            calendar = Calendar([], StatutoryHolidays([], []))
        count = reckon(limit, start - DAY * how.get("first", 0), calendar, **rest)
        if "unmoved" in how:
            count = dataclasses.replace(count, legal_due=count.nominal_due)
        if "from_legal" in how and rest.get("extension_days"):
            bare = reckon(limit, start, calendar)
            assert bare.legal_due is not None
            assert bare.nominal_due is not None
            return reckon(limit, start + (bare.legal_due - bare.nominal_due), calendar, **rest)
        return count

    return wrong


def _set(where: Any, name: str, value: Any) -> Patch:
    return lambda monkeypatch: monkeypatch.setattr(where, name, value)


def _early(day: Any) -> Any:
    return due_instant(day - DAY)


def _in_utc(day: Any) -> Any:
    return due_instant(day) + timedelta(hours=8)


def _closing_clock(situation: Any, deadline: Any) -> Outcome:
    outcome = clock_passed(situation, deadline)
    return (
        dataclasses.replace(outcome, facts={**outcome.facts, "closing": "lapsed"})
        if deadline.power
        else outcome
    )


right_deed: Any = vars(firing)["Deed"]


def _late_deed(**told: Any) -> Any:
    return right_deed(**{**told, "effective_at": told["now"]})


def _but_the_notice(reason: str, *limits: str) -> tuple[deadlines.Void, ...]:
    return tuple(deadlines.Void(limit=one, reason=reason) for one in limits if one != "T3")


MUTANTS: dict[str, Patch] = {
    "sixty_one_days": _set(deadlines, "reckon", _counting(more=1)),
    "the_first_day_counts": _set(deadlines, "reckon", _counting(first=1)),
    "a_last_day_is_never_moved": _set(deadlines, "reckon", _counting(unmoved=True)),
    "working_days_know_no_holidays": _set(deadlines, "reckon", _counting(weekends=True)),
    "a_hearing_stops_no_clock": _set(deadlines, "reckon", _counting(pauses=False)),
    "an_extension_counts_from_the_moved_day": _set(deadlines, "reckon", _counting(from_legal=True)),
    "the_last_day_ends_a_day_early": _set(deadlines, "due_instant", _early),
    "days_end_at_midnight_in_greenwich": _set(deadlines, "due_instant", _in_utc),
    "a_notice_leaves_its_limit_running": _set(closing, "NOTIFYING", ("T2", "T4")),
    "dispatch_leaves_the_sixty_days_running": _set(delivery, "_ENDS", {**delivery._ENDS, "opinion": "T9"}),
    "service_opens_no_limit_for_review": _set(delivery, "_SERVED", {
        **delivery._SERVED, "opinion": lambda situation, on: (delivery._opinion_served(situation, on)[0], ())}),
    "nothing_is_ever_presumed": _set(passing, "_may_be_accepted", lambda *told: False),
    "handling_counts_from_any_late_notice": _set(
        acceptance, "acceptance_day", lambda notice, arrived, notice_limit: Acceptance(on=notice, presumed=False)),
    "extensions_know_no_total": _set(rules, "extension_within_total", lambda **asked: True),
    "an_extension_comes_too_late": _set(rules, "extension_in_time", lambda **asked: True),
    "a_breach_is_not_supervised": _set(passing, "_supervised", lambda situation, deadline: ()),
    "an_office_supervises_itself": _set(passing, "supervising_office", lambda situation, debtor: debtor),
    "a_lapse_closes_the_file": _set(firing, "clock_passed", _closing_clock),
    "a_clock_fires_when_the_worker_comes": _set(firing, "Deed", _late_deed),
    "a_withdrawal_leaves_clocks_running": _set(closing, "all_voided", lambda situation, reason: ()),
    "a_return_leaves_the_notice_due": _set(closing, "voided", _but_the_notice),
}  # fmt: skip
EQUIVALENT = {
    # Both guard the same: an overdue limit is not running, and only a running one is extended.
    "an_extension_comes_too_late",
}


@pytest.mark.parametrize("mutant", sorted(MUTANTS.keys() - EQUIVALENT))
def test_the_model_notices(mutant: str, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTANTS[mutant](monkeypatch)

    assert any(_fails(seed, opened) for seed in range(LIVES)), (
        f"{mutant} went unnoticed for {LIVES} lives"
    )


def _fails(seed: int, opened: Opened) -> bool:
    choose = Rolled(seed)
    try:
        live(Play(opened(choose.one_of(MORNINGS))), choose, 80)
    except (AssertionError, PetitionError, KeyError, ValueError):
        return True
    return False


@pytest.mark.parametrize("mutant", sorted(EQUIVALENT))
def test_two_guards_hold_where_one_would_do(
    mutant: str, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    MUTANTS[mutant](monkeypatch)

    assert not any(_fails(seed, opened) for seed in range(3))
