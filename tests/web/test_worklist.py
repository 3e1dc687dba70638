"""The worklist and the search: what is shown, in which order, to whom."""

from __future__ import annotations

import re

import pytest

from engine.petition.parties import SYSTEM, Substitution
from tests.web.checks import checked
from tests.web.office import PASSWORD, Office, Visitor
from tests.web.paper import Paper
from tests.web.test_registration import register

_DUE = re.compile(r"<b>(\d{4}-\d{2}-\d{2})</b>")


def test_what_falls_due_first_stands_first(office: Office) -> None:
    page = office.visitor("housing.clerk").get("/work?tab=all&light=ok")
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


def test_a_step_is_claimed_and_released_from_its_line(office: Office) -> None:
    visitor = office.visitor("housing.clerk")
    before = _counts(visitor)
    page = visitor.get("/work?tab=unclaimed&stage=handling")
    form = next(one for one in page.forms if one.action.endswith("/claim"))
    answer = visitor.client.post(form.action, data=form.values)

    assert answer.location == "/work?tab=unclaimed&stage=handling"
    assert _counts(visitor)["我的经办"] == before["我的经办"] + 1
    assert _counts(visitor)["待认领"] == before["待认领"] - 1
    assert _counts(visitor)["待办"] == before["待办"]

    (release,) = (
        one for one in visitor.get("/work?tab=mine").forms if one.action.endswith("/release")
    )
    assert release.action == form.action.replace("/claim", "/release")
    visitor.client.post(release.action, data=release.values)

    assert _counts(visitor) == before


def test_a_colleague_sees_who_has_claimed_a_step_and_may_not_take_it_from_an_old_list(
    office: Office,
) -> None:
    first, second = office.visitor("housing.clerk"), office.visitor("housing.clerk2")
    old = next(one for one in second.get("/work").forms if one.action.endswith("/claim"))
    taken = next(one for one in first.get("/work").forms if one.action == old.action)
    first.client.post(taken.action, data=taken.values)

    answer = second.client.post(old.action, data=old.values)

    assert answer.status_code == 409
    assert old.action not in {one.action for one in second.get("/work?tab=all").forms}
    assert "演示·县住建局·经办员甲" in second.get("/work?tab=all").text


def test_only_steps_of_ones_own_role_can_be_claimed(office: Office) -> None:
    clerk = office.visitor("housing.clerk").get("/work?tab=unclaimed")
    head = office.visitor("housing.head").get("/work?tab=unclaimed")
    claims = [
        {one.action for one in page.forms if one.action.endswith("/claim")}
        for page in (clerk, head)
    ]

    assert claims[0] < claims[1]


def test_what_the_office_sent_on_is_followed_with_the_other_organs_deadline(
    office: Office,
) -> None:
    visitor = office.visitor("county.clerk")
    petition = register(office)
    _send_on(office, visitor, petition)
    page = visitor.get("/work?tab=forwarded")
    line = _line(page, petition).text

    assert "签收" in line
    assert line.count("测试县住房和城乡建设局") == 2
    assert "书面告知" in line
    assert "正常 剩15天" in line
    assert petition not in visitor.get("/work?tab=all").html


def test_a_light_is_that_of_the_own_deadline_or_named_as_anothers(office: Office) -> None:
    visitor, other = office.visitor("county.clerk"), office.visitor("housing.clerk")
    petition = register(office)
    assert "of-others" not in _line(visitor.get("/work"), petition).html
    _send_on(office, visitor, petition)
    theirs = _line(other.get("/work?stage=routing"), petition)
    _do(other, petition, "object", {"f-reasons": "不属于本机关的职权范围"})

    line = _line(visitor.get("/work"), petition)

    assert "核实异议" in line.text
    assert "测试县住房和城乡建设局" in line.text
    assert "of-others" in line.html
    assert "测试县住房和城乡建设局" not in theirs.text
    assert "of-others" not in theirs.html
    assert petition not in visitor.get("/work?light=ok").html


def test_a_substitution_can_be_seen(office: Office) -> None:
    on = office.clock.now().date()
    absent = office.actor("housing.clerk")
    rows = [
        Substitution(
            absent=absent.person, substitute=office.actor("housing.clerk2").person,
            organ=absent.organ, valid_from=on,
        )
    ]  # fmt: skip
    with office.house.store.transaction() as paper:
        paper.change_directory(substitutions=rows, actor=SYSTEM, now=office.clock.now())
    visitor = office.visitor("housing.clerk")
    claim = next(one for one in visitor.get("/work").forms if one.action.endswith("/claim"))
    visitor.client.post(claim.action, data=claim.values)
    colleague = office.visitor()
    colleague.sign_in("housing.clerk2", PASSWORD)
    colleague.post("/organ", {"part": f"{absent.organ}|"}, from_page="/organ")

    assert "您可以代理 演示·县住建局·经办员甲 办理" in colleague.get("/work").text
    assert "由 演示·县住建局·经办员乙 代理" in colleague.get("/work?tab=all").text

    colleague.post("/organ", {"part": f"{absent.organ}|{absent.person}"}, from_page="/organ")
    page = colleague.get("/work?tab=mine")

    assert "您正在代理 演示·县住建局·经办员甲" in page.text
    assert "由您代理" in page.text
    assert any(one.action.endswith("/release") for one in page.forms)


def test_steps_have_english_names(office: Office) -> None:
    visitor = office.visitor("housing.clerk")
    visitor.post("/language", {"language": "en"})
    steps = re.findall(r'<td class="step">(.*?)</td>', visitor.get("/work?tab=all").html)

    assert steps
    assert not [one for one in steps if re.search(r"[\u4e00-\u9fff]", one)]


def test_handing_over_gives_the_step_to_a_colleague(office: Office) -> None:
    visitor = office.visitor("county.clerk")
    register(office)
    page = visitor.get("/work?tab=unclaimed")
    claim = next(one for one in page.forms if one.action.endswith("/claim"))
    colleague = office.actor("county.clerk2").person
    visitor.fill(claim.action.replace("/claim", "/hand-over"), {"f-person": colleague})

    assert claim.action.replace("/claim", "/release") in {
        one.action for one in office.visitor("county.clerk2").get("/work?tab=mine").forms
    }


def _counts(visitor: Visitor) -> dict[str, int]:
    text = visitor.get("/work").text
    return {
        name: int(number)
        for name, number in re.findall(r"(待办|我的经办|待认领|转出跟踪|本单位在办) (\d+)", text)
    }


def _line(page: Paper, petition: str) -> Paper:
    lines = page.html.split("<tr>")
    (found,) = (one for one in lines if f"/petitions/{petition}" in one)
    return Paper(found)


def _send_on(office: Office, visitor: Visitor, petition: str) -> None:
    housing = office.actor("housing.clerk").organ
    reason = "属于有权处理机关的职权范围"
    _do(visitor, petition, "sort", {"f-disposition": "forward", "f-reason": reason})
    _do(visitor, petition, "forward", {"f-organ": housing})


def _do(visitor: Visitor, petition: str, act: str, answers: dict[str, str]) -> None:
    page = visitor.get(f"/petitions/{petition}")
    address = next(link for link in page.links if f"/do/{act}" in link)
    form = checked(visitor.fill(address, answers, phase="preview"), 200).form("key")
    done = visitor.client.post(form.action, data={**form.values, "phase": "confirm"})
    assert done.status_code == 302
