"""Document numbers as GB/T 9704 writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.documents.numbers import DocumentNumber, document_number, parse_number
from engine.errors import BadInput

codes = st.text(alphabet="测试县市信访处转交督水务", min_size=1, max_size=8)


def test_a_number_is_organ_kind_year_and_serial() -> None:
    assert "测信处〔2026〕12号" == document_number("测", "信处", 2026, 12)


@given(organ=codes, kind=codes, year=st.integers(2000, 2999), serial=st.integers(1, 10**6))
def test_what_is_written_can_be_read(organ: str, kind: str, year: int, serial: int) -> None:
    written = document_number(organ, kind, year, serial)

    assert DocumentNumber(organ + kind, year, serial) == parse_number(written)
    assert written == str(parse_number(written))


@pytest.mark.parametrize("serial", [0, -1])
def test_serials_begin_with_one(serial: int) -> None:
    with pytest.raises(ValueError, match="serial"):
        document_number("测", "信处", 2026, serial)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("测信处[2026]12号", "六角括号"),
        ("测信处(2026)12号", "六角括号"),
        ("测信处（2026）12号", "六角括号"),
        ("测信处〔2026〕012号", "虚位"),
        ("测信处〔2026〕第12号", "第"),
        ("测信处〔26〕12号", "年份"),
        ("〔2026〕12号", "文号"),
        ("测信处〔2026〕12", "文号"),
        ("测信处2026年12号", "文号"),
        ("", "文号"),
    ],
)
def test_other_ways_of_writing_are_refused_with_the_reason(written: str, reason: str) -> None:
    with pytest.raises(BadInput) as refusal:
        parse_number(written)

    assert reason in refusal.value.text.zh
    assert refusal.value.text.en
