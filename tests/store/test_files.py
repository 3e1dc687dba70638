"""A file that is written is read again as it was, and two who write it at once do not overwrite each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.errors import BadInput, NotFound, Stale
from engine.petition.commands import Receipt
from engine.petition.deadlines import DeadlineState, Ledger
from engine.petition.documents import Document, ServiceState
from engine.petition.entries import EntryKind
from engine.statute.reckoning import Interval
from engine.store.store import Store
from tests.store.samples import (
    HOUSING,
    NOW,
    PETITION_OFFICE,
    TODAY,
    WATER,
    accusation,
    deadline,
    entry_for,
    file,
    moved_on,
    register,
    step,
)
from tests.store.statements import counted


def test_a_file_is_read_as_it_was_written(store: Store) -> None:
    pause = Interval(start=TODAY, end=None, reason="听证")
    rows = (
        deadline("T3#1", state=DeadlineState.VOID, note="交还", closed_by=2),
        deadline("T3#2", suspensions=(pause,), state=DeadlineState.SUSPENDED, legal_due=None),
        deadline("T1#1", extension_days=3, assigned_due=TODAY, closed_on=TODAY, subject="d1"),
    )
    written = accusation(
        ledger=Ledger(rows), about=None, external_number="外-1", submission="s1", closed_at=NOW
    )

    with store.transaction() as paper:
        paper.create(written)
    with store.reading() as desk:
        read = desk.load(written.id)

    assert read.wrapped_key is not None
    assert replace(read, wrapped_key=None) == written


def test_what_changed_is_saved_and_nothing_else_is_touched(store: Store) -> None:
    with store.transaction() as paper:
        register(paper, file())
    with store.transaction() as paper:
        before = paper.load("p1")
        ended = replace(before.ledger.get("T1#1"), state=DeadlineState.MET, closed_on=TODAY)
        after = moved_on(
            before,
            facts={**before.facts, "organ": HOUSING},
            ledger=Ledger((ended, deadline("T3#1", debtor=HOUSING))),
            stage="routing",
            next_due_at=NOW + timedelta(days=5),
        )
        paper.save(after, before=before)
    with store.reading() as desk:
        assert desk.load("p1") == after
        assert desk.parts("p1") == {PETITION_OFFICE, HOUSING}


def test_an_organ_that_once_played_a_part_keeps_it(store: Store) -> None:
    with store.transaction() as paper:
        register(paper, file(facts={"office": PETITION_OFFICE, "organ": HOUSING}))
    with store.transaction() as paper:
        before = paper.load("p1")
        paper.save(
            moved_on(before, facts={"office": PETITION_OFFICE, "organ": WATER}), before=before
        )
    with store.reading() as desk:
        assert desk.parts("p1") == {PETITION_OFFICE, HOUSING, WATER}


def test_of_two_who_write_on_the_same_version_one_is_refused(store: Store) -> None:
    with store.transaction() as paper:
        register(paper, file())
        before = paper.load("p1")
    with store.transaction() as paper:
        paper.save(moved_on(before, stage="routing"), before=before)

    with pytest.raises(Stale), store.transaction() as paper:
        paper.save(moved_on(before, stage="handling"), before=before)

    with store.reading() as desk:
        assert desk.load("p1").stage == "routing"


def test_nobody_loads_what_is_not_there(store: Store) -> None:
    with store.reading() as desk, pytest.raises(NotFound):
        desk.load("nowhere")


def test_an_exception_undoes_everything(store: Store) -> None:
    with pytest.raises(RuntimeError, match="power cut"), store.transaction() as paper:  # noqa: PT012
        register(paper, file(), petitioner_name="演示甲")
        paper.next_number(PETITION_OFFICE, "petition", 2026)
        raise RuntimeError("power cut")

    with store.transaction() as paper:
        with pytest.raises(NotFound):
            paper.load("p1")
        assert paper.next_number(PETITION_OFFICE, "petition", 2026) == 1


def test_a_savepoint_undoes_its_own_part_only(store: Store) -> None:
    with store.transaction() as paper:
        register(paper, file("p1"))
        with pytest.raises(RuntimeError), paper.savepoint():  # noqa: PT012
            register(paper, file("p2"))
            raise RuntimeError
    with store.reading() as desk:
        assert desk.load("p1").id == "p1"
        with pytest.raises(NotFound):
            desk.load("p2")


def test_a_command_that_was_carried_out_is_known_by_its_key(store: Store) -> None:
    papers = [
        Document(
            id=f"d{number}",
            petition="p1",
            kind="receipt",
            number=f"{number}号",
            organ=PETITION_OFFICE,
            to="petitioner",
            issued_on=TODAY,
            entry=1,
            digest="00",
            service=ServiceState.PENDING,
        )
        for number in (2, 1)
    ]
    with store.transaction() as paper:
        assert paper.receipt("once") is None
        laid = register(paper, file(), key="once")
        paper.issue(papers)
    expected = Receipt(
        petition="p1",
        number=laid.number,
        code=laid.code,
        version=0,
        entry=1,
        act="register",
        documents=("d2", "d1"),
    )

    with store.transaction() as paper:
        assert paper.receipt("once") == expected
        assert paper.load_for("p1", "once") == (expected, paper.load("p1"))
        assert paper.load_for("p1", "other")[0] is None


def test_the_receipt_of_a_free_step_names_what_was_asked(store: Store) -> None:
    with store.transaction() as paper:
        laid = register(paper, file())
        entry, _ = entry_for(laid, seq=2, key="visit", act="fill:visit", kind=EntryKind.FREE_STEP)
        paper.append(entry, (), file=laid)
        receipt, _ = paper.load_for("p1", "visit")

    assert receipt is not None
    assert receipt.act == "fill"


def test_a_key_used_for_one_petition_is_refused_for_another(store: Store) -> None:
    with store.transaction() as paper:
        register(paper, file("p1"), key="once")
        register(paper, file("p2"))
        with pytest.raises(BadInput):
            paper.load_for("p2", "once")


def test_a_key_carried_out_meanwhile_is_refused_and_changes_nothing(store: Store) -> None:
    with store.transaction() as paper:
        register(paper, file("p1"), key="once")
    with pytest.raises(Stale), store.transaction() as paper:
        register(paper, file("p2"), key="once")
    with store.reading() as desk, pytest.raises(NotFound):
        desk.load("p2")


def test_steps_are_opened_moved_and_closed(store: Store) -> None:
    with store.transaction() as paper:
        laid = register(paper, file())
        paper.settle_work("p1", close=(), open=(step(laid, 2), step(laid, 3)), move=())
    with store.transaction() as paper:
        moved = step(laid, 3, organ=HOUSING, assignee="housing_clerk")
        paper.settle_work("p1", close=(1,), open=(), move=(moved,))
    with store.reading() as desk:
        assert desk.work("p1") == (step(laid, 2), moved)


def test_numbers_have_no_gap_after_a_rollback_and_none_is_given_twice(store: Store) -> None:
    given = []
    for fails in (False, True, False, False):
        try:
            with store.transaction() as paper:
                number = paper.next_number(PETITION_OFFICE, "petition", 2026)
                if fails:
                    raise RuntimeError
                given.append(number)
        except RuntimeError:
            pass
    with store.transaction() as paper:
        other = [
            paper.next_number(PETITION_OFFICE, "petition", 2027),
            paper.next_number(PETITION_OFFICE, "sealed", 2026),
            paper.next_number(HOUSING, "petition", 2026),
        ]

    assert given == [1, 2, 3]
    assert other == [1, 1, 1]


def test_service_is_written_to_a_document_that_exists(store: Store) -> None:
    with store.transaction() as paper, pytest.raises(NotFound):
        paper.set_service("nowhere", ServiceState.DELIVERED)


def test_reading_and_writing_a_file_take_few_statements(store: Store) -> None:
    with store.transaction() as paper, counted(paper) as creating:
        paper.create(accusation())
    with store.reading() as desk:
        desk.directory(), desk.calendar()  # held by this process from now on
    with store.transaction() as paper:
        with counted(paper) as loading:
            _, before = paper.load_for("secret", "some key")
            paper.directory()
            paper.calendar()
        after = moved_on(
            before,
            facts={**before.facts, "organ": WATER, "recused": "clerk"},
            ledger=Ledger(
                (replace(before.ledger.rows[0], closed_on=date(2026, 3, 3)), deadline("T3#1"))
            ),
        )
        with counted(paper) as saving:
            paper.save(after, before=before)

    assert len(creating) <= 5
    assert len(loading) <= 2
    assert len(saving) <= 6
