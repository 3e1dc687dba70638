"""The copy that people read tells the record, masks what its reader may not see, and is covered by the dossier."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Final

import pytest

from engine.audit.exporting import READING_COPY
from engine.record.packing import INDEX, read_members
from tests.dossier.conftest import Taken
from tests.dossier.forging import Forged
from tests.dossier.verifiers import PROVEN, REFUSED, engine_says, outsider_says
from tests.dossier.world import MARKER
from tests.printing.reading import pages_of, words_of

CHAPTERS: Final = (
    "一、当事各方", "二、经过", "三、期限：逐日计算", "四、逐条对照法定期限", "五、文书", "六、附件", "七、核验",
)  # fmt: skip


def copy_of(dossier: bytes) -> bytes:
    return read_members(dossier)[READING_COPY]


def test_it_tells_the_whole_record(taken: Taken) -> None:
    members = read_members(taken.opened)
    said = words_of(members[READING_COPY])
    index = json.loads(members[INDEX])

    assert [one for one in CHAPTERS if one not in said] == []
    assert "".join(index["number"].split()) in said
    for number in range(1, len(index["entries"]) + 1):
        digest = json.loads(members[f"entries/{number}.json"])["previous"]
        assert digest in said
    assert "登记并转送、交办或者报告" in said
    assert "《信访工作条例》第二十二条第一款" in said
    assert "逾期" in said, "the housing bureau let its notice go by"
    assert index["log"]["key"].split("+")[1] in said


def test_every_day_of_a_count_is_there_with_its_place(taken: Taken) -> None:
    chapter = words_of(copy_of(taken.closed)).partition(CHAPTERS[2])[2].partition(CHAPTERS[3])[0]

    assert "起算事件之日" in chapter
    assert "一二三四五六日" in chapter
    assert "自收到之日起15日内书面告知信访人" in chapter


def test_without_a_purpose_it_names_nobody_and_says_what_it_withholds(taken: Taken) -> None:
    opened, closed = words_of(copy_of(taken.opened)), words_of(copy_of(taken.closed))

    assert MARKER in opened
    assert MARKER not in closed
    assert "没有列出：" in closed
    assert "姓名" in closed
    assert "附件名称没有列出" in closed
    assert "没有列出：" not in opened


def test_it_speaks_of_no_other_petition(taken: Taken) -> None:
    world = taken.world
    with world.place.house.store.reading() as desk:
        other = desk.load(world.other)
    said = words_of(copy_of(taken.opened))

    assert [
        one for one in (other.id, other.number, other.code) if "".join(one.split()) in said
    ] == []


def test_a_changed_copy_is_found_by_both(taken: Taken, tmp_path: Path) -> None:
    forged = Forged(taken.closed)
    forged.members[READING_COPY] = forged.members[READING_COPY].replace(b"%%EOF", b"%%EOE")
    altered = forged.packed(None)

    assert engine_says(altered, taken.world.last).status == REFUSED
    assert outsider_says(altered, taken.world.last, tmp_path).status == REFUSED


@pytest.mark.parametrize("member", ["summary.html", None])
def test_a_dossier_from_before_it_had_one_still_proves_itself(
    taken: Taken, tmp_path: Path, member: str | None
) -> None:
    forged = Forged(taken.closed)
    del forged.members[READING_COPY]
    if member is not None:
        forged.members[member] = b"<!doctype html>"
    old = forged.packed(taken.world.place.house.log.signer)

    assert engine_says(old, taken.world.last).status == PROVEN
    assert outsider_says(old, taken.world.last, tmp_path).status == PROVEN


def test_it_is_a_pdf_that_another_library_opens(taken: Taken) -> None:
    with zipfile.ZipFile(io.BytesIO(taken.closed)) as archive:
        pdf = archive.read(READING_COPY)

    assert pdf.startswith(b"%PDF-1.7")
    assert all(pages_of(pdf))
