"""Drafts in the designers' room: as pages for everybody's browser, and as addresses for editors."""

from __future__ import annotations

from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from engine.bootstrap import shipped_source
from tests.office.test_versions import FORM, with_consultation
from tests.web.checks import check_headers, checked
from tests.web.office import Office, Visitor

HANDLING, CONSULT = "handling.bpmn", "forms/consult.toml"


def begun(designer: Visitor, title: str = "增加会商") -> str:
    """A new draft over the version in force; its address."""
    answer = designer.post("/designers/drafts", {"title": title}, from_page="/designers/")
    assert answer.status_code == 302
    return str(answer.location)


def put(designer: Visitor, address: str, body: object) -> TestResponse:
    return designer.client.put(address, json=body, headers={"X-CSRFToken": designer.token()})


def sent(designer: Visitor, address: str, files: dict[str, bytes], **more: str) -> TestResponse:
    """Hand in *files* by hand, as a page without JavaScript does."""
    return designer.client.post(
        address,
        data={
            "csrf_token": designer.token(),
            "file": [(BytesIO(content), name) for name, content in files.items()],
            **more,
        },
    )


def test_an_editor_reads_saves_and_checks(office: Office) -> None:
    designer = office.visitor("designer")
    draft = begun(designer)
    address = f"{draft}/files/{HANDLING}"
    read = designer.client.get(address)
    changed = with_consultation().files[HANDLING].decode()

    assert read.data == shipped_source().files[HANDLING]
    assert (read.get_etag()[0], read.mimetype) == ("0", "application/xml")
    check_headers(read)

    token = {"X-CSRFToken": designer.token()}
    unsaved = designer.client.post(f"{draft}/check", json={HANDLING: changed}, headers=token)
    assert unsaved.json is not None
    assert unsaved.json["conforms"] is False
    assert {"rule", "clause", "severity", "file", "element", "message", "run"} == set(
        unsaved.json["findings"][0]
    )

    assert put(designer, address, {"revision": 0, "content": changed}).json == {"revision": 1}
    form = {"revision": 1, "content": FORM.decode()}
    assert put(designer, f"{draft}/files/{CONSULT}", form).json == {"revision": 2}
    assert designer.client.get(address).get_etag()[0] == "2"
    assert designer.client.post(f"{draft}/check", headers=token).json == {
        "conforms": True,
        "findings": [],
    }
    page = designer.get(draft)
    assert "新增" in page.text
    assert f"{draft}/edit/{CONSULT}" in page.links

    gone = {"revision": 2, "content": None}
    assert put(designer, f"{draft}/files/{CONSULT}", gone).json == {"revision": 3}
    designer.get(f"{draft}/files/{CONSULT}", 404)


def test_an_editor_that_was_overtaken_learns_by_whom(office: Office) -> None:
    designer = office.visitor("designer")
    draft = begun(designer)
    address = f"{draft}/files/{CONSULT}"
    put(designer, address, {"revision": 0, "content": FORM.decode()})
    late = put(designer, address, {"revision": 0, "content": "id = 2"})

    assert late.status_code == 409
    assert late.json is not None
    assert late.json["revision"] == 1
    assert [(one["path"], one["by"]) for one in late.json["since"]] == [
        (CONSULT, "演示·县信访局·流程设计员")
    ]
    assert designer.client.get(address).data == FORM


@pytest.mark.parametrize(
    "body",
    [[], 1, "x", {}, {"revision": 0}, {"content": "x"}, {"revision": "0", "content": "x"}, {"revision": 0, "content": 7},
     {"revision": -1, "content": "x"}, {"revision": 10**30, "content": "x"}, {"revision": 0, "content": "\ud800"}],
)  # fmt: skip
def test_nonsense_from_an_editor_is_refused_in_words(office: Office, body: object) -> None:
    designer = office.visitor("designer")
    draft = begun(designer)
    answer = put(designer, f"{draft}/files/{CONSULT}", body)

    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["message"]


