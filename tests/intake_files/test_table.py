"""Any CSV that an office exports is read; a broken row is named and harms no other."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadInput
from engine.intake_files.table import read_table
from tests.intake_files.registers import FIRST, HEADINGS, SECOND, register


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_the_encoding_is_found_out(encoding: str) -> None:
    table = read_table(register(FIRST, SECOND, encoding=encoding))

    assert table.headings == HEADINGS
    assert [line.cells for line in table.lines] == [FIRST, SECOND]


def test_a_byte_order_mark_is_no_part_of_the_first_heading() -> None:
    table = read_table(codecs.BOM_UTF8 + register(FIRST, encoding="utf-8"))

    assert table.headings[0] == "编号"


def test_a_row_knows_its_lines_in_the_file_although_it_holds_line_breaks() -> None:
    table = read_table(register(FIRST, SECOND))

    assert [(line.first, line.last) for line in table.lines] == [(2, 3), (4, 4)]


def test_a_title_above_the_headings_and_empty_rows_are_passed_over() -> None:
    empty = "," * (len(HEADINGS) - 1) + "\r\n"
    title = "测试县信访事项登记表" + empty
    data = (title + empty).encode("gb18030") + register(FIRST) + empty.encode() + b"\r\n"

    table = read_table(data)

    assert table.headings == HEADINGS
    assert [line.cells for line in table.lines] == [FIRST]


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_other_separators_are_found_out(delimiter: str) -> None:
    data = (
        delimiter.join(["标题", "日期", "内容"])
        + "\n"
        + delimiter.join(["甲", "2023-01-05", "乙,丙"])
    )

    table = read_table(data.encode())

    assert table.lines[0].cells == ("甲", "2023-01-05", "乙,丙")


def test_a_row_with_too_few_or_too_many_cells_is_named_and_the_rest_is_read() -> None:
    table = read_table(register(FIRST, ("70003", "2023-01-05"), (*SECOND, "多出来的"), SECOND))

    faults = [line.fault.zh if line.fault else "" for line in table.lines]

    assert faults == ["", "应有11列,实有2列", "应有11列,实有12列", ""]


def test_a_misplaced_quote_breaks_its_own_row_only() -> None:
    data = b'\xe6\xa0\x87\xe9\xa2\x98,date\n"a"b,2023-01-05\nc,2023-01-06\n'

    first, second = read_table(data).lines

    assert first.fault is not None
    assert (first.first, first.last) == (2, 2)
    assert second.cells == ("c", "2023-01-06")


def test_a_quote_that_is_never_closed_is_said_to_swallow_the_rest() -> None:
    *_, last = read_table(register(FIRST) + '70009,"未闭合\r\n下一行\r\n'.encode("gb18030")).lines

    assert last.fault is not None
    assert "没有闭合" in last.fault.zh
    assert (last.first, last.last) == (4, 5)


def test_a_row_with_damaged_bytes_is_named_and_the_rest_is_read() -> None:
    long = tuple(cell * 20 if cell == "请增设路灯。" else cell for cell in SECOND)
    data = register(FIRST, long, *[SECOND] * 5) + b"70004,\xff\xff,,,,,,,,,\r\n" + register(SECOND)

    faults = [line for line in read_table(data).lines if line.fault]

    assert len(faults) == 1
    assert faults[0].first == 10


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "没有表头"),
        (b"\r\n\r\n", "没有表头"),
        (b"PK\x03\x04rest of a workbook", "另存为 CSV"),
        (b"\xd0\xcf\x11\xe0rest of an old workbook", "另存为 CSV"),
        (bytes(range(128, 256)) * 20, "编码"),
    ],
)
def test_a_file_that_is_no_table_is_refused_as_a_whole(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_table(data)


WORDS = st.text(
    st.characters(codec="gb18030", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=12
)
CELLS = st.one_of(WORDS, st.just('他说:"好"'), st.just("两\r\n行"), st.just("a,b;c\td"))


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8))
def test_whatever_stands_in_the_cells_comes_back_as_it_was(rows: list[tuple[str, ...]]) -> None:
    headings = ("标题", "日期", "内容")

    table = read_table(register(*rows, headings=headings))

    kept = [row for row in rows if any(cell.strip() for cell in row)]
    assert kept == [line.cells for line in table.lines]


@given(data=st.binary(max_size=300))
def test_no_bytes_whatever_bring_more_than_a_clear_refusal(data: bytes) -> None:
    try:
        table = read_table(b"title,date\r\n" + data)
    except BadInput:
        return

    assert all(line.fault or len(line.cells) == len(table.headings) for line in table.lines)
