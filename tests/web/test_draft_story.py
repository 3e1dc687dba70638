"""One change of everything that a draft holds beside diagrams, in a real browser, from the first page to the approval."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.web.drafting import SITE_VISIT
from tests.web.office import Office
from tests.web.test_decision_editor import fill
from tests.web.test_in_a_browser import enter

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Picture = Callable[[str], Path]
RECEIPT = "documents/receipt.html"


@pytest.fixture
def draft(office: Office) -> str:
    """A draft over a version of the office's own, with a form and a table."""
    actor, studio = office.actor("designer"), office.house.studio
    visitor = office.visitor("designer")
    first = studio.new("接待方式", actor=actor)
    studio.save(first, "forms/site-visit.toml", SITE_VISIT, 0, actor=actor)
    tables = f"/designers/drafts/{first}/tables"
    fill(
        visitor, f"{tables}/new", {"f-title": "接待方式", "f-policy": "FIRST", "f-id": "reception"}
    )
    fill(visitor, f"{tables}/reception/input", {"f-fact": "channel"})
    fill(
        visitor,
        f"{tables}/reception/output",
        {"f-fact": "reception", "f-type": "string", "f-values": "interview\ndesk"},
    )
    fill(visitor, f"{tables}/reception/rule", {"f-out_0": "desk"})
    kept = office.house.library.submit(first, studio.draft(first).row.revision, "", actor=actor)
    return studio.new("走访和接待", kept, actor=actor)


def test_a_field_a_paragraph_and_a_rule_are_added_checked_handed_in_and_approved(
    office: Office,
    draft: str,
    serve: Callable[[Any], str],
    page: Page,
    browser: Browser,
    picture: Picture,
) -> None:
    address = serve(office.app)
    enter(page, address, "designer")
    page.goto(f"{address}/designers/drafts/{draft}")

    _edit(page, "forms/site-visit.toml")
    page.get_by_role("link", name="新增字段").click()
    page.get_by_label("问什么(中文)").fill("走访日期")
    page.get_by_label("怎样回答").select_option("date")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#f-item_1[type=date]")).to_be_visible()
    page.get_by_role("link", name="‹ 走访和接待").click()

    page.locator("summary", has_text="未改动的文书模板").click()
    _edit(page, RECEIPT)
    page.get_by_role("link", name="在其后新增 任何组织和个人不得打击报复信访").click()
    page.get_by_label("段落").check()
    page.get_by_label("文字").fill("申请人今后不再上访。")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert").get_by_text("宪法第四十一条")).to_be_visible()
    page.get_by_label("文字").fill("【收到日期】起可以查询办理进展。")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".official").get_by_text("日起可以查询办理进展")).to_be_visible()
    picture("template")
    page.get_by_role("link", name="‹ 走访和接待").click()

    _edit(page, "tables/reception.dmn")
    page.get_by_role("link", name="新增一行").click()
    page.get_by_label("来访").check()
    page.get_by_label("interview").check()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("永远轮不到的行:2")).to_be_visible()
    page.get_by_role("button", name="上移 2").click()
    page.get_by_label("来访").check()
    page.get_by_role("button", name="试算").click()
    expect(page.get_by_role("status").get_by_text("由第 1 行决定")).to_be_visible()
    page.get_by_label("案例名称").fill("来访")
    page.get_by_role("button", name="存为案例").click()
    picture("table")
    page.get_by_role("link", name="‹ 走访和接待").click()

    expect(page.get_by_text("没有发现问题")).to_be_visible()
    page.get_by_role("link", name="改动说明").click()
    for words in (
        "新增字段“走访日期”(日期)",
        "新增一段:“【收到日期】起可以查询办理进展。”",
        "新增一行:channel = visit → reception = interview",
        "新增决策表案例“reception”",
    ):
        expect(page.get_by_text(words), words).to_be_visible()
    picture("changes")
    page.go_back()
    page.get_by_role("link", name="提交审批").click()
    page.get_by_role("button", name="提交审批").click()
    version = page.url

    second = browser.new_page()
    enter(second, address, "admin")
    second.goto(version)
    second.get_by_role("link", name="改动说明").click()
    expect(second.get_by_text("新增字段“走访日期”(日期)")).to_be_visible()
    second.goto(version)
    second.get_by_role("link", name="批准版本").click()
    second.get_by_role("button", name="批准版本").click()
    expect(second.get_by_role("status").get_by_text("已批准")).to_be_visible()
    second.close()


def _edit(page: Page, path: str) -> None:
    page.get_by_role("row").filter(has_text=path).get_by_role("link", name="编辑").first.click()
