"""The demonstration office's clock: a newcomer sees day 59 become day 61. No other office has it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.web.checks import checked
from tests.web.office import Office
from tests.web.test_registration import register


def test_an_ordinary_office_has_no_clock_to_turn(office: Office) -> None:
    visitor = office.visitor("county.clerk")

    assert "拨到" not in visitor.get("/work").text
    checked(visitor.post("/clock", {"to": "day"}), 404)


def test_day_fifty_nine_becomes_day_sixty_one(demonstration: Office) -> None:
    rows = demonstration.files("housing.clerk", stage="handling")
    with demonstration.house.store.reading() as desk:
        files = [desk.load(row.petition) for row in rows]
    file = next(one for one in files if one.ledger.open_of("T5") and one.ledger.due("T5"))
    deadline = file.ledger.open_of("T5")
    assert deadline is not None
    assert deadline.legal_due is not None
    visitor = demonstration.visitor("housing.clerk")
    eve = (deadline.legal_due - timedelta(days=1)).isoformat()
    visitor.post("/clock", {"to": "date", "date": eve})

    assert re.search(r"▲ 预警 剩1天", visitor.get(f"/petitions/{file.id}").text)

    visitor.post("/clock", {"to": "day"})
    visitor.post("/clock", {"to": "day"})

    assert re.search(r"■ 超期 1天", visitor.get(f"/petitions/{file.id}").text)


def test_turning_to_the_next_due_date_lets_something_happen(demonstration: Office) -> None:
    visitor = demonstration.visitor("county.clerk")
    visitor.post("/clock", {"to": "next"})

    assert re.search(r"触发[1-9]\d*个期限", visitor.get("/work").text)


@pytest.mark.parametrize(
    "day", ["2026-11-01", "2026-11-23", "2099-01-01", "", "soon", "2026-02-30"]
)
def test_the_clock_turns_neither_back_nor_too_far(demonstration: Office, day: str) -> None:
    visitor = demonstration.visitor("county.clerk")
    before = demonstration.house.clock.now()

    checked(visitor.post("/clock", {"to": "date", "date": day}), 422)
    assert demonstration.house.clock.now() == before


def test_turning_the_clock_does_not_end_ones_session(demonstration: Office) -> None:
    visitor = demonstration.visitor("county.clerk")
    visitor.post("/clock", {"to": "date", "date": "2027-06-01"})

    assert "2027-06-01" in visitor.get("/work").text


def test_a_petition_registered_in_turned_time_has_turned_dates(demonstration: Office) -> None:
    visitor = demonstration.visitor("county.clerk")
    visitor.post("/clock", {"to": "date", "date": "2026-12-01"})
    petition = register(demonstration)

    assert "2026-12-16" in visitor.get(f"/petitions/{petition}").text
