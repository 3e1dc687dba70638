"""A closed matter's volume holds every paper in order, proves itself, and says what is missing and by which article."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete

from engine.audit.exporting import Wish
from engine.audit.volumes.attachments import active_in, fault_of
from engine.audit.volumes.making import Volume
from engine.errors import BadInput, DataError, NotFound, NotOffered, NotPermitted
from engine.petition.commands import Upload
from engine.petition.parties import Role
from engine.record.packing import INDEX, read_members
from engine.record.volume import CATALOGUE, DOSSIER, verified
from engine.store.tables import document
from tests.office.counters import Counter
from tests.printing.reading import pages_of, words_of

PDF = b"%PDF-1.4\n%%EOF\n"


def closed(counter: Counter, *uploads: Upload, handed_over: bool = False) -> str:
    """A petition withdrawn after it was accepted, and archived for good."""
    command = counter.command("register", None, None, petitioner_name="演示甲")
    petition = counter.perform(replace(command, uploads=uploads)).petition
    counter.goes(petition, "sort", "forward", "sign_for", "route")
    counter.does("accept", petition, handed_over=handed_over)
    counter.does("withdraw", petition, "carl")
    counter.does("archive", petition, "carl", period="permanent", basis="演示保管期限表")
    return petition


def wish(counter: Counter, petition: str, who: str = "carl", purpose: str = "归档移交") -> Wish:
    return Wish(viewer=counter.actor(who), petition=petition, purpose=purpose)


def surveyed(counter: Counter, petition: str) -> Volume:
    return counter.house.volumes.survey(wish(counter, petition), counter.clock.now())


def made(counter: Counter, petition: str) -> bytes:
    return counter.house.volumes.make(wish(counter, petition), counter.clock.now())[1]


def faults(volume: Volume) -> list[str]:
    return [fault.zh for check in volume.checks for fault in check.faults]


def test_a_volume_holds_every_paper_in_the_order_of_the_procedure(counter: Counter) -> None:
    petition = closed(counter, Upload(name="照片.pdf", media_type="application/pdf", content=PDF))
    content = made(counter, petition)
    members = read_members(content)
    index: Any = json.loads(members[INDEX])
    items = index["items"]

    assert verified(content).proven
    assert [one["place"] for one in items] == list(range(1, len(items) + 1))
    assert [one["entry"] for one in items] == sorted(one["entry"] for one in items)
    page = 1
    for one in items:
        if one["pages"] is None:
            assert members[one["file"]] == PDF
            continue
        pages = pages_of(members[one["file"]])
        assert (one["page"], one["pages"]) == (page, len(pages))
        assert one["title"] in pages[0]
        page += len(pages)
    assert DOSSIER in members
    titles = [one["title"] for one in items]
    assert titles.index("信访登记单") < titles.index("转送函") < titles.index("受理告知书")
    assert "演示甲" in words_of(
        members[next(one["file"] for one in items if one["title"] == "信访登记单")]
    )


def test_its_sheets_are_cover_catalogue_note_and_report(counter: Counter) -> None:
    petition = closed(counter)
    members = read_members(made(counter, petition))
    pages = pages_of(members[CATALOGUE])

    assert "信访事项案卷" in pages[0]
    assert "保管期限永久" in pages[0]
    assert "信访人撤回" in pages[0]
    assert "卷内目录" in pages[1]
    assert "信转〔2026〕1号" in pages[1]
    assert any("卷内备考表" in page and "归档移交" in page for page in pages)
    said = words_of(members[CATALOGUE])
    assert [
        one for one in ("真实性", "完整性", "可用性", "安全性", "通过") if one not in said
    ] == []


def test_a_paper_without_proof_of_service_is_named_with_its_article(counter: Counter) -> None:
    posted, handed_over = closed(counter), closed(counter, handed_over=True)

    assert [
        one
        for one in faults(surveyed(counter, posted))
        if "受理告知书" in one and "第三十五条" in one
    ]
    assert faults(surveyed(counter, handed_over)) == []


def test_a_paper_that_has_gone_and_a_file_without_a_period_are_found(counter: Counter) -> None:
    petition = counter.goes(counter.registered(), "sort", "forward", "sign_for", "route", "accept")
    counter.does("withdraw", petition, "carl")
    assert [one for one in faults(surveyed(counter, petition)) if "第十三条" in one]

    with counter.house.store.engine.begin() as connection:
        connection.execute(
            delete(document).where(
                document.c.petition == petition, document.c.kind == "transfer_letter"
            )
        )
    found = surveyed(counter, petition)
    failed = {check.quality.value for check in found.checks if not check.passed}
    assert [one for one in faults(found) if "文书与记录不符" in one]
    assert "complete" in failed
    assert not found.sound


def test_only_a_closed_matter_and_only_for_its_keepers(counter: Counter) -> None:
    house, now = counter.house, counter.clock.now()
    running = counter.accepted()
    petition = closed(counter)

    with pytest.raises(NotOffered):
        house.volumes.survey(wish(counter, running), now)
    with pytest.raises(BadInput):
        house.volumes.make(wish(counter, petition, purpose=""), now)
    with pytest.raises(NotFound):
        house.volumes.survey(wish(counter, "none"), now)
    for role in Role:
        one = replace(counter.actor("carl"), roles=frozenset({role}))
        asked = Wish(viewer=one, petition=petition, purpose="归档")
        if role not in {Role.CLERK, Role.HEAD, Role.AUDITOR}:
            with pytest.raises(NotPermitted):
                house.volumes.survey(asked, now)


def test_every_look_at_a_volume_is_logged(counter: Counter) -> None:
    petition = closed(counter)
    surveyed(counter, petition)
    with counter.house.store.reading() as desk:
        looks = desk.viewings(counter.actor("carl"), petition, on=counter.clock.now().date())

    assert ("volume", "归档移交") in {(one.what, one.reason) for one in looks}


def test_whatever_is_changed_in_a_volume_is_found(counter: Counter) -> None:
    petition = closed(counter)
    content = made(counter, petition)
    members = read_members(content)

    for name in members:
        altered = io.BytesIO()
        with zipfile.ZipFile(altered, "w") as archive:
            for other, data in members.items():
                archive.writestr(other, bytes([data[0] ^ 1]) + data[1:] if other == name else data)
        assert not proven(altered.getvalue()), name


def proven(content: bytes) -> bool:
    """Whether it is; what cannot be read is no proof either."""
    try:
        return verified(content).proven
    except DataError:
        return False


# ---- what was handed in -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("media_type", "content", "why"),
    [
        ("application/pdf", PDF, None),
        ("application/pdf", b"%PDF-1.4 cut", "末尾缺损"),
        ("image/png", b"GIF89a", "内容不是所标的格式"),
        ("image/jpeg", b"\xff\xd8\xff\xe0 ... \xff\xd9", None),
        ("application/x-dosexec", b"MZ", "格式不在长期保存之列"),
    ],
)
def test_a_file_that_would_not_open_is_known(
    media_type: str, content: bytes, why: str | None
) -> None:
    found = fault_of(media_type, content)

    assert (found.zh if found else None) == why


def office_file(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, b"")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "active"),
    [
        (PDF, None),
        (b"%PDF-1.4 /OpenAction << /S /JavaScript /JS (app.alert(1)) >> %%EOF", "/JavaScript"),
        (b"%PDF-1.4 << /S /Launch >> %%EOF", "/Launch"),
        (b"MZ\x90", "program"),
        (b"<svg><script>1</script></svg>", "<script"),
        (office_file("word/document.xml"), None),
        (office_file("word/document.xml", "word/vbaProject.bin"), "word/vbaProject.bin"),
        (b"\x89PNG\r\n\x1a\n", None),
    ],
)
def test_what_would_run_is_found(content: bytes, active: str | None) -> None:
    assert active_in(content) == active


def test_a_bad_attachment_fails_its_check_and_is_named(counter: Counter) -> None:
    script = b"%PDF-1.4 << /S /JavaScript /JS (1) >> %%EOF"
    petition = closed(counter, Upload(name="表.pdf", media_type="application/pdf", content=script))
    volume = surveyed(counter, petition)

    assert [one for one in faults(volume) if "表.pdf" in one and "/JavaScript" in one]
    assert {check.quality.value for check in volume.checks if not check.passed} >= {"secure"}
