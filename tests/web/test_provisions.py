"""The page of the provisions: both regulations with their days, searchable, for those who read drawings."""

from __future__ import annotations

import pytest

from tests.web.office import Office


def test_both_regulations_are_shown_with_their_days_and_searched(office: Office) -> None:
    designer = office.visitor("designer")
    page = designer.get("/designers/provisions").text
    for words in ("2022-05-01", "2022-04-30", "第34条", "办理期限届满", "现行"):
        assert words in page
    found = designer.get("/designers/provisions?q=T5").text
    assert "第22条" not in found
    assert "没有找到" in designer.get("/designers/provisions?q=%00%3Cscript%3E").text


@pytest.mark.parametrize("login", ["county.clerk", "supervisor"])
def test_only_readers_of_drawings_see_it(office: Office, login: str) -> None:
    office.visitor(login).get("/designers/provisions", 403)
