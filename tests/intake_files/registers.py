"""Registers as offices export them, with made-up matters."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

from engine.intake_files.columns import guessed
from engine.intake_files.rows import ImportedRow, RowError, read_rows
from engine.intake_files.table import read_table

TODAY = date(2026, 3, 2)
HEADINGS = (
    "编号",
    "收到时间",
    "类型",
    "标题",
    "省",
    "市",
    "县区",
    "领域",
    "状态",
    "内容",
    "答复时间",
)
FIRST = (
    "70001", "2023-01-05 08:30", "投诉/求助", "演示小区供暖不足", "测试省", "测试市", "测试县", "城建", "已办理",
    "第一段,室温不足。\r\n第二段:“请处理”。", "2023-01-09 10:00",
)  # fmt: skip
SECOND = (
    "70002", "2023/2/6", "建言", "关于演示路照明的建议", "测试省", "测试市", "", "", "待回复", "请增设路灯。", "",
)  # fmt: skip


def register(
    *rows: Sequence[str], headings: Sequence[str] = HEADINGS, encoding: str = "gb18030"
) -> bytes:
    """A CSV file as a Chinese office exports it: CRLF, quotes where needed."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([headings, *rows])
    return out.getvalue().encode(encoding)


def read(
    data: bytes,
    *,
    given: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
) -> list[ImportedRow | RowError]:
    table = read_table(data)
    return list(read_rows(table, guessed(table.headings, given), today=TODAY, defaults=defaults))


def imported(data: bytes, *, given: Mapping[str, str] | None = None) -> list[ImportedRow]:
    """The rows of a file of which every row must be readable."""
    rows = read(data, given=given)
    assert [row for row in rows if isinstance(row, RowError)] == []
    return [row for row in rows if isinstance(row, ImportedRow)]


def reasons(row: ImportedRow | RowError) -> str:
    assert isinstance(row, RowError)
    return ";".join(reason.zh for reason in row.reasons)
