"""Registers without a gap, the sealed ones apart; what is handed in is kept with its entry and under its petition's key."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from sqlalchemy import select

from engine.documents.numbers import parse_number
from engine.errors import BadInput
from engine.store.tables import attachment, blob, document, number_series
from tests.acts.situations import HOUSING, PO
from tests.office.counters import Counter, upload


def serial(number: str) -> int:
    """The running number in *number*."""
    return parse_number(number).serial


def refused_registration(counter: Counter) -> None:
    """A registration that is refused."""
    counter.refuses(counter.command("register", petitioner_name=None, title=""), BadInput)


def test_numbers_follow_each_other_whatever_was_refused_in_between(counter: Counter) -> None:
    numbers = []
    for _ in range(3):
        numbers.append(counter.does("register").number)
        refused_registration(counter)
        counter.house.front_desk.preview(counter.command("register"))

    assert [serial(number) for number in numbers] == [1, 2, 3]


def test_each_organ_has_a_register_of_its_own(counter: Counter) -> None:
    at_office = counter.does("register").number
    at_housing = counter.does("register", who="carl").number

    assert (serial(at_office), serial(at_housing)) == (1, 1)
    assert at_office != at_housing


def test_accusations_count_in_a_register_that_tells_nothing_of_the_others(
    counter: Counter,
) -> None:
    plain = [counter.does("register").number]
    sealed = [counter.does("register", who="abel", category="accusation") for _ in range(2)]
    plain.append(counter.does("register").number)

    assert [serial(number) for number in plain] == [1, 2]
    assert [serial(one.number) for one in sealed] == [1, 2]
    assert all("密" in one.number for one in sealed)
    assert all(counter.file(one.petition).sealed for one in sealed)


def test_papers_of_one_kind_count_without_a_gap_though_many_acts_issue_them(
    counter: Counter,
) -> None:
    for _ in range(3):
        petition = counter.goes(counter.registered(), "sort")
        counter.refuses(counter.command("forward", petition, organ="nowhere"), BadInput)
        counter.does("forward", petition)

    with counter.house.store.engine.connect() as connection:
        wanted = select(document.c.number).where(document.c.kind == "transfer_letter")
        numbers = list(connection.execute(wanted).scalars())
        given = connection.execute(
            select(number_series.c.last).where(
                number_series.c.register == "transfer_letter", number_series.c.organ == PO
            )
        ).scalar_one()
    assert sorted(serial(number) for number in numbers) == [1, 2, 3]
    assert given == 3


def test_each_year_begins_anew(counter: Counter) -> None:
    counter.registered()
    counter.turn_to(counter.clock.now().date().replace(year=2027))

    number = parse_number(counter.does("register").number)

    assert (number.year, number.serial) == (2027, 1)


def test_what_is_handed_in_is_named_in_the_entry_and_kept_encrypted(counter: Counter) -> None:
    petition = counter.forwarded()
    paper = upload("照片.pdf", "演示附件".encode())

    receipt = counter.perform(
        replace(counter.command("add_material", petition, "carl"), uploads=(paper, paper))
    )

    digest = hashlib.sha256(paper.content).hexdigest()
    entry = counter.entries(petition)[-1]
    assert entry.consequences["attachments"] == [{"digest": digest, "size": len(paper.content)}] * 2
    with counter.house.store.engine.connect() as connection:
        rows = connection.execute(select(attachment)).all()
        kept = connection.execute(select(blob)).all()
    assert [(row.entry, row.place, row.digest) for row in rows] == [
        (receipt.entry, place, digest) for place in (0, 1)
    ]
    assert [row.digest for row in kept] == [digest]
    everything = repr(counter.everything())
    assert "照片" not in everything
    assert repr("演示附件".encode())[2:-1] not in everything


def test_what_is_handed_in_with_a_registration_belongs_to_its_first_entry(
    counter: Counter,
) -> None:
    receipt = counter.perform(
        replace(counter.command("register"), uploads=(upload("信.pdf", b"1"),))
    )

    with counter.house.store.engine.connect() as connection:
        [row] = connection.execute(select(attachment)).all()
    assert (row.petition, row.entry) == (receipt.petition, 1)


def test_a_refused_command_keeps_nothing_that_was_handed_in(counter: Counter) -> None:
    petition = counter.goes(counter.registered(), "sort")
    command = counter.command("forward", petition, organ="nowhere")

    counter.refuses(replace(command, uploads=(upload("x.pdf", b"2"),)), BadInput)


def test_a_paper_names_the_organ_that_issues_it(counter: Counter) -> None:
    petition = counter.accepted()

    with counter.house.store.engine.connect() as connection:
        rows = connection.execute(select(document).where(document.c.petition == petition)).all()
    issuers = {row.kind: row.organ for row in rows}
    assert issuers["transfer_letter"] == PO
    assert issuers["acceptance_notice"] == HOUSING


def test_a_paper_says_how_far_its_service_has_come(counter: Counter) -> None:
    petition = counter.goes(
        counter.accepted(), "appoint", "hear_petitioner", "investigate", "issue_opinion"
    )
    states = [_service_of(counter, petition, "handling_opinion")]
    for act, answers in (
        ("dispatch", {}),
        ("prove_service", {"result": "undelivered"}),
        ("dispatch", {}),
        ("prove_service", {}),
    ):
        counter.does(act, petition, **answers)
        states.append(_service_of(counter, petition, "handling_opinion"))

    assert states == ["pending", "dispatched", "undelivered", "dispatched", "delivered"]
    assert _service_of(counter, petition, "transfer_letter") == "not_needed"


def _service_of(counter: Counter, petition: str, kind: str) -> str:
    wanted = select(document.c.service).where(
        document.c.petition == petition, document.c.kind == kind
    )
    with counter.house.store.engine.connect() as connection:
        return str(connection.execute(wanted).scalar_one())
