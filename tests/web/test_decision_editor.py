"""Decision tables of a draft: rows on plain pages, a test bench, saved cases; and a trial that takes the way they decide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.web.checks import checked
from tests.web.drafting import SITE_VISIT, Drafting
from tests.web.office import Office, Visitor
from tests.web.test_drafts import begun, put, sent
from tests.web.test_trials import Designer

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROUTING, PATH, CASES = "routing.bpmn", "tables/reception.dmn", "tables/reception.toml"
Picture = Callable[[str], Path]
BRANCH = """
<bpmn:exclusiveGateway id="interview_first" name="先接谈?" default="no_interview" />
<bpmn:userTask id="interview" name="当面接谈" petition:form="site-visit" petition:role="clerk" petition:organ="office" />
<bpmn:exclusiveGateway id="reception_met" />
<bpmn:sequenceFlow id="no_interview" sourceRef="interview_first" targetRef="reception_met" />
<bpmn:sequenceFlow id="with_interview" sourceRef="interview_first" targetRef="interview">
  <bpmn:conditionExpression>reception == "interview"</bpmn:conditionExpression>
</bpmn:sequenceFlow>
<bpmn:sequenceFlow id="interviewed" sourceRef="interview" targetRef="reception_met" />
<bpmn:sequenceFlow id="met_to_sort" sourceRef="reception_met" targetRef="sort" />
<bpmn:userTask id="sort" """


@pytest.fixture
def designer(office: Office) -> Visitor:
    return office.visitor("designer")


@pytest.fixture
def draft(designer: Visitor) -> str:
    """The address of a draft with a table that asks how a petition came in."""
    address = begun(designer, "来访接待")
    tables = f"{address}/tables"
    new = {"f-title": "接待方式", "f-policy": "UNIQUE", "f-id": "reception"}
    assert designer.fill(f"{tables}/new", new, asking="revision").status_code == 302
    fill(designer, f"{tables}/reception/input", {"f-fact": "channel", "f-label": "来源"})
    output = {
        "f-label": "接待",
        "f-fact": "reception",
        "f-type": "string",
        "f-values": "interview\ndesk",
    }
    fill(designer, f"{tables}/reception/output", output)
    fill(
        designer,
        f"{tables}/reception/rule",
        {"f-in_0": ["visit"], "f-out_0": "interview", "f-note": "面谈"},
    )
    others = ["online", "letter", "call", "fax"]
    fill(designer, f"{tables}/reception/rule", {"f-in_0": others, "f-out_0": "desk"})
    return address


def fill(designer: Visitor, page: str, answers: dict[str, object]) -> None:
    answer = designer.fill(page, answers, asking="revision")
    assert answer.status_code == 302, answer.get_data(as_text=True)


def press(designer: Visitor, draft: str, phase: str, **sent: object) -> Any:
    page = f"{draft}/edit/{PATH}"
    values = designer.get(page).form("revision").values
    return designer.client.post(page, data={**values, "phase": phase, **sent})


def test_rules_are_rows_and_gaps_are_told_until_none_is_left(designer: Visitor, draft: str) -> None:
    page = designer.get(f"{draft}/edit/{PATH}").text
    for words in (
        "来源(channel)",
        "接待(reception)",
        "来访",
        "来源 = 未设",
        "没有重叠",
        "UNIQUE",
    ):
        assert words in page

    every = ["online", "letter", "call", "fax", "-"]
    fill(designer, f"{draft}/tables/reception/rule/rule_2", {"f-in_0": every, "f-out_0": "desk"})
    assert "没有遗漏" in designer.get(f"{draft}/edit/{PATH}").text
    file = designer.client.get(f"{draft}/files/{PATH}").get_data(as_text=True)
    assert '<text>not("visit")</text>' in file

    fill(designer, f"{draft}/tables/reception/rule", {"f-out_0": "desk"})
    assert "第1行与第3行重叠" in designer.get(f"{draft}/edit/{PATH}").text
    assert press(designer, draft, "up", at="rule_3").status_code == 302
    assert press(designer, draft, "remove", at="rule_3").status_code == 302
    assert "没有重叠" in designer.get(f"{draft}/edit/{PATH}").text


def test_the_bench_shows_what_fits_and_a_saved_case_is_tried_at_every_change(
    designer: Visitor, draft: str
) -> None:
    tried = checked(press(designer, draft, "try", **{"f-in_0": "visit"}), 200)
    assert "由第 1 行决定" in tried.text
    assert press(designer, draft, "keep", **{"f-in_0": "visit", "title": "来访"}).status_code == 302
    page = designer.get(f"{draft}/edit/{PATH}")
    assert "相符" in page.text
    assert 'expect = { reception = "interview" }' in designer.client.get(
        f"{draft}/files/{CASES}"
    ).get_data(as_text=True)

    fill(
        designer, f"{draft}/tables/reception/rule/rule_1", {"f-in_0": ["visit"], "f-out_0": "desk"}
    )
    page = designer.get(f"{draft}/edit/{PATH}")
    assert "案例“来访”不符" in page.text
    assert "不符合" in page.text
    assert press(designer, draft, "forget", at="0").status_code == 302
    designer.get(f"{draft}/files/{CASES}", 404)


def test_bad_input_is_kept_and_whoever_is_overtaken_loses_nothing(
    office: Office, designer: Visitor, draft: str
) -> None:
    tables = f"{draft}/tables/reception"
    again = designer.fill(
        f"{tables}/output", {"f-fact": "reception", "f-type": "boolean"}, asking="revision"
    )
    assert "已有这一输出" in checked(again, 422).text
    bad = {"f-fact": "Mass Nahme", "f-type": "string", "f-values": "a b"}
    answer = checked(designer.fill(f"{tables}/output", bad, asking="revision"), 422)
    assert "小写字母" in answer.text
    assert "Mass Nahme" in designer.fill(f"{tables}/output", bad, asking="revision").get_data(
        as_text=True
    )

    unseen = {"f-out_0": "desk", "f-note": "no letter: \uffff"}
    assert (
        "控制字符" in checked(designer.fill(f"{tables}/rule", unseen, asking="revision"), 422).text
    )

    form = designer.get(f"{tables}/rule").form("revision")
    studio, id = office.house.studio, draft.rsplit("/", 1)[-1]
    now = studio.draft(id)
    theirs = now.files[PATH].replace("面谈".encode(), "当面".encode())
    studio.save(id, PATH, theirs, now.row.revision, actor=office.actor("designer"))
    late = designer.client.post(
        f"{tables}/rule", data={**form.values, "f-out_0": "desk", "f-note": "迟到的"}
    )
    assert checked(late, 409)
    assert "迟到的" in late.get_data(as_text=True)
    assert designer.get(f"{tables}/rule/rule_7", 404)


def test_a_task_decides_by_the_table_and_the_trial_takes_the_way(
    office: Office, designer: Visitor, draft: str
) -> None:
    sent(
        designer,
        f"{draft}/files",
        {"site-visit.toml": SITE_VISIT},
        revision=revision(office, draft),
    )
    after = f"{draft}/table/{ROUTING}/sorting_start/after"
    fill(designer, after, {"f-what": "table", "f-name": "接待方式", "f-table": "reception"})
    drawing = designer.client.get(f"{draft}/files/{ROUTING}").get_data(as_text=True)
    onward = 'sourceRef="decide_reception" targetRef="sort"'
    assert onward in drawing
    drawing = drawing.replace(
        onward, 'sourceRef="decide_reception" targetRef="interview_first"'
    ).replace('<bpmn:userTask id="sort" ', BRANCH)
    saved = put(
        designer,
        f"{draft}/files/{ROUTING}",
        {"revision": int(revision(office, draft)), "content": drawing},
    )
    assert saved.status_code == 200
    page = designer.get(f"{draft}/edit/{PATH}").text
    assert "接待方式" in page
    assert "先接谈?" in page
    findings = office.house.studio.check(draft.rsplit("/", 1)[-1])
    assert not [one for one in findings if one.severity == "refuse"], findings

    about = draft.rsplit("/", 1)[-1]
    for channel, waits in (("visit", True), ("letter", False)):
        trial = Designer(office, about).begin()
        trial.do("register", "county.clerk", title="演示:来访", channel=channel)
        assert ("当面接谈" in trial.page().text) is waits

    refused = checked(press(designer, draft, "delete"), 409)
    assert "接待方式" in refused.text
    renamed = {"f-title": "接待", "f-policy": "FIRST", "f-id": "reception_mode"}
    fill(designer, f"{draft}/tables/reception/title", renamed)
    drawing = designer.client.get(f"{draft}/files/{ROUTING}").get_data(as_text=True)
    assert 'petition:table="reception_mode"' in drawing


def revision(office: Office, draft: str) -> str:
    return str(office.house.studio.draft(draft.rsplit("/", 1)[-1]).row.revision)


def test_only_designers_change_tables(office: Office, draft: str) -> None:
    columns = (f"tables/reception/{one}" for one in ("rule", "input", "output", "title"))
    pages = (f"edit/{PATH}", f"draw/{PATH}", "tables/new", *columns)
    for login in ("county.clerk", "auditor", "admin"):
        other = office.visitor(login)
        for page in pages:
            other.get(f"{draft}/{page}", 403)


def test_the_grid_edits_the_same_table_and_names_what_cannot_run(
    office: Office, serve: Callable[[Any], str], page: Page, picture: Picture
) -> None:
    drafting = Drafting(office, serve(office.app), page)
    designer = office.visitor("designer")
    address = f"/designers/drafts/{drafting.draft}"
    new = {"f-title": "接待方式", "f-policy": "UNIQUE", "f-id": "reception"}
    fill(designer, f"{address}/tables/new", new)
    fill(designer, f"{address}/tables/reception/input", {"f-fact": "urgent"})
    output = {
        "f-label": "接待",
        "f-fact": "reception",
        "f-type": "string",
        "f-values": "interview\ndesk",
    }
    fill(designer, f"{address}/tables/reception/output", output)
    fill(designer, f"{address}/tables/reception/rule", {"f-in_0": "", "f-out_0": "desk"})

    page.goto(f"{drafting.address}/draw/{PATH}")
    page.wait_for_selector(".decision-canvas.is-ready")
    page.wait_for_selector('.pm-verdict[data-state="conforms"]', timeout=90_000)
    page.locator(".bjs-powered-by").wait_for()
    page.locator("tfoot.add-rule").click()
    page.wait_for_selector('.pm-verdict[data-state="refuses"]', timeout=90_000)
    assert "第2行的单元格" in page.locator(".decision-findings").inner_text()
    page.locator("tbody .output-cell").nth(1).click()
    page.keyboard.type('"interview"')
    page.keyboard.press("Tab")
    page.locator(".decision-findings", has_text="第1行与第2行重叠").wait_for(timeout=90_000)
    picture("grid")
    page.wait_for_selector('.pm-saved[data-state="saved"]', timeout=30_000)
    saved = drafting.studio.draft(drafting.draft).files[PATH].decode()
    assert saved.count('<text>"interview"</text>') == 1

    page.goto(f"{drafting.address}/edit/{PATH}")
    expect(page.get_by_role("link", name="修改 2", exact=True)).to_be_visible()
    picture("rows")

    drafting.open(ROUTING)
    drafting.select("sort")
    page.get_by_role("button", name="插入").click()
    page.get_by_label("放在哪里").select_option("before")
    page.get_by_label("插入什么").fill("决策:reception")
    page.keyboard.press("Enter")
    task = '<bpmn:businessRuleTask id="decide_reception" name="决策" petition:table="reception">'
    assert task in drafting.saved(ROUTING)
    assert not drafting.said
