"""Every page that a person can reach keeps to the rules of pages, and no route hides from the tests."""

from __future__ import annotations

import re
from collections import deque
from urllib.parse import urlsplit

import pytest

from tests.web.checks import check_headers, checked
from tests.web.office import Office, Visitor

ROUTES = {
    "/": "GET", "/sign-in": "GET POST", "/sign-out": "POST", "/organ": "GET POST", "/language": "POST",
    "/work": "GET", "/search": "GET", "/register": "GET POST",
    "/petitions/<petition>": "GET",
    "/petitions/<petition>/timeline": "GET",
    "/petitions/<petition>/papers": "GET",
    "/petitions/<petition>/content": "GET POST",
    "/petitions/<petition>/diagram": "GET",
    "/petitions/<petition>/diagram/<process>.bpmn": "GET",
    "/petitions/<petition>/replay": "GET", "/petitions/<petition>/replay.json": "GET",
    "/petitions/<petition>/dossier": "POST",
    "/petitions/<petition>/volume": "GET POST",
    "/petitions/<petition>/deadlines/<limit>/<int:ordinal>": "GET",
    "/petitions/<petition>/do/<act>": "GET POST",
    "/petitions/<petition>/do/<act>/confirm": "GET",
    "/petitions/<petition>/steps/<int:step>/claim": "POST",
    "/petitions/<petition>/steps/<int:step>/release": "POST",
    "/petitions/<petition>/steps/<int:step>/hand-over": "GET POST",
    "/petitions/<petition>/documents/<document>": "GET POST",
    "/petitions/<petition>/document.css": "GET",
    "/petitions/<petition>/attachments/<digest>": "GET",
    "/petitions/<petition>/receipt": "GET",
    "/audit/verdict": "GET", "/audit/files": "GET", "/audit/steps": "GET", "/audit/ways": "GET",
    "/audit/holding": "GET", "/audit/samples": "GET POST",
    "/audit/samples/<sample>": "GET", "/audit/samples/<sample>.csv": "GET", "/audit/samples/<sample>/<int:place>": "GET POST",
    "/audit/events": "GET POST", "/audit/log": "GET", "/audit/model.bpmn": "GET",
    "/oversight/supervision": "GET", "/oversight/supervise/<petition>": "GET POST",
    "/admin/": "GET", "/admin/organs": "GET", "/admin/organs/new": "GET POST", "/admin/organs/<organ>": "GET POST",
    "/admin/people": "GET", "/admin/people/new": "GET POST", "/admin/people/<person>": "GET POST",
    "/admin/people/<person>/<what>": "GET POST", "/admin/substitutions/new": "GET POST",
    "/admin/calendars": "GET", "/admin/calendars/new": "GET POST",
    "/admin/competence": "GET POST", "/admin/competence/new": "GET POST", "/admin/settings": "GET POST",
    "/designers/": "GET", "/designers/rehearsal": "GET POST",
    "/designers/migration": "GET",
    "/designers/migration/new": "GET POST",
    "/designers/migration/<batch>": "GET POST",
    "/designers/versions/<version>/": "GET",
    "/designers/versions/<version>.zip": "GET",
    "/designers/versions/<version>/decide/<kind>": "GET POST",
    "/designers/versions/<version>/changes": "GET",
    "/designers/versions/<version>/<process>": "GET",
    "/designers/versions/<version>/files/<path:path>": "GET",
    "/designers/drafts": "POST",
    "/designers/drafts/<draft>": "GET POST",
    "/designers/drafts/<draft>.zip": "GET",
    "/designers/drafts/<draft>/changes": "GET",
    "/designers/drafts/<draft>/submit": "GET POST",
    "/designers/drafts/<draft>/check": "POST",
    "/designers/drafts/<draft>/files": "POST",
    "/designers/drafts/<draft>/files/<path:path>": "GET PUT",
    "/designers/drafts/<draft>/edit/<path:path>": "GET",
    "/designers/drafts/<draft>/edit/<process>.bpmn": "GET",
    "/designers/provisions": "GET",
    "/designers/drafts/<draft>/table/<process>.bpmn/<element>/ways": "GET POST",
    "/designers/drafts/<draft>/table/<process>.bpmn/<element>/ways/<flow>": "GET POST",
    "/designers/drafts/<draft>/table/<process>.bpmn/<element>/ways/<flow>/out": "GET POST",
    "/designers/drafts/<draft>/table/<process>.bpmn/<element>/out": "GET POST",
    "/designers/drafts/<draft>/imports": "GET POST",
    "/designers/drafts/<draft>/imports/<int:number>": "GET",
    "/designers/drafts/<draft>/imports/<int:number>/original": "GET",
    "/designers/drafts/<draft>/foreign/<process>.bpmn": "GET POST",
    "/designers/drafts/<draft>/plain/<process>.bpmn": "GET",
    "/designers/versions/<version>/plain/<process>.bpmn": "GET",
    "/designers/drafts/<draft>/edit/forms/<name>.toml": "GET POST",
    "/designers/drafts/<draft>/forms/new": "GET POST",
    "/designers/drafts/<draft>/forms/<name>/title": "GET POST",
    "/designers/drafts/<draft>/forms/<name>/field": "GET POST",
    "/designers/drafts/<draft>/forms/<name>/field/<field>": "GET POST",
    "/designers/drafts/<draft>/edit/tables/<name>.dmn": "GET POST",
    "/designers/drafts/<draft>/draw/tables/<name>.dmn": "GET",
    "/designers/drafts/<draft>/tables/new": "GET POST",
    "/designers/drafts/<draft>/tables/<name>/title": "GET POST",
    "/designers/drafts/<draft>/tables/<name>/input": "GET POST",
    "/designers/drafts/<draft>/tables/<name>/output": "GET POST",
    "/designers/drafts/<draft>/tables/<name>/output/<id>": "GET POST",
    "/designers/drafts/<draft>/tables/<name>/rule": "GET POST",
    "/designers/drafts/<draft>/tables/<name>/rule/<id>": "GET POST",
    "/designers/drafts/<draft>/edit/documents/<kind>.html": "GET POST",
    "/designers/drafts/<draft>/documents/<kind>/piece/<int:at>": "GET POST",
    "/designers/drafts/<draft>/documents/<kind>/after/<int:at>": "GET POST",
    "/designers/drafts/<draft>/documents/<kind>/preview": "GET",
    "/designers/drafts/<draft>/document.css": "GET",
    "/designers/drafts/<draft>/copies": "POST",
    "/designers/drafts/<draft>/handbook": "GET",
    "/designers/drafts/<draft>/table/<process>.bpmn": "GET",
    "/designers/drafts/<draft>/table/<process>.bpmn/<element>": "GET POST",
    "/designers/drafts/<draft>/table/<process>.bpmn/<element>/after": "GET POST",
    "/designers/versions/<version>/handbook": "GET",
    "/designers/vocabulary.json": "GET",
    "/designers/drafts/<draft>/file/<path:path>": "GET POST",
    "/designers/drafts/<draft>/saves/<int:revision>/<path:path>": "GET",
    "/designers/try/<about>": "GET POST",
    "/designers/try/<about>/coverage": "GET",
    "/designers/try/<about>/scenarios/<name>.toml": "GET",
    "/designers/try/<about>/drawings/<process>.bpmn": "GET",
    "/designers/drafts/<draft>/simulate": "GET POST", "/designers/versions/<version>/simulate": "GET POST",
    "/designers/simulations/<simulation>": "GET POST",
    "/designers/trials/<trial>": "GET POST",
    "/designers/trials/<trial>/do/<act>": "GET POST",
    "/designers/trials/<trial>/files/<file>/documents/<document>": "GET",
    "/designers/trials/<trial>/files/<file>/deadlines/<limit>/<int:ordinal>": "GET",
    "/query": "GET POST", "/query/matter": "GET", "/query/leave": "POST", "/text-size": "POST",
    "/query/matter/deadlines/<limit>/<int:ordinal>": "GET",
    "/guide": "GET", "/calculator": "GET", "/verify": "GET", "/clock": "POST",
    "/static/<path:filename>": "GET",
}  # fmt: skip
PUBLIC = {
    "/",
    "/sign-in",
    "/guide",
    "/calculator",
    "/verify",
    "/query",
    "/query/matter",
    "/query/matter/deadlines/<limit>/<int:ordinal>",
    "/query/leave",
    "/text-size",
    "/static/<path:filename>",
    "/language",
    "/sign-out",
    "/organ",
}
MOST = 60