def test_who_is_signed_out_or_without_token_is_told_in_json(office: Office) -> None:
    designer = office.visitor("designer")
    draft = begun(designer)
    address, body = f"{draft}/files/{CONSULT}", {"revision": 0, "content": "x"}

    assert designer.client.put(address, json=body).status_code == 403
    stranger = office.visitor()
    answer = put(stranger, address, body)
    assert (answer.status_code, answer.mimetype) == (401, "application/json")
    assert put(office.visitor("county.clerk"), address, body).status_code == 403


def test_a_file_as_large_as_the_gate_allows_is_saved(office: Office) -> None:
    designer = office.visitor("designer")
    draft = begun(designer)
    address = f"{draft}/files/{CONSULT}"

    assert put(designer, address, {"revision": 0, "content": '"' * 2_000_000}).status_code == 200
    assert put(designer, address, {"revision": 1, "content": "#" * 2_000_001}).status_code == 422
    assert put(designer, address, {"revision": 1, "content": "#" * 6_000_000}).status_code == 413


def test_a_draft_is_changed_by_hand_and_nothing_is_lost(office: Office) -> None:
    designer = office.visitor("designer")
    draft = begun(designer)
    changed = with_consultation().files
    files = {HANDLING: changed[HANDLING], "consult.toml": FORM}

    assert sent(designer, f"{draft}/files", files, revision="0").location == draft
    page = designer.get(f"{draft}/file/{CONSULT}")
    assert page.form("revision").values["revision"] == "2"
    checked(
        sent(designer, f"{draft}/file/{CONSULT}", {"x": b"late"}, phase="upload", revision="0"), 409
    )
    sent(designer, f"{draft}/file/{CONSULT}", {"x": b"id = 2"}, phase="upload", revision="2")
    assert designer.client.get(f"{draft}/files/{CONSULT}").data == b"id = 2"

    designer.post(f"{draft}/file/{CONSULT}", {"phase": "back", "to": "2", "revision": "3"})
    assert designer.client.get(f"{draft}/files/{CONSULT}").data == FORM
    assert designer.client.get(f"{draft}/saves/3/{CONSULT}").data == b"id = 2"
    designer.post(f"{draft}/file/{CONSULT}", {"phase": "remove", "revision": "4"})
    assert "已从草案中移除" in designer.get(f"{draft}/file/{CONSULT}").text
    checked(sent(designer, f"{draft}/files", {"notes.txt": b"x"}, revision="5"), 422)
    checked(sent(designer, f"{draft}/files", {}, revision="5"), 422)


def test_a_draft_is_renamed_thrown_away_and_taken_back(office: Office) -> None:
    designer = office.visitor("designer")
    draft = begun(designer)
    designer.post(draft, {"phase": "rename", "title": "会商二稿"})
    assert designer.get(draft).headings[0] == "会商二稿"

    designer.post(draft, {"phase": "discard"})
    assert "回收站" in designer.get("/designers/").text
    assert (
        put(designer, f"{draft}/files/{CONSULT}", {"revision": 0, "content": "x"}).status_code
        == 404
    )
    designer.post(draft, {"phase": "restore"})
    assert "回收站" not in designer.get("/designers/").text


def test_templates_of_drafts_are_never_sent_as_pages(office: Office) -> None:
    designer = office.visitor("designer")
    draft = begun(designer)
    hostile = {"revision": 0, "content": "<script>alert(1)</script>"}
    put(designer, f"{draft}/files/documents/receipt.html", hostile)

    for address in (f"{draft}/files", f"{draft}/saves/1"):
        answer = designer.client.get(f"{address}/documents/receipt.html")
        assert answer.mimetype == "text/plain"
        check_headers(answer)


@pytest.mark.parametrize("login", ["admin", "auditor", "county.clerk"])
def test_drafts_are_for_designers_alone(office: Office, login: str) -> None:
    draft = begun(office.visitor("designer"))
    other = office.visitor(login)
    for place in ("", f"/files/{HANDLING}", f"/file/{HANDLING}", f"/edit/{HANDLING}"):
        other.get(draft + place, 403)
    checked(other.post("/designers/drafts", {"title": "x"}), 403)
    checked(other.post(draft, {"phase": "discard"}), 403)
    assert "增加会商" not in other.client.get("/designers/").get_data(as_text=True)
