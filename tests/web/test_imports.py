"""Diagrams of other modelers in the designers' room: brought in, told, taken out of what is foreign, handed out plain."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from engine.bootstrap import shipped_source
from tests.procedure.foreign.samples import OPENED, REFUSED, octets
from tests.web.checks import checked
from tests.web.office import Office, Visitor
from tests.web.paper import Paper
from tests.web.test_drafts import begun


def _bring(designer: Visitor, draft: str, name: str, content: bytes, **more: str) -> TestResponse:
    return designer.client.post(
        f"{draft}/imports",
        data={"csrf_token": designer.token(), "file": (BytesIO(content), name), **more},
    )


def _address(page: Paper, words: str) -> str:
    """Where the link of these *words* leads."""
    found = re.search(rf'href="([^"]+)"[^>]*>{words}</a>', page.html)
    assert found
    return found[1]


def test_a_file_is_brought_in_told_and_cleared_of_what_would_run(office: Office) -> None:
    designer = office.visitor("designer")
    draft = begun(designer)
    content = octets(OPENED["camunda 7 service and script"])
    report = designer.get(str(_bring(designer, draft, "发函.bpmn", content).location))

    for words in (
        "发函.bpmn",
        "没有版面,已排出一个",
        "camunda:executionListener",
        "会执行程序",
        "须改",
    ):
        assert words in report.text
    original = designer.client.get(_address(report, "下载原文件"))
    assert (original.data, original.mimetype) == (content, "application/octet-stream")
    listed = _address(designer.get(f"{draft}/imports"), "发函.bpmn")
    assert _address(report, "下载原文件") == f"{listed}/original"

    page = designer.get(f"{draft}/foreign/camunda_service.bpmn")
    answer = designer.send(
        page.form("revision"), {"phase": "running"}, f"{draft}/foreign/camunda_service.bpmn"
    )
    assert answer.status_code == 302
    left = designer.get(f"{draft}/foreign/camunda_service.bpmn").text
    assert "executionListener" not in left
    assert "camunda:resultVariable" in left


def test_the_same_process_is_put_beside_or_replaced_as_one_chooses(office: Office) -> None:
    designer = office.visitor("designer")
    draft = begun(designer)
    handling = shipped_source().files["handling.bpmn"]
    beside = designer.get(str(_bring(designer, draft, "handling.bpmn", handling).location))
    assert "handling_2.bpmn" in beside.text
    replaced = _bring(designer, draft, "handling.bpmn", handling, **{"f-replacing": "true"})
    assert "handling_3.bpmn" not in designer.get(str(replaced.location)).text
    assert designer.client.get(f"{draft}/files/handling.bpmn").data == handling


@pytest.mark.parametrize("name", ["JSON of a modeler", "an entity", "UTF-8 declared, GBK written"])
def test_what_is_no_diagram_is_refused_on_the_page(office: Office, name: str) -> None:
    designer = office.visitor("designer")
    draft = begun(designer)
    page = checked(_bring(designer, draft, "demo.bpmn", octets(REFUSED[name][0])), 422)
    assert "请" in page.text
    assert "demo.bpmn" in page.text
    assert designer.get(draft).text.count("已移除") == 0
    checked(_bring(designer, draft, "", b""), 422)


def test_a_diagram_is_handed_out_without_our_words(office: Office) -> None:
    designer = office.visitor("designer")
    draft = begun(designer)
    plain = designer.client.get(f"{draft}/plain/handling.bpmn")
    assert b" petition:" not in plain.data
    assert b"<bpmn:userTask" in plain.data
    assert "attachment" in plain.headers["Content-Disposition"]
    version = office.house.library.current()
    assert (
        designer.client.get(f"/designers/versions/{version}/plain/handling.bpmn").data == plain.data
    )
    assert designer.client.get(f"{draft}/plain/nothing.bpmn").status_code == 404


def test_only_designers_bring_diagrams_in(office: Office) -> None:
    draft = begun(office.visitor("designer"))
    for login in ("county.clerk", "admin", "auditor"):
        visitor = office.visitor(login)
        for page in (
            f"{draft}/imports",
            f"{draft}/foreign/handling.bpmn",
            f"{draft}/plain/handling.bpmn",
        ):
            assert visitor.client.get(page).status_code in {403, 404}
        assert _bring(visitor, draft, "a.bpmn", octets(OPENED["plain, drawn"])).status_code == 403
