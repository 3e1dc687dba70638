"""A closed file is kept, held, and lawfully erased: nothing personal can be found anywhere, and every proof still holds."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from engine.audit.exporting import Wish
from engine.audit.log_check import check_log
from engine.audit.papers_check import check_papers
from engine.errors import ActRefused, NotPermitted
from engine.office.erasing import ERASED_TITLE
from engine.petition.commands import Upload
from engine.petition.file import File
from engine.petition.parties import SYSTEM
from engine.record.proving import verify_dossier
from engine.store.tables import METADATA
from tests.acts.situations import MONDAY
from tests.office.counters import Counter

MARK = "标记甲乙丙丁"
PHONE = "13900001234"
SCAN = f"scan {MARK}".encode()
TITLE = f"反映{MARK}积水"


def closed(counter: Counter) -> str:
    """A closed petition whose every personal corner bears the mark."""
    command = counter.command(
        "register", None, None,
        title=TITLE, petitioner_name=MARK, phone=PHONE, content=f"{MARK}反映的内容" * 5,
    )  # fmt: skip
    upload = Upload(name=f"{MARK}.pdf", media_type="application/pdf", content=SCAN)
    petition = counter.perform(replace(command, uploads=(upload,))).petition
    counter.goes(petition, "sort", "forward", "sign_for", "route", "accept")
    counter.does("add_material", petition, "carl", note=f"与{MARK}通话")
    viewer, now = counter.actor("carl"), counter.clock.now()
    counter.house.store.unmask(viewer, petition, purpose=f"给{MARK}打电话", now=now)
    counter.house.log.seal_looks(now)
    counter.does("withdraw", petition, "carl", wish=f"{MARK}表示撤回")
    assert counter.file(petition).closed_at is not None
    return petition


def proposed(counter: Counter, petition: str, ground: str = "requested") -> None:
    counter.does("propose_erasure", petition, "carl", ground=ground, basis="演示〔2026〕1号")


def erased(counter: Counter) -> str:
    petition = closed(counter)
    proposed(counter, petition)
    counter.does("erase", petition, "dora")
    return petition


# ---- nothing is left ----------------------------------------------------------------------------------------------


def traces(counter: Counter) -> list[str]:
    """Where the marks can still be read in the store, row by row."""
    marks = [MARK.encode(), PHONE.encode(), SCAN, MARK.encode("utf-16-le")]
    found = []
    with counter.house.store.engine.connect() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(table.select()):
                for name, value in row._mapping.items():
                    data = value if isinstance(value, bytes) else str(value).encode()
                    if any(mark in data or base64.b64encode(mark) in data for mark in marks):
                        found.append(f"{table.name}.{name}")
    return found


def in_files(data: Path) -> list[str]:
    marks = [MARK.encode(), PHONE.encode(), SCAN, MARK.encode("utf-16-le")]
    words = " ".join(f"u{ord(character):x}" for character in MARK).encode()
    return [
        path.name
        for path in sorted(data.rglob("*"))
        if path.is_file() and any(mark in path.read_bytes() for mark in (*marks, words))
    ]


def test_after_erasure_nothing_personal_can_be_found_in_any_row_or_file(crowded: Counter) -> None:
    petition = closed(crowded)
    assert "petition.title" in traces(crowded)
    proposed(crowded, petition)
    crowded.does("erase", petition, "dora")

    assert traces(crowded) == []
    assert in_files(crowded.house.settings.data) == []
    file = crowded.file(petition)
    assert (file.title, file.wrapped_key) == (ERASED_TITLE.zh, None)


def test_after_erasure_log_dossier_and_replay_still_prove_themselves(crowded: Counter) -> None:
    petition = erased(crowded)
    house = crowded.house
    house.log.turn(house.clock.now())
    house.log.state_heads(house.clock.now())
    house.log.sign(house.clock.now())
    wish = Wish(viewer=crowded.actor("dora"), petition=petition)
    dossier = house.exporter.export(wish, house.clock.now())
    with house.store.reading() as desk:
        faults = [*check_log(desk, house.log.signer.public, ()), *check_papers(desk)]
        replayed = house.replay.replay(desk, petition)

    assert faults == []
    assert replayed.equal
    assert verify_dossier(dossier).faults == ()
    assert MARK.encode() not in dossier


def test_a_supervision_file_beside_it_comes_first_and_is_erased_too(counter: Counter) -> None:
    petition = closed_with_supervision(counter)
    (beside,) = _beside(counter, petition)
    assert MARK in beside.title
    counter.does("propose_erasure", petition, "anna", ground="requested", basis="演示")
    counter.refuses(counter.command("erase", petition, "boss"), ActRefused)

    counter.does("annul_supervision", beside.id, SYSTEM)
    counter.does("erase", petition, "boss")
    counter.house.tower.drain()

    (beside,) = _beside(counter, petition)
    assert (beside.title, beside.wrapped_key) == (ERASED_TITLE.zh, None)
    assert traces(counter) == []


def closed_with_supervision(counter: Counter) -> str:
    """A closed petition on which a supervision was opened and has ended."""
    petition = counter.perform(
        counter.command("register", None, None, title=TITLE, petitioner_name=MARK)
    ).petition
    counter.clock.turn_to(counter.clock.now() + timedelta(days=40))
    counter.house.tower.drain()
    counter.does("withdraw", petition, "anna", wish="撤回")
    counter.house.tower.drain()
    return petition


def _beside(counter: Counter, petition: str) -> list[File]:
    with counter.house.store.reading() as desk:
        return [desk.load(id) for id in desk.beside(petition)]


# ---- who may, and when ---------------------------------------------------------------------------------------------


def test_a_file_under_a_hold_is_not_erased(counter: Counter) -> None:
    petition = closed(counter)
    proposed(counter, petition)
    counter.does("hold", petition, "carl", basis="演示法院函", reason="诉讼需要")

    counter.refuses(counter.command("erase", petition, "dora"), ActRefused)
    counter.does("release_hold", petition, "dora", basis="演示法院函", reason="诉讼已结束")
    counter.does("erase", petition, "dora")


def test_nobody_decides_alone_on_erasure(counter: Counter) -> None:
    petition = closed(counter)
    counter.refuses(counter.command("erase", petition, "dora"), ActRefused)
    proposed(counter, petition)

    counter.refuses(counter.command("erase", petition, "carl"), NotPermitted)


def test_the_period_of_retention_comes_first(counter: Counter) -> None:
    petition = closed(counter)
    until = MONDAY + timedelta(days=40)
    counter.does(
        "archive",
        petition,
        "carl",
        period="until",
        keep_until=until.isoformat(),
        basis="演示期限表",
    )
    proposed(counter, petition, "retention_over")
    counter.refuses(counter.command("erase", petition, "dora"), ActRefused)
    counter.clock.turn_to(counter.clock.now() + timedelta(days=41))

    counter.does("erase", petition, "dora")


def test_a_file_that_is_kept_for_good_has_no_end_of_retention(counter: Counter) -> None:
    petition = closed(counter)
    counter.does("archive", petition, "carl", period="permanent", basis="演示期限表")
    proposed(counter, petition, "retention_over")
    counter.clock.turn_to(counter.clock.now() + timedelta(days=4000))

    counter.refuses(counter.command("erase", petition, "dora"), ActRefused)


def test_a_running_petition_is_neither_archived_nor_erased(counter: Counter) -> None:
    petition = counter.accepted()
    for act, answers in (
        ("archive", {"period": "permanent", "basis": "演示"}),
        ("propose_erasure", {"ground": "requested", "basis": "演示"}),
    ):
        counter.refuses(counter.command(act, petition, "carl", **answers), ActRefused)


def test_nothing_is_written_where_the_key_is_gone(counter: Counter) -> None:
    petition = erased(counter)
    counter.refuses(counter.command("add_material", petition, "carl", note="补充"), ActRefused)
    counter.refuses(counter.command("hold", petition, "carl", basis="x", reason="x"), ActRefused)
