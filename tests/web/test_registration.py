"""Registering over the pages: the receipt, attachments, hints at duplicates, several matters of one letter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO

from werkzeug.http import parse_options_header

from tests.web.checks import checked
from tests.web.office import Office

PDF = b"%PDF-1.7\n% a made-up paper"
LETTER: Mapping[str, object] = {
    "f-channel": "letter",
    "f-category": "grievance",
    "f-title": "路灯长期不亮",
    "f-content": "演示材料:演示路的路灯三个月不亮。",
    "f-demands": "修复路灯",
    "f-petitioner_name": "演示甲",
    "f-petitioner_address": "测试县演示路1号",
    "f-phone": "000-1234-5678",
}
REGISTER = {"phase": "register"}


def register(office: Office, login: str = "county.clerk", **answers: object) -> str:
    """Register a letter and give the petition's id."""
    answer = office.visitor(login).fill("/register", {**LETTER, **answers}, **REGISTER)
    assert answer.status_code == 302, checked(answer, answer.status_code).text
    found = re.search(r"/petitions/(\w+)/receipt", answer.location)
    assert found
    return found[1]


def test_the_receipt_shows_number_code_and_the_head_of_the_record(office: Office) -> None:
    petition = register(office)
    page = office.visitor("county.clerk").get(f"/petitions/{petition}/receipt")
    with office.house.store.reading() as desk:
        file = desk.load(petition)

    assert file.number in page.text
    assert file.code in page.text
    assert file.head in page.text
    assert "2026年12月8日" in page.text


def test_papers_carry_the_last_signed_head_of_the_log(office: Office) -> None:
    petition = register(office)
    office.house.log.catch_up()
    signed = office.house.log.sign(office.house.clock.now())
    page = office.visitor("county.clerk").get(f"/petitions/{petition}/receipt")

    assert signed.short in page.text


def test_what_is_missing_is_said_and_what_was_typed_is_kept(office: Office) -> None:
    before = len(office.files("county.clerk"))
    answer = office.visitor("county.clerk").fill(
        "/register", {**LETTER, "f-title": "", "f-received_on": "2026-02-31"}, **REGISTER
    )
    page = checked(answer, 422)

    assert "有 2 处需要改正" in page.text
    assert "演示路的路灯三个月不亮" in page.html
    assert {"#f-title", "#f-received_on"} <= set(page.links)
    assert len(office.files("county.clerk")) == before


def test_a_page_sent_twice_registers_once(office: Office) -> None:
    visitor = office.visitor("county.clerk")
    form = visitor.get("/register").form("key")
    sent = {**form.values, **LETTER, **REGISTER}
    before = len(office.files("county.clerk"))
    first = visitor.client.post("/register", data=sent)
    second = visitor.client.post("/register", data=sent)

    assert first.location == second.location
    assert len(office.files("county.clerk")) == before + 1


def test_two_people_may_have_the_same_key(office: Office) -> None:
    key = {"key": "k" * 24}
    first = office.visitor("county.clerk").fill("/register", {**LETTER, **key}, **REGISTER)
    second = office.visitor("housing.clerk").fill("/register", {**LETTER, **key}, **REGISTER)

    assert first.location != second.location


def test_files_handed_in_can_be_taken_out_again(office: Office) -> None:
    petition = register(office, uploads=[(BytesIO(PDF), "来信 扫描.pdf")])
    visitor = office.visitor("county.clerk")
    page = visitor.get(f"/petitions/{petition}/papers")
    address = next(link for link in page.links if "/attachments/" in link)
    answer = visitor.client.get(address)

    named = answer.headers["Content-Disposition"]
    assert answer.data == PDF
    assert named.isascii()  # else no server can send it
    assert parse_options_header(named) == ("attachment", {"filename": "来信 扫描.pdf"})
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "来信 扫描.pdf" in page.text


