"""Every address of the site, present and future, is given nonsense by people who are signed in and by people who are not."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.effort import effort
from tests.hostile.town import Town, must_be_calm, must_refuse, token
from tests.hostile.words import ADDRESS_PARTS, SNIPPETS

EVERYBODY = (None, "county.clerk", "admin", "housing.head", "auditor", "designer")
VISITORS = EVERYBODY[: effort(3, long=6)]
NONSENSE = {
    "phase": "confirm", "key": "k" * 20, "step": "99999999999", "version": "-1", "part": "nowhere|nobody",
    "login": "x" * 5000, "password": "y" * 5000, "purpose": SNIPPETS[0], "to": "next week", "date": "2026-02-30",
    "back": "//evil.test", "next": "https://evil.test", "language": "../../etc", "process": "..", "kind": SNIPPETS[1],
    "f-title": SNIPPETS[0], "f-received_on": "2026-02-30", "f-organ": "' OR 1=1", "f-days": "1e9", "f-person": "nobody",
}  # fmt: skip


def _addresses(rule: Rule) -> Iterator[str]:
    """The address of *rule* with every part of the corpus in place of what varies."""
    if not rule.arguments:
        yield rule.rule
        return
    for part in ADDRESS_PARTS:
        filled = rule.rule
        for name in rule.arguments:
            for how in (f"<{name}>", f"<int:{name}>", f"<path:{name}>"):
                filled = filled.replace(how, part)
        yield filled


def _some(rule: Rule) -> str:
    """An address that *rule* understands."""
    filled = rule.rule
    for name in rule.arguments:
        filled = (
            filled.replace(f"<int:{name}>", "1")
            .replace(f"<path:{name}>", "none")
            .replace(f"<{name}>", "none")
        )
    return filled


def _rules(town: Town, method: str) -> list[Rule]:
    return [rule for rule in town.app.url_map.iter_rules() if method in (rule.methods or ())]


@pytest.mark.parametrize("login", VISITORS)
def test_no_address_answers_nonsense_with_a_defect(town: Town, login: str | None) -> None:
    client = town.screen(login) if login else town.app.test_client()
    with town.unchanged():
        for rule in _rules(town, "GET"):
            for address in _addresses(rule):
                must_be_calm(client.get(address))
                if address != rule.rule:
                    break_ = client.get(
                        address,
                        query_string={"q": SNIPPETS[0], "page": "9" * 30, "step": "x", "on": "x"},
                    )
                    must_be_calm(break_)


@pytest.mark.parametrize("login", VISITORS[1:])
def test_no_form_takes_nonsense(town: Town, login: str) -> None:
    with town.unchanged():
        for rule in _rules(town, "POST"):
            if rule.endpoint in {"entrance.sign_out", "demonstration.turn"}:
                continue
            for address in _addresses(rule):
                must_be_calm(town.post(login, address, NONSENSE))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"f-title": {"$ne": null}, "csrf_token": "x"}'),
        ("application/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        ("application/x-www-form-urlencoded", b"\xff\xfe%zz&&&==&csrf_token"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"csrf_token=+ADw-"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"csrf_token\"\r\n\r\nabc"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n\r\n" * 200),
        ("text/plain", b"\x00" * 10_000),
        ("application/x-python-pickle", b"\x80\x04."),
        ("", b"\xff" * 100),
    ],
)  # fmt: skip
def test_a_body_of_another_kind_is_refused_everywhere(town: Town, kind: str, body: bytes) -> None:
    client = town.screen("county.clerk")
    with town.unchanged():
        for rule in _rules(town, "POST"):
            address = _some(rule)
            answer = client.post(address, data=body, content_type=kind)
            must_refuse(answer, 400, 403, 404, 413, 415)


def test_a_token_that_is_forged_or_anothers_opens_nothing(town: Town) -> None:
    client, other = town.screen("county.clerk"), town.screen("housing.clerk")
    real = token(client)
    for forged in (
        "",
        "x",
        token(other),
        token(town.app.test_client()),
        real[:-1],
        real + "x",
        real[::-1],
    ):
        with town.unchanged():
            for rule in _rules(town, "POST"):
                address = _some(rule)
                must_refuse(client.post(address, data={**NONSENSE, "csrf_token": forged}), 403)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_on_another_site_opens_nothing(town: Town, site: str) -> None:
    client = town.screen("county.clerk")
    with town.unchanged():
        for rule in _rules(town, "POST"):
            answer = client.post(
                _some(rule),
                data={**NONSENSE, "csrf_token": token(client)},
                headers={"Sec-Fetch-Site": site},
            )
            must_refuse(answer, 403)


@pytest.mark.parametrize(
    "method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "GETT"]
)
def test_a_method_that_nobody_offers_is_refused(town: Town, method: str) -> None:
    client = town.screen("county.clerk")
    with town.unchanged():
        for rule in town.app.url_map.iter_rules():
            must_refuse(client.open(_some(rule), method=method), 403, 404, 405)


HEADERS = {
    "Host": ["evil.test", "evil.test:99999", "a b", "localhost\x00", "x" * 2000],
    "X-Forwarded-Host": ["evil.test"],
    "X-Forwarded-Proto": ["javascript"],
    "X-Original-URL": ["/admin/people"],
    "X-HTTP-Method-Override": ["DELETE"],
    "Accept-Language": ["../../etc/passwd", "x" * 5000, "zh-CN;q=abc,,;;=", "en\x00"],
    "Cookie": [
        "petition_office=forged",
        "petition_office=.eJx.x.y",
        "petition_office=" + "A" * 8000,
        "=;;==\xff",
    ],
    "Range": ["bytes=0-0,1-1,2-2", "bytes=-99999999999"],
    "If-Modified-Since": ["yesterday"],
    "User-Agent": ["<script>alert(1)</script>", ""],
    "Content-Length": ["-1", "99999999999", "abc"],
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_that_lies_changes_no_answer_for_the_worse(town: Town, name: str) -> None:
    client = town.app.test_client()
    with town.unchanged():
        for value in HEADERS[name]:
            for address in ("/", "/sign-in", "/work", "/calculator", "/admin/people", "/nothing"):
                answer = client.get(address, headers={name: value})
                must_be_calm(answer)
                assert "evil.test" not in str(answer.headers.get("Location"))
                assert answer.status_code != 200 or address in {"/sign-in", "/calculator"}


@pytest.mark.parametrize("words", SNIPPETS)
def test_no_words_break_out_into_the_headers_of_an_answer(town: Town, words: str) -> None:
    client = town.app.test_client()
    sign_in = {"csrf_token": token(client), "login": words, "password": words, "next": words}
    answers = [
        client.post("/sign-in", data=sign_in),
        client.get("/sign-in", query_string={"next": words}),
        town.post("county.clerk", "/language", {"language": words, "back": f"/work?q={words}"}),
        town.screen("county.clerk").get("/search", query_string={"q": words}),
        town.app.test_client().get("/work", query_string={"q": words}),
    ]
    for answer in answers:
        must_be_calm(answer)
        assert "evil" not in answer.headers.get("Set-Cookie", "")
        assert not any("\n" in value or "\r" in value for _, value in answer.headers)


def test_a_body_beyond_measure_is_refused_before_it_is_read(town: Town) -> None:
    client = town.screen("county.clerk")

    class Endless(BytesIO):
        read_so_far = 0

        def read(self, size: int | None = -1) -> bytes:
            Endless.read_so_far += max(size or 0, 0)
            return b"x" * max(size or 0, 0)

    with town.unchanged():
        answer: TestResponse = client.post(
            "/register", input_stream=Endless(), headers={"Content-Length": "10000000000"},
            content_type="application/x-www-form-urlencoded",
        )  # fmt: skip
        must_refuse(answer, 400, 403, 413)
        assert Endless.read_so_far < 50_000_000
        must_refuse(town.post("county.clerk", "/register", {"f-content": "字" * 1_000_000}), 413)
        many = {f"f-{number}": "x" for number in range(600)}
        must_refuse(
            town.post("county.clerk", "/register", many, content_type="multipart/form-data"), 413
        )
