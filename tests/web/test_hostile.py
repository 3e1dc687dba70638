"""Whatever is typed is shown as it was typed, and never becomes part of a page."""

from __future__ import annotations

from html import unescape
from io import BytesIO

import pytest

from tests.web.checks import checked
from tests.web.office import Office
from tests.web.test_registration import LETTER, REGISTER, register
from web.app import LARGEST_REQUEST

CORPUS = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'\"><svg/onload=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}",
    "{{ config }} ${7*7} <%= 7*7 %>",
    "%(n)s {n} {0.__class__}",
    "javascript:alert(1)",
    "\u202egnp.exe \u2066x",
    "' OR 1=1 --",
    "a\u0000b",
    "𝒂" * 40,
)  # fmt: skip


@pytest.mark.parametrize("words", CORPUS)
def test_hostile_words_stay_words_on_every_page(office: Office, words: str) -> None:
    visitor = office.visitor("county.clerk")
    answers = {
        **LETTER,
        "f-title": words,
        "f-content": words,
        "f-petitioner_name": words,
        "f-demands": words,
        "f-place": words,
    }
    answer = visitor.fill("/register", answers, **REGISTER)
    if answer.status_code == 422:
        assert words.replace("\x00", "") in unescape(checked(answer, 422).html).replace("\x00", "")
        return
    petition = answer.location.split("/")[2]
    for part in ("", "/content", "/timeline", "/papers", "/receipt", "/diagram"):
        page = visitor.get(f"/petitions/{petition}{part}")
        assert "49" not in page.title
    shown = checked(visitor.post(f"/petitions/{petition}/content", {"purpose": "核对内容"}), 200)
    assert words in unescape(shown.html)
    for address in (
        link for link in visitor.get(f"/petitions/{petition}/papers").links if "/documents/" in link
    ):
        visitor.get(address)
        checked(
            visitor.post(address, {"purpose": words if len(words.strip()) > 1 else "核对"}), 200
        )
    visitor.get("/work?tab=all")
    visitor.client.get("/search", query_string={"q": words})


@pytest.mark.parametrize("words", CORPUS)
def test_hostile_words_in_addresses_stay_words(office: Office, words: str) -> None:
    visitor = office.visitor("county.clerk")
    petition = register(office)
    for address in (
        "/work",
        "/search",
        "/calculator",
        f"/petitions/{petition}/timeline",
        f"/petitions/{petition}/diagram",
    ):
        names = ("q", "tab", "stage", "light", "limit", "on", "kind", "order", "process", "lang")
        answer = visitor.client.get(address, query_string=dict.fromkeys(names, words))

        checked(answer, 422 if address == "/calculator" else 200)


def test_a_request_that_is_too_large_is_refused(office: Office) -> None:
    visitor = office.visitor("county.clerk")
    token = visitor.token()
    assert office.app.config["MAX_CONTENT_LENGTH"] == LARGEST_REQUEST
    office.app.config["MAX_CONTENT_LENGTH"] = 20_000
    huge = BytesIO(b"%PDF-1.7" + b" " * 20_000)
    sent = {**LETTER, "csrf_token": token, "uploads": [(huge, "a.pdf")]}
    answer = visitor.client.post("/register", data=sent)

    checked(answer, 413)


def test_a_form_with_too_many_parts_is_refused(office: Office) -> None:
    visitor = office.visitor("county.clerk")
    many = {f"x{number}": "1" for number in range(600)}
    answer = visitor.client.post(
        "/register",
        data={"csrf_token": visitor.token(), **many},
        content_type="multipart/form-data",
    )

    assert answer.status_code == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_not_allowed(office: Office, method: str) -> None:
    answer = office.visitor("county.clerk").client.open("/work", method=method)

    assert answer.status_code in {403, 405}


@pytest.mark.parametrize(
    "day",
    [
        "2026-02-30",
        "9999-12-31",
        "0001-01-01",
        "20261123",
        "today",
        "2026-11-23T00:00",
        "",
        "２０２６-11-23",
    ],
)
def test_the_calculator_survives_any_day(office: Office, day: str) -> None:
    answer = office.visitor().client.get("/calculator", query_string={"limit": "T5", "on": day})

    assert answer.status_code in {200, 422}
    checked(answer, answer.status_code)
