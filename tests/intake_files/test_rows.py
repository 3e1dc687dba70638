"""Rows become answers of the act; nothing is lost, nothing is guessed at, and reading twice gives the same keys."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.acts.registration import REGISTRATION
from engine.errors import BadInput
from engine.intake_files.columns import guessed, parse_mapping
from engine.intake_files.dates import read_day
from engine.intake_files.rows import ImportedRow, RowError
from engine.petition.forms import MAX_LINE, MAX_TEXT
from tests.intake_files.registers import (
    FIRST,
    HEADINGS,
    SECOND,
    TODAY,
    imported,
    read,
    reasons,
    register,
)

FORM = next(act.form for act in REGISTRATION if act.id == "register_imported")


def test_the_columns_of_a_common_export_are_recognised() -> None:
    (row, _) = imported(register(FIRST, SECOND))

    expected = {
        "external_number": "70001",
        "received_on": "2023-01-05",
        "category": "grievance",
        "channel": "online",
        "subject_category": "housing",
        "title": "演示小区供暖不足",
        "initial": "true",
        "place": "测试省 测试市 测试县",
    }
    assert expected == {name: row.answers[name] for name in expected}
    assert row.answers["content"].startswith("第一段,室温不足。\n第二段:“请处理”。")


def test_every_row_that_is_read_is_taken_by_the_form_of_the_act() -> None:
    for row in imported(register(FIRST, SECOND)):
        FORM.read(row.answers, today=TODAY)


def test_what_no_question_asks_is_kept_word_for_word_below_the_content() -> None:
    (row,) = imported(register(FIRST))

    for heading, word in (
        ("状态", "已办理"),
        ("答复时间", "2023-01-09 10:00"),
        ("类型", "投诉/求助"),
    ):
        assert (heading, word) in row.notes
        assert f"{heading}:{word}" in row.answers["content"]


@given(
    cells=st.lists(
        st.text(st.characters(codec="gb18030", categories=("L", "N")), min_size=1, max_size=300),
        min_size=len(HEADINGS),
        max_size=len(HEADINGS),
    )
)
def test_no_cell_is_ever_lost(cells: list[str]) -> None:
    cells[1] = "2023-01-05"

    (row,) = imported(register(cells))

    kept = " ".join([*row.answers.values(), *(word for _, word in row.notes)])
    assert [cell for cell in cells if cell not in kept] == []


def test_a_cell_too_long_for_the_form_goes_with_the_row_as_a_file() -> None:
    essay = "长" * (MAX_TEXT + 1)
    (row,) = imported(register((*FIRST[:9], essay, "")))

    assert len(row.answers["content"]) == MAX_TEXT
    assert essay in row.uploads[0].content.decode()
    FORM.read(row.answers, today=TODAY)


def test_a_long_title_is_shortened_and_kept_in_full_as_a_note() -> None:
    title = "题" * (MAX_LINE + 1)
    (row,) = imported(register((*FIRST[:3], title, *FIRST[4:])))

    assert len(row.answers["title"]) == MAX_LINE
    assert ("标题", title) in row.notes


def test_names_and_addresses_answer_their_questions() -> None:
    headings = (
        "信件编号",
        "来信人姓名",
        "联系电话",
        "详细住址",
        "来信时间",
        "信件主题",
        "信件内容",
        "信访形式",
        "涉及人数",
    )
    cells = (
        "甲-1",
        "演示甲",
        '="13800000000"',
        "测试县演示路1号",
        "2023年1月5日",
        "演示事项",
        "内容",
        "来访",
        "3人",
    )
    (row,) = imported(register(cells, headings=headings))

    assert row.answers["petitioner_name"] == "演示甲"
    assert row.answers["phone"] == "13800000000"
    assert row.answers["petitioner_address"] == "测试县演示路1号"
    assert row.answers["channel"] == "visit"
    assert row.answers["head_count"] == "3"
    assert row.answers["title"] == "演示事项"
    assert row.answers["content"].startswith("内容\n")


def test_a_row_without_a_title_is_refused_and_none_is_taken_from_its_content() -> None:
    """A title stands in lists and searches in the clear; the content may hold names."""
    row = read(register((*FIRST[:3], " ", *FIRST[4:])))[0]

    assert "没有标题" in reasons(row)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("检举控告", "accusation"),
        ("建言", "suggestion"),
        ("意见建议类", "suggestion"),
        ("投诉/求助", "grievance"),
        ("从未见过的类别", "grievance"),
        ("", "grievance"),
    ],
)
def test_the_category_is_understood_and_the_word_of_the_file_kept(
    written: str, expected: str
) -> None:
    (row,) = imported(register((*FIRST[:2], written, *FIRST[3:])))

    assert row.answers["category"] == expected
    assert not written or ("类型", written) in row.notes


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("网上信访", "online"),
        ("来信", "letter"),
        ("12345热线", "call"),
        ("电子邮件", "online"),
        ("传真", "fax"),
    ],
)
def test_the_channel_is_understood(written: str, expected: str) -> None:
    headings = ("标题", "日期", "渠道")
    (row,) = imported(register(("题", "2023-01-05", written), headings=headings))

    assert row.answers["channel"] == expected


@pytest.mark.parametrize(
    "written",
    [
        "2023-01-05", "2023-1-5 8:30", "2023/1/5", "2023/01/05 08:30:12", "2023.1.5", "2023年1月5日", "2023年01月05日8时30分",
        "20230105", "20230105083000", "44931", "44931.354", "2023-01-05T08:30:00", "2023-01-04T20:30:00Z",
        " 2023-01-05 上午",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(written: str) -> None:
    assert read_day(written) == date(2023, 1, 5)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "昨天",
        "23-1-5",
        "1/5/2023",
        "2023-13-05",
        "2023-02-30",
        "2023-01",
        "2023-01-051",
        "T",
        "12",
    ],
)
def test_a_day_that_is_not_certain_is_not_guessed(written: str) -> None:
    assert read_day(written) is None


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("", "没有收到日期"),
        ("前天", "无法识别"),
        ("2027-01-01", "晚于今天"),
        ("1999-12-31", "过早"),
    ],
)
def test_a_row_with_an_impossible_day_is_refused_with_its_reason(day: str, said: str) -> None:
    refused, taken = read(register((FIRST[0], day, *FIRST[2:]), SECOND))

    assert said in reasons(refused)
    assert (refused.row, refused.line) == (1, 2)
    assert isinstance(taken, ImportedRow)


def test_a_refused_row_names_all_its_reasons() -> None:
    (refused,) = read(register(("1", "前天", "", "", "", "", "", "", "办结", "", "")))

    assert isinstance(refused, RowError)
    assert len(refused.reasons) == 2


def test_reading_the_same_file_again_gives_the_same_keys() -> None:
    once, again = (
        imported(register(FIRST, SECOND)),
        imported(register(SECOND, FIRST, encoding="utf-8")),
    )

    assert {row.key for row in once} == {row.key for row in again}
    assert once[0].key == "number:70001"


def test_a_row_without_number_is_known_by_its_content() -> None:
    unnumbered = ("", *FIRST[1:])
    other = ("", "2023-01-06", *FIRST[2:])

    first, second = imported(register(unnumbered, other))

    assert first.key.startswith("content:")
    assert first.key != second.key
    assert first.key == imported(register(unnumbered))[0].key


def test_a_number_that_the_spreadsheet_has_spoilt_is_a_note_and_no_key() -> None:
    (row,) = imported(register(("1.71673E+07", *FIRST[1:])))

    assert row.key.startswith("content:")
    assert ("编号", "1.71673E+07") in row.notes


def test_one_number_for_two_matters_is_refused_at_the_second() -> None:
    first, second, repeated = read(register(FIRST, (FIRST[0], *SECOND[1:]), FIRST))

    assert isinstance(first, ImportedRow)
    assert "与第1行相同而内容不同" in reasons(second)
    assert isinstance(repeated, ImportedRow)
    assert repeated.key == first.key


def test_a_mapping_given_by_hand_goes_before_the_guess() -> None:
    given = parse_mapping("title=状态,category=")

    (row,) = imported(register(FIRST), given=given)

    assert row.answers["title"] == "已办理"
    assert row.answers["category"] == "grievance"
    assert ("标题", "演示小区供暖不足") in row.notes


@pytest.mark.parametrize(
    ("given", "said"),
    [("colour=标题", "没有colour"), ("title=颜色", "没有“颜色”这一列"), ("title", "列对应应写作")],
)
def test_a_mapping_that_names_what_is_not_there_is_refused(given: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        guessed(HEADINGS, parse_mapping(given))


@pytest.mark.parametrize(
    ("headings", "said"), [(("标题", "内容"), "收到日期"), (("日期", "内容"), "标题所在的列")]
)
def test_a_file_without_day_or_text_asks_for_a_mapping(
    headings: tuple[str, ...], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        guessed(headings)


def test_defaults_answer_what_the_file_does_not() -> None:
    (row,) = read(register(FIRST), defaults={"channel": "letter"})

    assert isinstance(row, ImportedRow)
    assert row.answers["channel"] == "letter"
