"""Simulations on the designers' pages: what is taken for granted, how far it is, what came out, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from engine.bootstrap import shipped_source
from tests.processes.test_a_free_step import FORM, STRETCH, VISITED
from tests.web.checks import checked
from tests.web.office import Office
from tests.web.test_in_a_browser import Picture, address, complaints, enter

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["address", "complaints"]


def draft_of(office: Office) -> str:
    """A draft in which somebody visits the site before the investigation."""
    studio, designer = office.house.studio, office.actor("designer")
    draft = studio.new("增加走访", actor=designer)
    drawing = shipped_source().files["handling.bpmn"].decode().replace(STRETCH, VISITED)
    studio.save(draft, "forms/site-visit.toml", FORM, 0, actor=designer)
    studio.save(draft, "handling.bpmn", drawing.encode(), 1, actor=designer)
    return draft


def test_a_simulation_from_its_assumptions_to_its_figures_without_javascript(
    office: Office,
) -> None:
    designer, draft = office.visitor("designer"), draft_of(office)
    page = f"/designers/drafts/{draft}/simulate"
    assert page in designer.get(f"/designers/drafts/{draft}").links
    asked = designer.get(page)
    assert "数字先取自本机关的记录:64 件" in asked.text or "数字先取自本机关的记录:" in asked.text
    assert "实地走访" in asked.text
    answer = designer.fill(
        page, {"petitions": "20", "seed": "4", "staff.organ.clerk": "2"}, asking="petitions"
    )
    assert answer.status_code == 302

    waiting = designer.get(answer.location)
    assert 'http-equiv="refresh"' in waiting.html
    assert "<progress" in waiting.html
    id = answer.location.rpartition("/")[2]
    office.house.simulations.finish(id)
    done = designer.get(answer.location)
    assert 'http-equiv="refresh"' not in done.html
    for words in (
        "一眼看去",
        "各项期限的逾期率",
        "各环节用时",
        "人手与排队",
        "实地走访 新有的",
        "完全相同",
    ):
        assert words in done.text, words
    assert done.html.count('role="img"') > 10

    designer.post("/language", {"language": "en", "back": "/"})
    assert "How often each limit is breached" in designer.get(answer.location).text
    again = designer.get(f"{page}?like={id}")
    assert again.value_of("staff.organ.clerk") == "2"
    assert (
        "in force" in designer.get(f"/designers/versions/{shipped_source().digest}/simulate").text
    )

    office.house.studio.save(draft, "forms/site-visit.toml", FORM + b"\n", 2, actor=office.actor("designer"))  # fmt: skip
    assert "the draft has changed since" in designer.get(answer.location).text
    assert designer.post(answer.location, {"phase": "drop"}).status_code == 302
    designer.get(answer.location, 404)


def test_a_wrong_number_is_named_and_nothing_typed_is_lost(office: Office) -> None:
    designer = office.visitor("designer")
    page = f"/designers/versions/{shipped_source().digest}/simulate"
    for name, wrong, said in (
        ("arrivals", "many", "每个工作日到来的件数"), ("steps.sort.work.ninetieth", "1", "分流 · 办理用工 九成"),
        ("petitions", "7", "计入的虚构事项"), ("seed", "-1", "随机种子"), ("hours", "30", "每日工作小时数"),
        ("staff.organ.clerk", "1e9", "责任单位 · 经办员"), ("steps.route.ways.route_6", "nan", "确定处理途径 · 占比"),
    ):  # fmt: skip
        again = checked(
            designer.fill(page, {name: wrong, "opens": "08:30"}, asking="petitions"), 422
        )
        assert again.value_of(name) == wrong
        assert again.value_of("opens") == "08:30"
        assert f"#n-{name}" in again.links, name
        assert f"{said} :" in again.text, name
    assert office.house.simulations.of(shipped_source().digest) == ()


def test_a_simulation_that_waits_can_be_stopped(office: Office) -> None:
    designer = office.visitor("designer")
    page = f"/designers/versions/{shipped_source().digest}/simulate"
    address = str(designer.fill(page, {}, asking="petitions").location)
    designer.post(address, {"phase": "stop"})

    assert "已停止,没有结果" in designer.get(address).text
    assert "已停止" in designer.get(page).text
    checked(designer.post(address, {"phase": "stop"}), 409)
    checked(designer.post(address, {"phase": "burn"}), 404)


def test_nobody_else_simulates(office: Office) -> None:
    designer = office.visitor("designer")
    page = f"/designers/versions/{shipped_source().digest}/simulate"
    address = str(designer.fill(page, {}, asking="petitions").location)
    for login in ("county.clerk", "admin", "auditor"):
        other = office.visitor(login)
        other.get(page, 403)
        other.get(address, 403)
        checked(other.post(page, {"petitions": "20"}), 403)
        checked(other.post(address, {"phase": "drop"}), 403)
    designer.get("/designers/simulations/nothing", 404)
    designer.get("/designers/drafts/nothing/simulate", 404)


def test_the_figures_are_reached_in_a_browser(
    office: Office, address: str, page: Page, picture: Picture, complaints: list[str]
) -> None:
    draft = draft_of(office)
    enter(page, address, "designer")
    page.goto(f"{address}/designers/drafts/{draft}")
    page.get_by_role("link", name="模拟", exact=True).click()
    picture("assumptions")
    page.get_by_label("计入的虚构事项").fill("20")
    page.get_by_role("button", name="开始模拟").click()
    page.wait_for_url("**/designers/simulations/*")
    page.locator("progress").wait_for()
    office.house.simulations.finish(page.url.rpartition("/")[2])

    # The page refreshes itself until there are figures.
    page.wait_for_selector(".diagram.is-ready")
    expect(page.get_by_role("heading", name="各项期限的逾期率")).to_be_visible()
    assert page.locator("tr", has_text="T5").locator("svg circle").count() >= 1
    assert page.locator(".team svg polyline").count() >= 1
    assert page.locator(".diagram .figure").count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    picture("figures")
    assert not complaints
