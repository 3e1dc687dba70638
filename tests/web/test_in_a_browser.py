"""Pages in a real browser: pictures with Chinese words, the drawing, and work without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.web.office import PASSWORD, Office

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Serve = Callable[[Any], str]
Picture = Callable[[str], Path]


@pytest.fixture
def address(office: Office, serve: Serve) -> str:
    """Where the office is served."""
    return serve(office.app)


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains about: errors and breaches of the policy."""
    said: list[str] = []
    page.on(
        "console",
        lambda line: said.append(line.text) if line.type in {"error", "warning"} else None,
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def enter(page: Page, address: str, login: str) -> None:
    """Sign in."""
    page.goto(f"{address}/sign-in")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def test_the_worklist_shows_chinese_words(
    address: str, page: Page, picture: Picture, complaints: list[str]
) -> None:
    enter(page, address, "county.clerk")
    page.goto(f"{address}/work?tab=all")

    expect(page.get_by_role("heading", name="工作列表")).to_be_visible()
    assert _draws_chinese(page)
    assert picture("worklist").stat().st_size > 20_000
    assert not complaints


def test_no_page_is_wider_than_the_screen(
    office: Office, address: str, page: Page, picture: Picture
) -> None:
    enter(page, address, "housing.clerk")
    row = next(row for row in office.files("housing.clerk", stage="handling"))
    places = (
        "/work",
        f"/petitions/{row.petition}",
        f"/petitions/{row.petition}/timeline",
        "/register",
        "/calculator",
    )
    for width in (1280, 1024, 400):
        page.set_viewport_size({"width": width, "height": 900})
        for place in places:
            page.goto(address + place)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (
                f"{place} at {width}"
            )
    picture("narrow")


def test_the_drawing_marks_where_the_petition_stands(
    office: Office, address: str, page: Page, picture: Picture, complaints: list[str]
) -> None:
    row = next(row for row in office.files("housing.clerk", stage="handling"))
    enter(page, address, "housing.clerk")
    page.goto(f"{address}/petitions/{row.petition}/diagram")
    page.wait_for_selector(".diagram.is-ready")

    assert page.locator(".diagram .is-open").count() >= 1
    assert page.locator(".diagram .is-done").count() >= 2
    watermark = page.locator(".bjs-powered-by")
    expect(watermark).to_be_visible()
    box = watermark.bounding_box()
    assert box is not None
    on_top = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y)?.closest('.bjs-powered-by') !== null",
        [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
    )
    assert on_top
    picture("diagram")
    assert not complaints


def test_the_main_drawing_opens_readably_where_the_petition_stands(
    office: Office, address: str, page: Page, picture: Picture, complaints: list[str]
) -> None:
    row = next(row for row in office.files("housing.clerk", stage="handling"))
    enter(page, address, "housing.clerk")
    page.goto(f"{address}/petitions/{row.petition}/diagram?process=petition")
    page.wait_for_selector(".diagram.is-ready")
    scale = page.locator("[data-scale]")

    assert scale.inner_text() == "100%"
    assert _from_the_middle(page) < 5
    picture("main-diagram")

    page.get_by_role("button", name="整图").click()
    assert int(scale.inner_text().rstrip("%")) < 50
    picture("main-diagram-whole")

    page.locator(".diagram").focus()
    page.keyboard.press("Home")
    assert scale.inner_text() == "100%"
    page.keyboard.press("ArrowRight")
    assert _from_the_middle(page) > 50
    page.keyboard.press("-")
    assert scale.inner_text() == "80%"
    page.get_by_role("button", name="放大").click()
    assert scale.inner_text() == "100%"
    page.get_by_role("button", name="回到当前环节").click()
    assert _from_the_middle(page) < 5
    assert page.get_by_role("row", name="● 正在等待").count() >= 1
    assert not complaints


