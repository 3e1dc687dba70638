"""A document's template, changed piece by piece: the law's parts are locked, forbidden wording is answered at once."""

from __future__ import annotations

import pytest

from engine.bootstrap import shipped_source
from tests.web.checks import checked
from tests.web.office import Office, Visitor
from tests.web.test_drafts import begun, sent

PATH = "documents/handling_opinion.html"
LINES = shipped_source().files[PATH].decode().splitlines()
HEADING, REMEDY = "<h2>五、救济途径</h2>", "{{ part.remedy|paragraphs }}"
OPENING = next(line for line in LINES if line.startswith("<p>您提出的"))
DOCUMENT = "documents/handling_opinion"


@pytest.fixture
def designer(office: Office) -> Visitor:
    return office.visitor("designer")


@pytest.fixture
def draft(designer: Visitor) -> str:
    return begun(designer, "处理意见书加一段")


def at(line: str) -> int:
    return LINES.index(line)


def file(designer: Visitor, draft: str) -> str:
    return designer.client.get(f"{draft}/files/{PATH}").get_data(as_text=True)


def push(designer: Visitor, draft: str, phase: str, line: str) -> object:
    page = f"{draft}/edit/{PATH}"
    values = designer.get(page).form("was").values
    return designer.client.post(
        page, data={**values, "phase": phase, "at": str(at(line)), "was": line}
    )


def test_free_text_is_changed_around_what_the_law_wants(designer: Visitor, draft: str) -> None:
    page = designer.get(f"{draft}/edit/{PATH}")
    for words in (
        "必须载明",
        "第32条",
        "您提出的编号为【信访件编号】的信访事项",
        "仅当:有【处理结论】",
        "测试县演示局",
    ):
        assert words in page.text

    piece = f"{draft}/{DOCUMENT}/piece/{at(OPENING)}"
    changed = "您提出的【信访件编号】号信访事项，本机关依照《信访工作条例》第三十二条作出处理意见："
    assert designer.fill(piece, {"f-words": changed}, asking="revision").status_code == 302
    assert "<p>您提出的{{ petition }}号信访事项" in file(designer, draft)

    after = f"{draft}/{DOCUMENT}/after/{at(REMEDY)}"
    new = {"f-what": "p", "f-words": "本意见书一式两份，于【制发日期】制发。"}
    assert designer.fill(after, new, asking="revision").status_code == 302
    assert "<p>本意见书一式两份，于{{ issued_on|day }}制发。</p>" in file(designer, draft)
    preview = designer.get(f"{draft}/{DOCUMENT}/preview")
    assert "本意见书一式两份，于2026年11月23日制发。" in preview.text
    assert "〔样张：处理结论〕" not in designer.get(f"{draft}/{DOCUMENT}/preview?optional=no").text


def test_a_locked_part_cannot_be_removed_and_forbidden_words_cannot_be_written(
    designer: Visitor, draft: str
) -> None:
    refused = checked(push(designer, draft, "remove", REMEDY), 409)  # type: ignore[arg-type]
    assert "救济途径" in refused.text
    assert "第32条" in refused.text

    after = f"{draft}/{DOCUMENT}/after/{at(REMEDY)}"
    promise = {"f-what": "p", "f-words": "申请人保证今后不再上访。"}
    answer = designer.fill(after, promise, asking="revision")
    assert "宪法第四十一条" in checked(answer, 422).text
    assert "申请人保证今后不再上访" in answer.get_data(as_text=True)
    unknown = {"f-what": "p", "f-words": "见【不存在的项】"}
    assert "没有内容项" in checked(designer.fill(after, unknown, asking="revision"), 422).text
    assert file(designer, draft).encode() == shipped_source().files[PATH]

    assert push(designer, draft, "up", HEADING).status_code == 302  # type: ignore[attr-defined]
    assert file(designer, draft).splitlines().index(HEADING) == at(HEADING) - 1


def test_who_was_overtaken_changes_the_piece_that_they_meant(
    office: Office, designer: Visitor, draft: str
) -> None:
    piece = f"{draft}/{DOCUMENT}/piece/{at(HEADING)}"
    form = designer.get(piece).form("revision")
    theirs = "\n".join([*LINES, ""]).replace(OPENING, f"<h2>告知</h2>\n{OPENING}")
    studio, id = office.house.studio, draft.rsplit("/", 1)[-1]
    studio.save(id, PATH, theirs.encode(), 0, actor=office.actor("designer"))
    late = designer.client.post(piece, data={**form.values, "f-words": "五、您的权利"})
    again = checked(late, 409).form("revision")

    assert designer.send(again, {}, piece).status_code == 302
    saved = file(designer, draft)
    assert "<h2>五、您的权利</h2>" in saved
    assert "<h2>告知</h2>" in saved
    assert HEADING not in saved


def test_a_template_that_lost_a_part_elsewhere_says_so_and_can_be_mended(
    designer: Visitor, draft: str
) -> None:
    lacking = "\n".join(line for line in LINES if line != REMEDY).encode()
    sent(designer, f"{draft}/files", {"handling_opinion.html": lacking}, revision="0")
    page = designer.get(f"{draft}/edit/{PATH}").text
    assert "可能不印出:救济途径" in page
    assert "不符合" in page
    after = f"{draft}/{DOCUMENT}/after/{at(HEADING)}"
    assert designer.fill(after, {"f-what": "part:remedy"}, asking="revision").status_code == 302
    assert "可能不印出" not in designer.get(f"{draft}/edit/{PATH}").text


def test_the_layout_is_left_to_the_file_page_and_only_designers_may(
    office: Office, designer: Visitor, draft: str
) -> None:
    layout = designer.client.get(f"{draft}/edit/documents/_layout.html")
    assert str(layout.location).endswith("/file/documents/_layout.html")
    designer.get(f"{draft}/documents/nothing/preview", 404)
    designer.get(f"{draft}/{DOCUMENT}/piece/900", 404)
    for login in ("county.clerk", "auditor", "admin"):
        other = office.visitor(login)
        for page in (
            f"edit/{PATH}",
            f"{DOCUMENT}/piece/2",
            f"{DOCUMENT}/after/2",
            f"{DOCUMENT}/preview",
            "document.css",
        ):
            other.get(f"{draft}/{page}", 403)
