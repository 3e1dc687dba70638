"""Art. 31 as a table: the first match wins, and everything else is handled as a petition."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from engine.errors import BadInput, DataError
from engine.statute.routing import load_routing, propose_route, read_routing

TABLE = load_routing()
BROKEN = sorted((Path(__file__).parent / "broken" / "routing").glob("*.toml"))
ROUTES = ["accusation", "suggestion", *(f"route_{item}" for item in range(1, 7))]


def test_the_routes_are_the_two_classes_and_the_six_items() -> None:
    assert ROUTES == [route.id for route in TABLE.routes]


def test_what_fits_nothing_else_is_handled_as_a_petition() -> None:
    proposal = propose_route({question.id: False for question in TABLE.questions})

    assert ("route_6", "31(6)", None) == (proposal.route, proposal.article, proposal.question)


@pytest.mark.parametrize("question", TABLE.questions, ids=lambda question: question.id)
def test_one_yes_leads_to_its_own_route_and_says_why(question: object) -> None:
    asked = next(row for row in TABLE.questions if row is question)

    proposal = propose_route({asked.id: True})

    assert (asked.route, asked.id) == (proposal.route, proposal.question)
    assert asked.text.zh in proposal.reason.zh
    assert asked.text.en in proposal.reason.en


@pytest.mark.parametrize(("earlier", "later"), list(pairwise(TABLE.questions)))
def test_the_first_match_wins(earlier: object, later: object) -> None:
    first, second = (row for row in TABLE.questions if row in {earlier, later})

    assert first.route == propose_route({second.id: True, first.id: True}).route


def test_an_answer_to_no_question_is_refused() -> None:
    with pytest.raises(BadInput) as refusal:
        propose_route({"is_troublemaker": True})

    assert {"is_troublemaker"} == set(refusal.value.fields)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_malformed_table_is_refused(path: Path) -> None:
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# expected: ")

    with pytest.raises(DataError) as refusal:
        read_routing(path)

    assert expected in refusal.value.text.en
