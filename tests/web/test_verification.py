"""Anybody who holds a paper can check that it was issued; whoever only guesses learns nothing."""

from __future__ import annotations

import re

import pytest

from tests.web.checks import checked
from tests.web.office import Office, Visitor


@pytest.fixture
def paper(office: Office) -> tuple[str, str, str]:
    """A numbered paper of the lived-in office: its page, its number and the check that stands on it."""
    visitor = office.visitor("county.head")
    for row in office.files("county.head"):
        for link in visitor.get(f"/petitions/{row.petition}/papers").links:
            if "/documents/" not in link:
                continue
            found = re.search(
                r"文书编号 (\S+?)<br>\s*校验码 <span class=\"code\">([0-9a-f ]+)<",
                visitor.get(link).html,
            )
            if found:
                return link, found[1], found[2]
    raise AssertionError("no numbered paper in the office")


def asked(visitor: Visitor, number: str, check: str, status: int = 200) -> str:
    return checked(
        visitor.client.get("/verify", query_string={"number": number, "check": check}), status
    ).text


def test_whoever_holds_the_paper_sees_who_issued_it_and_when(
    office: Office, paper: tuple[str, str, str]
) -> None:
    _, number, check = paper
    page = asked(office.visitor(), number, check)

    assert "该文书由下列机关签发" in page
    assert number in page
    assert "该文书由下列机关签发" in asked(office.visitor(), number, check.replace(" ", "").upper())


def test_what_is_wrong_is_not_told_apart(office: Office, paper: tuple[str, str, str]) -> None:
    _, number, check = paper
    wrong = asked(office.visitor(), number, "0" * 16, 404)
    unknown = asked(office.visitor(), "无此〔2026〕1号", check, 404)

    assert "没有这样的文书" in wrong
    assert wrong.replace(number, "") == unknown.replace("无此〔2026〕1号", "")


def test_the_page_shows_nothing_of_the_petition(
    office: Office, paper: tuple[str, str, str]
) -> None:
    link, number, check = paper
    page = asked(office.visitor(), number, check)
    petition = link.split("/")[2]
    (row,) = [one for one in office.files("county.head") if one.petition == petition]

    assert row.number not in page
    assert row.title not in page
    assert petition not in page


def test_a_paper_bears_a_code_to_scan(office: Office, paper: tuple[str, str, str]) -> None:
    link, _, _ = paper

    assert 'class="qr"' in office.visitor("county.head").get(link).html
