"""Every document of the law has its template, and says all that the law wants it to say."""

from __future__ import annotations

import re
from datetime import date

import pytest

from engine.acts.catalogue import ACTS
from engine.bootstrap import shipped_source, vocabulary
from engine.documents.render import Sheets, render
from engine.documents.templates import room_of, style_sheet
from engine.documents.wording import forbidden_wording
from engine.petition.documents import Document, ServiceState
from engine.procedure import check
from engine.text import Text
from tests.processes.shipped import files, law

KINDS = sorted(rule.kind for rule in law().documents())
WITH_REMEDY = {
    "handling_opinion": "remedy",
    "review_opinion": "remedy",
    "re_review_opinion": "final_effect",
}


def rendered(kind: str, *, only_mandatory: bool = False, **fields: str) -> str:
    rule = law().document(kind)
    parts = rule.parts if only_mandatory else (*rule.parts, *rule.optional)
    contents = {part.id: f"〈{part.id}〉" for part in parts} | fields
    document = Document(
        id="paper", petition="matter", kind=kind, number="测信处〔2026〕12号" if rule.code else "", organ="bureau",
        to="petitioner", issued_on=date(2026, 3, 5), entry=1, digest="", service=ServiceState.PENDING,
    )  # fmt: skip
    return render(
        document, fields=contents, rule=rule, files=files(), organ_name=Text("测试县水务局", "Water bureau"),
        petition_number="测信访〔2026〕7号", recipient="演示甲",
    )  # fmt: skip


def test_every_document_of_the_law_has_a_template_and_there_is_no_other() -> None:
    assert sorted({"_layout.html", *(f"{kind}.html" for kind in KINDS)}) == sorted(room_of(files()))


def test_every_document_that_an_act_may_issue_is_one_of_the_law() -> None:
    issued = {kind for act in ACTS.values() for kind in act.documents}

    assert set() == issued - set(KINDS)


def test_nothing_is_wrong_with_the_templates() -> None:
    assert {} == Sheets.of(room_of(files())).faults()


def test_a_version_with_a_template_that_runs_code_is_refused() -> None:
    hostile = {
        "documents/handling_opinion.html": b"{{ cycler.__init__.__globals__ }}<script>x</script>"
    }
    found = check(shipped_source().with_files(hostile), vocabulary(law()))

    assert {("template", "documents/handling_opinion.html")} == {
        (one.rule, one.file) for one in found
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_shows_every_mandatory_part_once(kind: str) -> None:
    page = rendered(kind, only_mandatory=True)

    assert {part.id: 1 for part in law().document(kind).parts} == {
        part.id: page.count(f"〈{part.id}〉") for part in law().document(kind).parts
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_shows_every_optional_part_that_is_given(kind: str) -> None:
    page = rendered(kind)

    assert [] == [part.id for part in law().document(kind).optional if f"〈{part.id}〉" not in page]


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_bears_organ_number_title_and_a_day_without_leading_zeros(kind: str) -> None:
    page = rendered(kind)
    rule = law().document(kind)

    assert "测试县水务局" in page
    assert f"<h1>{rule.title.zh}</h1>" in page
    assert "2026年3月5日" in page
    assert ("测信处〔2026〕12号" in page) == bool(rule.code)


@pytest.mark.parametrize("kind", KINDS)
def test_no_template_holds_a_number_of_the_law(kind: str) -> None:
    prose = re.sub(r"<[^>]*>|\{[%{].*?[%}]\}", "", files()[f"documents/{kind}.html"].decode())

    assert [] == re.findall(r"\d+|[一二三四五六七八九十]+(?:个工作)?日", prose)


@pytest.mark.parametrize("kind", KINDS)
def test_no_template_asks_for_silence(kind: str) -> None:
    assert [] == forbidden_wording(files()[f"documents/{kind}.html"].decode())


@pytest.mark.parametrize(("kind", "part"), WITH_REMEDY.items())
def test_an_opinion_that_names_no_remedy_shows_the_gap(kind: str, part: str) -> None:
    assert "（未载明）" in rendered(kind, **{part: ""})


def test_what_was_typed_in_is_escaped() -> None:
    page = rendered("handling_opinion", opinion='<script>alert("x")</script>\n<b onclick=x>')

    assert "<script" not in page
    assert "<b " not in page
    assert "&lt;script&gt;" in page


def test_days_and_punctuation_are_written_as_official_papers_write_them() -> None:
    page = rendered("acceptance_notice", acceptance="已于2026-03-04受理,受理之日按2026-03-04计算")

    assert "已于2026年3月4日受理，受理之日按2026年3月4日计算" in page


def test_a_letter_addresses_whom_it_goes_to_and_a_record_nobody() -> None:
    assert "演示甲：" in rendered("acceptance_notice")
    assert "演示甲" not in rendered("service_receipt")


def test_the_style_sheet_is_for_paper_and_loads_nothing() -> None:
    sheet = style_sheet(files())

    assert "size: A4" in sheet
    assert not re.search(r"url\(|@import|expression|javascript", sheet)
