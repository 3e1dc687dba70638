"""The modeler in a real browser: designers change the procedure by mouse and by keyboard, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from engine.bootstrap import shipped_source
from engine.procedure import Source
from engine.procedure.canonical import canonical
from engine.procedure.findings import Findings
from engine.procedure.parsing import parse_drawing
from engine.procedure.xml import read_xml
from tests.web.drafting import HANDLING, SITE_VISIT, Drafting
from tests.web.office import Office

if TYPE_CHECKING:
    from playwright.sync_api import Page

Picture = Callable[[str], Path]


@pytest.fixture
def drafting(office: Office, serve: Callable[[Any], str], page: Page) -> Drafting:
    return Drafting(office, serve(office.app), page)


def test_a_site_visit_before_the_reply_is_added_by_keyboard_and_kept(
    drafting: Drafting, picture: Picture
) -> None:
    page = drafting.page
    drafting.open()
    drafting.checked("conforms")
    page.locator('[data-element-id="issue_opinion"] .djs-hit').first.click()
    page.keyboard.press("n")
    page.get_by_label("放在哪里").select_option("before")
    page.get_by_label("插入什么").fill("走访")
    page.keyboard.press("Enter")
    assert drafting.property("表单").input_value() == "实地走访"
    picture("site-visit")

    before, after = shipped_source().files[HANDLING].decode(), drafting.saved()
    added = [line.strip() for line in after.splitlines() if line not in before.splitlines()]
    assert '<bpmn:userTask id="site_visit" name="实地走访" petition:form="site-visit">' in added
    assert (
        '<bpmn:sequenceFlow id="flow_1" sourceRef="site_visit" targetRef="issue_opinion" />'
        in added
    )
    assert not [line for line in added if "<bpmn:userTask" in line and "site_visit" not in line]
    drafting.checked("conforms")

    page.get_by_role("button", name="撤销").click()
    assert _drawn(drafting.saved()) == _drawn(before)
    page.get_by_role("button", name="重做").click()
    assert _drawn(drafting.saved()) == _drawn(after)
    drafting.open()
    assert page.locator('[data-element-id="site_visit"]').count() == 1
    assert not drafting.said


def test_who_signs_and_internal_limits_are_changed_within_what_the_act_allows(
    drafting: Drafting, picture: Picture
) -> None:
    page = drafting.page
    drafting.open()
    drafting.select("appoint")
    assert drafting.property("由谁").locator("option").all_inner_texts() == [
        "随泳道:负责人",
        "负责人",
    ]
    drafting.select("hold_hearing")
    drafting.property("由谁").select_option("head")

    page.get_by_role("button", name="插入").click()
    page.get_by_label("插入什么").fill("内部期限")
    page.keyboard.press("Enter")
    drafting.property("数目").fill("3")
    drafting.property("单位").select_option("working_days")
    drafting.pick("不晚于", "T5")
    picture("internal-limit")

    saved = drafting.saved()
    assert 'petition:limit="3 working_days" petition:within="T5"' in saved
    assert 'petition:role="head"' in saved
    assert not drafting.said


def test_a_broken_clock_is_found_where_it_is_and_forgotten_once_mended(
    drafting: Drafting, picture: Picture
) -> None:
    page = drafting.page
    drafting.open("service.bpmn")
    drafting.select("opinion_late")
    assert "60天" in page.locator(".pm-law").inner_text()
    page.get_by_role("radio", name="内部期限").check()
    page.get_by_role("radio", name="法定期限").check()
    drafting.checked("refuses")
    mark = page.locator('[data-element-id="opinion_late"].is-refused .djs-visual > :first-child')
    assert mark.evaluate("one => getComputedStyle(one).stroke") == "rgb(179, 38, 30)"
    expect(page.locator(".pm-sign-refuse").first).to_be_visible()
    picture("broken-clock")

    page.keyboard.press("Escape")
    page.evaluate("document.querySelector('.modeler').editor.get('selection').select(null)")
    page.locator("button.pm-finding", has_text="办理期限届满").click()
    drafting.pick("法定期限", "T5")
    drafting.checked("conforms")
    assert page.locator(".is-refused").count() == 0

    drafting.open()
    page.locator('[data-element-id="hear_petitioner"] .djs-hit').first.click()
    page.keyboard.press("Delete")
    drafting.checked("refuses")
    page.get_by_role("button", name="演示").first.click()
    page.keyboard.press("ArrowRight")
    assert page.locator(".pm-player output").inner_text().startswith("第 2 / ")
    page.keyboard.press("End")
    assert page.locator(".is-run-here").count() == 1
    picture("run")
    page.keyboard.press("Escape")
    assert page.locator(".is-run, .is-run-here").count() == 0
    assert not drafting.said


@pytest.mark.slow_browser(6)
def test_the_table_edits_the_same_model_without_a_mouse(
    drafting: Drafting, picture: Picture
) -> None:
    page = drafting.page
    drafting.open()
    page.locator(".pm-canvas-place svg").first.focus()
    page.keyboard.press("t")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    row = page.locator('tr[data-row="appoint"]')
    assert row.get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("指定承办人")
    page.keyboard.press("Tab")
    assert row.locator("td").first.inner_text() == "指定承办人"

    row.focus()
    page.keyboard.press("n")
    page.keyboard.type("走访")
    page.keyboard.press("Enter")
    page.wait_for_selector('tr[data-row="site_visit"]:focus')
    picture("table")
    page.keyboard.press("Delete")
    page.keyboard.press("ControlOrMeta+z")
    expect(page.locator('tr[data-row="site_visit"]')).to_be_visible()

    page.get_by_role("button", name="泳道下移: 有权处理机关(负责人)").click()
    page.keyboard.press("F6")
    saved = drafting.saved()
    assert saved.index("handling_lane_clerk") < saved.index("handling_lane_head")
    source = Source(drafting.studio.draft(drafting.draft).files)
    assert drafting.office.house.check(source.files) == []
    page.get_by_role("button", name="图", exact=True).click()
    picture("lanes")
    assert not drafting.said


def test_every_shipped_diagram_comes_back_byte_for_byte_in_both_languages(
    drafting: Drafting,
) -> None:
    page = drafting.page
    drafting.open("supervision.bpmn")
    for path, diagram in shipped_source().diagrams().items():
        written = page.evaluate(
            "async xml => { const { editor, bench } = document.querySelector('.modeler');"
            " await editor.importXML(xml); return bench.xml(); }",
            diagram.decode(),
        )
        assert _drawn(written) == _drawn(diagram.decode()), path
        assert canonical(written.encode(), diagram) == diagram, path
    drafting.open("supervision.bpmn")
    page.evaluate("document.querySelector('.modeler').bench.saver.changed()")
    assert drafting.saved("supervision.bpmn").encode() == diagram
    drafting.select("supervise")
    page.keyboard.press("r")
    for button in page.locator(".pm-menu summary").all():
        button.click()
    translate = "document.querySelector('.modeler').editor.get('translate')"
    assert page.evaluate(f"[...{translate}.misses]") == []
    page.evaluate(f"{translate}('no such sentence')")
    assert page.evaluate(f"[...{translate}.misses]") == ["no such sentence"]

    page.goto(f"{drafting.address}/edit/{HANDLING}?lang=en")
    page.wait_for_selector(".modeler.is-ready")
    words = page.locator(".modeler").inner_text()
    assert "Insert" in words
    page.get_by_role("button", name="Shortcuts").click()
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    assert not re.search("[一-鿿]", page.get_by_role("dialog").inner_text())
    assert not drafting.said


def test_the_mark_of_bpmn_io_stays_in_sight_on_screen_in_pictures_and_on_paper(
    drafting: Drafting, picture: Picture
) -> None:
    page = drafting.page
    drafting.open()
    mark = page.locator(".bjs-powered-by")
    box = mark.bounding_box()
    assert box is not None
    corners = [
        (box["x"] + dx, box["y"] + dy)
        for dx in (1, box["width"] - 1)
        for dy in (1, box["height"] - 1)
    ]
    for corner in corners:
        assert page.evaluate(
            "([x, y]) => !!document.elementFromPoint(x, y).closest('.bjs-powered-by')", list(corner)
        )
    assert page.evaluate("document.documentElement.scrollHeight <= 900")

    page.evaluate("window.print = () => {}")
    page.locator(".pm-menu summary", has_text="导出").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="图片(SVG)").click()
    svg = waiting.value.path().read_text()
    assert 'width="53" height="21"' in svg
    assert "出具处理意见书" in svg
    page.locator(".pm-menu summary", has_text="导出").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="图片(PNG)").click()
    assert waiting.value.path().read_bytes().startswith(b"\x89PNG")
    page.locator(".pm-menu summary", has_text="导出").click()
    page.get_by_role("button", name="打印").click()
    page.wait_for_selector(".pm-sheet", state="attached")
    page.emulate_media(media="print")
    expect(page.locator(".pm-sheet img")).to_be_visible()
    expect(page.locator(".modeler")).to_be_hidden()
    picture("paper")
    assert not drafting.said


def test_nothing_is_lost_offline_or_when_two_save(drafting: Drafting, picture: Picture) -> None:
    page = drafting.page
    drafting.open()
    page.context.set_offline(True)
    drafting.select("appoint")
    drafting.property("名称").fill("甲的名称")
    drafting.property("名称").press("Control+Enter")
    page.wait_for_selector('.pm-saved[data-state="offline"]')
    page.goto("about:blank")
    page.context.set_offline(False)
    drafting.open()
    assert "已恢复" in page.locator(".pm-notices").inner_text()
    page.wait_for_selector('.pm-saved[data-state="saved"]')
    assert "甲的名称" in drafting.saved()

    theirs = drafting.saved().replace("甲的名称", "乙的名称")
    revision = drafting.studio.draft(drafting.draft).row.revision
    drafting.studio.save(drafting.draft, HANDLING, theirs.encode(), revision, actor=drafting.actor)
    drafting.select("hear_petitioner")
    drafting.property("名称").fill("我的名称")
    drafting.property("名称").press("Control+Enter")
    dialog = page.get_by_role("dialog", name="别处已经保存了这张图")
    dialog.wait_for()
    dialog.get_by_role("button", name="在图上比较").click()
    dialog.locator(".pm-differences li").first.wait_for()
    told = dialog.locator(".pm-differences li").all_inner_texts()
    assert [line[:4] for line in told] == ["内容不同", "内容不同"]
    picture("overtaken")
    dialog.get_by_role("button", name="用我的覆盖").click()
    page.wait_for_selector('.pm-saved[data-state="saved"]')
    assert "我的名称" in drafting.saved()

    theirs, revision = drafting.saved(), drafting.studio.draft(drafting.draft).row.revision
    theirs = theirs.replace("甲的名称", "丙的名称")
    drafting.studio.save(drafting.draft, HANDLING, theirs.encode(), revision, actor=drafting.actor)
    drafting.property("名称").fill("副本的名称")
    drafting.property("名称").press("Control+Enter")
    dialog.get_by_role("button", name="另存为副本").click()
    page.locator(".pm-notices", has_text="另一份草案").wait_for()
    assert "丙的名称" in drafting.saved()
    (copy,) = (one for one in drafting.studio.drafts() if one.title == "演示草案 (副本)")
    copied = drafting.studio.draft(copy.id).files
    assert "副本的名称" in copied[HANDLING].decode()
    assert "forms/site-visit.toml" in copied


def test_what_is_copied_can_be_pasted_into_another_diagram(drafting: Drafting) -> None:
    page = drafting.page
    drafting.open("service.bpmn")
    drafting.select("prove_service")
    page.locator(".pm-canvas-place svg").first.focus()
    page.keyboard.press("Control+c")
    drafting.open()
    page.locator(".pm-canvas-place svg").first.focus()
    page.keyboard.press("Control+v")
    page.mouse.move(300, 560)
    page.mouse.move(320, 640)
    page.mouse.click(320, 640)

    saved = drafting.saved()
    assert 'petition:act="prove_service" petition:document="service_receipt"' in saved
    assert not drafting.said


@pytest.mark.parametrize("login", ["county.clerk", "auditor", "admin"])
def test_only_designers_open_the_modeler(office: Office, login: str) -> None:
    draft = office.house.studio.new("演示草案", actor=office.actor("designer"))
    visitor = office.visitor(login)

    visitor.get(f"/designers/drafts/{draft}/edit/{HANDLING}", 403)
    assert visitor.client.get("/designers/vocabulary.json").status_code == 403
    office.visitor("designer").get(f"/designers/drafts/{draft}/edit/nothing.bpmn", 404)


def test_the_vocabulary_knows_who_may_do_what_and_what_the_forms_of_the_draft_ask(
    office: Office,
) -> None:
    studio, actor = office.house.studio, office.actor("designer")
    draft = studio.new("演示草案", actor=actor)
    studio.save(draft, "forms/site-visit.toml", SITE_VISIT, 0, actor=actor)
    words: dict[str, Any] = (
        office.visitor("designer")
        .client.get(f"/designers/vocabulary.json?draft={draft}")
        .get_json()
    )
    by_id = {
        kind: {one["id"]: one for one in words[kind]}
        for kind in ("acts", "limits", "facts", "forms")
    }

    assert by_id["acts"]["accept"]["kind"] == "step"
    assert {"organ": "organ", "role": "clerk"} in by_id["acts"]["accept"]["by"]
    assert by_id["limits"]["T5"]["length"] == {"zh": "60天", "en": "60 days"}
    assert by_id["forms"]["site-visit"]["title"]["zh"] == "实地走访"
    assert [one["title"]["zh"] for one in by_id["facts"]["visit_result"]["values"]] == [
        "情况属实",
        "尚需查证",
    ]
    assert set(by_id["limits"]) == set(office.house.vocabulary.limits.values())
    assert not {"P1", "Q1", "T6"} & set(by_id["limits"])
    assert all(
        one["title"]["zh"] and one["title"]["en"]
        for kind in words
        if kind != "ids"
        for one in words[kind]
    )


def _drawn(diagram: str) -> object:
    """What the gate reads of a diagram, in whatever order it stands."""
    root = read_xml("d.bpmn", diagram.encode(), Findings())
    drawing = parse_drawing({"d.bpmn": root})
    return {
        scope.id: (scope.words, sorted(map(repr, scope.nodes)), sorted(map(repr, scope.lines)))
        for scope in drawing.scopes.values()
    }
