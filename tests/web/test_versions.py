"""The life of a version on its pages, and the story of one from the draft to the petition that runs on it."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest

from engine.bootstrap import shipped_source
from engine.clock import legal_date
from engine.drafting.library import StepKind
from tests.office.test_versions import FORM, with_consultation
from tests.web.checks import checked
from tests.web.office import Office, Visitor
from tests.web.test_drafts import HANDLING, begun, sent

SHIPPED = f"/designers/versions/{shipped_source().digest}"


def drawn(designer: Visitor) -> str:
    """A draft with the consultation, handed in file by file; its address."""
    draft = begun(designer)
    files = {HANDLING: with_consultation().files[HANDLING], "consult.toml": FORM}
    sent(designer, f"{draft}/files", files, revision="0")
    return draft


def submitted(designer: Visitor, draft: str) -> str:
    """The address of the version as which *draft* was submitted."""
    answer = designer.fill(f"{draft}/submit", {"f-reason": "试行会商"}, asking="revision")
    assert answer.status_code == 302
    return str(answer.location)


def decides(visitor: Visitor, version: str, kind: StepKind, **answers: str) -> int:
    """Go to the page that decides *kind* and send it."""
    given = {f"f-{name}": value for name, value in answers.items()}
    return visitor.fill(f"{version}decide/{kind}", given, asking="f-reason").status_code


def test_a_version_is_approved_by_another_and_in_force_from_its_day(office: Office) -> None:
    designer, admin = office.visitor("designer"), office.visitor("admin")
    draft = drawn(designer)
    version = submitted(designer, draft)

    own = designer.get(version)
    assert "不能自己批准" in own.text
    assert "待批准" in own.text
    assert with_consultation().digest in own.text
    assert "草案已提交审批" in designer.get(draft).text
    checked(sent(designer, f"{draft}/files", {"consult.toml": b"id = 1"}, revision="2"), 409)

    assert decides(admin, version, StepKind.APPROVE) == 302
    past = (legal_date(office.clock.now()) - timedelta(days=1)).isoformat()
    late = admin.fill(f"{version}decide/enact", {"f-from_day": past}, asking="f-from_day")
    assert past in checked(late, 422).html
    day = (legal_date(office.clock.now()) + timedelta(days=2)).isoformat()
    assert decides(admin, version, StepKind.ENACT, from_day=day) == 302
    assert "待启用" in designer.get("/designers/").text
    office.clock.turn_days(2)
    page = designer.get(version)
    assert "现行" in page.text
    assert "试行会商" in page.text
    admin.get(f"{version}decide/retire", 409)
    assert decides(admin, f"{SHIPPED}/", StepKind.RETIRE) == 422
    assert decides(admin, f"{SHIPPED}/", StepKind.RETIRE, reason="改用新版") == 302


def test_a_draft_with_a_fault_is_not_submitted_and_is_told_where(office: Office) -> None:
    designer = office.visitor("designer")
    draft = begun(designer)
    sent(designer, f"{draft}/files", {HANDLING: with_consultation().files[HANDLING]}, revision="0")
    page = designer.get(f"{draft}/submit")

    assert "不能提交" in page.text
    assert HANDLING in page.text
    refused = designer.post(f"{draft}/submit", {"revision": "1", "f-reason": ""})
    checked(refused, 422)
    checked(designer.post(f"{draft}/submit", {"revision": "x"}), 422)


def test_versions_and_drafts_are_taken_along_in_one_archive(office: Office) -> None:
    designer = office.visitor("designer")
    draft = drawn(designer)
    for address, files in (
        (f"{SHIPPED}.zip", shipped_source().files),
        (f"{draft}.zip", with_consultation().files),
    ):
        answer = designer.client.get(address)
        archive = zipfile.ZipFile(io.BytesIO(answer.data))
        assert answer.mimetype == "application/zip"
        assert {name: archive.read(name) for name in archive.namelist()} == files
    designer.get("/designers/versions/none.zip", 404)


@pytest.mark.parametrize("login", ["auditor", "county.clerk"])
def test_only_designers_and_administrators_decide(office: Office, login: str) -> None:
    version = submitted(office.visitor("designer"), drawn(office.visitor("designer")))
    other = office.visitor(login)

    other.get(f"{version}decide/approve", 403)
    checked(other.post(f"{version}decide/approve", {"f-reason": ""}), 403)
    office.visitor("admin").get(f"{version}decide/submit", 404)


def test_an_administrator_sets_for_how_long_discarded_drafts_are_kept(office: Office) -> None:
    admin = office.visitor("admin")
    assert admin.post("/admin/settings", {"f-drafts_kept_days": "7"}).status_code == 302
    checked(admin.post("/admin/settings", {"f-drafts_kept_days": "0"}), 422)

    assert office.house.studio.kept_days() == 7


def test_what_changes_is_told_for_drafts_and_versions(office: Office) -> None:
    designer = office.visitor("designer")
    draft = drawn(designer)
    assert "新增环节“会商”" in designer.get(f"{draft}/changes").text
    version = submitted(designer, draft)
    assert "新增环节“会商”" in office.visitor("auditor").get(f"{version}changes").text

    page = designer.get(f"{SHIPPED}/changes?from={version.rstrip('/').rpartition('/')[2]}")
    assert "删去环节“会商”" in page.text
    assert "没有改动" in designer.get(f"{SHIPPED}/changes").text
    designer.get(f"{version}changes?from=none", 404)


def test_a_draft_that_cannot_be_loaded_has_no_note(office: Office) -> None:
    designer = office.visitor("designer")
    draft = begun(designer)
    sent(designer, f"{draft}/files", {HANDLING: with_consultation().files[HANDLING]}, revision="0")

    designer.get(f"{draft}/changes", 422)


def test_a_change_of_the_law_is_rehearsed_on_a_page(office: Office) -> None:
    designer = office.visitor("designer")
    text = 'from = 2030-01-01\n[[limit]]\nid = "T5"\nlength = 45\n'
    page = checked(designer.fill("/designers/rehearsal", {"f-text": text}, asking="f-text"), 200)
    assert "法定行为" in page.text
    assert "延长" in page.text
    token = designer.token()
    handed = designer.client.post(
        "/designers/rehearsal",
        data={"csrf_token": token, "f-text": "", "file": (io.BytesIO(text.encode()), "law.toml")},
    )
    assert "45" in checked(handed, 200).text
    wrong = designer.fill("/designers/rehearsal", {"f-text": text + "x"}, asking="f-text")
    assert "length = 45" in checked(wrong, 422).html
    office.visitor("county.clerk").get("/designers/rehearsal", 403)
