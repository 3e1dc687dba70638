"""A document as it would be issued, filled with what is plainly made up, to look at a template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from engine.documents.numbers import document_number
from engine.documents.render import render
from engine.petition.documents import Document, ServiceState
from engine.statute.provisions import DocumentRule
from engine.text import Text

ORGAN: Final = Text("测试县演示局", "Demonstration office of the test county")
_DATED: Final = ("_on", "_due", "_due_date", "required_by")


def sample_paper(
    rule: DocumentRule, files: Mapping[str, bytes], *, on: date, optional: bool = True
) -> str:
    """A document of this kind as HTML, issued on the day *on* from the templates among *files*, with or without *optional* parts.

    Raises DataError where the template cannot be used.
    """
    parts = (*rule.parts, *(rule.optional if optional else ()))
    number = document_number("测", rule.code, on.year, 1) if rule.code else ""
    return render(
        Document(
            id="sample", petition="sample", kind=rule.kind, number=number, organ="sample", to=rule.to, issued_on=on, entry=1,
            digest="", service=ServiceState.NOT_NEEDED,
        ),
        fields={part.id: _content(part.id, part.title.zh, on) for part in parts},
        rule=rule,
        files=files,
        organ_name=ORGAN,
        petition_number=f"测{on.year}00000001",
        recipient="演示甲" if rule.to == "petitioner" else "演示单位",
        query_code="样张样张",
    )  # fmt: skip


def _content(part: str, title: str, on: date) -> str:
    return on.isoformat() if part.endswith(_DATED) else f"〔样张：{title}〕"
