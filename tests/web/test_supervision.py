"""The list of supervision: what was broken by whom, how late it is, and what was asked by which day."""

from __future__ import annotations

import re

from engine.petition.file import FileKind
from tests.web.office import Office
from tests.web.paper import Paper
from tests.web.test_replay import statements


def test_a_line_says_which_limit_was_broken_by_whom_and_what_was_asked(office: Office) -> None:
    opened = office.files("supervisor", kind=FileKind.SUPERVISION, state="closed")
    page = office.visitor("supervisor").get("/oversight/supervision?state=closed")
    lines = [Paper(one) for one in page.html.split("<tr>") if "/petitions/" in one]

    assert len(lines) == len(opened) > 2
    for line in lines:
        assert re.search(r"测\S*信访〔2026〕\d+号", line.text)
        assert re.search(r"第\d+条", line.text)
    late = [line.text for line in lines if "届满" in line.text]
    assert all(re.search(r"(\d+日|指定办理期限).* 第\d+条", line) for line in late)
    assert all(re.search(r"[✓■●×] \S+", line) for line in late)
    assert any(re.search(r"✓ 超期完成 \d+天", line) for line in late)
    asked = [line for line in lines if "前完成" in line.text]
    assert asked
    assert all(
        re.search(r"(督办|催办|改进建议) .*要求 2026-\d\d-\d\d 前完成", one.text) for one in asked
    )
    assert any(re.search(r"/documents/", link) for one in asked for link in one.links)


def test_what_is_open_says_how_many_days_it_is_overdue_and_who_is_next(office: Office) -> None:
    visitor = office.visitor("supervisor")
    page = visitor.get("/oversight/supervision")
    counted = re.search(r"进行中 (\d+)", page.text)
    total = re.search(r"共 (\d+) 件", page.text)

    assert counted is not None
    assert total is not None
    assert counted[1] == total[1]
    assert re.search(r"■ 超期 \d+天 2026-\d\d-\d\d 届满", page.text)


def test_the_list_takes_few_statements(office: Office) -> None:
    visitor = office.visitor("supervisor")
    visitor.get("/oversight/supervision")
    with statements(office) as sent:
        visitor.get("/oversight/supervision?state=closed")

    assert len(sent) <= 12


def test_it_is_told_in_english_too(office: Office) -> None:
    visitor = office.visitor("supervisor")
    visitor.post("/language", {"language": "en"})
    text = visitor.get("/oversight/supervision?state=closed").text

    assert "Conclude handling" in text
    assert "working days" in text or "60 days" in text
