"""Traps of statute.md 8 that only a whole office can fall into, or that have no other home (``tests/README.md``)."""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.documents.numbers import parse_number
from engine.errors import BadInput, NotFound
from engine.petition.deadlines import DeadlineState
from engine.petition.entries import EntryKind
from engine.record.chain import verify_chain
from engine.statute import rules
from engine.statute.law import load_law
from tests.stories.worlds import START
from tests.traps.conftest import OpenDesk
from tests.traps.desk import Desk


def test_trap_01_no_other_path_than_the_sixth_ever_starts_the_sixty_days(desk: Desk) -> None:
    duty = desk.along("duty", until="undertake")

    assert duty.ledger.of("T5") == ()


def test_trap_02_fifteen_days_are_calendar_days(desk: Desk) -> None:
    desk.along("settled", until="forward")
    notice, sorting = desk.deadline("T3"), desk.deadline("T1")

    assert notice.nominal_due == notice.started_on + timedelta(days=15)
    assert sorting.nominal_due == sorting.started_on + timedelta(days=15)


@pytest.mark.parametrize(
    ("arrived", "due"),
    [
        (date(2025, 1, 24), date(2025, 2, 7)),
        (date(2025, 4, 25), date(2025, 5, 6)),
        (date(2025, 9, 26), date(2025, 10, 10)),
    ],
)
def test_trap_03_five_working_days_know_holidays_and_make_up_days(
    open_desk: OpenDesk, arrived: date, due: date
) -> None:
    desk = open_desk(arrived - timedelta(days=2))
    desk.along("settled", until="sort")
    desk.on(arrived).do("forward", "county.clerk", organ="county.housing")

    assert desk.deadline("T4").legal_due == due


def test_trap_04_the_day_after_the_event_is_day_one(desk: Desk) -> None:
    desk.along("settled", until="register")
    row = desk.deadline("T1")

    assert (row.started_on, row.nominal_due) == (START, date(2026, 3, 17))
    assert desk.on(date(2026, 3, 17)).deadline("T1").state is DeadlineState.RUNNING
    assert desk.on(date(2026, 3, 18)).deadline("T1").state is DeadlineState.OVERDUE


def test_trap_05_arrival_at_the_petition_office_starts_no_sixty_days(desk: Desk) -> None:
    assert desk.along("settled", until="forward").ledger.of("T5") == ()
    accepted = desk.along("settled", until="accept")

    assert desk.deadline("T5").started_on == date.fromisoformat(str(accepted.facts["accepted_on"]))


def test_trap_06_silence_does_not_keep_the_sixty_days_from_starting(desk: Desk) -> None:
    desk.along("silence", until="sign_for")
    notice = desk.deadline("T3")
    assert notice.nominal_due is not None
    assert notice.legal_due is not None
    desk.on(notice.legal_due + timedelta(days=1))

    assert desk.deadline("T3").state is DeadlineState.OVERDUE
    assert desk.deadline("T5").started_on == notice.nominal_due
    assert desk.file.facts["presumed_accepted"] is True
    fired = [one.act for one in desk.world.entries(desk.petition) if one.kind is EntryKind.FIRING]
    assert Tally(fired)["clock:T3"] == 1


def test_trap_29_lists_and_search_of_the_accused_know_nothing(desk: Desk) -> None:
    desk.along("accusation", until="sort")
    accused = [
        desk.world.actor(login) for login in ("housing.clerk", "housing.head", "heating.clerk")
    ]
    with desk.world.store.reading() as reading:
        for viewer in accused:
            with pytest.raises(NotFound):
                reading.file(viewer, desk.petition, on=desk.today)
            assert reading.files(viewer, text="", on=desk.today).total == 0
            assert reading.files(viewer, text="工程发包", on=desk.today).total == 0


def test_trap_36_feedback_has_no_number_of_days_since_2022(desk: Desk) -> None:
    law = load_law()
    assert law.limit("P8", date(2022, 4, 30)).length == 30
    assert [
        limit.id for limit in law.limits() if limit.version == "R22" and "feedback" in limit.alias
    ] == []
    assert "recommendation_feedback_days" in {one.id for one in law.settings()}

    desk.along("late_office", until="register")
    desk.after(28)
    supervision = desk.supervision_of("T1")
    desk.petition = supervision
    desk.do(
        "supervise",
        "city.supervisor",
        measure="improvement",
        text="请改进",
        due=str(desk.after(1).today),
    )

    assert list(desk.file.ledger) == []


@pytest.mark.parametrize(
    "excluded",
    [
        {"refusal_likely": True},
        {"assigned_by_superior": True},
        {"route": "route_2"},
        {"several_bodies_or_joint": True},
    ],
    ids=lambda one: next(iter(one)),
)
def test_trap_42_simplified_handling_is_not_for_likely_refusals_or_assigned_matters(
    excluded: dict[str, object],
) -> None:
    usual: dict[str, object] = {
        "first_petition": True, "route": "route_6", "simple_ground": True, "assigned_by_superior": False,
        "refusal_likely": False, "several_bodies_or_joint": False, "grave_or_complex": False,
    }  # fmt: skip

    assert rules.simplified_allowed(**usual)  # type: ignore[arg-type]
    assert not rules.simplified_allowed(**(usual | excluded))  # type: ignore[arg-type]


def test_trap_43_a_merged_organ_leaves_no_orphans(open_desk: OpenDesk) -> None:
    desk = open_desk(START)
    desk.along("successor", until="succeed")

    assert desk.file.facts["organ"] == "county.housing"
    desk.after(1).do("appoint", "housing.head", handler="housing.clerk", no_interest=True)
    assert desk.file.facts["handler"] == "housing.clerk"


def test_trap_45_numbers_are_written_as_the_standard_wants(desk: Desk) -> None:
    desk.along("settled", until="accept")
    with desk.world.store.reading() as reading:
        shown = reading.file(desk.world.actor("county.clerk"), desk.petition, on=desk.today)
    numbers = [one.number for one in shown.documents if one.number]

    assert numbers
    assert [str(parse_number(number)) for number in numbers] == numbers
    assert all("〔2026〕" in number for number in numbers)
    for wrong in (
        "测县信转[2026]1号",
        "测县信转〔2026〕012号",
        "测县信转〔2026〕第12号",
        "测县信转(2026)1号",
    ):
        with pytest.raises(BadInput):
            parse_number(wrong)


def test_trap_46_a_clock_is_never_edited_in_place(desk: Desk) -> None:
    desk.along("settled", until="forward")
    before = desk.world.entries(desk.petition)
    wrong = desk.deadline("T3")
    right = wrong.started_on + timedelta(days=1)
    desk.after(2).do(
        "correct_date",
        "county.head",
        deadline=wrong.id,
        on=right.isoformat(),
        evidence="投递记录",
        reason="误录",
    )
    after = desk.world.entries(desk.petition)

    assert after[: len(before)] == before
    assert len(after) == len(before) + 1
    assert desk.deadline("T3").started_on == right
    assert verify_chain(after, head=desk.file.head) == desk.file.head
    altered = (*after[:-2], replace(after[-2], inputs={"organ": "county.labour"}), after[-1])
    with pytest.raises(Exception, match="记录"):
        verify_chain(altered, head=desk.file.head)
