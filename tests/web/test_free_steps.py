"""A free step of a designer's drawing has a page like any act, without a line of Python."""

from __future__ import annotations

from engine.bootstrap import put_in_force, shipped_source
from tests.web.checks import checked
from tests.web.office import Office
from tests.web.test_registration import register

FORM = """
id = "first-look"
title = { zh = "初步查看", en = "First look" }

[[field]]
name = "looked_on"
label = { zh = "查看日期", en = "Looked on" }
kind = "date"

[[field]]
name = "notes"
label = { zh = "查看记录", en = "Notes" }
kind = "long_text"
""".encode()


def redraw(office: Office) -> None:
    """Put a drawing in force that begins with a free step in place of the sorting."""
    source = shipped_source()
    routing = source.files["routing.bpmn"]
    before, after = routing.split(b'<bpmn:userTask id="sort" ', 1)
    task, rest = after.split(b">", 1)
    changed = task.replace(b'petition:act="sort"', b'petition:form="first-look"')
    files = {
        "routing.bpmn": before + b'<bpmn:userTask id="sort" ' + changed + b">" + rest,
        "forms/first-look.toml": FORM,
    }
    house = office.house
    put_in_force(house.store, source.with_files(files), house.vocabulary, office.clock)


def test_a_free_step_is_asked_previewed_and_done(office: Office) -> None:
    redraw(office)
    petition = register(office)
    visitor = office.visitor("county.clerk")
    page = visitor.get(f"/petitions/{petition}")
    address = next(link for link in page.links if "/do/fill" in link)

    assert "查看记录" in visitor.get(address).text
    checked(visitor.fill(address, {"f-looked_on": "2026-11-23"}, phase="preview"), 422)

    answers = {"f-looked_on": "2026-11-23", "f-notes": "演示记录"}
    form = checked(visitor.fill(address, answers, phase="preview"), 200).form("key")
    done = visitor.client.post(form.action, data={**form.values, "phase": "confirm"})

    assert done.status_code == 302
    assert not [link for link in visitor.get(done.location).links if "/do/fill" in link]
    assert "自定环节" in visitor.get(f"/petitions/{petition}/timeline").text


def test_petitions_under_way_keep_the_drawing_they_started_with(office: Office) -> None:
    petition = register(office)
    redraw(office)
    page = office.visitor("county.clerk").get(f"/petitions/{petition}")

    assert any("/do/sort" in link for link in page.links)
    assert not any("/do/fill" in link for link in page.links)
