"""What is printed is the same every time, keeps every character, runs nothing, and takes nobody's words for its own."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import UTC, datetime

import pylopdf_fonts_zh_cn

from engine.printing.glyphs import GETA, Glyphs
from engine.printing.press import printed
from tests.printing.reading import pages_of, words_of

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ACTIVE = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/URI", b"/SubmitForm", b"/AA")


def sheet(**changed: object) -> dict[str, object]:
    """The contents of a dossier's copy, with nothing in it but what is *changed*."""
    head = dict.fromkeys(("short", "size", "root", "hash", "origin", "key", "at"), "0")
    lists = "cover withheld parties story limits verdict unengaged documents attachments stamps"
    nothing: dict[str, object] = {name: [] for name in lists.split()}
    named = {"kind": "信访事项案卷", "number": "测〔2026〕1号", "title": "路灯", "organ": "测试局"}
    return {
        **nothing,
        **named,
        "organs": [["登记单位", "测试局"]],
        "head": head,
        "last": "0",
        **changed,
    }


def test_the_same_data_give_the_same_bytes_in_another_process_too() -> None:
    here = printed("dossier", sheet(), at=AT)
    asked = (
        "import hashlib; from tests.printing.test_press import AT, printed, sheet;"
        "print(hashlib.sha256(printed('dossier', sheet(), at=AT).content).hexdigest())"
    )
    there = subprocess.run(
        [sys.executable, "-c", asked], check=True, capture_output=True, text=True
    ).stdout.strip()

    assert hashlib.sha256(here.content).hexdigest() == there
    assert here.content != printed("dossier", sheet(title="路灯二"), at=AT).content


def test_the_number_of_pages_is_that_of_the_pdf() -> None:
    made = printed("dossier", sheet(), at=AT)

    assert made.pages == len(pages_of(made.content)) >= 2


def test_what_somebody_typed_is_never_read_as_source() -> None:
    typed = '#panic("x") = 标题 *粗* $x$ #import "house.typ" \\ </script> "引号"'
    said = words_of(printed("dossier", sheet(title=typed), at=AT).content)

    assert "".join(typed.split()) in said


def test_a_rare_character_is_printed_and_one_that_the_fonts_lack_is_named() -> None:
    said = words_of(
        printed("dossier", sheet(title="㛃䶮喆玥曌堃龑翀赟祎和\U0002b740"), at=AT).content
    )

    assert "㛃䶮喆玥曌堃龑翀赟祎和" in said
    assert f"{GETA}(U+2B740)" in said


def test_glyphs_know_what_a_font_has() -> None:
    glyphs = Glyphs.of(pylopdf_fonts_zh_cn.serif_path())

    assert "信" in glyphs
    assert "\U0010fffd" not in glyphs
    assert glyphs.spelled("信访\n") == "信访\n"


def test_a_sheet_is_archival_and_holds_nothing_active() -> None:
    made = printed("dossier", sheet(), at=AT).content

    assert b"pdfaid:part" in made
    assert [one for one in ACTIVE if one in made] == []
