"""Petitioners follow their own matter by number and query code; nobody else learns anything (Arts. 18(1), 21(2), 30(3))."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from sqlalchemy import event

from engine.petition.file import File
from tests.effort import effort
from tests.web.checks import checked
from tests.web.office import Office, Visitor
from tests.web.paper import Paper
from tests.web.test_registration import register
from web.following import IDLE, address_of, picture_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

REFUSED = "没有编号和查询码都相符的信访事项"
ACCUSATION = {"f-category": "accusation", "f-title": "举报验收造假", "f-content": "演示举报内容"}


def file_of(office: Office, petition: str) -> File:
    with office.house.store.reading() as desk:
        return desk.load(petition)


def asked(visitor: Visitor, number: str, code: str) -> Any:
    """What the page for queries answers."""
    return visitor.fill("/query", {"number": number, "code": code}, asking="code")


def followed(office: Office, file: File) -> tuple[Visitor, Paper]:
    """The page of *file*, opened by somebody who is not signed in."""
    visitor = office.visitor()
    answer = asked(visitor, file.number, file.code)
    assert answer.status_code == 302, checked(answer, answer.status_code).text
    return visitor, visitor.get(answer.location)


def some_file(office: Office, fits: Callable[[File], bool]) -> File:
    """A petition of the demonstration that *fits*."""
    files = (
        file_of(office, row.petition) for row in office.files("sealed.auditor", kind="petition")
    )
    return next(file for file in files if fits(file))


def test_the_receipt_leads_to_the_page_and_its_number_and_code_open_it(office: Office) -> None:
    file = file_of(office, register(office))
    receipt = office.visitor("county.clerk").get(f"/petitions/{file.id}/receipt")
    assert "http://localhost/query" in receipt.text
    address = _drawn(office, file, receipt)
    assert office.visitor().get(address).value_of("number") == file.number

    _, page = followed(office, file)

    assert file.number in page.text
    assert "路灯长期不亮" in page.text
    assert "2026-11-23 收到并登记 测试县信访局" in page.text
    assert "2026-12-08" in page.text
    assert "收件回执" in page.text
    assert "撤回" in page.text


@pytest.mark.parametrize("typed", [("[", "]"), ("(", ")"), ("\uff08", "\uff09"), ("【", "】")])
def test_brackets_blanks_and_small_letters_open_it_too(
    office: Office, typed: tuple[str, str]
) -> None:
    file = file_of(office, register(office))
    number = file.number.replace("〔", typed[0]).replace("〕", typed[1])

    assert asked(office.visitor(), f" {number} ", file.code.lower()).status_code == 302


def test_whatever_is_wrong_gets_the_same_words_and_costs_the_same_work(office: Office) -> None:
    mine, other = file_of(office, register(office)), file_of(office, register(office))
    sealed = file_of(office, register(office, **ACCUSATION))
    wrong = {
        "wrong code": (mine.number, "AAAAAAAAAA"),
        "another's code": (mine.number, other.code),
        "no such number": ("测信访〔2026〕99999号", mine.code),
        "nothing at all": ("测信访〔2026〕99998号", "BBBBBBBBBB"),
        "sealed, wrong code": (sealed.number, "CCCCCCCCCC"),
        "sealed, by its code alone": ("测信密〔2026〕99999号", sealed.code),
    }
    pages, works = set(), set()
    for number, code in wrong.values():
        visitor = office.visitor()
        form = visitor.get("/query").form("code")
        with statements(office) as sent:
            answer = visitor.client.post(
                "/query", data={**form.values, "number": number, "code": code}
            )
        page = checked(answer, 422).html.replace(number, "…")
        pages.add(re.sub(r'name="csrf_token" value="[^"]+"', "token", page))
        works.add(tuple(sent))

    assert len(pages) == 1
    assert REFUSED in pages.pop()
    assert len(works) == 1


def test_a_sealed_matter_answers_to_its_own_code_and_shows_no_subject(office: Office) -> None:
    file = file_of(office, register(office, **ACCUSATION))
    receipt = office.visitor("county.clerk").get(f"/petitions/{file.id}/receipt")
    assert _drawn(office, file, receipt) == "/query"

    _, page = followed(office, file)

    assert file.number in page.text
    assert "举报验收造假" not in page.html
    assert "演示举报内容" not in page.html


def test_a_supervision_is_nobodys_to_query(office: Office) -> None:
    row = office.files("supervisor", kind="supervision")[0]
    file = file_of(office, row.petition)

    assert checked(asked(office.visitor(), file.number, file.code), 422)


def test_guessing_has_to_wait_for_that_petition_and_for_that_address(office: Office) -> None:
    file, other = file_of(office, register(office)), file_of(office, register(office))
    visitor = office.visitor()
    for _ in range(4):
        asked(visitor, file.number, "AAAAAAAAAA")
    assert checked(asked(visitor, file.number, file.code), 429)
    assert asked(office.visitor(), other.number, other.code).status_code == 302

    office.wall.turn_to(office.wall.now() + timedelta(hours=1))
    assert asked(visitor, file.number, file.code).status_code == 302

    for guess in range(21):
        asked(visitor, f"测信访〔2026〕{90000 + guess}号", "AAAAAAAAAA")
    assert checked(asked(visitor, other.number, other.code), 429)
    assert office.visitor().sign_in("county.clerk", "demo-password-of-nobody").status_code == 422


def test_no_personal_data_and_nobody_of_the_staff_is_shown(office: Office) -> None:
    for fits in (
        lambda file: bool(file.facts.get("opinion_served")),
        lambda file: bool(file.closed_at),
        lambda file: file.stage == "handling",
    ):
        file = some_file(office, fits)
        visitor, page = followed(office, file)
        pages = [page, *(visitor.get(link) for link in page.links if "/deadlines/" in link)]
        with office.house.store.reading() as desk:
            staff = [person.name for person in desk.people()]
        for one in pages:
            assert not [name for name in staff if name in one.html]
            assert not re.search(
                r"000-0000-00\d\d\b(?<!-01\d\d)", one.html.replace("000-0000-0100", "")
            )
            assert "演示甲" not in one.html
            assert file.id not in one.html


def test_an_overdue_duty_is_said_plainly_with_who_supervises_it(office: Office) -> None:
    file = some_file(
        office,
        lambda file: any(row.state == "overdue" for row in file.ledger) and not file.sealed,
    )
    _, page = followed(office, file)

    assert "■ 已超期:" in page.text
    assert re.search(r"由测试.{1,8}督办,您可以向其反映", page.text)
    assert "要求督促办理" in page.text


def test_every_deadline_is_explained_as_inside(office: Office) -> None:
    file = file_of(office, register(office))
    visitor, page = followed(office, file)
    (address,) = {link for link in page.links if "/deadlines/" in link}
    outside = visitor.get(address)
    inside = office.visitor("county.clerk").get(f"/petitions/{file.id}/deadlines/T1/1")

    def explained(one: Paper) -> str:
        return one.text[one.text.index("结论") : one.text.index("依据《信访工作条例》(2022")]

    assert explained(outside) == explained(inside)
    assert "2026-12-08 周二 工作日 15" in outside.text
    visitor.get("/query/matter/deadlines/T5/1", 404)


def test_after_service_both_reviewing_organs_and_the_last_day_are_named(office: Office) -> None:
    file = some_file(
        office,
        lambda file: (
            bool(file.facts.get("other_review_organ"))
            and any(row.limit == "T7" and row.open for row in file.ledger)
        ),
    )
    due = next(row.legal_due for row in file.ledger if row.limit == "T7")
    _, page = followed(office, file)

    assert due is not None
    assert f"请求复查 第35条 截至 {due.year}年{due.month}月{due.day}日" in page.text
    assert re.search(r"向:测试\S+ 或者 测试\S+", page.text)


def test_what_is_offered_is_what_the_acts_take_down(office: Office) -> None:
    over = some_file(office, lambda file: file.closed_at is not None)
    _, page = followed(office, over)

    assert "撤回 第21条" not in page.text
    assert "再次提出" in page.text


def test_the_matter_closes_by_itself_and_when_one_leaves(office: Office) -> None:
    file = file_of(office, register(office))
    visitor, _ = followed(office, file)
    office.wall.turn_to(office.wall.now() + IDLE + timedelta(seconds=1))
    assert urlsplit(visitor.client.get("/query/matter").location).path == "/query"

    visitor, page = followed(office, file)
    leaving = next(form for form in page.forms if form.action == "/query/leave")
    visitor.client.post(leaving.action, data=leaving.values)
    assert urlsplit(visitor.client.get("/query/matter").location).path == "/query"
    assert (
        urlsplit(office.visitor("county.clerk").client.get("/query/matter").location).path
        == "/query"
    )


def test_the_size_of_words_can_be_switched_and_stays(office: Office) -> None:
    visitor, page = followed(office, file_of(office, register(office)))
    form = page.form("back")
    visitor.client.post("/text-size", data={**form.values, "size": "largest"})

    assert 'class="public size-largest"' in visitor.get("/query/matter").html
    assert 'class="public size-largest"' in visitor.get("/guide").html
    visitor.client.post("/text-size", data={**form.values, "size": "gigantic"})
    assert 'class="public size-largest"' in visitor.get("/query").html


def test_looking_changes_nothing(office: Office) -> None:
    file = file_of(office, register(office))
    followed(office, file)

    assert file_of(office, file.id) == file


def test_every_matter_of_the_office_can_be_followed(office: Office) -> None:
    rows = office.files("sealed.auditor", kind="petition")
    for row in rows[:: effort(6, long=1)]:
        visitor, page = followed(office, file_of(office, row.petition))
        for link in {link for link in page.links if "/deadlines/" in link}:
            visitor.get(link)


def test_targets_are_large_and_words_are_readable(
    office: Office, serve: Callable[[Any], str], page: Page, picture: Callable[[str], Path]
) -> None:
    file = some_file(office, lambda file: any(row.state == "overdue" for row in file.ledger))
    address = serve(office.app)
    page.goto(f"{address}/query")
    picture("query")
    page.get_by_label("编号").fill(file.number)
    page.get_by_label("查询码").fill(file.code)
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.get_by_role("heading", name="接下来您可以")).to_be_visible()
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, a')]
        .filter((one) => one.offsetParent && !one.closest('.skip') && !one.classList.contains('skip'))
        .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
        .filter(([, box]) => box.height < 43.5 || box.width < 43.5).map(([name]) => name)"""
    )
    words = page.evaluate(
        "() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    )
    wide = page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    picture("matter")
    page.locator("a", has_text="怎么算的").first.click()
    picture("deadline")

    assert small == []
    assert words >= 18
    assert wide


def _drawn(office: Office, file: File, receipt: Paper) -> str:
    """The address that the QR code on the *receipt* of *file* leads to, on this site."""
    with office.app.test_request_context():
        address = address_of(file)
        assert picture_of(address) in unescape(receipt.html)
    return address.removeprefix("http://localhost")


@contextmanager
def statements(office: Office) -> Iterator[list[str]]:
    """The statements that reach the database while the block runs."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    event.listen(office.house.store.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(office.house.store.engine, "before_cursor_execute", note)
