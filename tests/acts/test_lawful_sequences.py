"""Random sequences of acts and days: whatever is allowed keeps the law, and whatever is refused changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.acts.catalogue import ACTS
from engine.errors import BadInput, Refused
from engine.petition.deadlines import DeadlineState
from engine.petition.parties import Slot
from tests.acts.situations import (
    CITY_HOUSING,
    HOUSING,
    LABOUR,
    Matter,
    accepted,
    actor,
    examined,
    forwarded,
    opined,
    registered,
    reviewed,
    served,
    under_re_review,
)
from tests.effort import effort

ROUTES = (
    "route_1",
    "route_2",
    "route_5",
    "route_6",
    "route_6",
    "route_6",
    "suggestion",
    "accusation",
)
VARIANTS: dict[str, tuple[dict[str, Any], ...]] = {
    "sort": tuple(
        {"disposition": one, "reason": "演示"}
        for one in ("forward", "assign", "own", "repeat", "outside")
    ),
    "forward": ({"organ": HOUSING}, {"organ": LABOUR}),
    "assign": ({"organ": HOUSING, "assigned_due": "2026-04-20"},),
    "route": tuple({"route": one, "override_reason": "演示"} for one in ROUTES),
    "reroute": tuple(
        {
            "route": one,
            "procedure": "程序",
            "competent_body": "机关",
            "its_time_limit": "期限",
            "basis": "法",
        }
        for one in ("route_1", "route_5", "route_6", "suggestion")
    ),
    "decide_objection": ({"agreed": True}, {"agreed": False}),
    "decide_jurisdiction": ({"organ": HOUSING}, {"organ": LABOUR}),
    "mediate": ({}, {"settled": False, "next_step": "opinion"}),
    "confirm_performance": ({"performed": True}, {"performed": False}),
    "extend": ({"days": 30}, {"days": 10}, {"days": 7}),
    "prove_service": ({}, {}, {"result": "undelivered"}),
    "decide_review": ({}, {"result": "changed"}, {"result": "redo"}),
    "confirm_lapse": ({}, {"decision": "excused", "reason": "住院"}),
    "merge": ({"merged_into": "another"},),
    "recuse": ({"person": "carl", "replacement": "cora"},),
    "designate_reviewer": ({"stage": "review", "organ": CITY_HOUSING, "reason": "演示"},),
}
NEVER = {
    "register",
    "register_imported",
    "open_supervision",
    "succeed",
    "correct_date",
    "recalendar",
}
MOVES = sorted(set(ACTS) - NEVER)


SELDOM = {
    "add_material", "care", "recuse", "forward_litigation", "merge", "guide_out", "refuse_for_good", "decline",
    "explain_procedure", "report_urgent", "confirm_execution", "withdraw",
}  # fmt: skip
"""What may be done nearly always, or ends a file at once."""
BY_OFFICE = (
    registered,
    registered,
    forwarded,
    accepted,
    examined,
    opined,
    served,
    reviewed,
    under_re_review,
)
STARTS = (
    *((lambda begin=begin: begin()) for begin in BY_OFFICE),
    lambda: registered("carl"),
    lambda: registered("fay"),
    lambda: registered(petitioner_name=None),
    lambda: registered("carl", petitioner_name=None),
    lambda: registered(category="suggestion"),
    lambda: registered(litigation=True),
    lambda: registered(category="accusation", accused_organ=LABOUR),
    lambda: reviewed("redo"),
)


def _moves() -> st.SearchStrategy[list[tuple[int, int, int]]]:
    """Which of the acts then allowed, with which answers, after how many days."""
    days = st.sampled_from((0, 0, 0, 0, 1, 3, 9, 30))
    one = st.tuples(st.integers(0, 1000), st.integers(0, 11), days)
    return st.lists(one, min_size=5, max_size=40)


@given(start=st.sampled_from(STARTS), moves=_moves())
@settings(
    max_examples=effort(40, long=3000), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
def test_random_sequences_keep_the_law(
    start: Callable[[], Matter], moves: list[tuple[int, int, int]]
) -> None:
    matter = start()
    for which, variant, days in moves:
        if days:
            matter.turn_to(matter.today + timedelta(days=days))
            _assert_lawful(matter)
        allowed = [pair for pair in _allowed(matter) if which % 10 == 0 or pair[0] not in SELDOM]
        if allowed:
            act_id, who = allowed[which % len(allowed)]
            _try(matter, act_id, who, variant)
        _assert_lawful(matter)


def _allowed(matter: Matter) -> list[tuple[str, str]]:
    """What somebody may do now, as (act, person)."""
    found = []
    for act_id in MOVES:
        who = next(_entitled(matter, act_id), None)
        if who is not None and ACTS[act_id].offered(matter.situation(actor(who))) is None:
            found.append((act_id, who))
    return found


def _entitled(matter: Matter, act_id: str) -> Iterator[str]:
    for by in ACTS[act_id].by:
        if (organ := matter.facts.get(by.slot)) is not None:
            yield from matter.organs.people_at(str(organ), by.role, matter.today)


def _try(matter: Matter, act_id: str, who: str, variant: int) -> None:
    choices = VARIANTS.get(act_id, ({},))
    before = (dict(matter.facts), matter.ledger)
    try:
        matter.does(act_id, who, **choices[variant % len(choices)])
    except (Refused, BadInput):
        assert before == (matter.facts, matter.ledger)


def _assert_lawful(matter: Matter) -> None:
    facts, ledger = matter.facts, matter.ledger
    for limit in {row.limit for row in ledger}:
        assert sum(row.open for row in ledger.of(limit)) <= 1, limit
    for row in ledger:
        assert not (row.power and row.state is DeadlineState.OVERDUE)
        assert not (not row.power and row.state is DeadlineState.LAPSED)
        assert row.extension_days == 0 or row.limit == "T5"
        assert row.extension_days <= 30
        assert not row.suspensions or row.limit == "T10"
    handling = ledger.open_of("T5")
    if handling is not None:
        assert facts.get("route") in {None, "route_6"}, "sixty days on another path"
    if not facts.get("closing"):
        _assert_owed(matter)
    else:
        assert not any(row.open for row in ledger if not row.power and row.limit != "U10"), (
            "the end leaves a debt"
        )
    for slot in Slot:
        assert matter.facts.get(slot) not in matter.excluded


def _assert_owed(matter: Matter) -> None:
    """No numbered duty is without its row on the ledger."""
    facts, ledger = matter.facts, matter.ledger
    accusation = facts.get("category") == "accusation" and facts.get("discipline_organ")
    excused = facts.get("direct") and facts.get("name_or_address_unclear")
    if facts.get("organ") and not facts.get("notified") and not accusation and not excused:
        assert ledger.open_of("T2") or ledger.open_of("T3"), "a notice is owed"
    if not facts.get("organ") and not accusation:
        assert ledger.open_of("T1"), "sorting is owed"
    if (
        facts.get("route") == "route_6"
        and facts.get("notified")
        and not facts.get("opinion_dispatched_on")
    ):
        assert ledger.open_of("T5"), "an opinion is owed"
    if (
        facts.get("review_requested")
        and not facts.get("review_result")
        and facts.get("review_organ")
    ):
        assert ledger.open_of("T8"), "a review opinion is owed"
    if (
        facts.get("re_review_requested")
        and not facts.get("re_review_result")
        and facts.get("re_review_organ")
    ):
        assert ledger.open_of("T10"), "a re-review opinion is owed"
    if facts.get("assigned") and not facts.get("reported_complete"):
        assert ledger.open_of("U10"), "a report is owed"
