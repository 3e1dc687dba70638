"""Playing a petition in a real browser: slider, keys and drawing follow each other, and no step asks the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from engine.petition.commands import Command
from tests.web.office import Office
from tests.web.test_in_a_browser import Picture, address, complaints, enter
from tests.web.test_replay import long_and_short

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["address", "complaints"]


def test_a_petition_is_played_without_asking_the_server(
    office: Office, address: str, page: Page, picture: Picture, complaints: list[str]
) -> None:
    file, _ = long_and_short(office)
    enter(page, address, "auditor")
    page.goto(f"{address}/petitions/{file.petition}/replay")
    page.wait_for_selector(".player.is-playing")
    page.wait_for_selector(".diagram.is-ready .is-open")
    last = page.locator("tr[data-seq]").count()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    for seq in range(2, last):
        page.keyboard.press("ArrowRight")
        assert page.locator("#moment-title").inner_text().startswith(f"{seq}. ")
    page.get_by_role("slider").fill("2")
    assert page.locator("[data-label]").inner_text() == f"2 / {last}"

    assert [url for url in asked if ".bpmn?version=" not in url and "/static/" not in url] == []
    assert picture("replay").stat().st_size > 20_000
    assert not complaints


def test_the_next_breach_is_one_press_away(
    office: Office, address: str, page: Page, complaints: list[str]
) -> None:
    file = next(row for row in office.files("auditor", state="overdue") if row.closed_at is None)
    enter(page, address, "auditor")
    page.goto(f"{address}/petitions/{file.petition}/replay")
    page.wait_for_selector(".player.is-playing")
    page.get_by_role("button", name="下一处逾期").click()

    expect(page.locator("#moment .breach")).to_be_visible()
    assert not complaints


def test_the_keyboard_plays_and_the_comparison_follows(
    office: Office, address: str, page: Page, complaints: list[str]
) -> None:
    file, _ = long_and_short(office)
    enter(page, address, "auditor")
    page.goto(f"{address}/petitions/{file.petition}/replay")
    page.wait_for_selector(".player.is-playing")
    last = page.locator("tr[data-seq]").count()

    page.keyboard.press("End")
    assert page.locator("[data-label]").inner_text() == f"{last} / {last}"
    assert page.locator("#at").input_value() == str(last)
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    assert page.locator("[data-play]").get_attribute("aria-pressed") == "true"
    page.wait_for_selector("tr[data-seq='3'][aria-current]")
    page.keyboard.press("Space")
    assert page.locator("[data-play]").get_attribute("aria-pressed") == "false"
    page.locator("#with").focus()
    page.keyboard.press("ArrowRight")  # whoever types does not play
    expect(page.locator("tr[data-seq='3'][aria-current]")).to_be_visible()
    assert not complaints


MOST_MILLISECONDS = 500
"""What the step in the middle may take: a busy machine is no defect."""


def test_a_record_of_two_hundred_entries_plays_smoothly(
    office: Office, address: str, page: Page, complaints: list[str]
) -> None:
    row = office.files("county.clerk", state="open", kind="petition")[0]
    with office.house.store.reading() as desk:
        lacking = 200 - desk.load(row.petition).seq
    for number in range(lacking):
        office.house.office.perform(
            Command(act="add_material", actor=office.actor("county.clerk"), key=f"material-{number}", petition=row.petition,
                    answers={"note": "演示补充材料"})
        )  # fmt: skip
    enter(page, address, "auditor")
    page.goto(f"{address}/petitions/{row.petition}/replay")
    page.wait_for_selector(".player.is-playing")
    page.wait_for_selector(".diagram.is-ready")
    spent = page.evaluate(
        """() => Array.from({ length: 199 }, () => {
            const start = performance.now();
            document.querySelector('[data-go="on"]').click();
            document.body.getBoundingClientRect();
            return performance.now() - start;
        })"""
    )

    assert page.locator("[data-label]").inner_text() == "200 / 200"
    assert sorted(spent)[99] < MOST_MILLISECONDS
    assert not complaints
