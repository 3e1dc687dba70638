"""Files handed in: by name, by kind, by content and by number."""

from __future__ import annotations

from io import BytesIO

import pytest
from werkzeug.http import parse_options_header
from werkzeug.test import TestResponse

from tests.hostile.town import Town, must_refuse
from tests.model.road import LETTER

PDF = b"%PDF-1.7\n%demonstration\n"
NAMES = (
    "../../../etc/passwd.pdf", "..\\..\\windows\\win.ini.pdf", "/etc/passwd", "C:\\boot.pdf", "a\x00b.pdf", "con.pdf",
    "a\r\nSet-Cookie: evil=1.pdf", 'a"; filename="b.exe', "<script>alert(1)</script>.pdf", "\u202efdp.exe", ".htaccess",
    "x" * 500 + ".pdf", "%2e%2e%2fpasswd.pdf", "{{7*7}}.pdf", "'; DROP TABLE attachment; --.pdf", "测试 附件.pdf", "....pdf",
)  # fmt: skip
NOT_PAPERS = {
    "empty.pdf": b"",
    "page.pdf": b"<html><script>alert(1)</script></html>",
    "picture.png": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "program.pdf": b"MZ\x90\x00",
    "archive.pdf": b"PK\x03\x04",
    "late.pdf": b" " * 100 + PDF,
    "gif.png": b"GIF89a<script>",
    "script.jpg": b"#!/bin/sh\n",
}  # fmt: skip


def _registered(town: Town, *files: tuple[bytes, str, str]) -> TestResponse:
    sent: dict[str, object] = {f"f-{name}": value for name, value in LETTER.items()}
    uploads = [(BytesIO(content), name, kind) for content, name, kind in files]
    key = f"upload-{len(files)}-{abs(hash(files))}"
    sent |= {
        "phase": "register",
        "key": key[:60],
        "f-received_on": "2026-03-02",
        "uploads": uploads,
    }
    return town.post("county.clerk", "/register", sent, content_type="multipart/form-data")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_only_a_name(own_town: Town, name: str) -> None:
    answer = _registered(own_town, (PDF, name, "application/pdf"))
    if answer.status_code != 302:
        must_refuse(answer, 400, 422)
        return
    petition = answer.location.split("/")[2]
    screen = own_town.screen("county.clerk")
    page = screen.get(f"/petitions/{petition}/papers").get_data(as_text=True)
    assert "<script>alert" not in page
    links = [part for part in page.split('"') if f"/petitions/{petition}/attachments/" in part]
    if not links:
        assert "\r\n" in name  # such a name cannot even be sent: the part has no file
        return
    taken = screen.get(links[0])

    assert taken.data == PDF
    assert taken.mimetype == "application/pdf"
    assert taken.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in taken.headers or "evil" not in taken.headers["Set-Cookie"]
    kept = _kept_name(taken.headers["Content-Disposition"])
    assert not set(kept) & set('/\\\r\n\0"<>'), kept
    assert kept.strip(". ") == kept
    assert 0 < len(kept) <= 120
    data = own_town.place.house.settings.data
    assert {path.name for path in data.rglob("*") if path.suffix == ".pdf"} == set()


def _kept_name(disposition: str) -> str:
    kind, options = parse_options_header(disposition)
    assert kind == "attachment"
    return options["filename"]


@pytest.mark.parametrize("name", NOT_PAPERS)
def test_only_papers_and_pictures_of_papers_are_taken(town: Town, name: str) -> None:
    with town.unchanged():
        for kind in (
            "application/pdf",
            "image/png",
            "text/html",
            "application/octet-stream",
            "x" * 300,
            "",
        ):
            must_refuse(
                _registered(town, (NOT_PAPERS[name], name, kind)),
                302 if not NOT_PAPERS[name] and False else 422,
            )


def test_the_kind_that_the_sender_names_counts_for_nothing(own_town: Town) -> None:
    answer = _registered(own_town, (PDF, "a.html", "text/html; charset=utf-7"))
    petition = answer.location.split("/")[2]
    screen = own_town.screen("county.clerk")
    page = screen.get(f"/petitions/{petition}/papers").get_data(as_text=True)
    link = next(part for part in page.split('"') if "/attachments/" in part)
    taken = screen.get(link)

    assert taken.mimetype == "application/pdf"
    assert taken.headers["Content-Security-Policy"].startswith("sandbox")


def test_too_many_files_at_a_time_are_refused(town: Town) -> None:
    with town.unchanged():
        must_refuse(
            _registered(town, *((PDF, f"{n}.pdf", "application/pdf") for n in range(21))), 422
        )


def test_one_bad_file_among_good_ones_leaves_nothing_behind(town: Town) -> None:
    with town.unchanged():
        must_refuse(
            _registered(
                town, (PDF, "a.pdf", "application/pdf"), (b"MZ", "b.pdf", "application/pdf")
            ),
            422,
        )


def test_files_of_a_refused_deed_are_not_kept(town: Town) -> None:
    with town.unchanged():
        answer = town.post(
            "county.clerk", f"/petitions/{town.waiting['sort']}/do/sort",
            {"phase": "confirm", "key": "upload-of-a-refusal", "f-disposition": "own", "uploads": [(BytesIO(PDF), "a.pdf")]},
            content_type="multipart/form-data",
        )  # fmt: skip
        must_refuse(answer, 409)


def test_an_attachment_is_not_had_through_another_petition(own_town: Town) -> None:
    answer = _registered(own_town, (PDF, "a.pdf", "application/pdf"))
    petition = answer.location.split("/")[2]
    screen = own_town.screen("county.clerk")
    page = screen.get(f"/petitions/{petition}/papers").get_data(as_text=True)
    digest = next(part for part in page.split('"') if "/attachments/" in part).rsplit("/", 1)[1]
    with own_town.unchanged():
        for other in (own_town.waiting["sort"], own_town.sealed, "none"):
            must_refuse(screen.get(f"/petitions/{other}/attachments/{digest}"), 404)
        for wrong in (digest[:-1], digest.upper() + "x", "..", "%2e%2e", "' OR 1=1", "0" * 64):
            must_refuse(screen.get(f"/petitions/{petition}/attachments/{wrong}"), 404)
        must_refuse(
            own_town.screen("labour.clerk").get(f"/petitions/{petition}/attachments/{digest}"), 404
        )