def test_only_papers_and_pictures_are_taken_and_judged_by_their_content(office: Office) -> None:
    visitor = office.visitor("county.clerk")
    for content, name in (
        (b"<svg onload=alert(1)>", "a.svg"),
        (b"MZ\x90", "a.pdf"),
        (b"", "a.png"),
    ):
        sent = {**LETTER, "uploads": [(BytesIO(content), name)]}
        page = checked(visitor.fill("/register", sent, **REGISTER), 422)

        assert "附件只收 PDF、PNG、JPEG 文件" in page.text


def test_the_name_of_a_file_cannot_leave_its_place(office: Office) -> None:
    petition = register(office, uploads=[(BytesIO(PDF), "../../etc/\u202epasswd<script>.pdf")])
    page = office.visitor("county.clerk").get(f"/petitions/{petition}/papers")

    assert ".." not in page.text
    assert "\u202e" not in page.html


def test_the_same_telephone_is_a_hint_and_no_obstacle(office: Office) -> None:
    first = register(office)
    visitor = office.visitor("county.clerk")
    asked = visitor.fill("/register", LETTER, phase="duplicates")
    assert asked.status_code == 302
    page = visitor.get(asked.location)

    assert f"/petitions/{first}" in page.links
    assert page.form("key").values["f-title"] == LETTER["f-title"]
    assert register(office) != first


def test_what_was_typed_before_a_look_for_duplicates_is_kept_for_its_clerk_alone(
    office: Office,
) -> None:
    visitor = office.visitor("county.clerk")
    address = visitor.fill("/register", LETTER, phase="duplicates").location

    assert visitor.get(address).form("key").values["f-phone"] == LETTER["f-phone"]
    other = office.visitor("town.clerk").get(address)
    assert "000-1234-5678" not in other.html
    assert "不再保留" in other.html


def test_another_matter_of_the_same_letter_asks_why_before_it_shows_the_party(
    office: Office,
) -> None:
    first = register(office)
    visitor = office.visitor("county.clerk")
    page = visitor.get(f"/register?same={first}")
    form = page.form("key")

    assert form.values["f-channel"] == "letter"
    for personal in ("演示甲", "测试县演示路1号", "000-1234-5678"):
        assert personal not in page.html
    assert _looks(office, first) == []

    ask = page.form("purpose")
    assert checked(visitor.client.post("/register", data={**ask.values, "purpose": " "}), 422)
    assert _looks(office, first) == []


def test_another_matter_of_the_same_letter_keeps_the_party_for_a_purpose_that_is_logged(
    office: Office,
) -> None:
    first = register(office)
    visitor = office.visitor("county.clerk")
    ask = visitor.get(f"/register?same={first}").form("purpose")
    shown = visitor.client.post("/register", data={**ask.values, "purpose": "同一来信登记另一事项"})
    form = visitor.get(shown.location).form("key")

    assert form.values["f-petitioner_name"] == "演示甲"
    assert form.values["f-phone"] == "000-1234-5678"
    assert form.values["f-channel"] == "letter"
    assert form.values["f-title"] == ""
    assert _looks(office, first) == ["同一来信登记另一事项"]

    answer = visitor.client.post(
        "/register",
        data={
            **form.values,
            **REGISTER,
            "f-category": "grievance",
            "f-title": "人行道破损",
            "f-content": "演示",
        },
    )
    second = answer.location.split("/")[2]
    with office.house.store.reading() as desk:
        assert desk.load(first).submission == desk.load(second).submission
        assert desk.load(first).number != desk.load(second).number


def _looks(office: Office, petition: str) -> list[str]:
    on = office.clock.now().date()
    with office.house.store.reading() as desk:
        found = desk.viewings(office.actor("county.clerk"), petition, on=on)
    return [look.reason for look in found]


def test_files_that_a_look_for_duplicates_did_not_take_are_to_be_chosen_again(
    office: Office,
) -> None:
    visitor = office.visitor("county.clerk")
    files = {"uploads": (BytesIO(PDF), "a.pdf")}
    answer = visitor.fill("/register", {**LETTER, **files}, phase="duplicates")

    assert "请重新选择" in visitor.get(answer.location).text
