"""Lists of organs and people offer what can be accepted, and say what was left out."""

from __future__ import annotations

import re

from tests.web.office import Office, Visitor
from tests.web.paper import Paper
from tests.web.test_acts import SORT, sort_page
from tests.web.test_registration import register


def test_a_transfer_is_not_offered_to_the_office_itself(office: Office) -> None:
    petition = register(office)
    visitor = office.visitor("county.clerk")
    form = visitor.send(
        visitor.get(sort_page(visitor, petition)).form("key"), {**SORT, "phase": "preview"}
    )
    confirm = Paper(form.get_data(as_text=True)).form("key")
    visitor.client.post(confirm.action, data={**confirm.values, "phase": "confirm"})
    page = visitor.get(_link(visitor, petition, "forward"))
    offered = _options(page, "f-organ")

    assert "county.housing" in offered
    assert "county.petitions" not in offered
    assert "本单位和不能作为本件去向的机关、单位没有列出" in page.text


def test_a_step_is_handed_only_to_colleagues_who_may_do_it(office: Office) -> None:
    row = next(
        row for row in office.files("housing.clerk", stage="handling") if row.kind == "petition"
    )
    visitor = office.visitor("housing.clerk")
    page = visitor.get(f"/petitions/{row.petition}")
    address = next(link for link in page.links if "/hand-over" in link)
    asked = visitor.get(address)
    offered = _options(asked, "f-person")

    assert office.actor("housing.clerk2").person in offered
    assert office.actor("county.clerk").person not in offered
    for person in offered - {""}:
        other = visitor.get(address).form("f-person")
        answer = visitor.client.post(other.action, data={**other.values, "f-person": person})
        assert answer.status_code == 302


def test_an_office_does_not_supervise_itself(office: Office) -> None:
    row = office.files("supervisor", stage="handling")[0]
    page = office.visitor("supervisor").get(f"/oversight/supervise/{row.petition}")

    assert "county.petitions" not in _options(page, "f-organ")
    assert "信访部门自身的逾期由其上一级督办" in page.text


def _options(page: Paper, name: str) -> set[str]:
    found = re.search(rf'<select id="{name}".*?</select>', page.html, re.DOTALL)
    assert found is not None
    return set(re.findall(r'<option value="([^"]*)"', found[0]))


def _link(visitor: Visitor, petition: str, act: str) -> str:
    page = visitor.get(f"/petitions/{petition}")
    return next(link for link in page.links if f"/do/{act}" in link)
