"""The administrator's pages: organs, people, substitutions, calendars, competence, settings."""

from __future__ import annotations

from datetime import date

from tests.web.checks import checked
from tests.web.office import PASSWORD, Office
from tests.web.test_registration import register
from web.desk.registration import PARTY

ORGAN = {
    "f-name": "测试县林业局", "f-name_en": "Test County Forestry Bureau", "f-code": "测县林", "f-kind": "department",
    "f-level": "county", "f-government": "county.government", "f-valid_from": "2026-11-01",
}  # fmt: skip
NOTICE = {
    "f-year": "2027",
    "f-title": "关于2027年部分节假日安排的通知(演示)",
    "f-holidays": "元旦 2027-01-01 2027-01-03\n春节 2027-02-05 2027-02-11",
    "f-makeup_workdays": "2027-02-13",
}


def test_a_new_organ_can_be_chosen_at_once(office: Office) -> None:
    visitor = office.visitor("admin")
    visitor.fill("/admin/organs/new", ORGAN, asking="f-name")

    assert "测试县林业局" in visitor.get("/admin/organs").text
    assert "测试县林业局" in office.visitor("county.clerk").get("/register").html


def test_a_dissolved_organ_names_its_successor(office: Office) -> None:
    visitor = office.visitor("admin")
    answers = {"f-valid_to": "2026-12-31", "f-successor": "county.government"}
    visitor.fill("/admin/organs/county.housing", answers, asking="f-name")

    assert "至 2026-12-31 → 测试县人民政府" in visitor.get("/admin/organs").text


def test_a_new_person_signs_in_with_the_first_password(office: Office) -> None:
    visitor = office.visitor("admin")
    person = {"f-name": "演示·新人", "f-login": "newcomer", "f-password": "a-first-password"}
    made = visitor.fill("/admin/people/new", person, asking="f-login")
    role = {"f-organ": "county.petitions", "f-role": "clerk", "f-valid_from": "2026-11-01"}
    visitor.fill(f"{made.location}/appointment", role, asking="f-role")
    newcomer = office.visitor()

    assert newcomer.sign_in("newcomer", "a-first-password").status_code == 302
    assert "测试县信访局" in newcomer.get("/work").text


def test_a_weak_password_and_a_taken_login_are_refused(office: Office) -> None:
    visitor = office.visitor("admin")
    for login, password in (("newcomer", "short"), ("county.clerk", "a-first-password")):
        answers = {"f-name": "演示", "f-login": login, "f-password": password}

        checked(visitor.fill("/admin/people/new", answers, asking="f-login"), 422)


def test_ending_an_appointment_shuts_the_rooms_at_once(office: Office) -> None:
    clerk = office.visitor("county.clerk2")
    person = office.actor("county.clerk2").person
    admin = office.visitor("admin")
    page = admin.get(f"/admin/people/{person}")
    held = next(one for one in page.controls if one.get("name") == "csrf_token")
    end = f"county.petitions|clerk|{_since(office, person).isoformat()}"
    admin.client.post(f"/admin/people/{person}", data={"csrf_token": held["value"], "end": end})

    assert clerk.client.get("/work").status_code == 302


def test_a_substitute_works_for_the_absent_and_the_record_says_so(office: Office) -> None:
    absent, substitute = office.actor("labour.clerk").person, office.actor("county.clerk2").person
    answers = {
        "f-organ": "county.labour", "f-absent": absent, "f-substitute": substitute, "f-valid_from": "2026-11-01",
    }  # fmt: skip
    office.visitor("admin").fill("/admin/substitutions/new", answers, asking="f-absent")
    visitor = office.visitor()
    visitor.sign_in("county.clerk2", PASSWORD)
    visitor.post("/organ", {"part": f"county.labour|{absent}"})

    assert "代理" in visitor.get("/work").text


