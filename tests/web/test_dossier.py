"""A dossier taken away on the page of auditors: what is in it, who gets it, and that it is logged."""

from __future__ import annotations

from engine.audit.exporting import READING_COPY
from engine.record.packing import read_members
from engine.record.proving import verify_dossier
from tests.printing.reading import words_of
from tests.web.office import Office


def taken(office: Office, login: str, petition: str, **answers: str) -> tuple[int, bytes, str]:
    """Status, content and type of what *login* is given."""
    answer = office.visitor(login).post(f"/petitions/{petition}/dossier", answers)
    return answer.status_code, answer.get_data(), answer.mimetype


def test_the_page_of_auditors_offers_it_and_every_export_is_logged(office: Office) -> None:
    file = office.files("auditor")[0]
    page = office.visitor("auditor").get(f"/petitions/{file.petition}/replay")
    form = page.form("purpose")
    assert form.action == f"/petitions/{file.petition}/dossier"

    status, closed, kind = taken(office, "auditor", file.petition, form="dossier")
    assert (status, kind) == (200, "application/zip")
    assert verify_dossier(closed).proven
    assert not [name for name in read_members(closed) if name.startswith("values/")]
    _, opened, _ = taken(office, "auditor", file.petition, form="dossier", purpose="年度抽查")
    assert [name for name in read_members(opened) if name.startswith("values/")]
    status, pdf, kind = taken(office, "auditor", file.petition, form="copy")
    assert (status, kind) == (200, "application/pdf")
    assert words_of(pdf) != words_of(read_members(opened)[READING_COPY])

    looks = office.visitor("auditor").get(f"/petitions/{file.petition}/content").text
    assert looks.count("案卷导出") == 3
    assert "年度抽查" in looks


def test_nobody_gets_a_dossier_of_a_file_that_they_may_not_see(office: Office) -> None:
    file = office.files("auditor")[0]

    for login in ("admin", "designer"):
        assert taken(office, login, file.petition)[0] == 404
        assert taken(office, login, "none")[0] == 404
