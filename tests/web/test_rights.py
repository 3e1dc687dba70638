"""Who may not is refused, and who may not know learns nothing: the same page whether a thing exists or not."""

from __future__ import annotations

import re

import pytest

from tests.web.checks import checked
from tests.web.office import Office
from tests.web.test_registration import register

ADMINISTRATION = (
    "/admin/",
    "/admin/organs",
    "/admin/people",
    "/admin/calendars",
    "/admin/competence",
    "/admin/settings",
)


@pytest.mark.parametrize(
    "login", ["county.clerk", "county.head", "supervisor", "sealed.auditor", "designer"]
)
def test_only_administrators_administer(office: Office, login: str) -> None:
    visitor = office.visitor(login)
    for address in ADMINISTRATION:
        visitor.get(address, 403)
    checked(
        visitor.post(
            "/admin/people/new", {"f-name": "演示", "f-login": "x", "f-password": "long-enough-1"}
        ),
        403,
    )


@pytest.mark.parametrize("login", ["county.clerk", "housing.head", "supervisor"])
def test_the_designers_room_is_not_for_case_workers(office: Office, login: str) -> None:
    office.visitor(login).get("/designers/", 403)


def test_administrators_and_designers_see_no_petition(office: Office) -> None:
    petition = register(office)
    for login in ("admin", "designer"):
        visitor = office.visitor(login)
        for part in ("", "/content", "/timeline", "/papers", "/diagram", "/receipt", "/do/sort"):
            visitor.get(f"/petitions/{petition}{part}", 404)


def test_a_stranger_cannot_tell_an_existing_file_from_none(office: Office) -> None:
    petition = register(office)
    visitor = office.visitor("labour.clerk")
    for part in (
        "",
        "/content",
        "/timeline",
        "/papers",
        "/diagram",
        "/receipt",
        "/do/sort",
        "/deadlines/T1/1",
    ):
        hidden = visitor.get(f"/petitions/{petition}{part}", 404).html
        absent = visitor.get(f"/petitions/{'0' * 24}{part}", 404).html

        assert _plain(hidden, petition) == _plain(absent, "0" * 24)


def test_a_stranger_acts_on_nothing(office: Office) -> None:
    petition = register(office)
    version = office.version(petition)
    visitor = office.visitor("labour.clerk")
    answers = {"key": "k" * 24, "phase": "confirm", "f-disposition": "forward", "f-reason": "因"}
    for address in ("do/sort", "do/withdraw", "steps/1/claim", "steps/1/hand-over", "content"):
        checked(
            visitor.post(f"/petitions/{petition}/{address}", {**answers, "purpose": "好奇心"}), 404
        )

    assert office.version(petition) == version


def test_a_document_is_not_had_through_another_file(office: Office) -> None:
    petition = register(office)
    mine = office.visitor("county.clerk").get(f"/petitions/{petition}/papers")
    paper = next(link for link in mine.links if "/documents/" in link).split("/")[-1]
    other = office.files("labour.clerk")[0].petition

    office.visitor("labour.clerk").get(f"/petitions/{other}/documents/{paper}", 404)


def test_an_accusation_does_not_exist_for_the_organ_accused(office: Office) -> None:
    housing = office.actor("housing.clerk").organ
    before = [row.petition for row in office.files("housing.head")]
    secret = {
        "f-category": "accusation", "f-title": "举报验收造假", "f-accused_organ": housing,
    }  # fmt: skip
    petition = register(office, **secret)
    for login in ("housing.clerk", "housing.head"):
        visitor = office.visitor(login)
        visitor.get(f"/petitions/{petition}", 404)
        for address in (
            "/work?tab=all",
            "/work?tab=sealed",
            "/search?q=举报",
            "/search?q=检举控告",
        ):
            assert petition not in visitor.get(address).html
    unopened = office.visitor("county.clerk2")

    unopened.get(f"/petitions/{petition}", 404)
    assert before == [row.petition for row in office.files("housing.head")]
    assert "检举控告(限制阅看)" in office.visitor("county.clerk").get(f"/petitions/{petition}").text


def _plain(html: str, petition: str) -> str:
    html = html.replace(petition, "…")
    return re.sub(r'name="csrf_token" value="[^"]+"', "token", html)
