"""What is offered is what is taken; a preview tells all that would follow and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from engine.errors import BadInput, NotFound, PetitionError, Refused
from engine.office import Offer
from tests.acts.situations import ANSWERS, HOUSING, MONDAY
from tests.office.counters import Counter, possible

PLACES = {
    "registered": (),
    "sorted": ("sort",),
    "forwarded": ("sort", "forward"),
    "routed": ("sort", "forward", "sign_for", "route"),
    "accepted": ("sort", "forward", "sign_for", "route", "accept"),
    "investigated": (
        "sort", "forward", "sign_for", "route", "accept", "appoint", "hear_petitioner", "investigate",
    ),
    "dispatched": (
        "sort", "forward", "sign_for", "route", "accept", "appoint", "hear_petitioner", "investigate",
        "issue_opinion", "dispatch",
    ),
    "served": (
        "sort", "forward", "sign_for", "route", "accept", "appoint", "hear_petitioner", "investigate",
        "issue_opinion", "dispatch", "prove_service",
    ),
}  # fmt: skip
PEOPLE = ("anna", "boss", "carl", "dora", "fred", "sven")
at_every_place = pytest.mark.parametrize("place", PLACES)
# These need an answer that depends on the file.
FILLED: Mapping[str, Mapping[str, Any]] = {
    "correct_date": {"deadline": "T1#1", "on": MONDAY - timedelta(days=1)},
    "recuse": {"person": "cora"},
    "reroute": {"route": "suggestion"},
    "succeed": {"organ": HOUSING},
}


def attempt(counter: Counter, petition: str, who: str, offer: Offer) -> PetitionError | None:
    """What the office says to *offer*, filled in lawfully; nothing is kept."""
    command = counter.command(offer.act, petition, who, **FILLED.get(offer.act, {}))
    known = {field.name for field in offer.form.fields}
    given = {**offer.defaults, **command.answers}
    answers = {name: value for name, value in given.items() if name in known}
    try:
        counter.house.front_desk.preview(replace(command, step=offer.step, answers=answers))
    except PetitionError as refusal:
        return refusal
    return None


@at_every_place
def test_every_offer_is_taken_and_every_refused_one_refused_for_the_same_reason(
    counter: Counter, place: str
) -> None:
    petition = counter.goes(counter.registered(), *PLACES[place])
    taken = 0
    for who in PEOPLE:
        try:
            offers = counter.offers(petition, who)
        except NotFound:
            continue
        for offer in (*offers.steps, *offers.standing):
            said = attempt(counter, petition, who, offer)
            if offer.refused is not None:
                assert isinstance(said, Refused), (who, offer.act)
                assert (said.article, said.text) == (offer.refused.article, offer.refused.text)
            elif offer.act != "succeed":  # no organ has ended, which only the answers show
                assert said is None, (who, offer.act, said.text.en)
                taken += 1
    assert taken


def test_what_stands_open_is_offered_to_those_who_look_on_and_refused_to_them(
    counter: Counter,
) -> None:
    petition = counter.forwarded()

    offers = counter.offers(petition, "sven")

    assert [one.act for one in offers.steps] == ["sign_for"]
    assert offers.steps[0].refused is not None
    assert "sign_for" not in [one.act for one in possible(offers)]


def test_who_once_had_a_part_is_told_why_it_is_no_longer_theirs(counter: Counter) -> None:
    petition = counter.forwarded()
    counter.does("object", petition, "carl")
    counter.does("decide_objection", petition, "anna")
    assert counter.file(petition).facts.get("organ") is None

    offer = counter.offers(petition, "carl").find("sort")

    assert offer is not None
    assert offer.refused is not None
    said = counter.refuses(counter.command("sort", petition, "carl"), type(offer.refused))
    assert said.text == offer.refused.text


def test_offers_are_those_after_the_clocks_that_have_passed(counter: Counter) -> None:
    petition = counter.served()
    due = counter.row(petition, "T7").legal_due
    assert due is not None
    assert counter.offers(petition, "carl").find("confirm_lapse") is None
    before = counter.everything()
    counter.turn_to(due + timedelta(days=1))

    offers = counter.offers(petition, "carl")

    assert offers.find("request_review") is None
    lapse = offers.find("confirm_lapse")
    assert lapse is not None
    assert lapse.refused is None
    assert counter.everything() == before
    counter.perform(
        replace(
            counter.command("confirm_lapse", petition),
            step=lapse.step,
            expected_version=offers.version,
        )
    )


def test_an_offer_brings_the_answers_that_its_act_proposes(counter: Counter) -> None:
    petition = counter.goes(counter.registered(), "sort")

    offer = counter.offers(petition, "anna").find("forward")

    assert offer is not None
    assert offer.defaults["arrived_on"] == MONDAY


def test_an_offer_that_is_refused_proposes_nothing(counter: Counter) -> None:
    petition = counter.goes(counter.registered(), "sort")
    offers = counter.offers(petition, "sven")

    assert [dict(one.defaults) for one in offers.steps] == [{}]


def test_a_preview_tells_papers_clocks_and_next_steps(counter: Counter) -> None:
    petition = counter.goes(counter.registered(), "sort")
    before = counter.everything()
    command = counter.command("forward", petition)

    seen = counter.house.front_desk.preview(command)

    assert [one.kind for one in seen.documents] == ["transfer_letter"]
    assert [row.limit for row in seen.opened] == ["T3", "T4"]
    assert [row.limit for row in seen.closed] == ["T1"]
    assert seen.moved == ()
    assert len(seen.next_steps) == 1
    assert counter.everything() == before
    assert counter.perform(command).repeated is False


def test_a_preview_tells_which_deadline_moves(counter: Counter) -> None:
    petition = counter.accepted()
    before = counter.row(petition, "T5").legal_due
    assert before is not None

    seen = counter.house.front_desk.preview(counter.command("extend", petition))

    assert [(row.limit, (row.legal_due or before) > before) for row in seen.moved] == [("T5", True)]
    assert counter.row(petition, "T5").legal_due == before


def test_a_preview_draws_no_number(counter: Counter) -> None:
    petition = counter.goes(counter.registered(), "sort")
    command = counter.command("forward", petition)

    seen = [counter.house.front_desk.preview(command).documents[0].number for _ in range(2)]
    receipt = counter.perform(command)

    with counter.house.store.reading() as desk:
        issued = desk.file(counter.actor("anna"), petition, on=MONDAY).documents
    assert {one.number for one in issued if one.id in receipt.documents} == set(seen)


def test_a_preview_is_refused_as_the_deed_would_be(counter: Counter) -> None:
    petition = counter.goes(counter.registered(), "sort")

    with pytest.raises(BadInput) as caught:
        counter.house.front_desk.preview(counter.command("forward", petition, organ=None))

    assert list(caught.value.fields) == ["organ"]


def test_a_start_act_can_be_previewed(counter: Counter) -> None:
    before = counter.everything()

    seen = counter.house.front_desk.preview(counter.command("register"))

    assert [row.limit for row in seen.opened] == ["T1"]
    assert "receipt" in [one.kind for one in seen.documents]
    assert counter.everything() == before


def test_every_usual_answer_names_an_act_that_is_known() -> None:
    assert set(FILLED) <= set(ANSWERS) | {"succeed"}
