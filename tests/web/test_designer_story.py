"""A designer's whole story in a real browser: from the shipped procedure to running petitions that go on with a new one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from engine.bootstrap import shipped_source
from engine.clock import legal_date
from tests.web.drafting import Drafting
from tests.web.office import Office
from tests.web.test_in_a_browser import enter
from tests.web.test_migration import at_the_step
from tests.web.test_registration import register

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Serve = Callable[[Any], str]
Picture = Callable[[str], Path]


@pytest.fixture
def address(office: Office, serve: Serve) -> str:
    """Where the office is served."""
    return serve(office.app)


def test_a_site_visit_comes_before_the_reply_and_running_petitions_go_on_with_it(
    office: Office, address: str, page: Page, browser: Browser, picture: Picture
) -> None:
    running = at_the_step(office, "investigate")
    drafting = Drafting(office, address, page)

    _draw_the_visit(drafting, picture)
    _break_a_duty_and_mend_it(drafting, picture)
    _try_it_beyond_the_holidays(page, drafting, picture)
    version = _hand_in(page, drafting, picture)

    second = browser.new_page()
    enter(second, address, "admin")
    _put_in_force(second, version, legal_date(office.clock.now()) + timedelta(days=1))
    office.clock.turn_days(1)
    page.goto(version)
    expect(page.locator("h1 + .lamp")).to_contain_text("现行")
    digest = version.rstrip("/").rpartition("/")[2]
    assert _version_of(office, register(office)) == digest
    assert _version_of(office, running) == shipped_source().digest

    _carry_over(page, second, address, picture)
    assert _version_of(office, running) == digest
    second.close()
    page.context.clear_cookies()
    _go_on(office, page, address, running, picture)
    assert not drafting.said


def _draw_the_visit(drafting: Drafting, picture: Picture) -> None:
    """A step before the reply, with an internal limit that is then shortened; and who holds a hearing."""
    page = drafting.page
    drafting.open()
    page.locator('[data-element-id="issue_opinion"] .djs-hit').first.click()
    page.keyboard.press("n")
    page.get_by_label("放在哪里").select_option("before")
    page.get_by_label("插入什么").fill("走访")
    page.keyboard.press("Enter")
    assert drafting.property("表单").input_value() == "实地走访"
    drafting.property("由谁").select_option("clerk")
    page.get_by_role("button", name="插入").click()
    page.get_by_label("插入什么").fill("内部期限")
    page.keyboard.press("Enter")
    drafting.property("数目").fill("5")
    drafting.property("单位").select_option("working_days")
    drafting.pick("不晚于", "T5")
    drafting.property("数目").fill("3")
    drafting.select("hold_hearing")
    drafting.property("由谁").select_option("head")
    drafting.checked("conforms")
    saved = drafting.saved()
    assert 'petition:limit="3 working_days" petition:within="T5"' in saved
    picture("drawn")


def _break_a_duty_and_mend_it(drafting: Drafting, picture: Picture) -> None:
    """Taking away a clock leaves a duty uncovered: the check names it where it was, and is content once it is back."""
    page = drafting.page
    drafting.open("service.bpmn")
    drafting.select("opinion_late")
    page.locator(".pm-canvas-place svg").first.focus()
    page.keyboard.press("Delete")
    drafting.checked("refuses")
    expect(page.locator("button.pm-finding", has_text="T5").first).to_be_visible()
    picture("uncovered")
    page.get_by_role("button", name="撤销").click()
    drafting.checked("conforms")
    drafting.saved("service.bpmn")


def _try_it_beyond_the_holidays(page: Page, drafting: Drafting, picture: Picture) -> None:
    """On a turned clock: the limits across Spring Festival, then day 59 and day 61 of the sixty."""
    page.goto(drafting.address.replace("/drafts/", "/try/"))
    page.get_by_role("button", name="打开 spring_festival").click()
    expect(page.get_by_text("2026-02-24").first).to_be_visible()
    for day, light in ((59, "剩"), (61, "超期")):
        page.get_by_label("拨到", exact=True).select_option("T5")
        page.get_by_label("第", exact=True).fill(str(day))
        page.get_by_role("button", name="拨", exact=True).click()
        row = page.locator("tr", has_text=re.compile("^T5 "))
        expect(row).to_contain_text(light)
    picture("day-61")


def _hand_in(page: Page, drafting: Drafting, picture: Picture) -> str:
    """Read in words and on the drawing what changed, and hand the draft in; the address of the version."""
    page.goto(drafting.address)
    page.get_by_role("link", name="改动说明").click()
    page.locator(".comparison.is-ready").wait_for()
    expect(page.get_by_text("新增环节“实地走访”")).to_be_visible()
    assert page.locator(".is-added[data-element-id=site_visit]").count() == 1
    picture("changes")
    page.goto(drafting.address)
    page.get_by_role("link", name="提交审批").click()
    page.get_by_label("理由").fill("答复前先实地走访")
    page.get_by_role("button", name="提交审批").click()
    expect(page.get_by_text("不能自己批准")).to_be_visible()
    return page.url


def _put_in_force(second: Page, version: str, day: object) -> None:
    second.goto(version)
    second.get_by_role("link", name="批准版本").click()
    second.get_by_role("button", name="批准版本").click()
    second.get_by_role("link", name="定期启用").click()
    second.get_by_label("启用日期").fill(str(day))
    second.get_by_role("button", name="定期启用").click()
    expect(second.locator("h1 + .lamp")).to_contain_text("待启用")


def _carry_over(page: Page, second: Page, address: str, picture: Picture) -> None:
    """Proposed and tried dry by the designer, confirmed by the other."""
    page.goto(f"{address}/designers/migration")
    page.get_by_role("button", name="比较").click()
    page.get_by_role("button", name="预演").click()
    expect(page.get_by_text("等待确认")).to_be_visible()
    second.goto(page.url)
    second.get_by_role("button", name="确认迁移").click()
    expect(second.get_by_text("已完成").first).to_be_visible()
    picture("carried-over")


def _go_on(office: Office, page: Page, address: str, running: str, picture: Picture) -> None:
    """The clerk of the organ goes on with a petition that was carried over, and comes to the new step."""
    enter(page, address, "housing.clerk")
    _do(
        page,
        f"{address}/petitions/{running}",
        "调查核实",
        record="演示:已核实",
        next_step="opinion",
    )
    _do(page, f"{address}/petitions/{running}", "实地走访", result="clear")
    with office.house.store.reading() as desk:
        assert [one.element for one in desk.work(running)] == ["issue_opinion"]
    assert page.locator(".timeline .what, .record .what").all_inner_texts()[:2] == [
        "实地走访",
        "调查核实",
    ]
    picture("gone-on")


def _do(page: Page, file: str, step: str, **answers: str) -> None:
    page.goto(file)
    page.locator(".next-action").get_by_role("link", name=step).click()
    for name, value in answers.items():
        asked = page.locator(f'[name="f-{name}"]')
        if asked.first.get_attribute("type") == "radio":
            page.locator(f'[name="f-{name}"][value="{value}"]').check()
        elif asked.evaluate("one => one.tagName") == "SELECT":
            asked.select_option(value)
        else:
            asked.fill(value)
    page.get_by_role("button", name="下一步:查看后果").click()
    page.get_by_role("button", name="确认办理").click()
    expect(page).to_have_url(file)


def _version_of(office: Office, petition: str) -> str:
    with office.house.store.reading() as desk:
        return desk.load(petition).procedure