def test_the_routes_are_those_that_the_tests_know(office: Office) -> None:
    found: dict[str, set[str]] = {}
    for rule in office.app.url_map.iter_rules():
        found.setdefault(rule.rule, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})

    assert found == {rule: set(methods.split()) for rule, methods in ROUTES.items()}


def test_every_other_page_first_asks_who_one_is(office: Office) -> None:
    visitor = office.visitor()
    for rule, methods in ROUTES.items():
        if rule in PUBLIC:
            continue
        address = _some(rule)
        answer = visitor.client.get(address) if "GET" in methods else visitor.post(address, {})

        assert answer.status_code == 302, f"{rule}: {answer.status}"
        assert urlsplit(answer.location).path == "/sign-in", rule
        check_headers(answer)


def test_nothing_is_changed_without_the_token_of_a_page(office: Office) -> None:
    client = office.visitor("admin").client
    for rule, methods in ROUTES.items():
        if "POST" in methods:
            assert client.post(_some(rule)).status_code == 403, rule


def test_another_site_changes_nothing_even_with_a_token(office: Office) -> None:
    visitor = office.visitor("county.clerk")
    answer = visitor.client.post(
        "/language",
        data={"csrf_token": visitor.token(), "language": "en"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("login", "language"),
    [
        ("county.clerk", "zh"),
        ("housing.head", "zh"),
        ("housing.clerk", "en"),
        ("supervisor", "zh"),
        ("sealed.auditor", "en"),
        ("admin", "zh"),
        ("admin", "en"),
        ("designer", "zh"),
    ],
)
def test_every_page_within_reach_is_a_good_page(office: Office, login: str, language: str) -> None:
    visitor = office.visitor(login)
    visitor.post("/language", {"language": language})
    kinds: dict[str, int] = {}
    for address in _reached(visitor):
        kinds[_kind(address)] = kinds.get(_kind(address), 0) + 1

    assert len(kinds) >= 5


def test_a_page_that_is_not_there_is_a_good_page_too(office: Office) -> None:
    for visitor in (office.visitor(), office.visitor("county.clerk")):
        checked(visitor.client.get("/no-such-page"), 404)
        checked(visitor.client.get("/petitions/none") if visitor.client.get("/work").status_code == 200
                else visitor.client.get("/nothing"), 404)  # fmt: skip


def test_a_defect_shows_no_trace_of_itself(office: Office) -> None:
    @office.app.get("/broken")
    def broken() -> str:
        raise RuntimeError("secret detail")

    page = checked(office.visitor().client.get("/broken"), 500)

    assert "secret detail" not in page.html
    assert "没有任何内容被改动" in page.text


def _reached(visitor: Visitor) -> list[str]:
    """Pages reached by links, a few of each kind."""
    todo, seen, kinds = (
        deque(["/work" if visitor.client.get("/work").status_code == 200 else "/"]),
        [],
        {},
    )
    known: set[str] = set()
    while todo and len(seen) < MOST:
        address = todo.popleft()
        path = address.split("#")[0]
        if path in known or not path.startswith("/") or path.startswith("/static"):
            continue
        known.add(path)
        kind = _kind(path)
        if kinds.get(kind, 0) >= 4:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = visitor.client.get(path)
        check_headers(answer)
        if answer.status_code == 302:
            todo.append(answer.location)
            continue
        if answer.mimetype != "text/html":
            assert answer.status_code == 200, path
            continue
        seen.append(path)
        page = checked(answer, 200)
        assert "{{" not in page.html, path
        todo.extend(page.links)
    return seen


def _kind(address: str) -> str:
    parts = urlsplit(address).path.strip("/").split("/")
    return "/".join(
        part for place, part in enumerate(parts) if place != 1 or parts[0] != "petitions"
    )


def _some(rule: str) -> str:
    rule = re.sub(r"<int:\w+>", "1", rule).replace("<path:filename>", "desk.css")
    while "<" in rule:
        start, rest = rule.split("<", 1)
        rule = f"{start}some{rest.split('>', 1)[1]}"
    return rule
