"""The page of a closed matter's volume: its catalogue and check, and the volume itself, for those who keep files."""

from __future__ import annotations

from engine.record.packing import read_members
from engine.record.volume import CATALOGUE, verified
from tests.web.office import Office


def of_state(office: Office, *, closed: bool) -> str:
    """A file that the clerk sees."""
    with office.house.store.reading() as desk:
        return next(
            row.petition
            for row in office.files("county.clerk")
            if bool(desk.load(row.petition).closed_at) is closed
        )


def test_the_page_shows_catalogue_and_check_and_gives_the_volume(office: Office) -> None:
    petition = of_state(office, closed=True)
    clerk = office.visitor("county.clerk")
    assert f"/petitions/{petition}/volume" in clerk.get(f"/petitions/{petition}").links
    page = clerk.get(f"/petitions/{petition}/volume")

    assert [one for one in ("真实性", "完整性", "可用性", "安全性") if one not in page.text] == []
    assert "信访登记单" in page.text
    assert "第十三条" in page.text, "it was never archived"
    answer = clerk.fill(
        f"/petitions/{petition}/volume", {"purpose": "移交档案馆"}, asking="purpose"
    )
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    assert verified(answer.get_data()).proven
    assert CATALOGUE in read_members(answer.get_data())
    assert "移交档案馆" in clerk.get(f"/petitions/{petition}/content").text


def test_a_volume_needs_a_purpose_and_a_closed_matter(office: Office) -> None:
    closed, running = of_state(office, closed=True), of_state(office, closed=False)
    clerk = office.visitor("county.clerk")

    assert clerk.post(f"/petitions/{closed}/volume", {"purpose": ""}).status_code == 422
    assert clerk.client.get(f"/petitions/{running}/volume").status_code == 409
    assert f"/petitions/{running}/volume" not in clerk.get(f"/petitions/{running}").links


def test_whoever_keeps_no_files_is_refused(office: Office) -> None:
    petition = of_state(office, closed=True)

    for login, status in (("supervisor", 403), ("county.reviewer", 403), ("admin", 403)):
        client = office.visitor(login).client
        assert client.get(f"/petitions/{petition}/volume").status_code == status
    assert (
        office.visitor("labour.clerk").client.get(f"/petitions/{petition}/volume").status_code
        == 404
    )
