"""Trials of drawings, as pages without JavaScript: done, turned, gone back, saved, replayed."""

from __future__ import annotations

import pytest

from engine.clock import legal_date
from engine.drafting.scenarios.reading import read_scenario
from engine.drafting.scenarios.scenario import ToDay
from tests.web.checks import checked
from tests.web.office import Office, Visitor
from tests.web.paper import Paper
from tests.web.test_drafts import begun
from web.designers.coverage import REPLAY_SECONDS


class Designer:
    """Somebody at the page of a trial, without JavaScript."""

    def __init__(self, office: Office, about: str) -> None:
        self.office = office
        self.visitor: Visitor = office.visitor("designer")
        self.about = about
        self.trial = ""

    def begin(self, start: str = "2026-03-02") -> Designer:
        """Begin a trial on the day *start*."""
        answer = self.visitor.fill(f"/designers/try/{self.about}", {"start": start}, asking="start")
        assert answer.status_code == 302, answer.get_data(as_text=True)
        self.trial = str(answer.location)
        return self

    def page(self, **asked: str) -> Paper:
        """The page of the trial."""
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        return self.visitor.get(f"{self.trial}?{query}")

    def post(self, status: int = 302, **sent: object) -> Paper | None:
        """Press a button on the page of the trial."""
        answer = self.visitor.client.post(self.trial, data={**self._kept(), **sent})
        return None if answer.status_code == 302 == status else checked(answer, status)

    def do(self, act: str, login: str, status: int = 302, **answers: object) -> Paper | None:
        """Do *act* as *login*, by the link that the page shows, with the usual answers and *answers*."""
        page = self.page(**{"as": login})
        link = next(
            (one for one in page.links if f"/do/{act}?" in one and f"as={login}" in one), None
        )
        if act == "register":
            link = f"{self.trial}/do/register?as={login}"
        assert link is not None, f"no way to {act} as {login}"
        sheet = self.visitor.get(link).form("revision")
        named = {f"f-{name}": value for name, value in answers.items() if name != "phase"}
        named |= {name: value for name, value in answers.items() if name == "phase"}
        answer = self.visitor.client.post(sheet.action or link, data={**sheet.values, **named})
        return None if answer.status_code == 302 == status else checked(answer, status)

    def scenario(self, name: str) -> str:
        """The file of a saved scenario."""
        return self.visitor.client.get(
            f"/designers/try/{self.about}/scenarios/{name}.toml"
        ).get_data(as_text=True)

    def _kept(self) -> dict[str, object]:
        return {name: self.page().value_of(name) for name in ("csrf_token", "revision", "file")}


@pytest.fixture
def designer(office: Office) -> Designer:
    with office.house.store.reading() as desk:
        digest = desk.current_procedure(legal_date(office.clock.now()))
    return Designer(office, digest)


def test_a_trial_goes_from_registration_to_a_clock_turned_over_spring_festival(
    designer: Designer,
) -> None:
    designer.begin("2026-02-05")
    designer.do("register", "county.clerk", title="演示:试运行")
    page = designer.page()

    assert "演示:试运行" in page.text
    assert "2026-02-24" in page.text  # fifteen days end within the holiday
    assert "第0日" in page.text

    designer.do("sort", "county.clerk")
    designer.post(phase="turn", to="limit", limit="T1", number="15")
    assert "第15日" in designer.page().text
    designer.post(phase="turn", to="next")

    assert "超期" in designer.page().text
    assert "督办:" in designer.page().text


def test_what_would_fall_into_an_unpublished_year_is_shown_as_provisional(
    designer: Designer,
) -> None:
    designer.begin("2026-12-28").do("register", "county.clerk")

    assert "暂定" in designer.page().text


def test_one_goes_back_a_move_and_only_from_the_page_that_is_up_to_date(designer: Designer) -> None:
    designer.begin().do("register", "county.clerk")
    designer.do("sort", "county.clerk")
    kept = designer._kept()
    designer.post(phase="back", moves="1")

    assert "区分情况分流 (第二十二条) sort" in designer.page().text
    late = designer.visitor.client.post(
        designer.trial, data={**kept, "phase": "back", "moves": "0"}
    )
    assert late.status_code == 409


def test_the_page_of_a_deadline_and_of_a_document_are_those_of_the_trial(
    designer: Designer,
) -> None:
    designer.begin().do("register", "county.clerk", title="演示:试运行")
    page = designer.page()
    deadline = next(one for one in page.links if "/deadlines/" in one)
    paper = next(one for one in page.links if "/documents/" in one)

    assert (
        "2026-03-17" in designer.visitor.get(deadline).text
        or "3月17日" in designer.visitor.get(deadline).text
    )
    assert (
        "演示甲" in designer.visitor.get(paper).text
        or "测试县信访局" in designer.visitor.get(paper).text
    )