def test_a_notice_says_what_it_would_change_before_it_is_published(office: Office) -> None:
    visitor = office.visitor("admin")
    page = checked(visitor.fill("/admin/calendars/new", NOTICE, asking="f-year"), 200)

    assert "件在办事项的期限将按新日历重新计算" in page.text
    assert "期限变动" in page.text
    table = visitor.client.post(
        "/admin/calendars/new", data={**page.form("f-year").values, "phase": "csv"}
    )
    lines = table.get_data(as_text=True).lstrip("\ufeff").splitlines()
    assert table.mimetype == "text/csv"
    assert lines[0].startswith("编号,单位,期限")
    assert all("暂定" in line and "确定" in line for line in lines[1:])
    assert "2027 年的放假安排尚未公布" in visitor.get("/admin/calendars").text

    form = page.form("f-year")
    visitor.client.post(form.action, data={**form.values, "phase": "publish"})

    assert "2027 年的放假安排尚未公布" not in visitor.get("/admin/calendars").text
    assert visitor.get("/admin/calendars/new").form("f-year").values["f-year"] == "2028"


def test_publishing_a_year_makes_provisional_dates_final(office: Office) -> None:
    assert _provisional(office)

    visitor = office.visitor("admin")
    form = checked(visitor.fill("/admin/calendars/new", NOTICE, asking="f-year"), 200).form(
        "f-year"
    )
    visitor.client.post(form.action, data={**form.values, "phase": "publish"})
    assert "正在按新日历重新计算" in visitor.get("/admin/calendars").text
    office.house.tower.drain()
    assert "正在按新日历重新计算" not in visitor.get("/admin/calendars").text

    assert not _provisional(office)


def test_a_notice_that_cannot_be_right_is_refused(office: Office) -> None:
    visitor = office.visitor("admin")
    for wrong in (
        {"f-holidays": "元旦一天"},
        {"f-holidays": "元旦 2027-01-03 2027-01-01"},
        {"f-makeup_workdays": "2027-02-15"},
        {"f-year": "1999"},
    ):
        checked(visitor.fill("/admin/calendars/new", {**NOTICE, **wrong}, asking="f-year"), 422)


def test_a_row_of_the_competence_table_comes_and_goes(office: Office) -> None:
    visitor = office.visitor("admin")
    row = {"f-organ": "county.housing", "f-basis": "演示职责清单第九项"}
    visitor.fill("/admin/competence/new", row, asking="f-basis")
    page = visitor.get("/admin/competence")
    assert "演示职责清单第九项" in page.text

    visitor.post("/admin/competence", {"row": "0:county.housing"})

    assert "演示职责清单第九项" not in visitor.get("/admin/competence").text


def test_an_open_number_is_kept_and_taken_back(office: Office) -> None:
    visitor = office.visitor("admin")
    asked = {name for form in visitor.get("/admin/settings").forms for name in form.names}
    names = sorted(name for name in asked if name.startswith("f-"))
    for value in ("7", ""):
        visitor.fill("/admin/settings", {names[0]: value}, asking=names[0])

        assert visitor.get("/admin/settings").form(names[0]).values[names[0]] == value


def test_papers_lead_to_the_address_that_the_public_reaches(office: Office) -> None:
    visitor, field = office.visitor("admin"), "f-public_address"
    wrong = visitor.fill("/admin/settings", {field: "www.example.gov.cn/path"}, asking=field)
    assert "不带路径" in checked(wrong, 422).text
    clerk = office.visitor("county.clerk")
    receipt = f"/petitions/{register(office)}/receipt"
    assert "http://localhost/query" in clerk.get(receipt).text

    visitor.fill("/admin/settings", {field: "https://www.example.gov.cn/"}, asking=field)

    assert "https://www.example.gov.cn/query" in clerk.get(receipt).text
    with office.house.store.reading() as desk:
        last = desk.house_entries()[-1]
    assert (last.act, last.person) == ("change_settings", office.actor("admin").person)


def test_what_is_carried_over_is_asked_at_registration(office: Office) -> None:
    assert {one.name for one in office.house.acts["register"].form.fields} >= set(PARTY)


def _since(office: Office, person: str) -> date:
    with office.house.store.reading() as desk:
        return desk.directory().appointments_of(person)[0].valid_from


def _provisional(office: Office) -> list[str]:
    with office.house.store.reading() as desk:
        files = [desk.load(row.petition) for row in office.files("county.clerk")]
    return [row.id for file in files for row in file.ledger if row.provisional and row.open]
