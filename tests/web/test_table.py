"""The procedure as a table and as a handbook, for a browser without JavaScript."""

from __future__ import annotations

import pytest

from engine.bootstrap import shipped_source
from tests.web.drafting import SITE_VISIT
from tests.web.office import Office, Visitor
from tests.web.test_drafts import begun, sent

HANDLING = "handling.bpmn"


@pytest.fixture
def designer(office: Office) -> Visitor:
    return office.visitor("designer")


@pytest.fixture
def draft(designer: Visitor) -> str:
    """The address of a draft with a form of its own."""
    address = begun(designer)
    sent(designer, f"{address}/files", {"site-visit.toml": SITE_VISIT}, revision="0")
    return address


def test_a_site_visit_is_added_and_a_hearing_renamed_without_javascript(
    designer: Visitor, draft: str
) -> None:
    table = f"{draft}/table/{HANDLING}"
    assert "调查核实" in designer.get(table).text

    answers = {"f-name": "实地走访", "f-form": "site-visit"}
    answer = designer.fill(f"{table}/investigate/after", answers, asking="revision")
    assert str(answer.location).endswith(f"/{HANDLING}#site_visit")
    answers = {"f-name": "听证会", "f-role": "head", "f-organ": ""}
    assert designer.fill(f"{table}/hold_hearing", answers, asking="revision").status_code == 302

    page = designer.get(table).text
    assert "实地走访" in page
    assert "符合" in page
    saved = designer.client.get(f"{draft}/files/{HANDLING}").get_data(as_text=True)
    assert '<bpmn:userTask id="site_visit" name="实地走访" petition:form="site-visit">' in saved
    assert 'name="听证会" petition:act="hold_hearing" petition:role="head"' in saved


def test_bad_input_keeps_what_was_typed_and_says_why(designer: Visitor, draft: str) -> None:
    table = f"{draft}/table/{HANDLING}"
    answer = designer.fill(f"{table}/investigate/after", {"f-name": "走访"}, asking="revision")
    assert answer.status_code == 422
    assert "走访" in answer.get_data(as_text=True)
    designer.get(f"{table}/nowhere", 404)
    designer.get(f"{draft}/table/nothing.bpmn", 404)
    answer = designer.fill(
        f"{table}/next_way/after", {"f-name": "走访", "f-form": "site-visit"}, asking="revision"
    )
    assert answer.status_code == 422


def test_who_was_overtaken_is_told(office: Office, designer: Visitor, draft: str) -> None:
    id = draft.rsplit("/", 1)[-1]
    page = f"{draft}/table/{HANDLING}/hold_hearing"
    form = designer.get(page).form("revision")
    theirs = shipped_source().files[HANDLING].replace("指定承办人".encode(), "指定".encode())
    studio = office.house.studio
    studio.save(id, HANDLING, theirs, studio.draft(id).row.revision, actor=office.actor("designer"))

    answer = designer.client.post(page, data={**form.values, "f-name": "听证会"})
    assert answer.status_code == 409


def test_the_handbook_tells_each_step_with_its_basis_limit_and_papers(
    designer: Visitor, draft: str
) -> None:
    handbook = designer.get(f"{draft}/handbook").text
    for words in ("出具处理意见 第32条", "60天", "信访处理意见书", "责任单位 负责人", "填写"):
        assert words in handbook
    english = designer.get(f"{draft}/handbook?lang=en").text
    assert "issue the opinion" in english.lower()
    assert "60 days" in english


@pytest.mark.parametrize("login", ["county.clerk", "auditor", "admin"])
def test_only_designers_change_the_table(office: Office, draft: str, login: str) -> None:
    for page in (
        f"table/{HANDLING}",
        f"table/{HANDLING}/appoint",
        f"table/{HANDLING}/appoint/after",
        "handbook",
    ):
        office.visitor(login).get(f"{draft}/{page}", 403)


def test_flows_lanes_and_elements_are_changed_without_javascript(
    designer: Visitor, draft: str
) -> None:
    table = f"{draft}/table/{HANDLING}"
    page = designer.get(table)
    way = next(one for one in page.links if "/next_way/ways/" in one)
    before = designer.client.get(f"{draft}/files/{HANDLING}").get_data(as_text=True)

    form = designer.get(way)
    assert "默认出路" in form.text
    answer = designer.fill(way, {"f-condition": "urgent", "f-default": ""}, asking="revision")
    assert answer.status_code == 302
    saved = designer.client.get(f"{draft}/files/{HANDLING}").get_data(as_text=True)
    assert saved.count(">urgent<") == before.count(">urgent<") + 1

    assert "边界事件" in designer.get(f"{table}/hold_hearing/out").text
    assert designer.fill(f"{table}/hold_hearing/out", {}, asking="revision").status_code == 302
    page = designer.get(table)
    assert 'id="hold_hearing"' not in page.html
    designer.get(f"{table}/hold_hearing", 404)
    designer.get(f"{table}/next_way/ways/nowhere", 404)
    page = designer.get(f"{draft}/file/{HANDLING}")
    assert "恢复到此" in page.text


def test_one_more_way_is_led_and_another_taken_out(designer: Visitor, draft: str) -> None:
    table = f"{draft}/table/{HANDLING}"
    target = {"f-target": "issue_opinion"}
    answer = designer.fill(f"{table}/next_way/ways", target, asking="revision")
    if answer.status_code == 422:  # it leads there already
        answer = designer.fill(
            f"{table}/next_way/ways", {"f-target": "investigate"}, asking="revision"
        )
    assert answer.status_code == 302
    way = next(one for one in designer.get(table).links if "/ways/next_way_to_" in one)
    way = way.removesuffix("/out")
    assert designer.fill(f"{way}/out", {}, asking="revision").status_code == 302
    assert way not in designer.get(table).links