def test_a_refusal_can_be_expected_and_the_trial_saved_as_a_scenario(designer: Designer) -> None:
    designer.begin().do("register", "county.clerk")
    refused = designer.do("sort", "county.clerk", 422, disposition="")
    assert refused is not None
    designer.do("sort", "county.clerk", disposition="assign")
    page = designer.do("assign", "county.clerk", 409, assigned_due="2027-03-02")
    assert page is not None
    assert "把这次拒绝记为预期" in page.html
    sheet = page.form("revision")
    answer = designer.visitor.client.post(
        sheet.action or f"{designer.trial}/do/assign", data={**sheet.values, "phase": "refused"}
    )
    assert answer.status_code == 302
    designer.post(phase="turn", to="limit", limit="T1", number="14")
    designer.post(phase="expect")
    designer.post(phase="save", name="never_longer", title="不得长于法定期限")

    text = designer.scenario("never_longer")
    saved = read_scenario(text, designer.office.house.trials.offices.usual)
    assert [move.deed.refused for move in saved.moves if move.deed] == [None, None, "22(1)(3)"]
    assert saved.moves[-1].turn == ToDay("T1", 14)
    assert saved.moves[-1].expect is not None
    coverage = designer.visitor.get(f"/designers/try/{designer.about}/coverage")
    assert "全部符合预期" in coverage.text
    assert "不得长于法定期限" in coverage.text


def test_what_cannot_be_done_says_so_and_keeps_what_was_typed(designer: Designer) -> None:
    designer.begin()
    for sent in (
        {"to": "next"},
        {"to": "date", "date": "2020-01-01"},
        {"to": "date", "date": "soon"},
        {"to": "limit", "limit": "T5", "number": "59"},
    ):
        page = designer.post(422, phase="turn", **sent)
        assert page is not None
    designer.post(422, phase="save", name="Not An Id", title="x")


def test_nothing_of_a_trial_reaches_the_office(designer: Designer) -> None:
    before = designer.office.files("county.clerk")
    designer.begin().do("register", "county.clerk", title="演示:只在试运行中")
    with designer.office.house.store.engine.connect() as connection:
        rows = connection.exec_driver_sql("select content from trial").all()

    assert designer.office.files("county.clerk") == before
    assert all("只在试运行中".encode() not in bytes(row[0]) for row in rows)


def test_a_draft_is_tried_as_it_was_last_saved(office: Office) -> None:
    draft = begun(office.visitor("designer")).rpartition("/")[2]
    designer = Designer(office, draft).begin()
    designer.do("register", "county.clerk")

    assert "增加会商" in designer.page().text


@pytest.mark.parametrize("login", ["county.clerk", "admin", "sealed.auditor", "supervisor"])
def test_only_designers_try_drawings(designer: Designer, login: str) -> None:
    designer.begin()
    other = designer.office.visitor(login)

    other.get(f"/designers/try/{designer.about}", 403)
    other.get(designer.trial, 403)
    other.get(f"/designers/try/{designer.about}/coverage", 403)


def test_a_trial_is_its_designers_own(designer: Designer) -> None:
    designer.begin()
    trials = designer.office.house.trials
    actor = designer.office.actor("designer")
    row = trials.of(actor)[0]

    assert trials.open(row.id, actor=actor).id == row.id
    designer.visitor.get("/designers/trials/none", 404)
    designer.visitor.get("/designers/try/none", 404)


def test_a_trial_says_why_an_organ_is_proposed_and_who_is_not_listed(designer: Designer) -> None:
    designer.begin()
    designer.do("register", "county.clerk", title="演示:为何")
    designer.do("sort", "county.clerk")
    page = designer.page(**{"as": "county.clerk"})
    link = next(one for one in page.links if "/do/forward?" in one)
    asked = designer.visitor.get(link)

    assert 'class="hint reason"' in asked.html


def test_a_long_replay_shows_how_far_it_has_come(designer: Designer) -> None:
    designer.office.app.config[REPLAY_SECONDS] = 0
    address = f"/designers/try/{designer.about}/coverage"
    for done in (1, 2):
        page = designer.visitor.get(address)
        assert f"{done} / " in page.text
        assert 'http-equiv="refresh"' in page.html
