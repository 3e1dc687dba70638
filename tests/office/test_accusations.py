"""A matter found on the way to be an accusation is closed to all whose appointments open no sealed matters (Art. 30(3))."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from engine.errors import NotFound
from engine.office.opened import SEALED_TITLE
from engine.store.queries.files import FilesPage
from tests.acts.situations import HOUSING, MONDAY, TAX
from tests.office.counters import Counter

SUBJECT = "反映征收补偿款去向"
WAYS: Mapping[str, tuple[tuple[str, ...], str, str, Mapping[str, Any]]] = {
    "when it is sorted": ((), "sort", "anna", {"disposition": "accusation"}),
    "when its path is chosen": (
        ("sort", "forward", "sign_for"), "route", "carl",
        {"route": "accusation", "override_reason": "核实后系检举控告", "is_accusation": True},
    ),
}  # fmt: skip
in_each_way = pytest.mark.parametrize("way", WAYS)


def found_out(counter: Counter, way: str, **answers: object) -> str:
    """A petition that turns out to be an accusation."""
    path, act, who, more = WAYS[way]
    petition = counter.goes(counter.registered(title=SUBJECT), *path)
    counter.does(act, petition, who, **{**more, **answers})
    return petition


def found_by(counter: Counter, who: str, text: str) -> FilesPage:
    """What *who* finds who looks for *text*."""
    with counter.house.store.reading() as desk:
        return desk.files(counter.actor(who), text=text, on=MONDAY)


@in_each_way
def test_its_title_is_hidden_and_cannot_be_searched_for(counter: Counter, way: str) -> None:
    petition = found_out(counter, way)

    file = counter.file(petition)
    assert (file.sealed, file.title, file.category) == (True, SEALED_TITLE.zh, "accusation")
    assert SUBJECT not in repr(counter.everything())
    for who in ("abel", "cleo", "anna"):
        assert found_by(counter, who, SUBJECT).rows == ()


@in_each_way
def test_it_was_found_by_its_title_before(counter: Counter, way: str) -> None:
    path = WAYS[way][0]
    petition = counter.goes(counter.registered(title=SUBJECT), *path)

    assert [row.petition for row in found_by(counter, "anna", SUBJECT).rows] == [petition]


@in_each_way
def test_colleagues_without_a_sealed_appointment_know_of_it_no_more(
    counter: Counter, way: str
) -> None:
    petition = found_out(counter, way)

    for who in ("anna", "boss", "sven", "carl", "dora"):
        with pytest.raises(NotFound):
            counter.offers(petition, who)
        counter.refuses(counter.command("add_material", petition, who), NotFound)
    assert counter.offers(petition, "abel").find("forward_accusation") is not None


def test_its_path_goes_on_with_those_who_may(counter: Counter) -> None:
    petition = found_out(counter, "when it is sorted")
    counter.does("forward_accusation", petition, "abel")
    counter.does("receive_accusation", petition, "igor")
    counter.does("conclude_accusation", petition, "igor")

    file = counter.file(petition)
    assert file.closed_at is not None
    assert file.facts["closing"] == "accusation"


def test_its_later_papers_count_in_the_sealed_register(counter: Counter) -> None:
    plain = counter.forwarded()
    petition = found_out(counter, "when it is sorted")
    counter.does("forward_accusation", petition, "abel")

    numbers = [
        one["number"]
        for id in (plain, petition)
        for entry in counter.entries(id)
        for one in entry.consequences["documents"]
        if one["kind"] == "transfer_letter"
    ]
    assert [number.rsplit("〕")[-1] for number in numbers] == ["1号", "1号"]
    assert ["密" in number for number in numbers] == [False, True]


def test_the_accused_is_shut_out_from_then_on(counter: Counter) -> None:
    petition = found_out(counter, "when it is sorted", accused_organ=HOUSING)

    assert HOUSING in counter.file(petition).excluded
    with pytest.raises(NotFound):
        counter.offers(petition, "cleo")


@pytest.mark.parametrize("open_still", [True, False])
def test_a_supervision_beside_it_is_sealed_as_well(counter: Counter, open_still: bool) -> None:
    petition = counter.registered(title=SUBJECT)
    due = counter.row(petition, "T1").legal_due
    assert due is not None
    counter.live_until(due + timedelta(days=1))
    beside = counter.supervisions(petition)
    assert [SUBJECT in one.title for one in beside] == [True]
    if not open_still:
        _finish(counter, beside[0].id)

    counter.does("sort", petition, disposition="accusation", accused_organ=TAX)
    counter.drain()

    [sealed] = counter.supervisions(petition)
    assert (sealed.sealed, sealed.title) == (True, SEALED_TITLE.zh)
    assert sealed.excluded == counter.file(petition).excluded
    assert SUBJECT not in repr(counter.everything())
    assert (sealed.closed_at is None) is open_still


def test_a_supervision_that_waits_in_the_outbox_is_opened_sealed(counter: Counter) -> None:
    petition = counter.registered(title=SUBJECT)
    due = counter.row(petition, "T1").legal_due
    assert due is not None
    counter.turn_to(due + timedelta(days=1))
    counter.does("sort", petition, disposition="accusation")
    counter.drain()

    [beside] = counter.supervisions(petition)
    assert (beside.sealed, beside.title) == (True, SEALED_TITLE.zh)


def _finish(counter: Counter, supervision: str) -> None:
    today = counter.clock.now().date() + timedelta(days=5)
    counter.does("supervise", supervision, "hank", due=today)
    counter.does("feedback", supervision, "anna")
    counter.does("judge_feedback", supervision, "hank")
    assert counter.file(supervision).closed_at is not None
