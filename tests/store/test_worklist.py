"""The worklist shows who has to do what, in the order of what the law needs next."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from engine.acts.catalogue import ACTS
from engine.petition.deadlines import DeadlineState, Ledger
from engine.petition.file import FileKind
from engine.petition.parties import Actor, Role
from engine.store.loading import Loading
from engine.store.queries.tabs import SENDING
from engine.store.store import Paper, Store
from engine.text import Text
from tests.store.samples import (
    AUDITOR,
    CLERK,
    HOUSING,
    HOUSING_CLERK,
    NOW,
    PETITION_OFFICE,
    TODAY,
    WATER,
    deadline,
    entry_for,
    file,
    register,
    step,
)
from tests.store.statements import counted


def _due(day: int, **changed: object) -> Ledger:
    due = date(2026, 3, day)
    return Ledger((deadline(nominal_due=due, legal_due=due, **changed),))


def test_what_falls_due_first_comes_first_and_what_owes_nothing_last(store: Store) -> None:
    power = deadline("T4#1", power=True, legal_due=date(2026, 3, 3))
    met = deadline("T1#1", state=DeadlineState.MET, legal_due=date(2026, 3, 1))
    late = _due(1, state=DeadlineState.OVERDUE, started_on=date(2026, 2, 10))
    with store.transaction() as paper:
        register(paper, file("nothing", ledger=Ledger((power, met))))
        register(paper, file("later", ledger=_due(20)))
        register(paper, file("soon", ledger=_due(4)))
        register(paper, file("late", ledger=late))
    with store.reading() as desk:
        page = desk.worklist(CLERK, "todo", on=TODAY)
        second = desk.worklist(CLERK, "todo", on=TODAY, page=2, page_size=3)
        only_soon = desk.worklist(CLERK, "todo", on=TODAY, light="soon")

    assert [row.petition for row in page.rows] == ["late", "soon", "later", "nothing"]
    assert [row.legal_due for row in page.rows][-1] is None
    assert page.lights == {"overdue": 1, "soon": 1, "ok": 1}
    assert page.total == 4
    assert [row.petition for row in second.rows] == ["nothing"]
    assert [row.petition for row in only_soon.rows] == ["soon"]
    assert only_soon.total == 1


def test_a_line_says_what_is_needed_to_decide_what_to_open(store: Store) -> None:
    with store.transaction() as paper:
        laid = register(paper, file(ledger=_due(17, provisional=True)))
        paper.create(file("v1", kind=FileKind.SUPERVISION, about="p1", ledger=Ledger()))
        taken = step(laid, assignee=CLERK.person)
        paper.settle_work("p1", close=(), open=(), move=(taken,))
    with store.reading() as desk:
        (row,) = desk.worklist(CLERK, "todo", on=TODAY).rows

    assert (row.number, row.title, row.step, row.step_name, row.act) == (
        laid.number, laid.title, 1, "分类", "sort",
    )  # fmt: skip
    assert (row.organ, row.organ_name.en) == (PETITION_OFFICE, "Petition Office")
    assert (row.assignee, row.assignee_name) == ("clerk", "演示clerk")
    assert (row.limit, row.deadline_state, row.provisional) == ("T1", "running", True)
    assert (row.started_on, row.legal_due) == (TODAY, date(2026, 3, 17))
    assert (row.supervised, row.sealed, row.initial) == (True, False, True)
    assert row.opened_at == NOW


def test_each_tab_holds_what_its_name_says(store: Store) -> None:
    colleague = step(file("p1"), 2, assignee="somebody")
    with store.transaction() as paper:
        laid = register(paper, file("p1"))
        at_housing = step(laid, 3, organ=HOUSING)
        for_petitioner = step(laid, 4, organ=None, slot="petitioner")
        head = step(laid, 5, role=Role.HEAD.value)
        own = step(laid, 6, assignee=CLERK.person)
        paper.settle_work(
            "p1", close=(), open=(colleague, at_housing, for_petitioner, head, own), move=()
        )
        register(paper, file("shut", closed_at=NOW, stage="closed"))
        paper.settle_work("shut", close=(1,), open=(), move=())
        watching = register(paper, file("v1", kind=FileKind.SUPERVISION, about="p1"))
        paper.settle_work("v1", close=(), open=(), move=(step(watching, assignee="somebody"),))
    tabs = {}
    with store.reading() as desk:
        for tab in ("todo", "mine", "unclaimed", "forwarded", "all", "supervision", "closed"):
            page = desk.worklist(CLERK, tab, on=TODAY)
            tabs[tab] = {(row.petition, row.step) for row in page.rows}
            assert page.total == len(tabs[tab]) == page.counts[tab]

    assert tabs == {
        "todo": {("p1", 1), ("p1", 4), ("p1", 6)},
        "mine": {("p1", 6)},
        "forwarded": {("p1", 3)},
        "unclaimed": {("p1", 1), ("p1", 4), ("p1", 5)},
        "all": {("p1", 1), ("p1", 2), ("p1", 4), ("p1", 5), ("p1", 6), ("v1", 1)},
        "supervision": {("v1", 1)},
        "closed": {("shut", None)},
    }
    assert "sealed" not in page.counts


def test_a_line_shows_the_duty_of_the_organ_that_has_to_do_the_step(store: Store) -> None:
    sooner = deadline("T3#1", debtor=HOUSING, legal_due=date(2026, 3, 4))
    own = deadline(legal_due=date(2026, 3, 20))
    later = deadline("U10#1", legal_due=date(2026, 3, 25))
    with store.transaction() as paper:
        laid = register(paper, file("both", ledger=Ledger((sooner, later, own))))
        paper.settle_work("both", close=(), open=(step(laid, 2, organ=HOUSING),), move=())
        register(paper, file("theirs", ledger=Ledger((sooner,))))
        paused = replace(own, state=DeadlineState.SUSPENDED)
        register(paper, file("paused", ledger=Ledger((sooner, paused))))
    with store.reading() as desk:
        page = desk.worklist(CLERK, "todo", on=TODAY)
        soon = desk.worklist(CLERK, "todo", on=TODAY, light="soon")
        followed = desk.worklist(CLERK, "forwarded", on=TODAY)

    assert [(row.petition, row.limit, row.debtor) for row in page.rows] == [
        ("both", "T1", PETITION_OFFICE),
        ("theirs", "T3", HOUSING),
        ("paused", "T1", PETITION_OFFICE),
    ]
    assert page.rows[1].debtor_name == Text("测试县住建局", "Housing Bureau")
    assert page.rows[2].deadline_state == "suspended"
    assert page.lights == {"overdue": 0, "soon": 0, "ok": 1}
    assert soon.rows == ()
    assert [(row.petition, row.limit, row.debtor) for row in followed.rows] == [
        ("both", "T3", HOUSING)
    ]
    assert followed.lights == {"overdue": 0, "soon": 1, "ok": 0}


def test_what_nobody_has_claimed_stands_first_among_what_is_equally_urgent(store: Store) -> None:
    def taken(paper: Paper, id: str, day: int) -> None:
        laid = register(paper, file(id, ledger=_due(day, started_on=date(2026, 2, 1))))
        paper.settle_work(id, close=(), open=(), move=(step(laid, assignee=CLERK.person),))

    with store.transaction() as paper:
        taken(paper, "in time, taken", 27)
        register(paper, file("in time", ledger=_due(28, started_on=date(2026, 2, 1))))
        taken(paper, "soon, taken", 3)
        register(paper, file("soon", ledger=_due(5, started_on=date(2026, 2, 1))))
    with store.reading() as desk:
        rows = desk.worklist(CLERK, "todo", on=TODAY).rows

    assert [row.petition for row in rows] == ["soon", "soon, taken", "in time", "in time, taken"]


@pytest.mark.parametrize(
    ("organ", "sent", "followed"),
    [(PETITION_OFFICE, None, True), (WATER, "forward", True), (WATER, None, False), (WATER, "sort", False)],
)  # fmt: skip
def test_an_organ_follows_what_it_registered_or_sent_on(
    store: Store, organ: str, sent: str | None, followed: bool
) -> None:
    with store.transaction() as paper:
        laid = register(paper, file(organ=organ, facts={"office": PETITION_OFFICE}))
        paper.settle_work("p1", close=(1,), open=(step(laid, 2, organ=HOUSING),), move=())
        if sent:
            paper.append(entry_for(laid, act=sent, seq=2)[0], (), file=laid)
    with store.reading() as desk:
        page = desk.worklist(CLERK, "forwarded", on=TODAY)

    assert (page.total, page.counts["forwarded"]) == (followed, followed)


def test_the_acts_of_sending_on_are_acts_of_the_statute() -> None:
    assert {act for act in SENDING if act in ACTS} == set(SENDING)


def test_only_who_has_a_role_for_a_step_may_claim_it(store: Store) -> None:
    with store.transaction() as paper:
        laid = register(paper, file())
        head = step(laid, 2, role=Role.HEAD.value)
        paper.settle_work("p1", close=(), open=(head, step(laid, 3, organ=HOUSING)), move=())

    def claimable(viewer: Actor, tab: str) -> set[int | None]:
        with store.reading() as desk:
            rows = desk.worklist(viewer, tab, on=TODAY).rows
        return {row.step for row in rows if row.may_claim}

    assert claimable(CLERK, "all") == {1}
    assert claimable(CLERK, "forwarded") == set()
    assert claimable(replace(CLERK, roles=frozenset({Role.HEAD})), "all") == {1, 2}
    assert claimable(AUDITOR, "all") == set()


def test_a_page_takes_few_statements_however_long_it_is(store: Store) -> None:
    with store.transaction() as paper:
        for number in range(30):
            register(paper, file(f"p{number}"))
    with store.reading() as desk:
        desk.directory()
        with counted(desk) as sent:
            assert len(desk.worklist(CLERK, "todo", on=TODAY).rows) == 25

    assert len(sent) <= 4


def test_a_stand_in_finds_the_steps_of_the_absent_colleague(store: Store) -> None:
    with store.transaction() as paper:
        laid = register(paper, file())
        paper.settle_work("p1", close=(), open=(), move=(step(laid, assignee="absent"),))
    stand_in = replace(CLERK, stands_in_for="absent")
    with store.reading() as desk:
        assert desk.worklist(stand_in, "todo", on=TODAY).total == 1
        assert desk.worklist(CLERK, "todo", on=TODAY).total == 0


def test_a_list_is_narrowed_by_stage_organ_and_words(store: Store) -> None:
    with store.transaction() as paper:
        register(paper, file("p1", title="关于物业收费的事项", stage="routing"))
        register(
            paper,
            file("p2", title="关于供水的事项", facts={"office": PETITION_OFFICE, "organ": HOUSING}),
        )

    def found(viewer: Actor = CLERK, **narrowed: str) -> list[str]:
        with store.reading() as desk:
            return [row.petition for row in desk.worklist(viewer, "all", on=TODAY, **narrowed).rows]

    assert found(stage="routing") == ["p1"]
    assert found(organ=HOUSING) == ["p2"]
    assert found(text="物业") == ["p1"]
    assert found(text="住建局") == ["p2"]
    assert found(HOUSING_CLERK) == []


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_list_four_times_as_long_costs_about_four_times_as_much(store: Store) -> None:
    """An index that leads the planner astray makes it sixteen times."""
    costs = []
    for files in (range(100), range(100, 400)):
        with store.transaction() as paper:
            for number in files:
                register(paper, file(f"p{number}", ledger=_due(20)))
        with store.reading() as desk:
            costs.append(_instructions(desk, lambda: desk.worklist(CLERK, "todo", on=TODAY)))

    assert costs[1] < 6 * costs[0]


def _instructions(desk: Loading, ask: Callable[[], object]) -> int:
    """How many hundreds of instructions SQLite's machine carries out while *ask* is answered."""
    counts = itertools.count()
    raw = desk.connection.connection.dbapi_connection
    raw.set_progress_handler(lambda: next(counts) < 0, 100)
    ask()
    raw.set_progress_handler(None, 0)
    return next(counts)
