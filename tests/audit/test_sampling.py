"""A sample can be drawn again by anybody, and its draw and every check stand on the chain of the house."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.audit.sampling import CHECK, DRAW, drawn_from, seed_of, wilson
from engine.bootstrap import House
from engine.clock import legal_date
from engine.errors import BadInput, NotFound, NotPermitted
from engine.settings import Settings, sqlite_url
from engine.store.queries.sampled import Cohort, cohort_ids, sample_of, sampled_files
from engine.text import Text
from tests.audit.conftest import NOW, Lived
from tests.audit.test_event_logs import somebody

TODAY = legal_date(NOW)
WHOLE = Cohort(closed_from=TODAY.replace(year=2025), closed_to=TODAY)
ASKED = {
    "closed_from": WHOLE.closed_from.isoformat(), "closed_to": WHOLE.closed_to.isoformat(), "size": "7",
    "number": "2026-311: 04 11 19 23 25 31 + 08",
}  # fmt: skip


@pytest.fixture
def office(on_sqlite: Lived, tmp_path: Path) -> Iterator[House]:
    """A copy of the demonstration, in which something may be recorded."""
    data = tmp_path / "data"
    shutil.copytree(on_sqlite.settings.data, data)
    settings = Settings(data=data, database_url=sqlite_url(data / "petition.db"))
    house = Lived(settings=settings).open()
    yield house
    house.store.close()


def drawn(house: House, id: str, login: str = "auditor") -> list[str]:
    with house.store.reading() as desk:
        files = sampled_files(desk, somebody(house, login), id, on=TODAY)
    return [one.row.petition for one in files if one.row]


def test_the_same_number_and_cohort_give_the_same_files_to_anybody(office: House) -> None:
    auditor = somebody(office, "auditor")
    first = office.samples.draw(auditor, ASKED, key="one", now=NOW)
    second = office.samples.draw(auditor, ASKED, key="two", now=NOW)
    with office.store.reading() as desk:
        cohort = cohort_ids(desk, auditor, WHOLE, on=TODAY)
        seed = sample_of(desk, auditor, first).seed
    by_hand = sorted(cohort, key=lambda id: hashlib.sha256(f"{seed}:{id}".encode()).hexdigest())

    assert first != second
    assert drawn(office, first) == drawn(office, second) == by_hand[:7]
    text = f"{ASKED['closed_from']}/{ASKED['closed_to']}/{ASKED['number']}"
    assert seed == hashlib.sha256(text.encode()).hexdigest() == seed_of(WHOLE, ASKED["number"])
    repeated = office.samples.draw(auditor, {**ASKED, "number": "", "seed": seed}, key="three", now=NOW)  # fmt: skip
    assert drawn(office, repeated) == by_hand[:7]


def test_a_page_sent_twice_draws_once(office: House) -> None:
    auditor = somebody(office, "auditor")
    ids = {office.samples.draw(auditor, ASKED, key="once", now=NOW) for _ in range(2)}

    assert len(ids) == 1
    assert [one.act for one in chain(office)].count(DRAW) == 1


def chain(house: House) -> list[object]:
    with house.store.reading() as desk:
        return list(desk.house_entries())


def test_draw_and_checks_are_entries_of_the_house(office: House) -> None:
    auditor = somebody(office, "auditor")
    id = office.samples.draw(auditor, ASKED, key="k", now=NOW)
    office.samples.check(auditor, id, 1, {"T5": "material", "T3": "minor"}, NOW)
    office.samples.check(auditor, id, 2, {}, NOW)
    office.samples.check(auditor, id, 1, {"T3": "minor"}, NOW)
    entries = {one.seq: one for one in chain(office) if one.act in {DRAW, CHECK}}
    with office.store.reading() as desk:
        row = sample_of(desk, auditor, id)
        files = sampled_files(desk, auditor, id, on=TODAY)

    assert [one.act for one in entries.values()] == [DRAW, CHECK, CHECK, CHECK]
    assert entries[row.entry].inputs["drawn"] == drawn(office, id)
    assert len(entries[row.entry].inputs["cohort_digest"]) == 64
    assert (row.drawn, row.checked, row.sound) == (7, 2, 2)
    assert files[0].defects == {"T3": False}


def test_restricted_files_are_never_drawn(office: House) -> None:
    with office.store.reading() as desk:
        auditor = somebody(office, "sealed.auditor")
        seen = desk.files(auditor, on=TODAY, state="closed", kind="petition", page_size=200).rows
        ids = cohort_ids(desk, auditor, WHOLE, on=TODAY)

    assert any(row.sealed for row in seen)
    assert {row.petition for row in seen if not row.sealed} == set(ids)


def test_samples_are_of_one_organ_and_of_auditors_alone(office: House) -> None:
    id = office.samples.draw(somebody(office, "auditor"), ASKED, key="k", now=NOW)
    with pytest.raises(NotPermitted):
        office.samples.draw(somebody(office, "county.clerk"), ASKED, key="c", now=NOW)
    with office.store.reading() as desk, pytest.raises(NotFound):
        sample_of(desk, somebody(office, "sealed.auditor"), id)
    with pytest.raises(NotFound):
        office.samples.check(somebody(office, "sealed.auditor"), id, 1, {}, NOW)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"closed_from": "2026-11-23", "closed_to": "2026-11-01"}, "closed_to"),
        ({"size": "0"}, "size"),
        ({"size": "201"}, "size"),
        ({"size": "many"}, "size"),
        ({"number": ""}, "number"),
        ({"closed_from": "2001-01-01", "closed_to": "2001-02-01"}, "closed_from"),
        ({"closed_from": "x"}, "closed_from"),
        ({"responsible": "nobody"}, "closed_from"),
    ],
)
def test_a_draw_that_makes_no_sense_is_refused_and_records_nothing(
    changed: dict[str, str], field: str, office: House
) -> None:
    before = len(chain(office))
    with pytest.raises(BadInput) as refused:
        office.samples.draw(somebody(office, "auditor"), {**ASKED, **changed}, key="k", now=NOW)

    assert field in refused.value.fields
    assert len(chain(office)) == before


def test_an_unknown_point_or_place_is_refused(office: House) -> None:
    auditor = somebody(office, "auditor")
    id = office.samples.draw(auditor, ASKED, key="k", now=NOW)
    for found in ({"T99": "minor"}, {"T5": "grave"}):
        with pytest.raises(BadInput):
            office.samples.check(auditor, id, 1, found, NOW)
    with pytest.raises(NotFound):
        office.samples.check(auditor, id, 99, {}, NOW)


def test_every_point_of_the_check_form_is_a_clause_of_the_statute(office: House) -> None:
    points = office.samples.points()

    assert len({point.id for point in points}) == len(points) > 15
    assert all(point.article and isinstance(point.title, Text) for point in points)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 0, None, None), (10, 10, 0.7225, 1.0), (0, 10, 0.0, 0.2775), (45, 50, 0.7864, 0.9565)],
)
def test_the_interval_is_wilsons(
    part: int, whole: int, low: float | None, high: float | None
) -> None:
    found = wilson(part, whole)

    if low is None or high is None:
        assert found is None
    else:
        assert found == pytest.approx((low, high), abs=5e-4)


@given(st.sets(st.text("abcdef0123456789", min_size=4, max_size=8), min_size=1), st.text(), st.integers(1, 20))  # fmt: skip
def test_a_draw_depends_on_nothing_but_seed_and_cohort(ids: set[str], seed: str, size: int) -> None:
    found = drawn_from(sorted(ids), seed, size)

    assert found == drawn_from(sorted(ids, reverse=True), seed, size)
    assert len(found) == min(size, len(ids)) == len(set(found))
    assert set(found) <= ids
