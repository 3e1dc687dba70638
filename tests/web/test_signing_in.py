"""Signing in, staying in, speaking for an organ, and being shut out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.people import passwords
from engine.petition.parties import SYSTEM, Appointment, Role
from tests.web.checks import checked
from tests.web.office import PASSWORD, Office
from web.entrance import inside
from web.security import IDLE, LONGEST


def test_a_clerk_signs_in_and_sees_the_worklist(office: Office) -> None:
    answer = office.visitor().sign_in("county.clerk", PASSWORD)

    assert answer.status_code == 302
    assert office.visitor("county.clerk").get("/work").headings[0].startswith("工作列表")


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("county.clerk", "wrong-password"),
        ("nobody", PASSWORD),
        ("", ""),
        ("county.clerk", "x" * 5000),
    ],
)
def test_a_wrong_login_or_password_gets_the_same_answer(
    office: Office, login: str, password: str
) -> None:
    page = checked(office.visitor().sign_in(login, password), 422)

    assert "登录名或密码不正确" in page.text


def test_trying_again_and_again_has_to_wait_and_later_may_try(office: Office) -> None:
    visitor = office.visitor()
    for _ in range(4):
        visitor.sign_in("county.clerk", "wrong-password")

    assert checked(visitor.sign_in("county.clerk", PASSWORD), 429)

    office.wall.turn_to(office.wall.now() + timedelta(hours=1))

    assert visitor.sign_in("county.clerk", PASSWORD).status_code == 302


def test_a_colleague_is_not_shut_out_by_somebody_elses_failures(office: Office) -> None:
    for _ in range(4):
        office.visitor().sign_in("county.clerk", "wrong-password")

    assert office.visitor().sign_in("county.head", PASSWORD).status_code == 302


def test_signing_in_gives_a_new_session(office: Office) -> None:
    visitor = office.visitor()
    visitor.post("/language", {"language": "en"})
    before = visitor.client.get_cookie("petition_office")
    visitor.sign_in("county.clerk", PASSWORD)
    after = visitor.client.get_cookie("petition_office")

    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert after.http_only
    assert after.same_site == "Lax"
    assert visitor.get("/work").language == "en"


def test_a_session_ends_when_nobody_uses_it(office: Office) -> None:
    visitor = office.visitor("county.clerk")
    office.wall.turn_to(office.wall.now() + IDLE - timedelta(minutes=1))
    assert visitor.client.get("/work").status_code == 200

    office.wall.turn_to(office.wall.now() + IDLE + timedelta(minutes=1))

    assert visitor.client.get("/work").status_code == 302


def test_a_session_ends_after_a_working_day_however_busy(office: Office) -> None:
    visitor = office.visitor("county.clerk")
    for _ in range(int(LONGEST / timedelta(minutes=20)) + 1):
        office.wall.turn_to(office.wall.now() + timedelta(minutes=20))
        answer = visitor.client.get("/work")

    assert answer.status_code == 302


def test_signing_out_ends_the_session(office: Office) -> None:
    visitor = office.visitor("county.clerk")
    visitor.post("/sign-out", {})

    assert visitor.client.get("/work").status_code == 302


def test_a_new_password_ends_all_sessions(office: Office) -> None:
    visitor = office.visitor("county.clerk")
    with office.house.store.transaction() as paper:
        person = office.actor("county.clerk").person
        paper.set_password(person, passwords.hashed("another-good-one"), now=office.clock.now())

    assert visitor.client.get("/work").status_code == 302


def test_who_is_switched_off_is_out_at_once(office: Office) -> None:
    visitor = office.visitor("county.clerk")
    with office.house.store.transaction() as paper:
        person = paper.directory().person(office.actor("county.clerk").person)
        paper.change_directory(
            people=(replace(person, active=False),), actor=SYSTEM, now=office.clock.now()
        )

    assert visitor.client.get("/work").status_code == 302
    assert visitor.sign_in("county.clerk", PASSWORD).status_code == 422


def test_a_person_of_two_organs_chooses_for_which_to_speak(office: Office) -> None:
    housing = office.actor("housing.clerk").organ
    with office.house.store.transaction() as paper:
        both = Appointment(
            person=office.actor("county.clerk2").person, organ=housing, role=Role.CLERK, valid_from=date(2026, 1, 1)
        )  # fmt: skip
        paper.change_directory(appointments=(both,), actor=SYSTEM, now=office.clock.now())
    visitor = office.visitor("county.clerk2")

    assert visitor.client.get("/work").status_code == 302
    assert "测试县住房和城乡建设局" in visitor.get("/organ").text

    visitor.post("/organ", {"part": f"{housing}|"})

    assert "测试县住房和城乡建设局" in visitor.get("/work").text


def test_nobody_speaks_for_an_organ_that_is_not_theirs(office: Office) -> None:
    visitor = office.visitor("county.clerk")
    answer = visitor.post("/organ", {"part": f"{office.actor('housing.clerk').organ}|"})

    checked(answer, 403)
    assert "测试县信访局" in visitor.get("/work").text


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
        None,
        "evil",
    ],
)
def test_the_way_back_never_leads_to_another_site(office: Office, address: str | None) -> None:
    assert inside(address) is None
    answer = office.visitor().post(
        "/sign-in", {"login": "county.clerk", "password": PASSWORD, "next": address or ""}
    )

    assert answer.location == "/"


def test_after_signing_in_one_gets_to_the_page_asked_for(office: Office) -> None:
    visitor = office.visitor()
    asked = visitor.client.get("/work?tab=closed")
    answer = visitor.fill(
        asked.location, {"login": "county.clerk", "password": PASSWORD}, asking="login"
    )

    assert answer.location == "/work?tab=closed"


@pytest.mark.parametrize(
    ("login", "room"),
    [("county.clerk", "/work"), ("designer", "/designers/"), ("admin", "/admin/")],
)
def test_the_front_door_leads_everybody_to_their_work(
    office: Office, login: str, room: str
) -> None:
    assert office.visitor(login).client.get("/").location == room