def test_without_javascript_a_table_says_what_the_drawing_says(
    office: Office, address: str, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    row = next(row for row in office.files("housing.clerk", stage="handling"))
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    enter(page, address, "housing.clerk")
    page.goto(f"{address}/petitions/{row.petition}/diagram")

    expect(page.get_by_role("button", name="整图")).to_be_hidden()
    steps = page.get_by_role("table").filter(has_text="由谁")
    assert steps.get_by_role("row", name="● 正在等待").count() == 1
    assert steps.get_by_role("row", name="✓ 已走过").count() >= 1
    context.close()


def test_questions_that_do_not_arise_are_out_of_sight(
    address: str, page: Page, complaints: list[str]
) -> None:
    enter(page, address, "county.clerk")
    page.goto(f"{address}/register")
    accused = page.locator("#f-accused_organ")
    expect(accused).to_be_hidden()

    page.get_by_label("检举控告", exact=True).check()

    expect(accused).to_be_visible()
    assert not complaints


def test_a_clerk_registers_and_sorts_without_javascript(
    address: str, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    enter(page, address, "county.clerk")
    page.goto(f"{address}/register")
    page.get_by_label("来信").check()
    page.get_by_label("申诉求决").check()
    page.locator("#f-title").fill("演示:井盖松动")
    page.locator("#f-content").fill("演示材料:井盖松动。")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", name="信访事项收件回执")).to_be_visible()

    page.get_by_role("link", name="打开卷宗").click()
    page.locator(".next-step a.button").first.click()
    page.locator("#f-disposition").select_option("forward")
    page.locator("#f-reason").fill("属于有权处理机关的职权范围")
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="确认办理").click()

    assert page.get_by_role("status").inner_text().startswith("已办理")
    context.close()


def test_going_back_after_the_deed_says_that_it_is_done(
    office: Office, address: str, page: Page, complaints: list[str]
) -> None:
    row = office.files("county.clerk", stage="intake", state="open")[0]
    enter(page, address, "county.clerk")
    page.goto(f"{address}/petitions/{row.petition}")
    page.get_by_role("link", name="补充材料").click()
    page.locator("#f-note").fill("演示补充")
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="确认办理").click()
    assert page.get_by_role("status").inner_text().startswith("已办理")

    page.go_back()

    expect(page.get_by_role("heading", name="已经办理")).to_be_visible()
    page.go_back()
    expect(page.locator("#f-note")).to_be_visible()
    assert not complaints


def test_a_document_is_printed_as_paper_alone(
    office: Office, address: str, page: Page, picture: Picture
) -> None:
    row = next(
        row for row in office.files("county.clerk", state="closed") if row.kind == "petition"
    )
    enter(page, address, "county.clerk")
    page.goto(f"{address}/petitions/{row.petition}/papers")
    page.locator("section td a").first.click()
    page.emulate_media(media="print")

    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator(".official")).to_be_visible()
    picture("document")


def _from_the_middle(page: Page) -> float:
    """How many points the step that waits lies off the middle of its drawing."""
    box = page.locator(".diagram").bounding_box()
    step = page.locator(".diagram .is-open .djs-hit").first.bounding_box()
    assert box is not None
    assert step is not None
    across = box["x"] + box["width"] / 2 - step["x"] - step["width"] / 2
    down = box["y"] + box["height"] / 2 - step["y"] - step["height"] / 2
    return max(abs(across), abs(down))


def _draws_chinese(page: Page) -> bool:
    """Whether a Chinese character is drawn otherwise than one that no font has."""
    return bool(
        page.evaluate(
            """() => {
                const draw = (word) => {
                    const canvas = document.createElement('canvas');
                    const context = canvas.getContext('2d');
                    context.font = getComputedStyle(document.body).font;
                    context.fillText(word, 10, 40);
                    return canvas.toDataURL();
                };
                return draw('信') !== draw('\\u{10FFFE}') && draw('信') !== draw('访');
            }"""
        )
    )
