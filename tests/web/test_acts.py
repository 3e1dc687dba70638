"""A page for each act: the questions, what would follow, the deed, and every way in which it can be refused."""

from __future__ import annotations

import re
from datetime import date

import pytest

from engine.petition.commands import Command
from tests.web.checks import checked
from tests.web.office import Office, Visitor
from tests.web.test_registration import register

SORT = {"f-disposition": "forward", "f-reason": "属于有权处理机关的职权范围"}


@pytest.fixture
def petition(office: Office) -> str:
    """A petition that has just been registered at the county's petition office."""
    return register(office)


def sort_page(visitor: Visitor, petition: str) -> str:
    """The address of the page that sorts the petition."""
    page = visitor.get(f"/petitions/{petition}")
    return next(link for link in page.links if "/do/sort" in link)


def test_an_act_shows_what_follows_before_it_is_done(office: Office, petition: str) -> None:
    visitor = office.visitor("county.clerk")
    before = office.version(petition)
    page = checked(visitor.fill(sort_page(visitor, petition), SORT, phase="preview"), 200)

    assert "办理后将发生" in page.text
    assert "转送" in page.text
    assert office.version(petition) == before


def test_confirming_does_it_and_leads_back_to_the_file(office: Office, petition: str) -> None:
    visitor = office.visitor("county.clerk")
    done = _confirmed(visitor, petition)

    assert done.location == f"/petitions/{petition}"
    page = visitor.get(f"/petitions/{petition}")
    assert "已办理:" in page.text
    assert any("/do/forward" in link for link in page.links)


def test_a_page_is_filled_with_what_its_act_proposes(office: Office, petition: str) -> None:
    visitor = office.visitor("county.clerk")
    _confirmed(visitor, petition)
    page = visitor.get(f"/petitions/{petition}")
    forward = next(link for link in page.links if "/do/forward" in link)
    asked = visitor.get(forward).form("key").values
    linked = visitor.get(f"{forward}&f-arrived_on=2026-11-20").form("key").values

    assert (asked["f-forwarded_on"], asked["f-arrived_on"]) == ("2026-11-23", "2026-11-23")
    assert linked["f-arrived_on"] == "2026-11-20"


def test_what_would_follow_is_told_line_by_line(office: Office, petition: str) -> None:
    visitor = office.visitor("county.clerk")
    _confirmed(visitor, petition)
    page = visitor.get(f"/petitions/{petition}")
    forward = next(link for link in page.links if "/do/forward" in link)
    preview = visitor.fill(forward, {"f-organ": "county.housing"}, phase="preview")
    begun = re.search(r"起算期限</dt><dd>(.*?)</dd>", checked(preview, 200).html, re.DOTALL)

    assert begun is not None
    assert [line[-10:] for line in begun[1].splitlines()] == ["2026-12-08", "2026-11-30"]


def test_going_back_to_change_keeps_the_answers(office: Office, petition: str) -> None:
    visitor = office.visitor("county.clerk")
    preview = checked(visitor.fill(sort_page(visitor, petition), SORT, phase="preview"), 200)
    form = preview.form("key")
    change = next(link for link in preview.links if f"key={form.values['key']}" in link)
    page = visitor.get(change)

    assert page.form("key").values["f-disposition"] == "forward"
    assert page.form("key").values["key"] == form.values["key"]


def test_going_back_after_the_deed_sends_nothing_again(office: Office, petition: str) -> None:
    visitor = office.visitor("county.clerk")
    address = sort_page(visitor, petition)
    form = visitor.get(address).form("key")
    sent = visitor.client.post(form.action, data={**form.values, **SORT, "phase": "preview"})
    preview = visitor.get(sent.location)
    confirm = preview.form("key")
    visitor.client.post(confirm.action, data={**confirm.values, "phase": "confirm"})
    version = office.version(petition)

    assert sent.status_code == 302
    assert SORT["f-reason"] not in sent.location
    assert "已经确认并办理" in visitor.get(sent.location).text
    assert f"/petitions/{petition}" in visitor.get(sent.location).links
    assert office.version(petition) == version


