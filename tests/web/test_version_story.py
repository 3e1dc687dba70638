"""The story of a version in a real browser: from a draft that is edited by hand to a petition that runs on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from engine.bootstrap import shipped_source
from engine.clock import legal_date
from tests.office.test_versions import FORM
from tests.web.office import Office
from tests.web.test_in_a_browser import enter
from tests.web.test_registration import register

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Serve = Callable[[Any], str]
Picture = Callable[[str], Path]
STEP = """
<bpmn:userTask id="consult" name="会商" petition:form="consult" petition:role="clerk" petition:organ="organ">
  <bpmn:incoming>investigate_to_verified</bpmn:incoming><bpmn:outgoing>consult_to_verified</bpmn:outgoing></bpmn:userTask>
<bpmn:sequenceFlow id="consult_to_verified" sourceRef="consult" targetRef="verified" />"""
SHAPES = """
<bpmndi:BPMNShape id="consult_di" bpmnElement="consult"><dc:Bounds x="700" y="480" width="100" height="60" />
</bpmndi:BPMNShape><bpmndi:BPMNEdge id="consult_to_verified_di" bpmnElement="consult_to_verified">
<di:waypoint x="800" y="510" /><di:waypoint x="820" y="430" /></bpmndi:BPMNEdge></bpmndi:BPMNPlane>"""


@pytest.fixture
def address(office: Office, serve: Serve) -> str:
    """Where the office is served."""
    return serve(office.app)


def drawn() -> bytes:
    """The shipped drawing of handling with a step of consultation between two others."""
    drawing = shipped_source().files["handling.bpmn"].decode()
    way = 'sourceRef="investigate" targetRef="verified"'
    assert way in drawing
    changed = drawing.replace(way, 'sourceRef="investigate" targetRef="consult"')
    return (
        changed.replace("</bpmn:process>", f"{STEP}</bpmn:process>")
        .replace("</bpmndi:BPMNPlane>", SHAPES)
        .encode()
    )


def test_a_designer_changes_the_procedure_and_a_second_person_puts_it_in_force(
    office: Office, address: str, page: Page, browser: Browser, picture: Picture
) -> None:
    older = register(office)
    enter(page, address, "designer")
    page.goto(f"{address}/designers/")
    page.get_by_label("名称").fill("增加会商")
    page.get_by_role("button", name="新建").click()
    page.locator("input[type=file]").set_input_files(
        [
            {"name": "handling.bpmn", "mimeType": "application/xml", "buffer": drawn()},
            {"name": "consult.toml", "mimeType": "text/plain", "buffer": FORM},
        ]
    )
    page.get_by_role("button", name="上传").click()
    assert page.get_by_text("没有发现问题").is_visible()

    page.get_by_role("link", name="改动说明").click()
    page.locator(".comparison.is-ready").wait_for()
    page.get_by_role("link", name="consult", exact=True).click()
    assert page.locator(".is-added[data-element-id=consult]").is_visible()
    assert page.get_by_text("新增环节“会商”").is_visible()
    picture("changes")
    page.get_by_role("link", name="‹ 增加会商").click()

    page.get_by_role("link", name="提交审批").click()
    page.get_by_label("理由").fill("试行")
    page.get_by_role("button", name="提交审批").click()
    version = page.url
    assert page.get_by_text("不能自己批准").is_visible()

    second = browser.new_page()
    enter(second, address, "admin")
    second.goto(version)
    second.get_by_role("link", name="批准版本").click()
    second.get_by_role("button", name="批准版本").click()
    second.get_by_role("link", name="定期启用").click()
    day = legal_date(office.clock.now()) + timedelta(days=1)
    second.get_by_label("启用日期").fill(day.isoformat())
    second.get_by_role("button", name="定期启用").click()
    assert second.locator("h1 + .lamp").inner_text().endswith("待启用")
    second.close()

    office.clock.turn_days(1)
    page.goto(version)
    assert page.locator("h1 + .lamp").inner_text().endswith("现行")
    picture("in-force")
    newer = register(office)
    with office.house.store.reading() as desk:
        assert desk.load(newer).procedure == version.rstrip("/").rpartition("/")[2]
        assert desk.load(older).procedure == shipped_source().digest
