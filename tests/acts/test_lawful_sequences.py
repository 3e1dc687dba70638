"""Random sequences of acts and days: whatever is allowed keeps the law, and whatever is refused changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
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
    registered,
)
from tests.effort import effort

ROUTES = ("route_1", "route_2", "route_5", "route_6", "route_6", "route_6", "suggestion", "accusation")
VARIANTS: dict[str, tuple[dict[str, Any], ...]] = {
    "sort": tuple({"disposition": one, "reason": "演示"} for one in ("forward", "assign", "own", "repeat", "outside")),
    "forward": ({"organ": HOUSING}, {"organ": LABOUR}),
    "assign": ({"organ": HOUSING, "assigned_due": "2026-04-20"},),
    "route": tuple({"route": one, "override_reason": "演示"} for one in ROUTES),
    "reroute": tuple(
        {"route": one, "procedure": "程序", "competent_body": "机关", "its_time_limit": "期限", "basis": "法"}
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
NEVER = {"register", "register_imported", "open_supervision", "succeed", "correct_date", "recalendar"}
MOVES = sorted(set(ACTS) - NEVER)
PEOPLE = ("anna", "boss", "carl", "dora", "emil", "emma", "fay", "finn", "fred", "gert", "jane", "ivan", "hugo")
OWED = {"T5": "opinion_dispatched_on"}


def _moves() -> st.SearchStrategy[list[tuple[str, int, int]]]:
    one = st.tuples(st.sampled_from(MOVES), st.integers(0, 7), st.sampled_from((0, 0, 0, 0, 1, 3, 9, 30)))
    return st.lists(one, min_size=20, max_size=120)


def _permitted(matter: Matter, act_id: str) -> Iterator[str]:
    return (who for who in PEOPLE if matter.may(act_id, who))


@given(
    start=st.sampled_from(({}, {"category": "suggestion"}, {"petitioner_name": None}, {"litigation": True})),
    receiver=st.sampled_from(("anna", "anna", "anna", "carl", "fay")),
    moves=_moves(),
)
@settings(
    max_examples=effort(40, long=1500), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
def test_random_sequences_keep_the_law(
    start: dict[str, Any], receiver: str, moves: list[tuple[str, int, int]]
) -> None:
    matter = registered(receiver, **start)
    for act_id, variant, days in moves:
        if days:
            matter.turn_to(matter.today + timedelta(days=days))
            _assert_lawful(matter)
        _try(matter, act_id, variant)
        _assert_lawful(matter)


def _try(matter: Matter, act_id: str, variant: int) -> None:
    who = next(_permitted(matter, act_id), None)
    if who is None:
        return
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
    if facts.get("closing") == "withdrawn":
        assert not any(row.open for row in ledger)
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
    if facts.get("route") == "route_6" and facts.get("notified") and not facts.get("opinion_dispatched_on"):
        assert ledger.open_of("T5"), "an opinion is owed"
    if facts.get("review_requested") and not facts.get("review_result") and facts.get("review_organ"):
        assert ledger.open_of("T8"), "a review opinion is owed"
    if facts.get("re_review_requested") and not facts.get("re_review_result") and facts.get("re_review_organ"):
        assert ledger.open_of("T10"), "a re-review opinion is owed"
    if facts.get("assigned") and not facts.get("reported_complete"):
        assert ledger.open_of("U10"), "a report is owed"
