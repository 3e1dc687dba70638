"""A draft tried in a real browser: day 59, day 61 and Spring Festival, saved as a scenario, its coverage drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from engine.clock import legal_date
from tests.web.office import Office
from tests.web.test_drafts import begun
from tests.web.test_in_a_browser import address, complaints, enter

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["address", "complaints"]


class Player:
    """A designer at the page of a trial."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def do(self, act: str) -> None:
        """Do *act* by whoever the page names first, as usual."""
        self.page.locator(f".next-action a[href*='/do/{act}?']").first.click()
        self.page.get_by_role("button", name="办理", exact=True).click()

    def turn(self, limit: str, day: int) -> None:
        """Turn the clock to a day of a limit."""
        self.page.locator("#turn-limit").select_option(limit)
        self.page.locator("#turn-number").fill(str(day))
        self.page.get_by_role("button", name="拨", exact=True).click()

    def deadline(self, limit: str) -> str:
        """What the page says of a deadline."""
        row = self.page.locator("section:has(#deadlines-title) tbody tr", has_text=f"{limit} ")
        return str(row.first.inner_text())


@pytest.mark.parametrize("start", ["2026-01-05"])
def test_a_draft_is_tried_across_spring_festival_to_day_59_and_61(
    start: str,
    office: Office,
    address: str,
    page: Page,
    picture: Callable[[str], Path],
    complaints: list[str],
) -> None:
    draft = begun(office.visitor("designer")).rpartition("/")[2]
    player = Player(page)
    enter(page, address, "designer")
    page.goto(f"{address}/designers/drafts/{draft}")
    page.get_by_role("link", name="试运行").click()
    page.locator("#start").fill(start)
    page.get_by_role("button", name="开始").click()
    page.get_by_role("button", name="登记").click()
    page.locator("#f-title").fill("演示:供暖不足")
    page.get_by_role("button", name="办理", exact=True).click()
    for act in ("sort", "forward", "sign_for", "route", "accept", "appoint", "hear_petitioner"):
        player.do(act)
    player.do("investigate")

    player.turn("T5", 45)
    assert "2026-03-06" in player.deadline(
        "T5"
    )  # the sixtieth day, beyond the nine days of the festival
    assert "第45日" in player.deadline("T5")
    player.turn("T5", 59)
    assert "剩1天" in player.deadline("T5")
    page.wait_for_selector(".diagram.is-ready")
    assert page.locator(".diagram .is-open").count() >= 1
    picture("day-59")
    player.turn("T5", 61)

    assert "超期" in player.deadline("T5")
    page.get_by_role("link", name="督办:").first.click()
    page.wait_for_selector(".diagram.is-ready")
    picture("day-61-supervision")
    page.get_by_role("link", name="信访事项", exact=True).click()
    page.get_by_role("button", name="把现状记为预期").click()
    page.locator("#save-name").fill("day_61")
    page.locator("#save-title").fill("第六十一日")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_selector(".diagram.is-ready")

    assert "全部符合预期" in page.locator("main").inner_text()
    assert page.locator(".diagram .is-never").count() > 1
    assert page.locator(".diagram .is-often").count() > 5
    picture("coverage")
    assert not complaints


def test_the_pages_of_a_trial_fit_a_small_screen(
    office: Office, address: str, page: Page, picture: Callable[[str], Path]
) -> None:
    with office.house.store.reading() as desk:
        digest = desk.current_procedure(legal_date(office.clock.now()))
    enter(page, address, "designer")
    places: list[Any] = [f"{address}/designers/try/{digest}"]
    page.goto(places[0])
    page.get_by_role("button", name="打开 spring_festival").click()
    places.append(page.url)
    for width in (1280, 400):
        page.set_viewport_size({"width": width, "height": 900})
        for place in places:
            page.goto(place)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, place
        picture(f"at-{width}")
    page.goto(places[0])
    picture("tries")
