"""The worklist and the search: what is shown, in which order, to whom."""

from __future__ import annotations

import re

import pytest

from tests.web.office import Office

_DUE = re.compile(r"<b>(\d{4}-\d{2}-\d{2})</b>")


def test_what_falls_due_first_stands_first(office: Office) -> None:
    page = office.visitor("housing.clerk").get("/work?tab=all")
    due = _DUE.findall(page.html)

    assert len(due) > 2
    assert due == sorted(due)


def test_a_light_is_a_shape_a_word_and_a_number(office: Office) -> None:
    text = office.visitor("sealed.auditor").get("/work?tab=all&light=overdue").text

    assert re.search(r"■ 超期 \d+天", text)


def test_the_tabs_say_how_many_there_are(office: Office) -> None:
    page = office.visitor("county.clerk").get("/work?tab=closed")
    counted = re.search(r"已办结 (\d+)", page.text)
    total = re.search(r"共 (\d+) 件", page.text)

    assert counted is not None
    assert total is not None
    assert counted[1] == total[1]


def test_the_state_of_the_list_is_in_its_address(office: Office) -> None:
    page = office.visitor("county.clerk").get("/work?tab=all&stage=routing&q=路灯&light=ok")

    assert page.form("stage").values == {
        "tab": "all",
        "light": "ok",
        "stage": "routing",
        "q": "路灯",
    }


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_petition_is_found_by_any_part_of_its_subject(office: Office, length: int) -> None:
    row = next(
        row for row in office.files("county.clerk") if not row.sealed and row.kind == "petition"
    )
    page = office.visitor("county.clerk").get(f"/search?q={row.title[:length]}")

    assert length == 1 or row.title in page.text


def test_a_petition_is_found_by_its_number(office: Office) -> None:
    row = office.files("county.clerk")[0]
    page = office.visitor("county.clerk").get(f"/search?q={row.number}")

    assert row.title in page.text


def test_the_search_of_another_organ_does_not_find_it(office: Office) -> None:
    mine = {row.petition for row in office.files("housing.clerk")}
    theirs = next(row for row in office.files("labour.clerk") if row.petition not in mine)
    page = office.visitor("housing.clerk").get(f"/search?q={theirs.number}")

    assert theirs.title not in page.text


@pytest.mark.parametrize(
    "query",
    [
        "tab=nonsense", "page=0", "page=-1", "page=99999999999999999999", "page=abc", "stage=%00", "light=purple",
        "q=%27%22%3Cscript%3E", "q=" + "长" * 300, "tab=all&tab=closed", "q=%F0%9F%98%80", "q=%22%20OR%20%22",
    ],
)  # fmt: skip
def test_an_odd_address_still_gives_a_list(office: Office, query: str) -> None:
    office.visitor("county.clerk").get(f"/work?{query}")
    office.visitor("county.clerk").get(f"/search?{query}")


def test_claiming_a_step_puts_ones_name_to_it(office: Office) -> None:
    visitor = office.visitor("county.clerk")
    page = visitor.get("/work?tab=unclaimed")
    form = next(one for one in page.forms if one.action.endswith("/claim"))
    answer = visitor.client.post(form.action, data=form.values)

    assert answer.status_code == 302
    assert "演示·县信访局·经办员甲" in visitor.get("/work?tab=mine").text


def test_handing_over_gives_the_step_to_a_colleague(office: Office) -> None:
    visitor = office.visitor("county.clerk")
    page = visitor.get("/work?tab=unclaimed")
    claim = next(one for one in page.forms if one.action.endswith("/claim"))
    colleague = office.actor("county.clerk2").person
    visitor.fill(claim.action.replace("/claim", "/hand-over"), {"f-person": colleague})

    assert "经办员乙" in office.visitor("county.clerk2").get("/work?tab=mine").text
