"""A form of a draft, changed on plain pages: nothing typed is lost, nothing that is used can be deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from engine.petition.forms import parse_form
from tests.web.checks import checked
from tests.web.drafting import SITE_VISIT
from tests.web.office import Office, Visitor
from tests.web.test_drafts import begun, sent
from tests.web.test_in_a_browser import enter

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HANDLING, PATH = "handling.bpmn", "forms/site-visit.toml"
COMPANION = {
    "f-label": "同行人员", "f-label_en": "Who came along", "f-kind": "text", "f-required": "", "f-sealed": "true",
    "f-name": "companions",
}  # fmt: skip


@pytest.fixture
def designer(office: Office) -> Visitor:
    return office.visitor("designer")


@pytest.fixture
def draft(designer: Visitor) -> str:
    """The address of a draft with a form of its own, used by a step."""
    address = begun(designer)
    sent(designer, f"{address}/files", {"site-visit.toml": SITE_VISIT}, revision="0")
    answers = {"f-name": "实地走访", "f-form": "site-visit"}
    step = f"{address}/table/{HANDLING}/investigate/after"
    assert designer.fill(step, answers, asking="revision").status_code == 302
    return address


def file(designer: Visitor, draft: str, path: str = PATH) -> str:
    return designer.client.get(f"{draft}/files/{path}").get_data(as_text=True)


def push(designer: Visitor, draft: str, phase: str, field: str) -> int:
    page = f"{draft}/edit/{PATH}"
    form = designer.get(page).form("field")
    answers = {**form.values, "phase": phase, "field": field}
    return designer.client.post(page, data=answers).status_code


def test_a_question_is_put_in_moved_and_taken_out(designer: Visitor, draft: str) -> None:
    assert (
        designer.fill(f"{draft}/forms/site-visit/field", COMPANION, asking="revision").status_code
        == 302
    )
    added = '\n\n[[field]]\nname = "companions"\nlabel = { zh = "同行人员", en = "Who came along" }\nkind = "text"\n'
    assert (added + "required = false\n") in file(designer, draft)

    assert push(designer, draft, "up", "companions") == 302
    assert [one.name for one in parse_form(file(designer, draft).encode(), "").fields] == [
        "companions",
        "result",
    ]
    page = designer.get(f"{draft}/edit/{PATH}")
    for words in ("同行人员", "visit_result", '"clear"', "实地走访", "handling.bpmn", "符合"):
        assert words in page.text

    assert push(designer, draft, "remove", "companions") == 302
    assert "companions" not in file(designer, draft)


def test_what_a_question_hangs_on_cannot_go_and_bad_input_is_kept(
    designer: Visitor, draft: str
) -> None:
    hanging = {**COMPANION, "f-when": "result", "f-when_is": "unclear"}
    page = f"{draft}/forms/site-visit/field"
    assert designer.fill(page, hanging, asking="revision").status_code == 302
    assert push(designer, draft, "remove", "result") == 422
    assert push(designer, draft, "down", "result") == 422

    bad = {**COMPANION, "f-kind": "choice", "f-options": "只有一个 = ", "f-name": "Falsch!"}
    answer = checked(designer.fill(page, bad, asking="revision"), 422)
    assert "只有一个" in answer.text
    assert "字母" in answer.text
    again = {**COMPANION, "f-name": "companions"}
    assert "同名" in checked(designer.fill(page, again, asking="revision"), 422).text


def test_the_preview_reads_answers_as_the_desk_does(designer: Visitor, draft: str) -> None:
    page = f"{draft}/edit/{PATH}"
    answer = designer.client.post(
        page, data={**designer.get(page).form("f-result").values, "phase": "try"}
    )
    assert "必须填写" in checked(answer, 422).text
    taken = {**designer.get(page).form("f-result").values, "phase": "try", "f-result": "clear"}
    assert "会被接受" in checked(designer.client.post(page, data=taken), 200).text


def test_a_form_is_renamed_with_its_steps_and_never_deleted_while_used(
    designer: Visitor, draft: str
) -> None:
    answers = {"f-title": "现场走访", "f-title_en": "", "f-id": "field-visit"}
    moved = designer.fill(f"{draft}/forms/site-visit/title", answers, asking="revision")
    assert str(moved.location).endswith("/edit/forms/field-visit.toml")
    assert 'petition:form="field-visit"' in file(designer, draft, HANDLING)
    page = designer.get(str(moved.location))
    assert "符合" in page.text
    assert "现场走访" in page.headings[0]

    values = page.form("revision").values
    refused = checked(
        designer.client.post(str(moved.location), data={**values, "phase": "delete"}), 409
    )
    assert "实地走访" in refused.text
    new = {"f-title": "会商", "f-id": "consult"}
    begun_form = designer.fill(f"{draft}/forms/new", new, asking="revision")
    twice = checked(designer.fill(f"{draft}/forms/new", new, asking="revision"), 422)
    assert "已有" in twice.text
    values = designer.get(str(begun_form.location)).form("revision").values
    assert (
        designer.client.post(
            str(begun_form.location), data={**values, "phase": "delete"}
        ).status_code
        == 302
    )


def test_who_was_overtaken_keeps_what_was_typed(
    office: Office, designer: Visitor, draft: str
) -> None:
    page = f"{draft}/forms/site-visit/field"
    form = designer.get(page).form("revision")
    studio, id = office.house.studio, draft.rsplit("/", 1)[-1]
    studio.save(
        id, PATH, SITE_VISIT.replace(b"Result", b"Finding"), 2, actor=office.actor("designer")
    )

    late = designer.client.post(page, data={**form.values, **COMPANION})
    again = checked(late, 409)
    assert "同行人员" in late.get_data(as_text=True)
    assert "演示·县信访局·流程设计员" in again.text
    assert designer.send(again.form("revision"), {}, page).status_code == 302
    assert "Finding" in file(designer, draft)
    assert "companions" in file(designer, draft)


def test_comments_are_told_before_they_go_and_broken_files_lead_to_their_text(
    designer: Visitor, draft: str
) -> None:
    commented = b"# who goes where\n" + SITE_VISIT
    sent(designer, f"{draft}/files", {"site-visit.toml": commented}, revision="2")
    assert "1 处注释" in designer.get(f"{draft}/edit/{PATH}").text
    sent(designer, f"{draft}/files", {"site-visit.toml": b"[[["}, revision="3")
    answer = designer.client.get(f"{draft}/edit/{PATH}")
    assert str(answer.location).endswith(f"/file/{PATH}")
    assert "表单" in designer.get(str(answer.location)).text


def test_only_designers_change_forms(office: Office, draft: str) -> None:
    for login in ("county.clerk", "auditor", "admin"):
        other = office.visitor(login)
        for page in (
            f"edit/{PATH}",
            "forms/site-visit/field",
            "forms/site-visit/title",
            "forms/new",
        ):
            other.get(f"{draft}/{page}", 403)


def test_a_form_is_made_without_javascript_in_a_browser(
    office: Office,
    serve: Callable[[Any], str],
    browser: Browser,
    browser_context_args: dict[str, Any],
) -> None:
    address = serve(office.app)
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    enter(page, address, "designer")
    draft = office.house.studio.new("表单", actor=office.actor("designer"))
    page.goto(f"{address}/designers/drafts/{draft}")
    page.get_by_role("link", name="新建表单").click()
    page.get_by_label("名称(中文)").fill("实地走访")
    page.get_by_label("标识").fill("site-visit")
    page.get_by_role("button", name="保存").click()

    page.get_by_role("link", name="新增字段").click()
    page.get_by_label("问什么(中文)").fill("走访结果")
    page.get_by_label("怎样回答").select_option("choice")
    page.get_by_label("选项").fill("clear = 情况属实 | As stated\n尚需查证")
    page.get_by_label("供流程判断的事实").fill("visit_result")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="新增字段").click()
    page.get_by_label("问什么(中文)").fill("记录")
    page.get_by_label("怎样回答").select_option("long_text")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="上移 记录").click()

    pictures = Path(__file__).parents[2] / ".cache" / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=pictures / "form-editor.png", full_page=True)
    saved = parse_form(office.house.studio.draft(draft).files["forms/site-visit.toml"], "")
    assert [(one.kind.value, one.fact) for one in saved.fields] == [
        ("long_text", None),
        ("choice", "visit_result"),
    ]
    assert [one.value for one in saved.fields[1].options] == ["clear", "option_1"]
    context.close()
