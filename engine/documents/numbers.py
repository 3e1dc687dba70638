"""Document numbers as GB/T 9704-2012, 7.2.5 writes them: ``测信处〔2026〕12号``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.errors import BadInput
from engine.text import Text

_NUMBER = re.compile(
    r"(?P<code>[^\s\d〔〕\[\]()（）【】［］]+)〔(?P<year>\d{4})〕(?P<serial>[1-9]\d*)号"
)
_HINTS: tuple[tuple[re.Pattern[str], Text], ...] = (
    (
        re.compile(r"[\[\]()（）【】［］]"),
        Text("年份应当用六角括号〔〕括入", "the year stands in tortoise-shell brackets 〔〕"),
    ),
    (re.compile(r"第\d+号"), Text("发文顺序号不加“第”字", "the serial carries no 第")),
    (re.compile(r"〕0\d*号"), Text("发文顺序号不编虚位", "the serial has no leading zero")),
    (re.compile(r"〔\d{1,3}〕|〔\d{5,}〕"), Text("年份应标全称", "the year has four digits")),
)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number taken apart: the code of the organ with that of the paper, the year, the serial of that year."""

    code: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"


def document_number(organ_code: str, kind_code: str, year: int, serial: int) -> str:
    """The number of the *serial*-th paper with *kind_code* that the organ with *organ_code* issued in *year*."""
    if serial < 1:
        raise ValueError(f"the serial {serial}")
    return str(DocumentNumber(f"{organ_code}{kind_code}", year, serial))


def parse_number(written: str) -> DocumentNumber:
    """The number *written* on a paper. Raises BadInput saying what the standard wants instead."""
    found = _NUMBER.fullmatch(written.strip())
    if found:
        return DocumentNumber(found["code"], int(found["year"]), int(found["serial"]))
    for pattern, hint in _HINTS:
        if pattern.search(written):
            raise BadInput({"number": hint})
    raise BadInput(
        {
            "number": Text(
                "应为“测信处〔2026〕12号”这样的文号", "expected a number like 测信处〔2026〕12号"
            )
        }
    )
