"""From the bytes of a CSV file to its headings and rows, whatever program wrote it.

Offices export GB18030 as often as UTF-8, with CRLF, line breaks inside quotes and a title above the headings. A row that
cannot be read is handed on with its lines and its reason; the rows around it are not touched by it.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from engine.errors import BadInput
from engine.text import Text

MOST_BYTES: Final = 512 * 1024 * 1024
LONGEST_CELL: Final = 1024 * 1024
_DAMAGE: Final = "\ufffd"
_MOST_DAMAGE: Final = 0.01
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_DELIMITERS: Final = ",\t;"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the table as it was read: the lines of the file that it takes up, and its cells or what is wrong."""

    first: int
    last: int
    cells: tuple[str, ...] = ()
    fault: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its headings. ``lines`` come in the order of the file, without empty ones."""

    encoding: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]


def read_table(data: bytes, *, keep_blank: bool = False) -> Table:
    """The table in the CSV file *data*; *keep_blank* keeps rows of which every cell is blank.

    Raises BadInput where the file as a whole cannot be read: a workbook, too large, no text, no headings.
    """
    if data.startswith(_WORKBOOKS):
        raise _unusable(
            "这是 Excel 工作簿,不是 CSV;请在表格软件中另存为 CSV 后再导入",
            "this is a workbook, not CSV: save it as CSV in your spreadsheet program and import that",
        )
    if len(data) > MOST_BYTES:
        raise _unusable("文件过大,请拆分后导入", "the file is too large: split it")
    text, encoding = _decoded(data)
    lines = tuple(
        line
        for line in _parsed(text)
        if line.fault or (keep_blank and line.cells) or any(cell.strip() for cell in line.cells)
    )
    start = _heading_at(lines)
    headings = tuple(cell.strip() for cell in lines[start].cells)
    while headings and not headings[-1]:
        headings = headings[:-1]
    return Table(
        encoding=encoding,
        headings=headings,
        lines=tuple(_fitted(line, len(headings)) for line in lines[start + 1 :]),
    )


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    # Some bytes are damaged: the encoding that explains the most is taken, and the rows hit are refused one by one.
    attempts = [(data.decode(one, errors="replace"), one) for one in ("gb18030", "utf-8-sig")]
    text, encoding = min(attempts, key=lambda attempt: attempt[0].count(_DAMAGE))
    if text.count(_DAMAGE) > _MOST_DAMAGE * len(text) + 1:
        raise _unusable(
            "文件既不是 UTF-8 也不是 GB18030 编码的文本",
            "the file is text neither in UTF-8 nor in GB18030",
        )
    return text, encoding.removesuffix("-sig")


def _parsed(text: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    csv.field_size_limit(LONGEST_CELL)
    while True:
        first = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            yield Line(first=first, last=max(first, reader.line_num), fault=_csv_fault(str(fault)))
            continue
        damaged = any(_DAMAGE in cell for cell in cells)
        yield Line(
            first=first,
            last=reader.line_num,
            cells=tuple(cells),
            fault=_DAMAGED if damaged else None,
        )


_DAMAGED = Text(
    "含有无法识别的字节,请检查原文件编码", "it holds bytes that are no text: check the original"
)


def _csv_fault(message: str) -> Text:
    if "end of data" in message:
        return Text(
            "引号没有闭合,从此处到文件末尾均未读取",
            "a quotation mark is never closed; nothing from here to the end of the file was read",
        )
    if "field larger" in message:
        return Text("单元格过大", "a cell is too large")
    return Text("引号使用有误", "quotation marks are misplaced")


def _delimiter(text: str) -> str:
    """The separator that the first lines use most; a comma unless another clearly prevails."""
    head = text[:4096]
    counts = {sign: head.count(sign) for sign in _DELIMITERS}
    return max(_DELIMITERS, key=lambda sign: (counts[sign], -_DELIMITERS.index(sign)))


def _heading_at(lines: Sequence[Line]) -> int:
    """Where the headings stand: the first row with two filled cells, since a title above them fills only one."""
    for place, line in enumerate(lines):
        if line.fault is None and sum(bool(cell.strip()) for cell in line.cells) > 1:
            return place
    if lines and lines[0].fault is not None:
        raise BadInput({"": lines[0].fault})
    raise _unusable("文件中没有表头和数据", "the file has no headings and no rows")


def _fitted(line: Line, width: int) -> Line:
    if line.fault is not None:
        return line
    cells = line.cells
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        return Line(
            first=line.first,
            last=line.last,
            fault=Text(
                "应有{expected}列,实有{found}列", "expected {expected} cells, found {found}"
            ).filled(expected=width, found=len(cells)),
        )
    return Line(first=line.first, last=line.last, cells=cells[:width])


def _unusable(zh: str, en: str) -> BadInput:
    return BadInput({"": Text(zh, en)})
