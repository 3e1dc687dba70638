"""Who acts: the recused do nothing more, substitutes act for somebody, and who works on a step is no matter of law."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.errors import ActRefused, BadInput, NotFound, NotOffered, NotPermitted
from engine.petition.entries import EntryKind
from engine.petition.parties import Actor, Appointment, Role, Substitution
from tests.acts.situations import HOUSING, MONDAY, PO
from tests.office.counters import Counter, possible


def away(counter: Counter, absent: str, substitute: str, role: Role | None = None) -> None:
    """*substitute* stands in for *absent* at the housing department from today on, for a week."""
    row = Substitution(
        absent=absent,
        substitute=substitute,
        organ=HOUSING,
        valid_from=MONDAY,
        valid_to=MONDAY + timedelta(days=7),
        role=role,
    )
    counter.appoint(substitutions=[row])


def investigated(counter: Counter) -> str:
    """A petition on which only the opinion is missing."""
    return counter.goes(counter.accepted(), "appoint", "hear_petitioner", "investigate")


def test_a_recused_person_can_do_nothing_from_that_moment(counter: Counter) -> None:
    petition = counter.accepted()
    assert possible(counter.offers(petition, "cora"))
    counter.does("recuse", petition, "dora", person="cora")

    with pytest.raises(NotFound):
        counter.offers(petition, "cora")
    for act in ("add_material", "extend", "hear_petitioner"):
        counter.refuses(counter.command(act, petition, "cora"), NotFound)
    with counter.house.store.reading() as desk:
        assert desk.files(counter.actor("cora"), on=MONDAY).rows == ()


def test_a_recusal_stops_no_clock(counter: Counter) -> None:
    petition = counter.accepted()
    before = counter.file(petition).ledger

    counter.does("recuse", petition, "dora", person="cora")

    assert counter.file(petition).ledger == before


def test_nobody_acts_with_the_role_of_one_who_is_recused(counter: Counter) -> None:
    counter.appoint(Appointment(person="cora", organ=HOUSING, role=Role.HEAD))
    away(counter, "dora", "carl", Role.HEAD)
    petition = investigated(counter)
    counter.does("recuse", petition, "cora", person="dora")

    counter.refuses(counter.command("issue_opinion", petition, "carl"), NotPermitted)
    counter.does("issue_opinion", petition, "cora")


def test_a_substitute_who_says_so_acts_and_the_entry_says_for_whom(counter: Counter) -> None:
    away(counter, "dora", "carl")
    petition = investigated(counter)
    with counter.house.store.reading() as desk:
        carl = desk.directory().actor_for("carl", HOUSING, MONDAY, stands_in_for="dora")

    counter.does("issue_opinion", petition, carl)

    entry = counter.entries(petition)[-1]
    assert (entry.person, entry.stands_in_for) == ("carl", "dora")


def test_a_substitute_who_says_nothing_is_recorded_with_whose_role_was_used(
    counter: Counter,
) -> None:
    away(counter, "dora", "carl")
    petition = investigated(counter)
    assert {one.stands_in_for for one in counter.entries(petition)} == {None}

    counter.does("issue_opinion", petition, "carl")
    counter.does("dispatch", petition, "carl")

    recorded = [(one.act, one.stands_in_for) for one in counter.entries(petition)[-2:]]
    assert recorded == [("issue_opinion", "dora"), ("dispatch", None)]


def test_a_substitution_that_has_ended_lends_nothing(counter: Counter) -> None:
    away(counter, "dora", "carl")
    petition = investigated(counter)
    counter.turn_to(MONDAY + timedelta(days=7))

    counter.refuses(counter.command("issue_opinion", petition, "carl"), NotPermitted)


def test_a_substitute_registers_for_the_absent_clerk(counter: Counter) -> None:
    row = Substitution(absent="anna", substitute="tina", organ=PO, valid_from=MONDAY)
    forged = Actor(person="tina", organ=PO, roles=frozenset({Role.CLERK}))
    counter.refuses(counter.command("register", who=forged), NotPermitted)
    counter.appoint(substitutions=[row])
    with counter.house.store.reading() as desk:
        tina = desk.directory().actor_for("tina", PO, MONDAY)

    petition = counter.does("register", who=tina).petition

    assert counter.entries(petition)[0].stands_in_for == "anna"


def test_a_claim_changes_who_works_on_the_step_and_nothing_in_law(counter: Counter) -> None:
    petition = counter.forwarded()
    before = counter.file(petition)
    step = counter.step(petition, "sign_for")

    counter.perform(replace(counter.command("claim", petition, "cora"), step=step))

    after, entry = counter.file(petition), counter.entries(petition)[-1]
    assert (entry.kind, entry.act, entry.person) == (EntryKind.OFFICE, "claim", "cora")
    assert (after.facts, after.ledger, after.stage) == (before.facts, before.ledger, before.stage)
    assert _workers(counter, petition) == {"sign_for": "cora"}
    assert entry.state == counter.entries(petition)[-2].state


def test_a_claimed_step_that_is_released_is_nobodys_again(counter: Counter) -> None:
    petition = counter.forwarded()
    step = counter.step(petition, "sign_for")
    counter.perform(replace(counter.command("claim", petition, "cora"), step=step))

    counter.refuses(replace(counter.command("release", petition, "anna"), step=step), NotPermitted)
    counter.perform(replace(counter.command("release", petition, "cora"), step=step))

    assert _workers(counter, petition) == {"sign_for": None}
    assert (entry := counter.entries(petition)[-1]).act == "release"
    assert entry.kind == EntryKind.OFFICE


def test_a_step_is_handed_over_to_a_colleague_who_is_free(counter: Counter) -> None:
    petition = counter.forwarded()
    counter.does("recuse", petition, "dora", person="cora")
    step = counter.step(petition, "sign_for")

    def hand_over(person: str) -> None:
        command = counter.command("hand_over", petition, "dora", person=person)
        counter.perform(replace(command, step=step))

    with pytest.raises(ActRefused):
        hand_over("cora")
    for other in ("nobody", "anna", "tina"):
        with pytest.raises(BadInput):
            hand_over(other)
    hand_over("carl")

    assert _workers(counter, petition) == {"sign_for": "carl"}
    assert counter.entries(petition)[-1].inputs["person"] == "carl"


def test_a_step_is_claimed_only_by_those_for_whom_it_is_open(counter: Counter) -> None:
    petition = counter.forwarded()
    step = counter.step(petition, "sign_for")

    counter.refuses(replace(counter.command("claim", petition, "anna"), step=step), NotPermitted)
    counter.refuses(counter.command("claim", petition, "carl"), NotOffered)


def test_the_next_step_is_nobodys_yet(counter: Counter) -> None:
    petition = counter.forwarded()
    step = counter.step(petition, "sign_for")
    counter.perform(replace(counter.command("claim", petition, "cora"), step=step))

    counter.goes(petition, "sign_for")

    assert _workers(counter, petition) == {"route": None}


def _workers(counter: Counter, petition: str) -> dict[str, str | None]:
    with counter.house.store.reading() as desk:
        return {item.element: item.assignee for item in desk.work(petition)}