def test_what_somebody_else_typed_is_not_shown(office: Office, petition: str) -> None:
    visitor, other = office.visitor("county.clerk"), office.visitor("county.clerk2")
    form = visitor.get(sort_page(visitor, petition)).form("key")
    sent = visitor.client.post(form.action, data={**form.values, **SORT, "phase": "preview"})
    answer = other.client.get(sent.location)

    assert answer.status_code == 302
    assert "/confirm" not in answer.location
    assert SORT["f-reason"] not in other.get(answer.location).html


def test_a_confirmation_sent_twice_is_one_deed(office: Office, petition: str) -> None:
    visitor = office.visitor("county.clerk")
    preview = checked(visitor.fill(sort_page(visitor, petition), SORT, phase="preview"), 200)
    form = preview.form("key")
    sent = {**form.values, "phase": "confirm"}
    visitor.client.post(form.action, data=sent)
    version = office.version(petition)
    again = visitor.client.post(form.action, data=sent)

    assert again.status_code == 302
    assert again.location == f"/petitions/{petition}"
    assert office.version(petition) == version


def test_who_was_overtaken_is_told_and_changes_nothing(office: Office, petition: str) -> None:
    slow, quick = office.visitor("county.clerk"), office.visitor("county.clerk2")
    form = slow.get(sort_page(slow, petition)).form("key")
    _add_note(quick, petition)
    version = office.version(petition)
    page = checked(slow.send(form, {**SORT, "phase": "preview"}), 409)

    assert "已有变动" in page.text
    assert page.form("key").values["f-reason"] == SORT["f-reason"]
    assert office.version(petition) == version


def test_what_is_missing_is_said_beside_the_question(office: Office, petition: str) -> None:
    visitor = office.visitor("county.clerk")
    page = checked(
        visitor.fill(sort_page(visitor, petition), {"f-reason": "因"}, phase="preview"), 422
    )

    assert "f-disposition-fault" in page.ids
    assert page.form("key").values["f-reason"] == "因"


def test_the_statutes_refusal_keeps_what_was_typed(office: Office, petition: str) -> None:
    visitor = office.visitor("county.clerk")
    answers = {"f-disposition": "own", "f-reason": "想自己办"}
    page = checked(visitor.fill(sort_page(visitor, petition), answers, phase="preview"), 409)

    assert "现在不能这样办理" in page.text
    assert page.form("key").values["f-reason"] == "想自己办"


def test_a_step_that_is_done_is_no_longer_there(office: Office, petition: str) -> None:
    visitor = office.visitor("county.clerk")
    address = sort_page(visitor, petition)
    _confirmed(visitor, petition)

    visitor.get(address, 404)


@pytest.mark.parametrize(
    "act", ["issue_opinion", "nonsense", "fill", "recalendar", "register", "claim"]
)
def test_an_act_that_is_not_offered_has_no_page(office: Office, petition: str, act: str) -> None:
    office.visitor("county.clerk").get(f"/petitions/{petition}/do/{act}", 404)


def test_an_act_of_another_role_is_refused_with_its_reason(office: Office, petition: str) -> None:
    visitor = office.visitor("county.clerk")
    step = sort_page(visitor, petition).split("step=")[1]
    page = office.visitor("supervisor").get(f"/petitions/{petition}/do/sort?step={step}", 403)

    assert "不能办理「" in page.text


@pytest.mark.parametrize("key", ["", "short", "x" * 500])
def test_a_page_without_a_proper_key_is_not_taken(office: Office, petition: str, key: str) -> None:
    visitor = office.visitor("county.clerk")
    answer = visitor.fill(sort_page(visitor, petition), {**SORT, "key": key}, phase="confirm")

    checked(answer, 422)


