"""Petitions carried over on the designers' pages: proposed, tried dry, confirmed by another, seen by staff, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from engine.bootstrap import put_in_force, shipped_source
from engine.drafting.migration import Route
from engine.store.tables import petition as petitions
from tests.office.test_migrating import renamed_step
from tests.web.checks import checked
from tests.web.office import Office, Visitor
from tests.web.test_in_a_browser import Picture, address, complaints, enter

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["address", "complaints"]

OLD, NEW = shipped_source().digest, renamed_step().digest
ROOM = "/designers/migration"
PROPOSAL = f"{ROOM}/new?from={OLD}&to={NEW}"


@pytest.fixture
def redrawn(office: Office) -> Office:
    """The office with another version in force, in which a step has another name."""
    put_in_force(office.house.store, renamed_step(), office.house.vocabulary, office.clock)
    return office


def proposed(designer: Visitor, renamed: str = "investigate = look_into", numbers: str = "") -> str:
    """The address of a batch that *designer* has proposed."""
    given = {"f-renamed": renamed, "f-numbers": numbers}
    answer = designer.fill(PROPOSAL, given, asking="f-renamed")
    assert answer.status_code == 302
    return str(answer.location)


def decides(visitor: Visitor, batch: str, phase: str) -> str:
    """Press the button *phase* on the page of *batch*; where that leads."""
    answer = visitor.post(batch, {"phase": phase}, from_page=batch)
    assert answer.status_code == 302, answer.get_data(as_text=True)[:600]
    return str(answer.location)


def at_the_step(office: Office, step: str = "investigate") -> str:
    """A petition that stands at *step*, by itself that which has another name in the new version."""
    with office.house.store.engine.connect() as connection:
        ids = connection.execute(
            petitions.select().where(petitions.c.closed_at.is_(None), ~petitions.c.sealed)
        ).all()
    with office.house.store.reading() as desk:
        for row in ids:
            if any(one.element == step for one in desk.work(row.id)):
                return str(row.id)
    raise AssertionError("no petition is at the investigation")


def version_of(office: Office, petition: str) -> str:
    with office.house.store.reading() as desk:
        return desk.load(petition).procedure


def test_the_story_from_the_proposal_to_taking_it_back(redrawn: Office) -> None:
    petition = at_the_step(redrawn)
    designer, admin = redrawn.visitor("designer"), redrawn.visitor("admin")
    assert "investigate = look_into" in designer.get(PROPOSAL).text

    batch = proposed(designer)
    page = designer.get(batch)
    assert "等待确认" in page.text
    assert "investigate → look_into" in page.text
    assert "确认迁移" not in page.text
    checked(designer.post(batch, {"phase": "confirm"}, from_page=batch), 403)
    assert version_of(redrawn, petition) == OLD

    decides(admin, batch, "confirm")
    assert "已完成" in admin.get(batch).text
    assert version_of(redrawn, petition) == NEW
    told = redrawn.visitor("county.clerk").get(f"/petitions/{petition}/timeline").text
    assert "流程版本迁移" in told
    assert f"由 {OLD[:12]} 改为 {NEW[:12]}" in told

    back = decides(designer, batch, "undo")
    decides(admin, back, "confirm")
    assert version_of(redrawn, petition) == OLD
    assert admin.get(ROOM).text.count("已完成") == 2


def test_what_cannot_go_is_told_with_the_reason_and_filtered(redrawn: Office) -> None:
    petition = at_the_step(redrawn)
    designer = redrawn.visitor("designer")
    batch = proposed(designer, renamed="")

    page = designer.get(f"{batch}?outcome=refused")

    assert "新版流程图中没有这一环节" in page.text
    with redrawn.house.store.reading() as desk:
        number = desk.load(petition).number
    assert number in page.text
    assert number not in designer.get(f"{batch}?outcome=kept").text
    english = designer.post("/language", {"language": "en", "back": batch})
    assert english.status_code == 302
    assert "the new drawings have no such element" in designer.get(batch).text


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"f-renamed": "one two three"}, "第1行读不懂"),
        ({"f-renamed": "nobody = look_into"}, "旧版中没有元素nobody"),
    ],
)
def test_what_cannot_be_read_is_asked_again(redrawn: Office, answers: dict[str, str], why: str) -> None:  # fmt: skip
    designer = redrawn.visitor("designer")

    page = checked(designer.fill(PROPOSAL, answers, asking="f-renamed"), 422)

    assert why in page.text
    assert answers["f-renamed"] in page.text


def test_a_sealed_number_is_as_unknown_as_one_that_is_not_there(redrawn: Office) -> None:
    with redrawn.house.store.engine.connect() as connection:
        sealed = connection.execute(petitions.select().where(petitions.c.sealed)).first()
    assert sealed is not None
    designer = redrawn.visitor("designer")
    said = []
    for number in (sealed.number, "测县信访〔2026〕9999号"):
        answer = designer.fill(PROPOSAL, {"f-numbers": number}, asking="f-renamed")
        said.append(checked(answer, 404).text.replace(number, "…"))

    assert said[0] == said[1]


@pytest.mark.parametrize("login", ["county.clerk", "county.head", "supervisor", "auditor"])
def test_the_pages_are_for_designers_and_administrators(redrawn: Office, login: str) -> None:
    batch = proposed(redrawn.visitor("designer"))
    visitor = redrawn.visitor(login)

    for page in (ROOM, PROPOSAL, batch):
        visitor.get(page, 403)
    checked(visitor.post(batch, {"phase": "confirm"}), 403)
    redrawn.visitor("admin").get(PROPOSAL, 403)


def test_a_batch_that_is_not_there_and_a_step_that_is_none(redrawn: Office) -> None:
    admin = redrawn.visitor("admin")
    admin.get(f"{ROOM}/none", 404)
    batch = proposed(redrawn.visitor("designer"))
    checked(admin.post(batch, {"phase": "dance"}, from_page=batch), 404)
    checked(admin.post(batch, {"phase": "undo"}, from_page=batch), 409)
    assert decides(admin, batch, "withdraw")
    checked(admin.post(batch, {"phase": "confirm"}, from_page=batch), 409)


def test_the_player_changes_the_drawing_where_the_petition_was_carried_over(
    redrawn: Office,
) -> None:
    petition = at_the_step(redrawn)
    batch = proposed(redrawn.visitor("designer"))
    decides(redrawn.visitor("admin"), batch, "confirm")
    auditor = redrawn.visitor("auditor")

    found = auditor.client.get(f"/petitions/{petition}/replay.json").get_json()["moments"]

    versions = [one["drawing"].partition("version=")[2] for one in found]
    assert (versions[0], versions[-1]) == (OLD, NEW)
    assert "look_into" in found[-1]["open"]
    assert "investigate" in found[-2]["open"]
    assert "hear_petitioner" in found[-1]["done"]
    for one, inside in ((found[-2], b'"investigate"'), (found[-1], b'"look_into"')):
        answer = auditor.client.get(one["drawing"])
        assert answer.status_code == 200
        assert inside in answer.get_data()
    page = auditor.get(f"/petitions/{petition}/replay?at={len(found) - 1}")
    assert OLD in page.html
    foreign = f"/petitions/{petition}/diagram/handling.bpmn?version={'0' * 64}"
    assert auditor.client.get(foreign).status_code == 404


def test_a_batch_under_way_says_how_far_it_is_and_reloads_by_itself(redrawn: Office) -> None:
    work, admin = redrawn.house.migrations, redrawn.visitor("admin")
    id = work.propose(Route(before=OLD, after=NEW), actor=redrawn.actor("designer"))
    page = admin.get(f"{ROOM}/{id}")
    assert "正在预演" in page.text
    assert 'http-equiv="refresh"' in page.html
    assert "确认迁移" not in page.text

    work.turn(redrawn.clock.now())

    assert 'http-equiv="refresh"' not in admin.get(f"{ROOM}/{id}").html


def test_a_migration_in_a_real_browser(
    redrawn: Office, address: str, page: Page, picture: Picture, complaints: list[str]
) -> None:
    enter(page, address, "designer")
    page.goto(f"{address}{ROOM}")
    page.get_by_role("button", name="比较").click()
    page.get_by_role("button", name="预演").click()

    expect(page.get_by_text("等待确认")).to_be_visible()
    assert picture("migration").stat().st_size > 20_000
    assert not complaints


def test_what_was_typed_before_the_petition_was_carried_over_is_shown_again(
    redrawn: Office,
) -> None:
    petition = at_the_step(redrawn)
    with redrawn.house.store.reading() as desk:
        (item,) = desk.work(petition)
    clerk = redrawn.visitor("housing.clerk")
    asked = next(
        one for one in clerk.get(f"/petitions/{petition}").links if "/do/investigate" in one
    )
    typed = {"f-record": "演示:已到现场核实", "f-next_step": "opinion"}
    form = checked(clerk.fill(asked, typed, phase="preview"), 200).form("key")

    decides(redrawn.visitor("admin"), proposed(redrawn.visitor("designer")), "confirm")
    late = checked(clerk.send(form, {"phase": "confirm"}), 409)
    assert typed["f-record"] in late.html
    done = clerk.send(late.form("key"), {"phase": "preview"})
    again = checked(done, 200).form("key")
    assert clerk.send(again, {"phase": "confirm"}).status_code == 302

    with redrawn.house.store.reading() as desk:
        entry = desk.entries(
            redrawn.actor("housing.clerk"), petition, on=redrawn.clock.now().date()
        )[-1]
    assert (entry.act, entry.step) == ("investigate", f"look_into#{item.step}")
