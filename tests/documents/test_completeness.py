"""A document states what the law wants, and binds nobody to silence."""

from __future__ import annotations

import pytest

from engine.documents.completeness import missing_parts, must_be_complete
from engine.errors import BadInput
from engine.statute.law import load_law

LAW = load_law()
WHOLE = {
    "request": "处理供水问题",
    "facts_and_reasons": "经查属实",
    "opinion": "予以支持",
    "legal_basis": "《城市供水条例》",
    "remedy": "可以请求复查",
}


def test_a_whole_opinion_passes() -> None:
    must_be_complete("handling_opinion", WHOLE, LAW)

    assert [] == missing_parts("handling_opinion", WHOLE, LAW)


@pytest.mark.parametrize("part", sorted(WHOLE))
@pytest.mark.parametrize("blank", ["", "  \n"])
def test_an_opinion_without_one_of_its_parts_is_refused(part: str, blank: str) -> None:
    with pytest.raises(BadInput) as refusal:
        must_be_complete("handling_opinion", WHOLE | {part: blank}, LAW)

    assert [part] == list(refusal.value.fields)
    assert "第三十二条" in refusal.value.fields[part].zh


def test_an_opinion_cannot_bind_to_silence() -> None:
    with pytest.raises(BadInput) as refusal:
        must_be_complete("handling_opinion", WHOLE | {"opinion": "信访人承诺不再上访"}, LAW)

    assert ["opinion"] == list(refusal.value.fields)


def test_what_a_petitioner_complains_of_stands_as_it_was_said() -> None:
    must_be_complete(
        "handling_opinion", WHOLE | {"request": "村里要我签不再上访的保证,我不签"}, LAW
    )