@pytest.mark.parametrize("word", ["-1", "9" * 40, "abc", "1e9", "\x00"])
def test_impossible_steps_and_versions_change_nothing(
    office: Office, petition: str, word: str
) -> None:
    visitor = office.visitor("county.clerk")
    address = sort_page(visitor, petition)
    version = office.version(petition)
    form = visitor.get(address).form("key")
    answer = visitor.send(form, {**SORT, "step": word, "version": word, "phase": "preview"})

    assert answer.status_code in {200, 404, 409}
    assert office.version(petition) == version


def test_a_wrong_date_is_corrected_and_its_clock_counts_anew(office: Office) -> None:
    petition = register(office, **{"f-received_on": "2026-11-20"})
    visitor = office.visitor("county.head")
    page = visitor.get(f"/petitions/{petition}")
    address = next(link for link in page.links if "/do/correct_date" in link)
    answers = {
        "f-deadline": "T1#1", "f-on": "2026-11-18", "f-evidence": "信封邮戳和收发登记", "f-reason": "收到日期录入有误",
    }  # fmt: skip
    preview = checked(visitor.fill(address, answers, phase="preview"), 200)

    assert "2026-12-03" in preview.text

    form = preview.form("key")
    visitor.client.post(form.action, data={**form.values, "phase": "confirm"})
    with office.house.store.reading() as desk:
        assert str(desk.load(petition).ledger.get("T1#1").legal_due) == "2026-12-03"


def _confirmed(visitor: Visitor, petition: str) -> object:
    preview = checked(visitor.fill(sort_page(visitor, petition), SORT, phase="preview"), 200)
    form = preview.form("key")
    done = visitor.client.post(form.action, data={**form.values, "phase": "confirm"})
    assert done.status_code == 302
    return done


def _add_note(visitor: Visitor, petition: str) -> None:
    address = f"/petitions/{petition}/do/add_material"
    form = visitor.get(address).form("key")
    preview = checked(visitor.send(form, {"f-note": "补充材料一份", "phase": "preview"}), 200)
    confirm = preview.form("key")
    assert (
        visitor.client.post(confirm.action, data={**confirm.values, "phase": "confirm"}).status_code
        == 302
    )


def test_who_claims_the_step_in_another_window_is_not_overtaken_by_it(
    office: Office, petition: str
) -> None:
    visitor = office.visitor("county.clerk")
    page = sort_page(visitor, petition)
    form = visitor.get(page).form("key")
    with office.house.store.reading() as desk:
        (step,) = (one.step for one in desk.work(petition))
    actor = office.actor("county.clerk")
    office.house.office.perform(
        Command(act="claim", actor=actor, key="another window", petition=petition, step=step)
    )

    checked(visitor.send(form, {**SORT, "phase": "preview"}), 200)


def test_what_the_petitioner_wrote_is_shown_beside_the_form_and_the_look_is_logged(
    office: Office, petition: str
) -> None:
    visitor = office.visitor("county.clerk")
    page = visitor.get(sort_page(visitor, petition))
    assert "演示材料" not in page.text
    form = page.form("key")
    answer = visitor.client.post(form.action, data={**form.values, **SORT, "phase": "look"})
    shown = visitor.get(answer.location)

    assert "演示材料" in shown.text
    assert shown.form("key").values["f-reason"] == SORT["f-reason"]
    with office.house.store.reading() as desk:
        looks = desk.viewings(office.actor("county.clerk"), petition, on=date(2026, 11, 23))
    assert looks[-1].reason == "办理:分流"


def test_a_form_whose_session_has_ended_gives_back_what_was_typed(
    office: Office, petition: str
) -> None:
    visitor = office.visitor("county.clerk")
    form = visitor.get(sort_page(visitor, petition)).form("key")
    typed = "演示:写了很久、不应当丢失的一段理由"
    ended = office.app.test_client()
    answer = ended.post(form.action, data={**form.values, **SORT, "f-reason": typed})
    page = checked(answer, 401)

    assert typed in page.html
