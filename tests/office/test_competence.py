"""The competence table proposes where a petition goes and says why; who is sent elsewhere is on record (Arts. 5, 22)."""

from __future__ import annotations

from engine.people.competence import CompetenceRow
from engine.petition.parties import SYSTEM
from tests.acts.situations import HOUSING, LABOUR
from tests.office.counters import Counter

BASIS = "演示县职责清单第1项"


def tabled(counter: Counter, *rows: CompetenceRow) -> None:
    with counter.house.store.transaction() as paper:
        paper.set_competence(rows, actor=SYSTEM, now=counter.clock.now())


def sorted_(counter: Counter, disposition: str = "forward", **answers: object) -> str:
    petition = counter.registered(**answers)
    counter.does("sort", petition, disposition=disposition)
    return petition


def test_the_organ_of_the_table_is_proposed_with_the_reason(counter: Counter) -> None:
    tabled(
        counter,
        CompetenceRow(organ=HOUSING),
        CompetenceRow(organ=LABOUR, subject_category="labour", basis=BASIS),
    )
    for act, disposition in (("forward", "forward"), ("assign", "assign")):
        petition = sorted_(counter, disposition, subject_category="labour")
        offer = counter.offers(petition, "anna").find(act)
        assert offer is not None
        assert offer.defaults["organ"] == LABOUR
        assert BASIS in offer.reasons["organ"].zh


def test_without_a_row_that_fits_nothing_is_proposed(counter: Counter) -> None:
    tabled(counter, CompetenceRow(organ=LABOUR, subject_category="labour"))
    offer = counter.offers(sorted_(counter, subject_category="housing"), "anna").find("forward")

    assert offer is not None
    assert "organ" not in offer.defaults
    assert offer.reasons == {}


def test_the_accused_side_is_never_proposed(counter: Counter) -> None:
    """Art. 28(3): the organ complained of is chosen by a person, with a reason, or not at all."""
    tabled(counter, CompetenceRow(organ=LABOUR), CompetenceRow(organ=HOUSING))
    petition = sorted_(counter, accused_organ=LABOUR)
    offer = counter.offers(petition, "anna").find("forward")

    assert offer is not None
    assert offer.defaults["organ"] == HOUSING


def test_it_is_recorded_whether_the_table_was_followed(counter: Counter) -> None:
    tabled(counter, CompetenceRow(organ=HOUSING, basis=BASIS))
    followed, departed = sorted_(counter), sorted_(counter)

    counter.does("forward", followed, organ=HOUSING)
    preview = counter.house.front_desk.preview(
        counter.command("forward", departed, "anna", organ=LABOUR)
    )
    counter.does("forward", departed, organ=LABOUR, departure_reason="另有分工")

    assert counter.file(followed).facts["competence"] == "followed"
    assert counter.file(departed).facts["competence"] == "departed"
    told = counter.entries(departed)[-1]
    assert told.consequences["facts"]["competence"] == "departed"
    assert "departure_reason" in told.commitments
    assert ["与职权表" in warning.zh for warning in preview.warnings] == [True]
