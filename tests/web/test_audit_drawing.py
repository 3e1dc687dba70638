"""What all petitions made of a drawing, in a real browser: figures beside the steps, which lead to the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.web.office import Office
from tests.web.test_in_a_browser import Picture, address, complaints, enter

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["address", "complaints"]


def test_figures_stand_on_the_drawing_and_lead_to_files(
    office: Office, address: str, page: Page, picture: Picture, complaints: list[str]
) -> None:
    enter(page, address, "auditor")
    page.goto(f"{address}/audit/steps?process=routing")
    page.wait_for_selector(".diagram.is-ready .figure")
    shaded = page.locator(
        ".diagram .is-level-4, .diagram .is-level-3, .diagram .is-level-2"
    ).count()
    beside = page.locator(".diagram .figure")

    assert shaded >= 1
    assert beside.count() > 8
    assert picture("steps").stat().st_size > 20_000
    page.locator("[data-container-id='sort'] .figure").click()
    page.wait_for_url("**/audit/files?*")
    assert page.get_by_role("link", name="回放").count() > 5
    assert not complaints
