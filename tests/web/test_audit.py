"""What auditors see over all petitions: every figure leads to its files, and nobody else sees any of it."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as Xml

import pytest

from tests.web.office import Office

PAGES = (
    "/audit/verdict", "/audit/files", "/audit/steps", "/audit/ways", "/audit/holding", "/audit/samples", "/audit/samples/x",
    "/audit/samples/x/1", "/audit/samples/x.csv", "/audit/events",
    "/audit/model.bpmn",
)  # fmt: skip


@pytest.mark.parametrize(
    "login", ["county.clerk", "housing.head", "supervisor", "designer", "admin"]
)
def test_only_auditors_come_in(login: str, office: Office) -> None:
    visitor = office.visitor(login)
    assert "/audit/verdict" not in visitor.get("/calculator").links
    for page in PAGES:
        assert visitor.client.get(page).status_code == 403, page
    assert visitor.post("/audit/events", {"format": "xes"}).status_code == 403


def test_every_count_leads_to_as_many_files(office: Office) -> None:
    visitor = office.visitor("auditor")
    page = visitor.get("/audit/verdict")
    links = [link for link in page.links if link.startswith("/audit/files?limit=")]

    assert len(links) > 10
    for link in links[:12]:
        found = visitor.get(link)
        count = re.search(r"共 (\d+) 件", found.text)
        assert count, link
        assert int(count[1]) == sum(one.endswith("/replay") for one in found.links) or int(count[1]) > 25  # fmt: skip


@pytest.mark.parametrize("page", ["/audit/steps?process=routing", "/audit/ways", "/audit/holding"])
def test_every_other_figure_leads_to_its_files(page: str, office: Office) -> None:
    visitor = office.visitor("auditor")
    links = [link for link in visitor.get(page).links if link.startswith("/audit/files?")]

    assert len(links) > 3
    for link in links[:6]:
        assert any(one.endswith("/replay") for one in visitor.get(link).links), link


def test_ways_add_up_and_times_are_said(office: Office) -> None:
    visitor = office.visitor("auditor")
    concluded = len(office.files("auditor", state="closed", kind="petition"))

    assert f"共 {concluded} 件" in visitor.get("/audit/ways?which=concluded").text
    assert "n<20" in visitor.get("/audit/steps?measure=ninetieth").text
    assert "其中在途" in visitor.get("/audit/holding?which=open&from=2026-01-01").text
    visitor.get("/audit/steps?process=none", 404)
    visitor.get("/audit/steps?version=none&measure=none")


def test_a_period_narrows_the_figures_and_a_wrong_day_is_told(office: Office) -> None:
    visitor = office.visitor("auditor")
    whole = visitor.get("/audit/verdict").text
    part = visitor.get("/audit/verdict?from=2026-09-01&to=2026-09-30&organ=county.housing").text

    assert part != whole
    assert "所选时段内没有届满的期限" in visitor.get("/audit/verdict?to=2020-01-01").text
    visitor.get("/audit/verdict?from=x", 422)
    visitor.get("/audit/files?from=2026-02-30", 422)


def test_unknown_words_in_an_address_are_no_fault(office: Office) -> None:
    visitor = office.visitor("auditor")
    visitor.get(
        "/audit/files?limit=T99&finding=none&element=x&version=y&state=z&band=b&way=w&holder=h"
    )


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("xes", "application/xml"),
        ("ocel", "application/json"),
        ("csv", "text/csv"),
        ("zip", "application/xml"),
    ],
)
def test_a_log_is_taken_away_and_logged(form: str, kind: str, office: Office) -> None:
    visitor = office.visitor("auditor")
    answer = visitor.post(
        "/audit/events", {"format": form, "process": "petition"}, from_page="/audit/events"
    )
    file = office.files("auditor", kind="petition")[0]
    with office.house.store.reading() as desk:
        looks = desk.viewings(office.actor("auditor"), file.petition, on=file.received_on.replace(year=2026))  # fmt: skip

    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "events" in {look.what for look in looks}
    assert "事件日志" in visitor.get(f"/petitions/{file.petition}/content").text
    if form == "xes":
        assert Xml.fromstring(answer.data).tag.endswith("log")
    if form == "ocel":
        assert json.loads(answer.data)["events"]


def test_the_flat_drawing_is_handed_out(office: Office) -> None:
    client = office.visitor("auditor").client

    assert client.get("/audit/model.bpmn?process=supervision").data.startswith(b"<?xml")
    assert client.get("/audit/model.bpmn?version=none").status_code == 404
    assert client.get("/audit/model.bpmn?process=none").status_code == 422


def test_a_sample_is_drawn_checked_and_added_up(office: Office) -> None:
    visitor = office.visitor("auditor")
    asked = {
        "f-closed_from": "2026-01-01", "f-closed_to": "2026-11-20", "f-size": "4", "f-number": "04 11 19",
    }  # fmt: skip
    place = visitor.fill("/audit/samples", asked).location
    first = visitor.get(place)
    forms = [link for link in first.links if link.startswith(f"{place}/") and link[-1].isdigit()]
    after = visitor.fill(forms[0], {"T5": "material", "U5": "minor"}, asking="T5").location
    last = visitor.fill(after, {}, asking="T5").location

    assert len(forms) == 4
    assert last.startswith(f"{place}/")
    page = visitor.get(place)
    assert "1/2 = 50.00%" in page.text
    assert "重大缺陷" in page.text
    table = visitor.client.get(f"{place}.csv").get_data(as_text=True).splitlines()
    assert (len(table), table[1].count("material"), table[1].count("minor")) == (5, 1, 1)
    assert place in visitor.get("/audit/samples").links
    visitor.post("/language", {"language": "en"})
    for address in (place, forms[0], *PAGES[:6]):
        assert visitor.get(address).language == "en"


def test_a_draw_that_cannot_be_is_told_and_keeps_what_was_typed(office: Office) -> None:
    visitor = office.visitor("auditor")
    form = visitor.get("/audit/samples").form("key")
    sent = {**form.values, "f-closed_from": "2026-05-01", "f-number": "4 8 15"}
    answer = visitor.client.post("/audit/samples", data=sent)

    assert answer.status_code == 422
    assert "4 8 15" in answer.get_data(as_text=True)
    assert visitor.client.get("/audit/samples/none").status_code == 404
    assert visitor.client.get("/audit/samples/none/1").status_code == 404
