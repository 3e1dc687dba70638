"""Days and punctuation of official papers."""

from __future__ import annotations

from datetime import date

import pytest

from engine.documents.writing import as_written, written_day


def test_a_day_has_no_leading_zeros() -> None:
    assert "2026年3月5日" == written_day(date(2026, 3, 5))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("于2026-03-05收到", "于2026年3月5日收到"),
        ("2026-02-30", "2026-02-30"),
        ("电话0999-2026-03-05", "电话0999-2026-03-05"),
        (
            "请求事实清楚,符合法律(第三十二条);予以支持",
            "请求事实清楚，符合法律（第三十二条）；予以支持",
        ),
        ("9:30至10:30", "9:30至10:30"),
        ("时间:9:30", "时间：9:30"),
        ("plain, Latin (text); stays", "plain, Latin (text); stays"),
        ("", ""),
    ],
)
def test_what_was_typed_is_written_as_papers_write_it(typed: str, written: str) -> None:
    assert written == as_written(typed)
