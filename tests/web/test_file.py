"""The petition's file: where it stands, why its dates are what they are, what is masked, what is printed."""

from __future__ import annotations

import re

from engine.procedure import NAMESPACE
from tests.web.checks import check_headers, checked
from tests.web.office import Office
from tests.web.test_registration import register


def test_a_deadline_explains_itself_day_by_day(office: Office) -> None:
    petition = register(office)
    visitor = office.visitor("county.clerk")
    page = visitor.get(f"/petitions/{petition}")
    address = next(link for link in page.links if "/deadlines/T1/1" in link)
    text = visitor.get(address).text

    assert "2026年12月8日" in text
    assert "第二十二条" in text
    assert "2026-11-23 周一 工作日 起算事件之日,不计" in text
    assert "2026-11-28 周六 休息日 5" in text
    assert "2026-12-08 周二 工作日 15" in text


def test_a_deadline_that_does_not_exist_is_not_found(office: Office) -> None:
    petition = register(office)
    for address in ("T1/2", "T5/1", "x/1"):
        office.visitor("county.clerk").get(f"/petitions/{petition}/deadlines/{address}", 404)


def test_what_cannot_be_done_says_why_with_its_article(office: Office) -> None:
    petition = register(office)
    page = office.visitor("supervisor").get(f"/petitions/{petition}")

    assert "为什么不能办理其他环节?" in page.text
    assert "第22条" in page.text


def test_personal_data_are_masked_until_somebody_says_why(office: Office) -> None:
    petition = register(office)
    visitor = office.visitor("county.clerk")
    for part in ("", "/content", "/timeline", "/papers", "/diagram"):
        html = visitor.get(f"/petitions/{petition}{part}").html
        assert "演示甲" not in html
        assert "000-1234-5678" not in html

    form = visitor.get(f"/petitions/{petition}/content").form("purpose")
    shown = visitor.client.post(form.action, data={**form.values, "purpose": "核对联系方式"})

    assert "000-1234-5678" in shown.get_data(as_text=True)
    assert "000-1234-5678" not in visitor.get(f"/petitions/{petition}/content").html
    on = office.clock.now().date()
    with office.house.store.reading() as desk:
        looks = desk.viewings(office.actor("county.clerk"), petition, on=on)
    assert ["核对联系方式"] == [look.reason for look in looks]


def test_papers_that_repeat_what_the_petitioner_told_are_masked_too(office: Office) -> None:
    petition = register(office, **{"f-channel": "visit", "f-oral_read_back": "true"})
    visitor = office.visitor("county.clerk")
    papers = visitor.get(f"/petitions/{petition}/papers")
    personal = ("演示甲", "测试县演示路1号", "000-1234-5678", "路灯三个月不亮", "修复路灯")
    masked = 0
    for address in (link for link in papers.links if "/documents/" in link):
        page = visitor.get(address)
        assert not [words for words in personal if words in page.html]
        if not [form for form in page.forms if "purpose" in form.names]:
            continue
        masked += 1
        form = page.form("purpose")
        assert visitor.client.post(address, data={**form.values, "purpose": ""}).status_code == 422
        shown = checked(
            visitor.client.post(address, data={**form.values, "purpose": "打印归档"}), 200
        )
        assert "修复路灯" in shown.html
        assert "••••••" not in shown.html

    log = visitor.get(f"/petitions/{petition}/content").text
    assert masked == 2  # the registration form and the record of what was said
    assert log.count("打印归档") == 2
    assert "信访登记单" in log


def test_a_look_at_a_paper_is_logged_and_changes_nothing(office: Office) -> None:
    petition = register(office)
    version = office.version(petition)
    visitor = office.visitor("county.clerk")
    papers = visitor.get(f"/petitions/{petition}/papers")
    visitor.get(next(link for link in papers.links if "/documents/" in link))
    log = visitor.get(f"/petitions/{petition}/content").text

    assert (
        "访问记录 时间 人员 查看内容 用途 2026-11-23 09:00 演示·县信访局·经办员甲 收件回执" in log
    )
    assert office.version(petition) == version


def test_a_look_without_a_purpose_shows_nothing(office: Office) -> None:
    petition = register(office)
    visitor = office.visitor("county.clerk")
    answer = visitor.post(f"/petitions/{petition}/content", {"purpose": " "})

    assert answer.status_code == 422
    assert "000-1234-5678" not in answer.get_data(as_text=True)


def test_every_document_can_be_printed(office: Office) -> None:
    visitor = office.visitor("county.clerk")
    kinds: set[str] = set()
    for row in office.files("county.clerk"):
        page = visitor.client.get(f"/petitions/{row.petition}/papers").get_data(as_text=True)
        for address, kind in re.findall(r'href="(/petitions/\w+/documents/\w+)">([^<]+)<', page):
            if kind not in kinds:
                kinds.add(kind)
                paper = visitor.get(address)
                assert "official" in paper.html

    assert len(kinds) > 15


def test_the_drawing_shows_where_the_petition_stands(office: Office) -> None:
    petition = register(office)
    visitor = office.visitor("county.clerk")
    page = visitor.get(f"/petitions/{petition}/diagram")
    address = re.search(r'data-diagram-url="([^"]+)"', page.html)
    assert address
    drawing = visitor.client.get(address[1])

    assert re.search(r'data-open="[^"]*\bsort\b', page.html)
    assert NAMESPACE in drawing.get_data(as_text=True)
    check_headers(drawing)


def test_the_timeline_can_be_turned_and_narrowed(office: Office) -> None:
    row = next(
        row for row in office.files("housing.clerk", state="closed") if row.kind == "petition"
    )
    visitor = office.visitor("housing.clerk")
    newest = visitor.get(f"/petitions/{row.petition}/timeline").text
    oldest = visitor.get(f"/petitions/{row.petition}/timeline?order=oldest").text

    assert newest.index("2. ") < newest.index("1. ")
    assert oldest.index(" 1. ") < oldest.index(" 2. ")
    assert "没有这类记录" in visitor.get(f"/petitions/{row.petition}/timeline?kind=nonsense").text


def test_the_end_of_a_legal_day_is_24_oclock(office: Office) -> None:
    visitor = office.visitor("sealed.auditor")
    rows = [row for row in office.files("sealed.auditor") if row.kind == "petition"]
    pages = (visitor.get(f"/petitions/{row.petition}/timeline?kind=firing").text for row in rows)

    assert any(re.search(r"期限届满 时钟 \d{4}-\d\d-\d\d 24:00 · 系统时钟", text) for text in pages)


def test_auditors_read_and_change_nothing(office: Office) -> None:
    visitor = office.visitor("sealed.auditor")
    row = next(
        row
        for row in office.files("sealed.auditor")
        if row.kind == "petition" and not row.closed_at
    )
    page = visitor.get(f"/petitions/{row.petition}")

    assert not [link for link in page.links if "/do/" in link]
    assert not [form for form in page.forms if "/claim" in form.action]


def test_an_article_of_another_law_is_cited_as_it_is(office: Office) -> None:
    text = office.visitor("county.clerk").get(f"/petitions/{register(office)}").text

    assert "档案法第十三条" in text
    assert "第档案法" not in text
