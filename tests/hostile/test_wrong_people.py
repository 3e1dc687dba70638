"""Every act of the road, attempted by everybody whom the statute does not name for it."""

from __future__ import annotations

import re

import pytest
from werkzeug.test import TestResponse

from engine.acts.catalogue import ACTS
from engine.errors import NotFound, NotOffered, NotPermitted, Refused
from engine.petition.commands import Command
from tests.hostile.town import Town, must_refuse, stops

ROAD = {stop[0]: stop for stop in stops()}
OUTSIDERS = ("labour.head", "citytax.reviewer", "towngov.clerk", "auditor", "designer", "admin")
NEAR = ("housing.clerk", "housing.head", "county.clerk", "county.head", "supervisor", "cityhousing.clerk",
        "cityhousing.reviewer", "provincehousing.reviewer")  # fmt: skip


def _offered(town: Town, login: str, petition: str, act: str) -> bool:
    try:
        offer = town.place.house.front_desk.offers(petition, town.place.actor(login)).find(act)
    except NotFound:
        return False
    return offer is not None and offer.refused is None


@pytest.mark.parametrize("stop", ROAD)
def test_nobody_does_what_is_not_offered_to_them(town: Town, stop: str) -> None:
    """At the counter: all staff of the province, one after the other."""
    _, act, _, answers = ROAD[stop]
    petition = town.waiting[stop]
    entitled = []
    on = town.place.clock.now().date()
    people = [one for one in town.place.directory.people if town.place.directory.organs_of(one, on)]
    with town.unchanged():
        for number, person in enumerate(people):
            if _offered(town, person, petition, act):
                entitled.append(person)
                continue
            actor = town.place.actor(person)
            command = Command(
                act=act,
                actor=actor,
                key=f"wrong-{stop}-{number}",
                petition=petition,
                answers=answers,
            )
            with pytest.raises((NotPermitted, NotFound)):
                town.place.house.office.perform(command)

    assert 1 <= len(entitled) <= 10, f"{act} is open to {entitled}"


@pytest.mark.parametrize("stop", ROAD)
def test_the_pages_refuse_the_wrong_people_as_the_counter_does(town: Town, stop: str) -> None:
    _, act, _, answers = ROAD[stop]
    petition = town.waiting[stop]
    with town.unchanged():
        for login in (*OUTSIDERS, *NEAR):
            if not _offered(town, login, petition, act):
                must_refuse(town.deed(login, petition, act, answers), 403, 404)


@pytest.mark.parametrize("act", sorted(ACTS))
def test_no_act_is_done_out_of_turn(town: Town, act: str) -> None:
    """Each act of the statute, at a petition that is not there yet or is past it: refused, and nothing changes."""
    petition = town.waiting["sort"]
    if _offered(town, "county.clerk", petition, act) or _offered(
        town, "county.head", petition, act
    ):
        return  # open from the first day on
    with town.unchanged():
        for login in ("county.clerk", "county.head", "housing.clerk"):
            must_refuse(town.deed(login, petition, act, {}), 403, 404, 409, 422)
            command = Command(
                act=act, actor=town.place.actor(login), key=f"turn-{act}-{login}", petition=petition
            )
            if ACTS[act].kind != "start" and ACTS[act].kind != "office":
                with pytest.raises(Refused) as no:
                    town.place.house.office.perform(command)
                assert (
                    isinstance(no.value, NotPermitted | NotFound | NotOffered) or no.value.article
                )


@pytest.mark.parametrize(
    "login", ["labour.clerk", "labour.head", "county.clerk2", "supervisor", "auditor", "admin"]
)
def test_a_sealed_petition_and_none_at_all_are_answered_alike(town: Town, login: str) -> None:
    client = town.screen(login)
    none = "0" * len(town.sealed)
    with town.unchanged():
        for part in ("", "/timeline", "/papers", "/content", "/diagram", "/receipt", "/replay", "/replay.json",
                     "/do/sort", "/deadlines/T1/1", "/document.css", "/documents/x", "/attachments/x"):  # fmt: skip
            secret, nothing = (client.get(f"/petitions/{id}{part}") for id in (town.sealed, none))
            assert (secret.status_code, nothing.status_code) == (404, 404), part
            assert _page(secret, town.sealed) == _page(nothing, none), part
        for act in ("sort", "forward_accusation", "withdraw", "add_material", "no_such_act"):
            secret, nothing = (town.deed(login, id, act, {}) for id in (town.sealed, none))
            assert secret.status_code == nothing.status_code
            assert _page(secret, town.sealed) == _page(nothing, none), act


def _page(answer: TestResponse, petition: str) -> str:
    """The page but for the tokens of its forms and the address that was asked for."""
    return re.sub(r'value="[^"]{20,}"', "", answer.get_data(as_text=True)).replace(petition, "")
